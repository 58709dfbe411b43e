//! Any bytes as a baked SVG: a credential within its bounds, or refused. What is baked into it is
//! what is taken out.
#![no_main]
use bewijs::baked::{Kind, Limits, bake, detect, extract};

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let limits = Limits::default();
    let _ = extract(bytes, &limits);
    if detect(bytes) == Kind::Svg
        && let Ok(image) = bake(bytes, b"{\"a\":1}", &limits)
        && let Ok(Some(found)) = extract(&image, &limits)
    {
        assert_eq!(found.credential, b"{\"a\":1}");
    }
});

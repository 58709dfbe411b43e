//! What people hold: QR codes, badge artwork, baked pictures, papers. The same input gives the same
//! bytes, and what was made is read back by other implementations.
//! With `BEWIJS_SHOTS=folder` the pictures are also left there, to be looked at.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test says what it expects by failing")]

mod artwork;
mod paper;
mod qr;

/// Leaves a picture to be looked at, where that is asked for.
fn shot(name: &str, png: &[u8]) {
    if let Some(folder) = std::env::var_os("BEWIJS_SHOTS") {
        let folder = std::path::PathBuf::from(folder);
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join(format!("{name}.png")), png).unwrap();
    }
}

/// The pixels of a drawing on white, as shades of grey, at so many pixels a side.
fn grey(svg: &str, side: u32) -> Vec<u8> {
    let tree = resvg::usvg::Tree::from_str(svg, &resvg::usvg::Options::default()).unwrap();
    let mut pixels = resvg::tiny_skia::Pixmap::new(side, side).unwrap();
    pixels.fill(resvg::tiny_skia::Color::WHITE);
    let scale = side as f32 / tree.size().width();
    let scale = resvg::tiny_skia::Transform::from_scale(scale, scale);
    resvg::render(&tree, scale, &mut pixels.as_mut());
    pixels.pixels().iter().map(|p| p.red() / 3 + p.green() / 3 + p.blue() / 3).collect()
}

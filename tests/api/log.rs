//! The log names routes, never certificates, addresses or people (story Q3).

use crate::app::{ISSUER, Options, TestApp};
use serde_json::json;
use std::io::Write;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::layer::SubscriberExt;

#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Captured {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

fn captured() -> &'static Captured {
    static CAPTURED: OnceLock<Captured> = OnceLock::new();
    CAPTURED.get_or_init(|| {
        let captured = Captured::default();
        // Everything that the service itself says, however detailed.
        let ours = Targets::new().with_target("bewijs", LevelFilter::TRACE);
        let layer = tracing_subscriber::fmt::layer()
            .with_writer(captured.clone())
            .with_ansi(false)
            .with_filter(ours);
        let subscriber = tracing_subscriber::registry().with(layer);
        tracing::subscriber::set_global_default(subscriber).expect("the only subscriber");
        captured
    })
}

/// Story Q3.
#[test]
fn the_log_holds_templates_and_nothing_of_certificates_visitors_or_clients() {
    let log = captured();
    let app = TestApp::start(Options::default());
    let (uuid, released) = app.issued();
    app.get(&format!("/credentials/{uuid}?lang=fr")).accept("text/html").send();
    app.get(&format!("/credentials/{uuid}")).header("user-agent", "visitor-agent-7").send();
    app.change(&uuid, &json!({ "action": "revoke", "reason": "fraud", "note": "note-of-case" }));
    app.verify(&released, "application/vc");
    let held = crate::learner::Held::issue(&app, "mc1");
    let (page, form) = (held.page.clone(), held.form());
    let link = held.share("expires=7d&what=all");
    held.send(&format!("form={form}&do=close"));
    app.get(&link).accept("text/html").send();
    for wrong in [format!("{page}A"), format!("{link}A"), format!("{page}/file.exe")] {
        assert_eq!(app.get(&wrong).send().status, 404);
    }
    app.get("/nowhere/with-a-secret?token=secret-in-query").send();
    app.call("SECRETVERB", "/").send();
    let text = log.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let text = String::from_utf8(text).expect("UTF-8");
    for template in [
        "/learner/{token}",
        "/shared/{token}",
        "/credentials/{uuid}",
        "/v1/issuers/{issuer}/credentials",
        "(unknown)",
    ] {
        assert!(text.contains(template), "{template} is in the log");
    }
    let document: serde_json::Value = serde_json::from_slice(&released).expect("JSON");
    for secret in [
        uuid.as_str(),
        held.uuid.as_str(),
        &page,
        held.token(),
        &link,
        &form,
        "Voornaam",
        "example.org",
        "127.0.0.1",
        "visitor-agent-7",
        "secret-in-query",
        "with-a-secret",
        "SECRETVERB",
        "note-of-case",
        "token-of-",
        ISSUER,
        document["credentialSubject"]["id"].as_str().expect("an id"),
    ] {
        assert!(!text.contains(secret), "{secret} is in the log");
    }
}

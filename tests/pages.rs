//! The pages in a real browser: every state in every language at phone and desktop width, by
//! keyboard and by an accessibility engine. The browser is driven by `tests/interop/js/pages.mjs`.
//! With `BEWIJS_SHOTS=folder` it also leaves screenshots there, to be looked at.

#![expect(clippy::panic, reason = "a test says what it saw by panicking")]

use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The demonstration, ended when dropped.
struct Demo {
    child: Child,
    ready: Value,
    client: reqwest::blocking::Client,
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Demo {
    fn start(data: &std::path::Path) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_bewijs"))
            .args(["demo", "--json", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the demonstration starts");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("piped");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let ready = serde_json::from_str(&line).unwrap_or_else(|e| panic!("{e}: {line}"));
        let client = reqwest::blocking::Client::builder().build().expect("a client");
        Self { child, ready, client }
    }

    fn base(&self) -> &str {
        self.ready["baseUrl"].as_str().expect("a base URL")
    }

    fn post(&self, path: &str, body: &Value) -> reqwest::blocking::Response {
        self.client
            .post(format!("{}{path}", self.base()))
            .bearer_auth(self.ready["token"].as_str().expect("a token"))
            .header("Content-Type", "application/json")
            .body(body.to_string())
            .send()
            .expect("an answer")
    }

    /// Issues sample `mc1` under this number and gives back its address.
    fn issue(&self, number: &str) -> String {
        let awards = std::fs::read(root().join("tests/samples/awards.json")).expect("samples");
        let awards: Value = serde_json::from_slice(&awards).expect("JSON");
        let mut award = awards["awards"][0].clone();
        let members = award.as_object_mut().expect("an object");
        members.shift_remove("key");
        members.shift_remove("fixed");
        members.insert("certificateNumber".to_owned(), number.into());
        let answer = self.post("/v1/issuers/voorbeeld-hogeschool/credentials", &award);
        assert_eq!(answer.status().as_u16(), 201, "{:?}", answer.text());
        answer.headers()["Location"].to_str().expect("text").to_owned()
    }
}

fn browse(pages: &[(String, String)]) -> Vec<Value> {
    let pages: Vec<Value> =
        pages.iter().map(|(name, url)| json!({"name": name, "url": url})).collect();
    let chromium = ["chromium", "chromium-browser", "google-chrome"]
        .iter()
        .find_map(|name| {
            std::env::split_paths(&std::env::var_os("PATH")?)
                .map(|folder| folder.join(name))
                .find(|path| path.is_file())
        })
        .expect("a Chromium on the path: run `make tools` first");
    let request = json!({"chromium": chromium, "pages": pages,
        "shots": std::env::var("BEWIJS_SHOTS").ok()});
    let mut child = Command::new("timeout")
        .args(["300", "node", "pages.mjs"])
        .current_dir(root().join("tests/interop/js"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("node starts");
    child.stdin.take().expect("piped").write_all(request.to_string().as_bytes()).expect("written");
    let output = child.wait_with_output().expect("ends");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| {
        panic!("no answer ({e}); run `make tools`?\n{}", String::from_utf8_lossy(&output.stderr))
    })
}

#[test]
fn every_page_is_whole_in_every_language_and_width() {
    let data = tempfile::tempdir().expect("a directory");
    let demo = Demo::start(data.path());
    let credentials = demo.ready["credentials"].as_array().expect("credentials").clone();
    let revoked = demo.issue("PAGES-1");
    let path = revoked.strip_prefix(demo.base()).expect("our own").replacen(
        "/credentials/",
        "/v1/issuers/voorbeeld-hogeschool/credentials/",
        1,
    );
    let answer = demo.post(
        &format!("{path}/status"),
        &json!({"action": "revoke", "reason": "issued-in-error", "note": "geheime opmerking"}),
    );
    assert_eq!(answer.status().as_u16(), 200, "{:?}", answer.text());
    let unknown = format!("{}/credentials/00000000-0000-4000-8000-000000000000", demo.base());

    let mut pages = Vec::new();
    let issuer = format!("{}/issuers/voorbeeld-hogeschool", demo.base());
    let definition = format!("{issuer}/achievements/krachtgericht-communiceren/2026.1");
    let catalogue = [
        ("issuer", issuer.clone()),
        ("definition", definition.clone()),
        ("edition", format!("{definition}/fr")),
        (
            "selection",
            format!("{issuer}/achievements/bekwaamheid-sociaal-werk/2026.1/selection/c1-c3"),
        ),
        ("mandate", format!("{issuer}/mandates/MAND-2025-01")),
        ("concept", format!("{}/vocabulary/vks/5", demo.base())),
        ("profile", format!("{}/v1/profiles/microcredential", demo.base())),
    ];
    for language in ["nl", "fr", "en"] {
        for (name, url) in credentials
            .iter()
            .map(|c| (c["kind"].as_str().expect("a kind"), c["url"].as_str().expect("a URL")))
            .chain([
                ("revoked", revoked.as_str()),
                ("unknown", unknown.as_str()),
                ("start", demo.base()),
                ("verify", &format!("{}/verify", demo.base())),
                ("about", &format!("{}/about", demo.base())),
                ("states", &format!("{}/status-explained", demo.base())),
                ("worth", &format!("{}/worth", demo.base())),
                ("privacy", &format!("{}/privacy", demo.base())),
                ("accessibility", &format!("{}/accessibility", demo.base())),
                ("problem", &format!("{}/problems/revocation-final", demo.base())),
            ])
            // One language is enough to see the shape, and this one has the longest words.
            .chain(
                catalogue
                    .iter()
                    .filter(|_| language == "fr")
                    .map(|(name, url)| (*name, url.as_str())),
            )
        {
            pages.push((format!("{name}-{language}"), format!("{url}?lang={language}")));
        }
    }
    let seen = browse(&pages);
    assert_eq!(seen.len(), pages.len() * 2);
    let faults: Vec<String> = seen
        .iter()
        .flat_map(|page| {
            let faults = page["faults"].as_array().expect("a list");
            faults.iter().map(move |f| format!("{} at {}: {f}", page["name"], page["width"]))
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));

    let text = |name: &str| {
        let page = seen.iter().find(|p| p["name"] == name).expect("browsed");
        page["text"].as_str().expect("text").to_owned()
    };
    // The demonstration's issuer is a test issuer, and every page of a certificate says so.
    for language in ["nl", "fr", "en"] {
        for name in ["microcredential", "revoked"] {
            assert!(text(&format!("{name}-{language}")).contains("TEST"), "{name}-{language}");
        }
        let page = text(&format!("revoked-{language}"));
        assert!(!page.contains("geheime opmerking"), "the private note is public");
        assert!(!text(&format!("unknown-{language}")).contains("Voorbeeld Hogeschool"));
    }
    assert!(text("revoked-nl").contains("ingetrokken"));
    assert!(text("revoked-fr").contains("retirée"));
    assert!(text("revoked-en").contains("withdrawn") || text("revoked-en").contains("withdrew"));
    assert!(text("microcredential-nl").contains("Krachtgericht communiceren"));
    assert!(text("evc-bewijs-van-bekwaamheid-nl").contains("Portfolio: zes jaar buurtwerk"));
}

//! The pages in a real browser: every state in every language at phone and desktop width, without
//! script, by keyboard, enlarged, on paper and by an accessibility engine. The browser is driven by
//! `tests/interop/js/pages.mjs`, which says what it looks at.
//!
//! With `BEWIJS_SHOTS=folder` it also leaves screenshots there, to be looked at; with
//! `BEWIJS_PAGES=part,part` it opens only pages whose names hold one of the parts.

#![expect(clippy::panic, reason = "a test says what it saw by panicking")]

#[expect(dead_code, reason = "the tests of proofs use the rest")]
#[path = "proof/signers.rs"]
mod signers;

use bewijs::canon::ContextSet;
use bewijs::encoding::did_key;
use bewijs::proof::{Cryptosuite, ProofOptions, ProofPurpose, Signer, add_proof};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// A server with the samples' catalogue, ended when dropped.
struct Served {
    child: Child,
    base: String,
    token: String,
    client: reqwest::blocking::Client,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a command of the installation in this folder, and gives back what it says.
fn command(folder: &Path, arguments: &[&str]) -> String {
    let output =
        Command::new(BEWIJS).args(arguments).current_dir(folder).output().expect("it runs");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).expect("text").trim().to_owned()
}

impl Served {
    /// The demonstration: its issuer is a test issuer.
    fn demonstration(data: &Path) -> Self {
        let mut child = Command::new(BEWIJS)
            .args(["demo", "--json", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the demonstration starts");
        let mut line = String::new();
        let stdout = child.stdout.take().expect("piped");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        let ready: Value = serde_json::from_str(&line).unwrap_or_else(|e| panic!("{e}: {line}"));
        let text = |name: &str| ready[name].as_str().expect("text").to_owned();
        Self { child, base: text("baseUrl"), token: text("token"), client: client() }
    }

    /// An installation whose issuer is none, and may suspend.
    fn installation(folder: &Path) -> Self {
        let free = TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a port");
        let base = format!("http://{free}");
        command(folder, &["init", "--public-url", &base]);
        let config = folder.join("bewijs.toml");
        let text = std::fs::read_to_string(&config).expect("made");
        std::fs::write(&config, text.replace("127.0.0.1:8080", &free.to_string()))
            .expect("written");
        let samples = root().join("tests/samples");
        let sample = |name: &str| samples.join(name).to_str().expect("a path").to_owned();
        let (definitions, vocabulary) = (sample("definitions.json"), sample("vocabulary.json"));
        let import = ["issuer", "import", &sample("issuers.json"), "--definitions", &definitions];
        command(folder, &[&import[..], &["--vocabulary", &vocabulary]].concat());
        command(folder, &["issuer", "create", ISSUER, "--did-key", "--open", "--suspension"]);
        let scopes = ["credentials:issue", "credentials:status", "hold:override"];
        let scopes = scopes.map(|scope| ["--scope", scope]).concat();
        let create = ["client", "create", "sis", "--issuer", ISSUER];
        let token = command(folder, &[&create[..], &scopes].concat());
        let child = Command::new(BEWIJS)
            .arg("serve")
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(folder.join("log")).expect("a file"))
            .spawn()
            .expect("the server starts");
        let served = Self { child, base, token, client: client() };
        let ready = (0..300).any(|_| {
            std::thread::sleep(std::time::Duration::from_millis(50));
            let answer = served.client.get(format!("{}/readyz", served.base)).send();
            answer.is_ok_and(|answer| answer.status().is_success())
        });
        assert!(ready, "{:?}", std::fs::read_to_string(folder.join("log")));
        served
    }

    fn base(&self) -> &str {
        &self.base
    }

    fn send(
        &self,
        method: reqwest::Method,
        path: &str,
        body: &Value,
    ) -> reqwest::blocking::Response {
        let answer = self
            .client
            .request(method, format!("{}{path}", self.base()))
            .bearer_auth(&self.token)
            .header("Content-Type", "application/json")
            .body(body.to_string())
            .send()
            .expect("an answer");
        assert!(answer.status().is_success(), "{path}: {:?}", answer.text());
        answer
    }

    /// Issues a sample under a number of its own.
    fn issue(&self, sample: &str, number: &str) -> Held {
        Held::of(&self.send(reqwest::Method::POST, API, &award(sample, number)))
    }

    /// Issues a certificate that takes the place of this one.
    fn correct(&self, held: &Held, sample: &str, number: &str) {
        let path = self.management(held, "/correct");
        self.send(reqwest::Method::POST, &path, &award(sample, number));
    }

    fn change(&self, held: &Held, action: &str, reason: &str) {
        let body = json!({"action": action, "reason": reason, "note": NOTE});
        self.send(reqwest::Method::POST, &self.management(held, "/status"), &body);
    }

    fn close(&self, held: &Held) {
        let body = json!({"visibility": "closed"});
        self.send(reqwest::Method::PUT, &self.management(held, "/visibility"), &body);
    }

    fn management(&self, held: &Held, what: &str) -> String {
        let uuid = held.url.rsplit('/').next().expect("a segment");
        format!("{API}/{uuid}{what}")
    }

    /// Asks something of the holder's page, as its forms do, and gives back the page that follows.
    fn ask(&self, held: &Held, fields: &str) -> String {
        let page = self.client.get(&held.claim).send().and_then(|a| a.text()).expect("a page");
        let form = between(&page, "name=\"form\" value=\"", "\"");
        let answer = self
            .client
            .post(format!("{}?lang=nl", held.claim))
            .header("Content-Type", "application/x-www-form-urlencoded")
            .body(format!("form={form}&{fields}"))
            .send()
            .expect("an answer");
        let status = answer.status();
        let text = answer.text().expect("text");
        assert!(status.is_success(), "{status}: {text}");
        text
    }

    /// A link under which the holder shares.
    fn share(&self, held: &Held, fields: &str) -> String {
        let page = self.ask(held, &format!("do=share&expires=30d&{fields}"));
        let start = format!("{}/shared/", self.base());
        format!("{start}{}", between(&page, &start, "<"))
    }
}

fn client() -> reqwest::blocking::Client {
    reqwest::blocking::Client::builder().build().expect("a client")
}

const BEWIJS: &str = env!("CARGO_BIN_EXE_bewijs");
const ISSUER: &str = "voorbeeld-hogeschool";
const API: &str = "/v1/issuers/voorbeeld-hogeschool/credentials";
/// What an institution notes for itself.
const NOTE: &str = "geheime opmerking";

/// A certificate and its holder's page.
struct Held {
    url: String,
    claim: String,
}

impl Held {
    fn of(answer: &reqwest::blocking::Response) -> Self {
        let header = |name: &str| {
            answer.headers().get(name).unwrap_or_else(|| panic!("{name}")).to_str().expect("text")
        };
        Self { url: header("Location").to_owned(), claim: header("Claim-Url").to_owned() }
    }
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let (_, rest) = text.split_once(start).unwrap_or_else(|| panic!("no {start} in {text}"));
    rest.split_once(end).unwrap_or_else(|| panic!("no {end} after {start}")).0
}

fn award(sample: &str, number: &str) -> Value {
    let awards = std::fs::read(root().join("tests/samples/awards.json")).expect("samples");
    let awards: Value = serde_json::from_slice(&awards).expect("JSON");
    let all = awards["awards"].as_array().expect("a list");
    let mut award = all.iter().find(|a| a["key"] == sample).expect("a sample").clone();
    let members = award.as_object_mut().expect("an object");
    for generated in ["key", "fixed", "replaces"] {
        members.shift_remove(generated);
    }
    members.insert("certificateNumber".to_owned(), number.into());
    award
}

/// A sample that an issuer signs that nobody here knows, with these changes before its signature.
fn foreign(change: impl FnOnce(&mut Value)) -> Value {
    let bytes = std::fs::read(root().join("tests/samples/expected/mc1.json")).expect("a sample");
    let mut document: Value = serde_json::from_slice(&bytes).expect("JSON");
    let signer = signers::TestSigner::ed25519(&[9; 32]);
    let did = did_key::from_key(signer.public_key()).expect("a did:key");
    let members = document.as_object_mut().expect("an object");
    members.shift_remove("proof");
    members.shift_remove("credentialStatus");
    document["issuer"]["id"] = did.clone().into();
    change(&mut document);
    let options = ProofOptions {
        cryptosuite: Cryptosuite::EddsaRdfc2022,
        verification_method: did_key::method_id(&did).expect("its method"),
        created: signers::moment("2026-07-03T12:00:00Z"),
        proof_purpose: ProofPurpose::AssertionMethod,
    };
    add_proof(&mut document, &options, &signer, ContextSet::issuing()).expect("signed");
    document
}

/// A page to open, in one language.
struct Page {
    name: &'static str,
    url: String,
    /// What is filled in on it and sent off first.
    submit: Option<Value>,
    /// What is on paper, on one sheet.
    print: Vec<String>,
}

impl Page {
    fn new(name: &'static str, url: impl Into<String>) -> Self {
        Self { name, url: url.into(), submit: None, print: Vec::new() }
    }

    fn submitting(self, fields: Value) -> Self {
        Self { submit: Some(fields), ..self }
    }

    fn printed_with(self, text: &str) -> Self {
        Self { print: vec![text.to_owned()], ..self }
    }

    fn request(&self, language: &str) -> Value {
        let print = json!({"pages": 1, "holds": self.print});
        json!({
            "name": format!("{}-{language}", self.name),
            "url": format!("{}?lang={language}", self.url),
            "language": language,
            // The one with the longest words.
            "desktop": language == "fr",
            "submit": self.submit,
            "print": (!self.print.is_empty()).then_some(print),
        })
    }
}

fn browse(pages: &[Value]) -> Vec<Value> {
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
        .args(["1500", "node", "pages.mjs"])
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

/// The states of a certificate, each with a page that shows it.
fn states(served: &Served) -> Vec<Page> {
    let valid = served.issue("mc1", "PAGES-1");
    let revoked = served.issue("mc1", "PAGES-2");
    served.change(&revoked, "revoke", "issued-in-error");
    let suspended = served.issue("mc1", "PAGES-3");
    served.change(&suspended, "suspend", "appeal-pending");
    let superseded = served.issue("evc2", "PAGES-4");
    served.correct(&superseded, "evc2-correction", "PAGES-5");
    let closed = served.issue("mc1", "PAGES-6");
    served.close(&closed);
    let unknown = format!("{}/credentials/00000000-0000-4000-8000-000000000000", served.base());
    let verify = format!("{}/verify", served.base());
    let pasted = |name, document: &Value| {
        Page::new(name, verify.as_str()).submitting(json!({"text": document.to_string()}))
    };
    let mut changed = foreign(|_| ());
    changed["credentialSubject"]["achievement"]["name"] = "Chirurgie".into();
    let expired = foreign(|document| document["validUntil"] = "2026-08-31T22:00:00Z".into());
    let unchecked = foreign(|document| {
        document["credentialStatus"] = json!({
            "id": format!("{}/status/none#7", served.base()), "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation", "statusListIndex": "7",
            "statusListCredential": format!("{}/status/none", served.base()),
        });
    });
    vec![
        Page::new("valid", &valid.url).printed_with(&valid.url),
        Page::new("concern", format!("{}/concern", valid.url)),
        Page::new("revoked", &revoked.url),
        Page::new("suspended", &suspended.url),
        Page::new("superseded", &superseded.url),
        Page::new("closed", &closed.url),
        Page::new("unknown", unknown),
        pasted("expired", &expired),
        pasted("wrong", &changed),
        pasted("unchecked", &unchecked),
        pasted("stranger", &foreign(|_| ())),
        pasted("nothing", &json!({"name": "no certificate"})),
    ]
}

/// Kinds of certificates beside the first one, which is in every state.
fn kinds(served: &Served) -> Vec<Page> {
    let parts = ["mc1", "mc2", "mc3"].map(|key| (key, served.issue(key, &format!("PART-{key}"))));
    let mut degree = award("md1", "KIND-md1");
    for part in degree["parts"].as_array_mut().expect("parts") {
        let (_, held) = parts.iter().find(|(key, _)| part["award"] == *key).expect("issued");
        part["award"] = held.url.as_str().into();
    }
    let degree = Held::of(&served.send(reqwest::Method::POST, API, &degree));
    let mut pages = vec![Page::new("md1", &degree.url).printed_with(&degree.url)];
    for key in ["evc1", "evc2"] {
        let held = served.issue(key, &format!("KIND-{key}"));
        pages.push(Page::new(key, &held.url).printed_with(&held.url));
    }
    pages
}

/// What a holder sees and shares.
fn holders(served: &Served) -> Vec<Page> {
    let held = served.issue("evc1", "PAGES-7");
    let closed = served.issue("mc1", "PAGES-8");
    served.close(&closed);
    let all = served.share(&held, "what=all");
    let page = served.client.get(&held.claim).send().and_then(|a| a.text()).expect("a page");
    let code = between(&page, "name=\"code\" id=\"code-", "\"");
    let chosen = served.share(&held, &format!("what=chosen&code={code}"));
    let stopped = served.share(&held, "what=all");
    served.ask(&held, "do=stop&number=3");
    vec![
        Page::new("learner", &held.claim),
        Page::new("learner-closed", &closed.claim),
        Page::new("learner-show", format!("{}/show", held.claim)),
        Page::new("shared", all),
        Page::new("shared-chosen", chosen),
        Page::new("shared-stopped", stopped),
        Page::new("learner-unknown", format!("{}/learner/{}", served.base(), "A".repeat(54))),
    ]
}

/// Pages about no certificate.
fn others(served: &Served) -> Vec<Page> {
    let base = served.base();
    let issuer = format!("{base}/issuers/voorbeeld-hogeschool");
    let definition = format!("{issuer}/achievements/krachtgericht-communiceren/2026.1");
    vec![
        Page::new("start", base),
        Page::new("verify", format!("{base}/verify")),
        Page::new("issuer", &issuer),
        Page::new("definition", &definition),
        Page::new("problem", format!("{base}/problems/revocation-final")),
        Page::new("counts", format!("{issuer}/counts")),
        Page::new("nowhere", format!("{base}/nowhere")),
        Page::new("about", format!("{base}/about")),
        Page::new("status-explained", format!("{base}/status-explained")),
        Page::new("worth", format!("{base}/worth")),
        Page::new("privacy", format!("{base}/privacy")),
        Page::new("accessibility", format!("{base}/accessibility")),
    ]
}

/// Pages that one language is enough for, the one with the longest words.
fn seldom(served: &Served) -> Vec<Page> {
    let base = served.base();
    let issuer = format!("{base}/issuers/voorbeeld-hogeschool");
    let achievements = format!("{issuer}/achievements");
    vec![
        Page::new("edition", format!("{achievements}/krachtgericht-communiceren/2026.1/fr")),
        Page::new(
            "selection",
            format!("{achievements}/bekwaamheid-sociaal-werk/2026.1/selection/c1-c3"),
        ),
        Page::new("mandate", format!("{issuer}/mandates/MAND-2025-01")),
        Page::new("concept", format!("{base}/vocabulary/vks/5")),
        Page::new("profile", format!("{base}/v1/profiles/microcredential")),
    ]
}

const LANGUAGES: [&str; 3] = ["nl", "fr", "en"];

/// Stories E1, L1, L2 and Q3.
#[test]
fn every_page_is_whole_in_every_language_and_width() {
    let data = tempfile::tempdir().expect("a directory");
    let served = Served::installation(data.path());
    let kept = tempfile::tempdir().expect("a directory");
    let demonstration = Served::demonstration(kept.path());
    let tested = demonstration.issue("mc1", "PAGES-T");
    let mut states = states(&served);
    states.push(Page::new("test", &tested.url));
    let everywhere: Vec<Page> =
        [kinds(&served), holders(&served), others(&served)].into_iter().flatten().collect();
    let mut requests = Vec::new();
    for language in LANGUAGES {
        requests.extend(states.iter().chain(&everywhere).map(|page| page.request(language)));
    }
    requests.extend(seldom(&served).iter().map(|page| page.request("fr")));
    let wanted = std::env::var("BEWIJS_PAGES").ok();
    if let Some(parts) = &wanted {
        let named = |page: &Value| {
            parts.split(',').any(|part| page["name"].as_str().is_some_and(|n| n.contains(part)))
        };
        requests.retain(named);
    }
    let seen = browse(&requests);
    assert_eq!(seen.len(), requests.len() * 2);
    let mut faults: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for page in &seen {
        for fault in page["faults"].as_array().expect("a list") {
            let place = format!("{} at {}", page["name"].as_str().expect("a name"), page["width"]);
            faults.entry(fault.to_string()).or_default().push(place);
        }
    }
    let lines: Vec<String> =
        faults.iter().map(|(fault, pages)| format!("{fault}\n    {}", pages.join(", "))).collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
    if wanted.is_none() {
        says_what_is_so(&seen);
    }
}

fn says_what_is_so(seen: &[Value]) {
    let page = |name: &str, language: &str| {
        let name = format!("{name}-{language}");
        seen.iter().find(|p| p["name"] == name.as_str()).unwrap_or_else(|| panic!("{name}")).clone()
    };
    let text = |name: &str, language: &str, what: &str| {
        page(name, language)[what].as_str().unwrap_or_default().to_owned()
    };
    let with_verdict = [
        "valid",
        "revoked",
        "suspended",
        "superseded",
        "expired",
        "wrong",
        "unchecked",
        "stranger",
        "nothing",
    ];
    for language in LANGUAGES {
        // Never the same words for two states (guide, section 15.2).
        let mut sentences: BTreeMap<String, &str> = BTreeMap::new();
        for state in with_verdict {
            let sentence = text(state, language, "verdict");
            assert!(!sentence.is_empty(), "{state}-{language} has no verdict");
            if let Some(other) = sentences.insert(sentence.clone(), state) {
                panic!("{other} and {state} in {language} say the same: {sentence}");
            }
        }
        let test = text("test", language, "test");
        assert!(test.starts_with("TEST"), "{test}");
        assert!(!sentences.contains_key(&test));
        assert_eq!(text("valid", language, "test"), "", "no test");
        let closed = text("closed", language, "main");
        let unknown = text("unknown", language, "main");
        assert_ne!(closed, unknown);
        for said in sentences.keys() {
            assert!(!closed.contains(said.as_str()) && !unknown.contains(said.as_str()), "{said}");
        }
        for state in with_verdict.into_iter().chain(["closed", "unknown"]) {
            assert!(!text(state, language, "text").contains("TEST"), "{state}-{language}");
        }
        // What is changed is not shown as if somebody had signed it.
        assert!(!text("wrong", language, "text").contains("Chirurgie"));
        // Closed and unknown say nothing of the certificate (story L2), nor does a link that ended.
        for name in ["closed", "unknown", "shared-stopped", "learner-unknown"] {
            let text = text(name, language, "text");
            for word in ["Voorbeeld Hogeschool", "Krachtgericht", "Bekwaamheid", "Sofie"] {
                assert!(!text.contains(word), "{name}-{language}: {word}");
            }
        }
        assert_eq!(text("shared-stopped", language, "main"), text("unknown", language, "main"));
        assert_eq!(text("learner-unknown", language, "main"), text("unknown", language, "main"));
        for name in ["revoked", "suspended"] {
            assert!(!text(name, language, "text").contains(NOTE), "the private note is public");
        }
    }
    assert!(text("revoked", "nl", "verdict").contains("ingetrokken"));
    assert!(text("revoked", "fr", "verdict").contains("retirée"));
    assert!(text("revoked", "en", "verdict").contains("withdrew"));
    assert!(text("valid", "nl", "text").contains("Krachtgericht communiceren"));
    assert!(text("evc1", "nl", "text").contains("Portfolio: zes jaar buurtwerk"));
}

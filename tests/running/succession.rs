//! Two installations, one of which closes and one of which keeps what it left (story R11). Real
//! processes, loopback only.

use super::running::{BEWIJS, Connection, path_of};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

const ISSUER: &str = "voorbeeld-hogeschool";
const KEEPER: &str = "Bewaarhogeschool";

/// An installation in a folder of its own, at an address of its own.
pub struct Installation {
    folder: tempfile::TempDir,
    address: SocketAddr,
}

pub struct Server(Child);

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

impl Installation {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        super::copy(&super::tests().join("files"), folder.path());
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        drop(listener);
        let installation = Self { folder, address };
        let url = installation.base();
        installation.done(&["init", "--public-url", &url]);
        let config = installation.path("bewijs.toml");
        let text = std::fs::read_to_string(&config).expect("a configuration");
        let listen = format!("listen = \"{address}\"");
        let text: Vec<&str> = text
            .lines()
            .map(|line| if line.starts_with("listen = ") { listen.as_str() } else { line })
            .collect();
        assert!(text.contains(&listen.as_str()), "{text:?}");
        std::fs::write(config, text.join("\n")).expect("written");
        installation
    }

    pub fn base(&self) -> String {
        format!("http://localhost:{}", self.address.port())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn run(&self, arguments: &[&str]) -> Output {
        Command::new(BEWIJS)
            .args(arguments)
            .current_dir(self.folder.path())
            .env_remove("BEWIJS_CONFIG")
            .env_remove("BEWIJS_KEY_FILE")
            .env_remove("BEWIJS_PASSPHRASE_FILE")
            .output()
            .expect("it runs")
    }

    pub fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?}: {said}");
        String::from_utf8(output.stdout).expect("text")
    }

    pub fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {output:?}");
        String::from_utf8(output.stderr).expect("text")
    }

    /// An issuer with its catalogue.
    pub fn issuing(self) -> Self {
        self.done(&["issuer", "import", "issuers.json", "--definitions", "definitions.json"]);
        self.done(&["issuer", "create", ISSUER]);
        self
    }

    /// Issues one certificate; gives its address.
    pub fn issue(&self, number: &str, to: &str) -> String {
        let award = std::fs::read_to_string(self.path("award.json")).expect("an award");
        let award = award.replace("VHS-MC-2026-000117", number);
        std::fs::write(self.path("next.json"), award).expect("written");
        self.done(&["issue", "next.json", "--issuer", ISSUER, "-o", to]);
        self.document(to)["id"].as_str().expect("an address").to_owned()
    }

    pub fn document(&self, name: &str) -> Value {
        serde_json::from_slice(&std::fs::read(self.path(name)).expect("a file")).expect("JSON")
    }

    pub fn serve(&self) -> Server {
        let mut command = Command::new(BEWIJS);
        command.arg("serve").current_dir(self.folder.path());
        let child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        let server = Server(child);
        let until = Instant::now() + Duration::from_secs(60);
        while Connection::open(self.address).is_err() {
            assert!(Instant::now() < until, "the server does not start");
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }

    pub fn get(&self, path: &str, host: Option<&str>) -> super::running::Answer {
        let connection = Connection::open(self.address).expect("it listens");
        let own = format!("localhost:{}", self.address.port());
        let mut connection = connection.named(host.unwrap_or(&own));
        let headers = [("Accept", if path.contains("lang=") { "text/html" } else { "*/*" })];
        connection.send("GET", path, &headers, b"").expect("an answer")
    }

    /// What it says of a file.
    pub fn report(&self, file: &[u8]) -> Value {
        let mut connection = Connection::open(self.address).expect("it listens");
        let headers = [("Content-Type", "application/vc")];
        connection.send("POST", "/v1/verify", &headers, file).expect("an answer").json()
    }

    pub fn thumbprint(&self) -> String {
        let keys = self.done(&["keys", "list", ISSUER]);
        let active = keys.lines().find(|line| line.contains("Ed25519") && line.contains("active"));
        active.expect("an active key").split(' ').next().expect("a thumbprint").to_owned()
    }

    pub fn close(&self, out: &str) -> Output {
        self.run(&[
            "issuer",
            "bundle",
            ISSUER,
            "--out",
            out,
            "--final",
            "--successor",
            KEEPER,
            "--keeper-url",
            "https://bewaarhogeschool.example",
        ])
    }
}

/// Where each member lies, from the tar headers.
fn members(bytes: &[u8]) -> Vec<(String, usize, usize)> {
    let mut found = Vec::new();
    let mut at = 0;
    while bytes[at] != 0 {
        let text = |from: usize, length: usize| {
            let field = &bytes[at + from..at + from + length];
            let end = field.iter().position(|byte| *byte == 0).unwrap_or(length);
            String::from_utf8(field[..end].to_vec()).expect("text")
        };
        let (name, prefix) = (text(0, 100), text(345, 155));
        let name = if prefix.is_empty() { name } else { format!("{prefix}/{name}") };
        let length = usize::from_str_radix(&text(124, 12), 8).expect("a number");
        found.push((name, at + 512, length));
        at += 512 + length.div_ceil(512) * 512;
    }
    found
}

fn contains(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|window| window == text.as_bytes())
}

fn revoke(installation: &Installation, url: &str) {
    let scope = ["--scope", "credentials:status"];
    let client = ["client", "create", "sis", "--issuer", ISSUER];
    let token = installation.done(&[&client[..], &scope[..]].concat());
    std::fs::write(installation.path("token"), token).expect("written");
    let _server = installation.serve();
    let id = path_of(url).rsplit('/').next().expect("an id").to_owned();
    let base = format!("http://{}", installation.address);
    installation.done(&[
        "status",
        "revoke",
        &id,
        "--reason",
        "fraud",
        "--issuer",
        ISSUER,
        "--url",
        &base,
        "--token-file",
        "token",
    ]);
}

fn verdict(report: &Value) -> (&str, &str) {
    (report["verdict"].as_str().expect("a verdict"), report["state"].as_str().expect("a state"))
}

/// Story R11.
#[test]
fn a_successor_answers_for_an_institution_that_closed() {
    let first = Installation::new().issuing();
    first.issue("N-1", "old-key.json");
    first.done(&["keys", "rotate", ISSUER]);
    let revoked = first.issue("N-2", "revoked.json");
    first.issue("N-3", "good.json");
    revoke(&first, &revoked);

    // What goes on can be bundled, but nobody can take it over.
    first.done(&["issuer", "bundle", ISSUER, "--out", "rehearsal.tar"]);
    let closed = first.close("final.tar");
    assert!(closed.status.success(), "{}", String::from_utf8_lossy(&closed.stderr));
    let said = String::from_utf8(closed.stdout).expect("text");
    assert!(said.contains("3 certificates") && said.contains(KEEPER), "{said}");
    let key = first.thumbprint();
    assert!(said.contains(&format!("signed by key {key}")), "{said}");
    // Again: the same bytes, in a file of its own.
    assert!(first.close("again.tar").status.success());
    let bytes = std::fs::read(first.path("final.tar")).expect("a bundle");
    assert_eq!(bytes, std::fs::read(first.path("again.tar")).expect("a bundle"));
    let said = first.refused(&["issuer", "bundle", ISSUER, "--out", "final.tar"]);
    assert!(said.contains("final.tar"), "{said}");

    // Closed is closed.
    let said = first.refused(&["issue", "next.json", "--issuer", ISSUER]);
    assert!(said.contains("the issuer closed"), "{said}");
    let said = first.done(&["issuer", "list"]);
    assert!(said.contains("kept by Bewaarhogeschool"), "{said}");

    // Nothing about a person, no private key.
    for name in ["old-key.json", "revoked.json", "good.json"] {
        let document = first.document(name);
        let identifiers = document["credentialSubject"]["identifier"].as_array().expect("some");
        for identifier in identifiers {
            for member in ["salt", "identityHash"] {
                if let Some(secret) = identifier[member].as_str() {
                    assert!(!contains(&bytes, secret), "{member}");
                }
            }
        }
        let written = std::fs::read(first.path(name)).expect("a file");
        let digest: String = Sha256::digest(&written).iter().map(|b| format!("{b:02x}")).collect();
        assert!(contains(&bytes, &digest), "the register knows {name}");
    }
    for secret in
        ["Voornaam Familienaam", "lerende-1@example.org", "EXT-2026-0041", "N-3\"", "\"d\""]
    {
        assert!(!contains(&bytes, secret), "{secret}");
    }

    let second = Installation::new();
    let from = first.path("final.tar");
    let from = from.to_str().expect("a path");
    let said = second.refused(&["issuer", "adopt", from, "--expect-key", "x"]);
    assert!(said.contains(&format!("signed by key {key}")), "{said}");
    let rehearsal = first.path("rehearsal.tar");
    let rehearsal = rehearsal.to_str().expect("a path");
    let said = second.refused(&["issuer", "adopt", rehearsal, "--trust-file"]);
    assert!(said.contains("not a final one"), "{said}");
    assert_eq!(
        second.run(&["issuer", "adopt", from]).status.code(),
        Some(64),
        "no word on the key"
    );
    second.done(&["issuer", "bundle", "--check", from, "--expect-key", &key]);
    for _ in 0..2 {
        let said = second.done(&["issuer", "adopt", from, "--expect-key", &key]);
        assert!(said.contains("is kept here since"), "{said}");
    }
    let said = second.refused(&["issuer", "import", "issuers.json"]);
    assert!(said.contains("kept for others"), "{said}");
    // The other way round the name is taken, too.
    let said = first.refused(&["issuer", "adopt", from, "--expect-key", &key]);
    assert!(said.contains("has this name"), "{said}");

    let server = second.serve();
    for (name, expected) in [
        ("good.json", ("verified", "valid")),
        ("old-key.json", ("verified", "valid")),
        ("revoked.json", ("failed", "revoked")),
    ] {
        let report = second.report(&std::fs::read(first.path(name)).expect("a file"));
        assert_eq!(verdict(&report), expected, "{name}: {report}");
        assert_eq!(report["keeper"]["name"], KEEPER);
        assert!(report["keeper"]["statusAsOf"].is_string(), "{report}");
        assert_eq!(report["register"]["sameBytes"], true);
    }
    let changed = std::fs::read_to_string(first.path("good.json")).expect("a file");
    let changed = changed.replace("Voornaam Familienaam", "Andere Familienaam");
    let report = second.report(changed.as_bytes());
    assert_eq!(report["verdict"], "failed");
    assert!(report["keeper"].is_null(), "nothing is said for an issuer that did not sign");

    // At the host that the institution had, and, of what begins with its name, at the keeper's own.
    let host = format!("localhost:{}", first.address.port());
    let theirs = Some(host.as_str());
    let did = second.get(&format!("/issuers/{ISSUER}/did.json"), theirs).json();
    assert_eq!(did["id"], format!("did:web:localhost%3A{}:issuers:{ISSUER}", first.address.port()));
    assert_eq!(did["verificationMethod"].as_array().map(Vec::len), Some(6), "{did}");
    let list = first.document("good.json")["credentialStatus"]["statusListCredential"].clone();
    let path = path_of(list.as_str().expect("an address")).to_owned();
    assert_eq!(second.get(&path, theirs).status, 200);
    assert_eq!(second.get(&path, None).status, 404, "it has no such list of its own");
    let achievement = first.document("good.json")["credentialSubject"]["achievement"]["id"].clone();
    let path = path_of(achievement.as_str().expect("an address")).to_owned();
    assert_eq!(second.get(&path, theirs).json()["id"], achievement);
    let certificate = path_of(&revoked).to_owned();
    assert_eq!(second.get(&certificate, theirs).status, 404);
    let page = second.get(&format!("/issuers/{ISSUER}?lang=en"), None);
    let page = String::from_utf8(page.body).expect("a page");
    assert!(page.contains("Bewaarhogeschool has kept the records"), "{page}");
    assert_eq!(second.get("/issuers/niemand", None).status, 404);
    drop(server);

    // What was adopted must be there, as it was adopted.
    let kept = std::fs::read_dir(second.path("data/adopted")).expect("a folder");
    let kept: Vec<_> = kept.map(|entry| entry.expect("an entry").path()).collect();
    assert_eq!(kept.len(), 1, "{kept:?}");
    std::fs::write(&kept[0], &bytes[..bytes.len() - 1024]).expect("written");
    let said = second.refused(&["doctor"]);
    assert!(said.contains(ISSUER), "{said}");
    second.done(&["issuer", "adopt", from, "--expect-key", &key]);
    assert!(second.done(&["issuer", "list"]).contains("kept here since"));
}

/// Story R11: a key that turns out to be in other hands after the end.
#[test]
fn a_newer_bundle_takes_the_place_of_the_older_one() {
    let first = Installation::new().issuing();
    first.issue("N-1", "good.json");
    let key = first.thumbprint();
    assert!(first.close("first.tar").status.success());
    // Moments have whole seconds.
    std::thread::sleep(Duration::from_millis(1100));
    first.done(&["keys", "rotate", ISSUER]);
    first.done(&["keys", "compromise", ISSUER, &key]);
    assert!(first.close("second.tar").status.success());
    let fresh = first.thumbprint();
    let second = Installation::new();
    let of = |name: &str| first.path(name).to_str().expect("a path").to_owned();
    second.done(&["issuer", "adopt", &of("first.tar"), "--expect-key", &key]);
    second.done(&["issuer", "adopt", &of("second.tar"), "--expect-key", &fresh]);
    let said = second.refused(&["issuer", "adopt", &of("first.tar"), "--expect-key", &key]);
    assert!(said.contains("newer"), "{said}");
    let _server = second.serve();
    // The register knew the fingerprint before.
    let file = std::fs::read(first.path("good.json")).expect("a file");
    let report = second.report(&file);
    assert_eq!(verdict(&report), ("verified", "valid"), "{report}");
    assert_eq!(report["proofs"][0]["registeredBeforeCompromise"], true);
    // Another spelling of the same has another fingerprint.
    let pretty = serde_json::to_vec_pretty(&first.document("good.json")).expect("JSON");
    assert_eq!(second.report(&pretty)["verdict"], "failed");
}

/// Story R11: each member is under the signature.
#[test]
fn a_bundle_with_a_changed_member_is_refused() {
    let first = Installation::new().issuing();
    first.issue("N-1", "good.json");
    assert!(first.close("final.tar").status.success());
    let bytes = std::fs::read(first.path("final.tar")).expect("a bundle");
    let members = members(&bytes);
    assert!(members.len() > 15, "{members:?}");
    for (name, offset, length) in &members {
        let mut changed = bytes.clone();
        changed[offset + length / 2] ^= 1;
        std::fs::write(first.path("changed.tar"), &changed).expect("written");
        let said = first.refused(&["issuer", "bundle", "--check", "changed.tar"]);
        assert!(said.contains("error: "), "{name}: {said}");
    }
    // Left out, added, and the manifest of somebody else.
    let (_, offset, length) = members[0].clone();
    let without = [&bytes[..offset - 512], &bytes[offset + length.div_ceil(512) * 512..]].concat();
    std::fs::write(first.path("changed.tar"), without).expect("written");
    let said = first.refused(&["issuer", "bundle", "--check", "changed.tar"]);
    assert!(said.contains("is not in it"), "{said}");
    let twice = [&bytes[..offset + length.div_ceil(512) * 512], &bytes[..]].concat();
    std::fs::write(first.path("changed.tar"), twice).expect("written");
    let said = first.refused(&["issuer", "bundle", "--check", "changed.tar"]);
    assert!(said.contains("twice"), "{said}");
    std::fs::write(first.path("changed.tar"), "no bundle").expect("written");
    first.refused(&["issuer", "bundle", "--check", "changed.tar"]);
    assert!(first.run(&["issuer", "bundle", "--check", "final.tar"]).status.success());
    let _: &Path = first.folder.path();
}

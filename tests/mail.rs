//! Mail against a real mail server on loopback (`tests/mail/relay.py`, aiosmtpd, installed by
//! `make tools`), by the real binary: what arrives, what is tried again, what survives `kill -9`, and
//! that no address is left behind.
#![expect(clippy::panic, reason = "a test stops at what should not happen")]

mod running;

use running::{Answer, BEWIJS, Connection, path_of};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader};
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

const PUBLIC: &str = "https://badges.example.org";
const ISSUER: &str = "voorbeeld-hogeschool";
/// Nothing on loopback takes so long; what is waited for in vain fails the test.
const LONG: Duration = Duration::from_secs(60);

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn file(name: &str) -> String {
    root().join("tests/mail").join(name).to_str().expect("a path in UTF-8").to_owned()
}

/// Waits until this is there.
fn until<T>(what: &str, mut look: impl FnMut() -> Option<T>) -> T {
    let end = Instant::now() + LONG;
    loop {
        if let Some(found) = look() {
            return found;
        }
        assert!(Instant::now() < end, "waited in vain: {what}");
        std::thread::sleep(Duration::from_millis(25));
    }
}

/// A mail server that runs until it is dropped.
struct Relay {
    child: Child,
    port: u16,
    taken: Receiver<Value>,
}

impl Relay {
    fn start(options: &Value) -> Self {
        let python = std::env::var_os("BEWIJS_INTEROP_PYTHON").map_or_else(
            || root().join("target/tools/python/bin/python"),
            |path| root().join(PathBuf::from(path)),
        );
        let mut child = Command::new(python)
            .args([file("relay.py"), options.to_string()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|e| panic!("the mail server does not start ({e}): run `make tools`"));
        let mut lines = BufReader::new(child.stdout.take().expect("a pipe")).lines();
        let first = lines.next().expect("a line").expect("UTF-8");
        let first: Value = serde_json::from_str(&first).expect("JSON");
        let port = first["port"].as_u64().and_then(|p| u16::try_from(p).ok()).expect("a port");
        let (tell, taken) = channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                if tell.send(serde_json::from_str(&line).expect("JSON")).is_err() {
                    break;
                }
            }
        });
        Self { child, port, taken }
    }

    fn plain() -> Self {
        Self::start(&json!({}))
    }

    fn mail(&self) -> Mail {
        let taken = self.taken.recv_timeout(LONG).expect("a mail arrives");
        let data = taken["data"].as_str().expect("a message").replace("\r\n", "\n");
        let (head, body) = data.split_once("\n\n").expect("a head");
        Mail {
            to: taken["to"][0].as_str().expect("a recipient").to_owned(),
            head: head.replace("\n ", " "),
            body: unquoted(body),
            taken,
        }
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

struct Mail {
    to: String,
    head: String,
    body: String,
    taken: Value,
}

impl Mail {
    fn header(&self, name: &str) -> &str {
        let line = self.head.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
        line.unwrap_or_else(|| panic!("no {name} in\n{}", self.head))
    }

    fn link(&self) -> &str {
        let start = self.body.find(&format!("{PUBLIC}/learner/")).expect("a link");
        self.body[start..].split(|c: char| c.is_whitespace() || c == '<').next().expect("an end")
    }
}

/// Quoted-printable (RFC 2045, section 6.7), undone.
fn unquoted(text: &str) -> String {
    let joined = text.replace("=\n", "");
    let (mut bytes, mut rest) = (Vec::new(), joined.as_bytes());
    while let Some((byte, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()).filter(|_| *byte == b'=') {
            Some(value) => (bytes.push(value), rest = &after[2..]).1,
            None => (bytes.push(*byte), rest = after).1,
        }
    }
    String::from_utf8(bytes).expect("UTF-8")
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target)
        } else {
            drop(std::fs::copy(&path, &target))
        }
        let mode = std::fs::metadata(&path).expect("there").permissions();
        std::fs::set_permissions(&target, mode).expect("ours");
    }
}

fn command(folder: &Path, arguments: &[&str]) -> (bool, String) {
    let output =
        Command::new(BEWIJS).args(arguments).current_dir(folder).output().expect("it runs");
    let text = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8(text).expect("UTF-8"))
}

/// An installation with an issuer and a client, made once and copied for each test.
fn installed() -> &'static Path {
    static MADE: OnceLock<tempfile::TempDir> = OnceLock::new();
    MADE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        copy(&root().join("tests/cli/files"), folder.path());
        let done = |arguments: &[&str]| {
            let (well, said) = command(folder.path(), arguments);
            assert!(well, "{arguments:?}: {said}");
            said
        };
        done(&["init", "--public-url", PUBLIC]);
        let catalogue = ["--definitions", "definitions.json", "--vocabulary", "vocabulary.json"];
        done(&[&["issuer", "import", "issuers.json"][..], &catalogue].concat());
        done(&["issuer", "create", ISSUER]);
        let scopes =
            ["credentials:issue", "credentials:read", "credentials:status", "issuer:admin"];
        let scopes = scopes.map(|scope| ["--scope", scope]).concat();
        let client = ["client", "create", "sis", "--issuer", ISSUER];
        let token = done(&[&client[..], &scopes].concat());
        std::fs::write(folder.path().join("token"), token.trim()).expect("written");
        folder
    })
    .path()
}

/// A service that runs until it is dropped.
struct Service {
    folder: tempfile::TempDir,
    address: SocketAddr,
    child: Option<Child>,
    token: String,
}

impl Service {
    /// An installation with these lines under `[mail]`, not running.
    fn new(mail: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        copy(installed(), folder.path());
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = free.local_addr().expect("an address");
        let config = folder.path().join("bewijs.toml");
        let text = std::fs::read_to_string(&config).expect("made");
        let text = text.replace("127.0.0.1:8080", &address.to_string());
        let patience = "first_retry_seconds = 1\nlongest_retry_seconds = 1\ntimeout_seconds = 20\n";
        let text = format!(
            "{text}\n[mail]\nenabled = true\nfrom_address = \"bewijzen@badges.example.org\"\n\
             {patience}{mail}\n\n[log]\nfilter = \"debug\"\n"
        );
        std::fs::write(&config, text).expect("written");
        let token = std::fs::read_to_string(folder.path().join("token")).expect("made");
        Self { folder, address, child: None, token }
    }

    fn plain(port: u16) -> Self {
        Self::new(&format!("host = \"127.0.0.1\"\nport = {port}\ntls = \"none\""))
    }

    fn start(&mut self) {
        let log = std::fs::File::options().append(true).create(true).open(self.log_file());
        let child = Command::new(BEWIJS)
            .arg("serve")
            .current_dir(self.folder.path())
            .stderr(log.expect("a file"))
            .spawn()
            .expect("the server starts");
        self.child = Some(child);
        until("readiness", || {
            let mut connection = Connection::open(self.address).ok()?;
            let answer = connection.send("GET", "/readyz", &[], b"").ok()?;
            (answer.status == 200).then_some(())
        });
    }

    fn log_file(&self) -> PathBuf {
        self.folder.path().join("log")
    }

    /// `kill -9`.
    fn kill(&mut self) {
        let mut child = self.child.take().expect("it runs");
        child.kill().expect("it was running");
        child.wait().expect("it is gone");
    }

    /// As an operator does.
    fn stop(&mut self) {
        let mut child = self.child.take().expect("it runs");
        let sent = Command::new("kill").arg(child.id().to_string()).status().expect("kill runs");
        assert!(sent.success());
        assert!(child.wait().expect("it ends").success());
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> Answer {
        let authorization = format!("Bearer {}", self.token);
        let headers =
            [("Authorization", authorization.as_str()), ("Content-Type", "application/json")];
        let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
        let mut connection = Connection::open(self.address).expect("it takes connections");
        connection.send(method, path, &headers, &body).expect("an answer")
    }

    /// Issues a certificate whose link is mailed to this address; gives its UUID and link.
    fn issue(&self, to: &str, language: &str) -> (String, String) {
        let text = std::fs::read(self.folder.path().join("award.json")).expect("made");
        let mut award: Value = serde_json::from_slice(&text).expect("JSON");
        award["learner"] = json!({ "email": to, "language": language });
        static NEXT: AtomicUsize = AtomicUsize::new(1);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        award["certificateNumber"] = json!(format!("M-{number}"));
        award["notify"] = json!(true);
        let answer = self.send("POST", &format!("/v1/issuers/{ISSUER}/credentials"), &award);
        assert_eq!(answer.status, 201, "{}", String::from_utf8_lossy(&answer.body));
        let url = answer.header("location").expect("an address").to_owned();
        let uuid = url.rsplit('/').next().expect("a segment").to_owned();
        (uuid, answer.header("claim-url").expect("a link").to_owned())
    }

    /// The mail about this certificate, once it is so.
    fn mail_when(&self, uuid: &str, fits: impl Fn(&Value) -> bool) -> Value {
        until("a state of a mail", || {
            let answer = self.send("GET", &format!("/v1/issuers/{ISSUER}/mail"), &Value::Null);
            let list = answer.json()["mail"].as_array().expect("a list").clone();
            let about = |mail: &Value| mail["credential"].as_str().unwrap_or("").ends_with(uuid);
            list.into_iter().find(|mail| about(mail) && fits(mail))
        })
    }

    fn sent(&self, uuid: &str) -> Value {
        self.mail_when(uuid, |mail| mail["state"] == "sent")
    }

    /// No file of the stopped service holds this, nor what was exported from its store.
    fn holds_nowhere(&self, word: &str) {
        assert!(self.child.is_none(), "it still writes");
        let export = self.folder.path().join("export");
        let _ = std::fs::remove_file(&export);
        let (well, said) =
            command(self.folder.path(), &["store", "export", export.to_str().expect("UTF-8")]);
        assert!(well, "{said}");
        let bytes = std::fs::read(&export).expect("written");
        let plain = zstd::stream::decode_all(&bytes[..]).unwrap_or(bytes);
        assert!(plain.len() > 1_000 && !holds(&plain, word), "the export");
        let mut folders = vec![self.folder.path().to_owned()];
        let mut seen = 0;
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder") {
                let path = entry.expect("an entry").path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    seen += 1;
                    assert!(!holds(&std::fs::read(&path).expect("readable"), word), "{path:?}");
                }
            }
        }
        assert!(seen > 8, "{seen} files");
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if let Some(child) = &mut self.child {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}

fn holds(bytes: &[u8], word: &str) -> bool {
    bytes.windows(word.len()).any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}

/// A port at which nothing answers.
fn nobody() -> u16 {
    let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
    free.local_addr().expect("an address").port()
}

/// Stories L1 and L7.
#[test]
fn the_link_arrives_in_the_learners_language_and_no_address_is_left_behind() {
    let relay = Relay::plain();
    let mut service = Service::plain(relay.port);
    service.start();
    for (language, word, issuer) in [
        ("nl", "Je hebt een digitaal bewijs gekregen", "Voorbeeld Hogeschool"),
        ("fr", "Vous avez reçu une attestation", "Haute École Exemple"),
        ("en", "You have received a digital certificate", "Example University College"),
    ] {
        let to = format!("Onvergetelijk-{language}@learner.example");
        let (uuid, link) = service.issue(&to, language);
        let mail = relay.mail();
        assert_eq!(mail.to, to);
        assert_eq!(mail.link(), link, "the same link as the institution got");
        assert!(mail.body.contains(word) && mail.body.contains(issuer), "{}", mail.body);
        assert!(mail.body.contains("bewijzen@voorbeeld-hogeschool.example"), "whom to ask");
        assert!(mail.body.contains(&format!("lang=\"{language}\"")));
        assert!(!mail.body.contains("TEST"));
        assert_eq!(mail.header("Auto-Submitted"), "auto-generated");
        assert_eq!(mail.header("Content-Language"), language);
        assert_eq!(mail.header("Reply-To"), "bewijzen@voorbeeld-hogeschool.example");
        assert!(mail.header("Content-Type").starts_with("multipart/alternative"));
        assert!(mail.header("Message-ID").ends_with("@badges.example.org>"));
        assert_eq!(mail.taken["from"], "bewijzen@badges.example.org");
        let opened = service.send("GET", path_of(&link), &Value::Null);
        assert_eq!(opened.status, 200, "the link opens the holder's page");
        let told = service.sent(&uuid);
        assert_eq!((&told["last"]["code"], &told["attempts"]), (&json!(250), &json!(1)));
        assert_eq!(told["last"]["class"], "2.0.0");
        // Again, for who lost it.
        let path = format!("/v1/issuers/{ISSUER}/credentials/{uuid}/mail");
        assert_eq!(service.send("POST", &path, &json!({ "email": to })).status, 202);
        let again = relay.mail();
        assert_eq!((again.link(), &again.to), (link.as_str(), &to));
        assert_ne!(again.header("Message-ID"), mail.header("Message-ID"));
        service.mail_when(&uuid, |m| m["purpose"] == "claim-again" && m["state"] == "sent");
    }
    service.stop();
    for word in ["learner.example", "onvergetelijk", "/learner/ey"] {
        service.holds_nowhere(word);
    }
    let log = std::fs::read_to_string(service.log_file()).expect("a log");
    assert!(log.contains("bewijs::mail") && log.contains("\"state\":\"sent\""), "{log}");
}

#[test]
fn what_is_refused_for_now_is_tried_again_and_what_is_refused_for_good_is_not() {
    let relay = Relay::plain();
    let mut service = Service::plain(relay.port);
    service.start();
    let (never, _) = service.issue("never@learner.example", "nl");
    let (later, _) = service.issue("later@learner.example", "nl");
    // Many relays say only of the recipient that they do not serve us.
    let (barred, _) = service.issue("barred@learner.example", "nl");
    let failed = service.mail_when(&never, |mail| mail["state"] == "failed");
    assert_eq!((&failed["last"]["code"], &failed["attempts"]), (&json!(550), &json!(1)));
    assert_eq!(failed["last"]["class"], "5.1.1");
    let retried = service.sent(&later);
    assert_eq!(retried["attempts"], 2, "{retried}");
    let served = service.sent(&barred);
    assert_eq!(served["attempts"], 2, "{served}");
    let mut taken = [relay.mail().to, relay.mail().to];
    taken.sort();
    assert_eq!(taken, ["barred@learner.example", "later@learner.example"]);
    let of_state = |state: &str| {
        let path = format!("/v1/issuers/{ISSUER}/mail?state={state}");
        service.send("GET", &path, &Value::Null).json()["mail"].as_array().expect("a list").len()
    };
    assert_eq!((of_state("failed"), of_state("sent"), of_state("queued")), (1, 2, 0));
    service.stop();
    service.holds_nowhere("learner.example");
}

#[test]
fn a_relay_that_is_away_is_found_again_and_what_was_erased_meanwhile_is_not_sent() {
    let port = nobody();
    let mut service = Service::plain(port);
    service.start();
    let (kept, _) = service.issue("kept@learner.example", "nl");
    let (erased, _) = service.issue("erased@learner.example", "nl");
    let (revoked, _) = service.issue("revoked@learner.example", "nl");
    let waiting = service.mail_when(&kept, |mail| mail["attempts"] != 0);
    assert_eq!(
        (&waiting["state"], &waiting["last"]["class"]),
        (&json!("queued"), &json!("connection"))
    );
    let own = |uuid: &str, what: &str| format!("/v1/issuers/{ISSUER}/credentials/{uuid}/{what}");
    assert_eq!(service.send("POST", &own(&erased, "erasure"), &Value::Null).status, 200);
    let revoke = json!({ "action": "revoke", "reason": "issued-in-error" });
    assert_eq!(service.send("POST", &own(&revoked, "status"), &revoke).status, 200);
    let relay = Relay::start(&json!({ "port": port }));
    service.sent(&kept);
    for uuid in [&erased, &revoked] {
        service.mail_when(uuid, |mail| mail["state"] == "cancelled");
    }
    // What is sent after all of them is the second to arrive.
    let (last, _) = service.issue("last@learner.example", "nl");
    service.sent(&last);
    assert_eq!(relay.mail().to, "kept@learner.example");
    assert_eq!(relay.mail().to, "last@learner.example");
    service.stop();
    service.holds_nowhere("learner.example");
}

#[test]
fn a_mail_whose_record_is_damaged_keeps_no_other_from_being_sent() {
    let port = nobody();
    let mut service = Service::plain(port);
    service.start();
    let (damaged, _) = service.issue("damaged@learner.example", "nl");
    service.mail_when(&damaged, |mail| mail["attempts"].as_u64() >= Some(2));
    // The frame of its first repetition: the one before its last, or an earlier one.
    let journal = service.folder.path().join("data/journal");
    let mut segments: Vec<_> =
        std::fs::read_dir(journal).expect("there").map(|e| e.expect("an entry").path()).collect();
    segments.sort();
    let segment = segments.pop().expect("a segment");
    let bytes = std::fs::read(&segment).expect("readable");
    let (mut starts, mut next) = (Vec::new(), 64);
    while let Some(length) = bytes.get(next + 4..next + 8) {
        starts.push(next);
        next += 100 + u32::from_le_bytes(length.try_into().expect("four bytes")) as usize;
    }
    let retried =
        |start: &usize| holds(&bytes[*start..][..160.min(bytes.len() - start)], "mail-retried");
    let first = *starts.iter().find(|start| retried(start)).expect("a repetition");
    let file = std::fs::File::options().write(true).open(&segment).expect("ours");
    std::os::unix::fs::FileExt::write_all_at(&file, b"?", first as u64 + 104).expect("written");
    let relay = Relay::start(&json!({ "port": port }));
    assert_eq!(relay.mail().to, "damaged@learner.example", "what is needed of it is whole");
    let (other, _) = service.issue("other@learner.example", "nl");
    service.sent(&other);
    assert_eq!(relay.mail().to, "other@learner.example");
    // It is put aside with what the relay said of it, and not sent again by the next process.
    let aside = service.mail_when(&damaged, |mail| mail["last"]["code"] == 250);
    assert_eq!(aside["state"], "queued");
    let log = std::fs::read_to_string(service.log_file()).expect("a log");
    assert_eq!(log.matches("the record of a mail is damaged").count(), 1, "{log}");
    assert!(relay.taken.try_recv().is_err());
}

#[test]
fn a_mail_survives_the_end_of_the_server_and_comes_at_most_twice() {
    let port = nobody();
    let mut service = Service::plain(port);
    service.start();
    // Queued, and killed before it was sent.
    let (queued, _) = service.issue("queued@learner.example", "nl");
    service.kill();
    let relay = Relay::start(&json!({ "port": port }));
    service.start();
    service.sent(&queued);
    assert_eq!(relay.mail().to, "queued@learner.example");
    // Taken by the relay, and killed before anybody knew.
    let (twice, _) = service.issue("hang@learner.example", "nl");
    let first = relay.mail();
    service.kill();
    service.start();
    let second = relay.mail();
    assert_eq!((&first.to, &second.to), (&"hang@learner.example".to_owned(), &first.to));
    assert_eq!(first.header("Message-ID"), second.header("Message-ID"), "known as the same");
    assert_eq!(first.taken["data"], second.taken["data"]);
    service.sent(&twice);
    // Noted, so not sent again after another end.
    service.kill();
    service.start();
    let (last, _) = service.issue("last@learner.example", "nl");
    service.sent(&last);
    assert_eq!(relay.mail().to, "last@learner.example");
    service.stop();
    service.holds_nowhere("learner.example");
}

#[test]
fn the_way_to_the_relay_is_secured_or_not_taken() {
    let secured = |implicit: bool| {
        Relay::start(&json!({
            "certificate": file("relay.pem"), "key": file("relay.key"), "implicit": implicit,
            "user": "bewijs", "password": "geheim-wachtwoord",
        }))
    };
    let way = |relay: &Relay, tls: &str, ca: bool, password: &str| {
        let ca =
            if ca { format!("ca_file = \"{}\"\n", file("authority.pem")) } else { String::new() };
        let service = Service::new(&format!(
            "host = \"localhost\"\nport = {}\ntls = \"{tls}\"\n{ca}user = \"bewijs\"\n\
             password_file = \"relay.password\"",
            relay.port
        ));
        let path = service.folder.path().join("relay.password");
        std::fs::write(&path, format!("{password}\n")).expect("written");
        let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
        std::fs::set_permissions(&path, mode).expect("ours");
        service
    };
    let (starttls, implicit, plain) = (secured(false), secured(true), Relay::plain());
    for (relay, tls) in [(&starttls, "starttls"), (&implicit, "implicit")] {
        let mut service = way(relay, tls, true, "geheim-wachtwoord");
        let (well, said) = command(service.folder.path(), &["doctor"]);
        assert!(well && said.contains("the relay lets us in"), "{said}");
        service.start();
        let (uuid, _) = service.issue("zoë@learner.example", "nl");
        let mail = relay.mail();
        assert_eq!(
            (&mail.taken["tls"], &mail.taken["user"]),
            (&json!(true), &json!(true)),
            "{tls}"
        );
        assert_eq!(mail.to, "zoë@learner.example");
        service.sent(&uuid);
        service.stop();
        let log = std::fs::read(service.log_file()).expect("a log");
        assert!(!holds(&log, "geheim") && !holds(&log, "learner.example"));
    }
    for (relay, tls, ca, password, code, class) in [
        (&starttls, "starttls", true, "ander", json!(535), "5.7.8"),
        (&starttls, "starttls", false, "geheim-wachtwoord", Value::Null, "tls"),
        (&plain, "starttls", true, "geheim-wachtwoord", Value::Null, "no-starttls"),
    ] {
        let mut service = way(relay, tls, ca, password);
        let (well, said) = command(service.folder.path(), &["doctor"]);
        assert!(!well && said.contains("the mail relay does not let us in"), "{said}");
        assert!(said.contains(class) && !said.contains(password), "{said}");
        service.start();
        let (uuid, _) = service.issue("nobody@learner.example", "nl");
        let told = service.mail_when(&uuid, |mail| mail["attempts"] != 0);
        assert_eq!((&told["state"], &told["last"]["class"]), (&json!("queued"), &json!(class)));
        assert_eq!(told["last"].get("code").unwrap_or(&Value::Null), &code);
        assert!(relay.taken.try_recv().is_err(), "nothing was handed over");
    }
}

/// Story E10.
#[test]
fn the_issuer_hears_by_mail_of_a_concern_and_its_words_are_nowhere_else() {
    let relay = Relay::plain();
    let mut service = Service::plain(relay.port);
    service.start();
    let (uuid, _) = service.issue("holder@learner.example", "fr");
    assert_eq!(relay.mail().to, "holder@learner.example");
    let words =
        json!({ "kind": "misuse", "text": "Buurman gebruikt dit", "contact": "0470 11 22 33" });
    let mut connection = Connection::open(service.address).expect("it takes connections");
    let report = format!("/credentials/{uuid}/concern");
    let headers = [("Content-Type", "application/json")];
    let answer = connection.send("POST", &report, &headers, words.to_string().as_bytes());
    let answer = answer.expect("an answer");
    assert_eq!(answer.status, 202, "{}", String::from_utf8_lossy(&answer.body));
    let id = answer.json()["id"].as_str().expect("an id").to_owned();
    let mail = relay.mail();
    assert_eq!(mail.to, "bewijzen@voorbeeld-hogeschool.example");
    assert!(mail.body.contains(&format!("{PUBLIC}/credentials/{uuid}")), "{}", mail.body);
    assert!(mail.body.contains(&format!("/v1/issuers/{ISSUER}/concerns?handled=false")));
    assert!(mail.body.contains("Iemand heeft een melding gedaan"), "the issuer's language");
    assert!(!mail.body.contains("Buurman") && !mail.body.contains("0470"));
    let path = format!("/v1/issuers/{ISSUER}/concerns/{id}");
    let read = service.send("GET", &path, &Value::Null).json();
    assert_eq!(read["text"], words["text"]);
    let log = std::fs::read(service.log_file()).expect("a log");
    assert!(!holds(&log, "buurman") && !holds(&log, "0470") && !holds(&log, &uuid));
    let forget = service.send("POST", &format!("{path}/handled"), &json!({ "forget": true }));
    assert_eq!(forget.status, 200);
    service.stop();
    service.holds_nowhere("Buurman");
    service.holds_nowhere("0470 11 22 33");
}

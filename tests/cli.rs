//! The command as it is typed: arguments, standard output, standard error and exit code, each in a
//! file of `tests/cli/`.
//!
//! A file is a walk in a fresh folder that holds the files of `tests/cli/files/` and a copy of
//! `keys.example/`. A line `$ ...` is run by the shell; the lines `> ...` after it are its standard
//! output, `2> ...` its standard error, and `? N` its exit code. `…` stands for any text in a line.
//! Lines that start with `#`, and empty ones, are for the reader.
#![expect(clippy::panic, reason = "a test stops at what should not happen")]

#[path = "running/forged.rs"]
mod forged;
#[path = "running/lines.rs"]
mod lines;
mod running;
#[path = "running/succession.rs"]
mod succession;

use running::{BEWIJS, Demo};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join("cli")
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let path = entry.expect("an entry").path();
        let target = to.join(path.file_name().expect("a name"));
        if path.is_dir() {
            copy(&path, &target);
        } else {
            std::fs::copy(&path, &target).expect("copied");
        }
    }
}

#[derive(Default)]
struct Step {
    line: usize,
    command: String,
    stdout: Vec<String>,
    stderr: Vec<String>,
    exit: i32,
}

fn steps(text: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for (at, line) in text.lines().enumerate() {
        if let Some(command) = line.strip_prefix("$ ") {
            steps.push(Step { line: at + 1, command: command.to_owned(), ..Step::default() });
            continue;
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let step = steps.last_mut().unwrap_or_else(|| panic!("line {}: no command yet", at + 1));
        match line.split_once(' ').unwrap_or((line, "")) {
            (">", said) => step.stdout.push(said.to_owned()),
            ("2>", said) => step.stderr.push(said.to_owned()),
            ("?", code) => step.exit = code.parse().expect("an exit code"),
            _ => panic!("line {}: what is {line:?}?", at + 1),
        }
    }
    steps
}

fn walk(path: &Path) -> Vec<String> {
    let folder = tempfile::tempdir().expect("a folder");
    copy(&tests().join("files"), folder.path());
    copy(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("keys.example"),
        &folder.path().join("keys.example"),
    );
    let binary = Path::new(BEWIJS).parent().expect("a folder");
    let search = format!("{}:{}", binary.display(), std::env::var("PATH").expect("a path"));
    let mut faults = Vec::new();
    let steps = steps(&std::fs::read_to_string(path).expect("a case"));
    assert!(!steps.is_empty(), "{} has no command", path.display());
    for step in steps {
        let output = Command::new("timeout")
            .args(["60", "sh", "-c", &step.command])
            .current_dir(folder.path())
            .env("PATH", &search)
            .env("LC_ALL", "C")
            .env_remove("BEWIJS_CONFIG")
            .env_remove("BEWIJS_KEY_FILE")
            .env_remove("BEWIJS_PASSPHRASE_FILE")
            .stdin(Stdio::null())
            .output()
            .expect("the shell runs");
        let at = format!("{}:{}: {}", path.display(), step.line, step.command);
        let streams = [
            ("standard output", &step.stdout, &output.stdout),
            ("standard error", &step.stderr, &output.stderr),
        ];
        for (name, expected, said) in streams {
            let said = String::from_utf8_lossy(said);
            if let Some(difference) = lines::difference(expected, &said) {
                faults.push(format!("{at}\n{name}, {difference}"));
            }
        }
        if output.status.code() != Some(step.exit) {
            faults.push(format!("{at}\nexit {:?}, expected {}", output.status.code(), step.exit));
        }
    }
    faults
}

#[test]
fn every_walk_says_what_its_file_says() {
    let mut cases: Vec<_> = std::fs::read_dir(tests())
        .expect("the cases")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "case"))
        .collect();
    cases.sort();
    assert!(cases.len() >= 8, "{cases:?}");
    let faults: Vec<String> = cases.iter().flat_map(|case| walk(case)).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn a_stopping_server_finishes_what_it_accepted() {
    use std::io::{Read, Write};
    for signal in ["TERM", "INT"] {
        let demo = Demo::start_with(&[]);
        let mut idle = std::net::TcpStream::connect(demo.address).expect("it listens");
        idle.write_all(b"GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n").expect("sent");
        let mut busy = std::net::TcpStream::connect(demo.address).expect("it listens");
        let body = b"{\"not\": \"a credential\"}";
        let head = format!(
            "POST /v1/verify HTTP/1.1\r\nHost: a\r\nContent-Type: application/vc\r\n\
             Content-Length: {}\r\n\r\n",
            body.len()
        );
        busy.write_all(head.as_bytes()).expect("sent");
        busy.write_all(&body[..5]).expect("half of the body is sent");
        std::thread::sleep(std::time::Duration::from_millis(200));
        demo.signal(signal);
        std::thread::sleep(std::time::Duration::from_millis(300));
        busy.write_all(&body[5..]).expect("the connection is still there");
        let mut answer = String::new();
        busy.read_to_string(&mut answer).expect("an answer, and then the end");
        assert!(answer.starts_with("HTTP/1.1 200 "), "{signal}: {answer}");
        assert!(answer.contains("\"verdict\":\"failed\""), "{signal}: {answer}");
        assert!(demo.ended().success(), "{signal}");
    }
}

#[test]
fn example_keys_open_only_where_they_are_asked_for() {
    use bewijs::keys::{KeyError, TestKeys, Unlock, Vault};
    let folder = tempfile::tempdir().expect("a folder");
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("keys.example"), folder.path());
    let private = Command::new("chmod").arg("-R").arg("go-rwx").arg(folder.path()).status();
    assert!(private.expect("chmod runs").success());
    let open = |test_keys| {
        let unlock = Unlock::KeyFile(folder.path().join("unlock.key"));
        Vault::open(&folder.path().join("keys"), unlock, test_keys)
    };
    let vault = open(TestKeys::Allow).expect("the examples open");
    assert_eq!(vault.keys().len(), 2);
    assert!(vault.keys().iter().all(|key| key.test), "all are marked");
    assert!(matches!(open(TestKeys::Refuse), Err(KeyError::TestKey { .. })));
}

/// What a demonstration that may not start says.
fn refused(arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(BEWIJS).arg("demo").args(arguments).output().expect("it runs");
    assert!(output.stdout.is_empty(), "{}", String::from_utf8_lossy(&output.stdout));
    (output.status.code(), String::from_utf8(output.stderr).expect("UTF-8"))
}

#[test]
fn a_demonstration_goes_on_where_it_stopped() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().to_str().expect("UTF-8");
    let first = Demo::start(folder.path());
    let (address, token) = (first.address, first.token().to_owned());
    let kinds: Vec<_> = first.ready["credentials"]
        .as_array()
        .expect("credentials")
        .iter()
        .map(|credential| credential["kind"].as_str().expect("a kind").to_owned())
        .collect();
    assert_eq!(kinds, ["evc-bewijs-van-bekwaamheid", "microcredential"]);
    assert_eq!(first.issuer(), "voorbeeld-hogeschool");
    let links = first.credentials();

    let (code, said) = refused(&["--data", data]);
    assert_eq!(code, Some(1));
    assert!(said.contains(&format!("is at {address}, and something listens there")), "{said}");
    assert!(said.contains("remedy: stop it"), "{said}");

    // Offline commands keep out while the server has the store.
    let config = folder.path().join("bewijs.toml");
    for command in [&["store", "check"][..], &["issuer", "list"], &["store", "export", "-"]] {
        let output = Command::new(BEWIJS)
            .args(command)
            .arg("--config")
            .arg(&config)
            .output()
            .expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{command:?}");
        assert!(output.stdout.is_empty(), "{command:?}");
        assert!(said.contains("is in use by another process"), "{said}");
        assert!(said.contains("remedy: stop the process that holds it"), "{said}");
    }

    assert!(first.stop().success(), "it stops when asked");

    let second = Demo::start(folder.path());
    assert_eq!(second.address, address);
    assert_eq!(second.token(), token);
    assert_eq!(second.credentials(), links, "the same certificates, not new ones");
    let mut connection = second.connect();
    let path = running::path_of(&links[0])
        .replace("/credentials/", "/v1/issuers/voorbeeld-hogeschool/credentials/");
    let authorization = format!("Bearer {token}");
    let answer = connection
        .send("GET", &path, &[("Authorization", &authorization)], b"")
        .expect("an answer");
    assert_eq!(answer.status, 200, "the printed token works");
    second.kill();

    let (code, said) = refused(&["--data", data, "--listen", "127.0.0.1:1"]);
    assert_eq!(code, Some(1));
    assert!(said.contains(&address.to_string()), "{said}");
    assert!(said.contains("remedy: "), "{said}");
    // The same address as before may be said.
    let third = Demo::start_with(&["--data", data, "--listen", &address.to_string()]);
    assert!(third.stop().success());
}

#[test]
fn a_demonstration_cleans_up_and_keeps_its_token_to_itself() {
    let folder = tempfile::tempdir().expect("a folder");
    let demo = Demo::start_in(folder.path());
    let inside = || std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(inside(), 1, "it has a folder of its own");
    assert!(demo.stop().success());
    assert_eq!(inside(), 0, "and takes it away");

    let kept = Demo::start(folder.path());
    #[cfg(unix)]
    for secret in ["demo.json", "unlock.key"] {
        use std::os::unix::fs::PermissionsExt;
        let file = folder.path().join(secret);
        let mode = std::fs::metadata(&file).expect("it is there").permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{secret}");
    }
    kept.kill();
}

#[test]
fn a_busy_port_is_told_with_its_remedy() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    let (code, said) = refused(&["--listen", &address]);
    assert_eq!(code, Some(1));
    assert!(said.starts_with(&format!("error: cannot listen on {address}: ")), "{said}");
    assert!(said.contains("remedy: choose another address with --listen"), "{said}");
}

fn bewijs(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let output = Command::new(BEWIJS)
        .args(arguments)
        .env("LC_ALL", "C")
        .current_dir(folder)
        .output()
        .expect("it runs");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn done(folder: &Path, arguments: &[&str]) -> String {
    let (code, stdout, stderr) = bewijs(folder, arguments);
    assert_eq!(code, Some(0), "{arguments:?}: {stderr}");
    stdout
}

/// Story E8: a did:web issuer is gone, and what was gathered while it was there still says
/// *verified*; nothing that somebody changed in it does.
#[test]
fn what_was_bundled_verifies_without_the_server_and_nothing_changed_in_it_does() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    let address = free_address();
    copy(&tests().join("files"), folder);
    let url = format!("http://localhost:{}", address.port());
    done(folder, &["init", "--public-url", &url]);
    let config = folder.join("bewijs.toml");
    let text = std::fs::read_to_string(&config).expect("made");
    std::fs::write(&config, text.replace("127.0.0.1:8080", &address.to_string())).expect("written");
    let catalogue = ["--definitions", "definitions.json", "--vocabulary", "vocabulary.json"];
    done(folder, &[&["issuer", "import", "issuers.json"][..], &catalogue].concat());
    done(folder, &["issuer", "create", "voorbeeld-hogeschool", "--open"]);
    std::fs::create_dir(folder.join("many")).expect("a folder");
    let award = std::fs::read_to_string(folder.join("award.json")).expect("an award");
    let mut award: serde_json::Value = serde_json::from_str(&award).expect("JSON");
    let mut list = "number,url\n".to_owned();
    for at in 0..2 {
        award["certificateNumber"] = format!("N-{at}").into();
        std::fs::write(folder.join("one.json"), award.to_string()).expect("written");
        let name = format!("many/{at}.json");
        done(folder, &["issue", "one.json", "--issuer", "voorbeeld-hogeschool", "-o", &name]);
        let issued = std::fs::read(folder.join(&name)).expect("written");
        let issued: serde_json::Value = serde_json::from_slice(&issued).expect("JSON");
        list.push_str(&format!("{at},{}\n", issued["id"].as_str().expect("an id")));
    }
    std::fs::write(folder.join("list.csv"), list).expect("written");
    let mut serving = Serving(
        Command::new(BEWIJS)
            .arg("serve")
            .current_dir(folder)
            .stderr(Stdio::null())
            .spawn()
            .expect("the server starts"),
    );
    let ready = (0..300).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        let answer = running::Connection::open(address)
            .and_then(|mut connection| connection.send("GET", "/readyz", &[], b""));
        answer.is_ok_and(|answer| answer.status == 200)
    });
    assert!(ready);

    for batch in ["many", "list.csv"] {
        let rows = done(folder, &["verify", "--batch", batch, "--allow-loopback"]);
        assert_eq!(rows.lines().count(), 3, "{rows}");
        assert!(rows.lines().skip(1).all(|row| row.contains(",verified,valid,")), "{rows}");
    }
    let bundled = ["bundle", "many/0.json", "-o", "bundle.json", "--allow-loopback"];
    assert!(done(folder, &bundled).starts_with("verdict  verified\n"));
    serving.0.kill().expect("it was running");
    serving.0.wait().expect("it is gone");

    let (code, _, _) = bewijs(folder, &["verify", "many/0.json", "--allow-loopback"]);
    assert_eq!(code, Some(2), "the issuer is gone");
    let said = done(folder, &["verify", "--bundle", "bundle.json"]);
    assert!(said.starts_with("verdict  verified\nstate    valid\n"), "{said}");
    let offline = ["verify", "--batch", "many", "--bundle", "bundle.json"];
    let (_, rows, _) = bewijs(folder, &offline);
    assert!(rows.contains("0.json,verified,valid,"), "{rows}");

    let whole = std::fs::read(folder.join("bundle.json")).expect("written");
    let whole: serde_json::Value = serde_json::from_slice(&whole).expect("JSON");
    let parts = whole["parts"].as_array().expect("parts").len();
    let roles: Vec<_> =
        (0..parts).map(|at| whole["parts"][at]["role"].as_str().expect("a role")).collect();
    for role in ["credential", "key-document", "status-list", "context"] {
        assert!(roles.contains(&role), "{roles:?}");
    }
    let verified = |bundle: &serde_json::Value| {
        std::fs::write(folder.join("changed.json"), bundle.to_string()).expect("written");
        let (code, said, _) = bewijs(folder, &["verify", "--bundle", "changed.json"]);
        assert_eq!(code == Some(0), said.starts_with("verdict  verified\n"), "{said}");
        code
    };
    assert_eq!(verified(&whole), Some(0), "white space does not matter");
    for (at, role) in roles.iter().enumerate() {
        let text = whole["parts"][at]["text"].as_str().expect("a text");
        // Other bytes than the digest says.
        let mut other = whole.clone();
        other["parts"][at]["text"] = text.replacen('a', "b", 1).into();
        assert_eq!(verified(&other), Some(1), "{role} with other bytes");
        // The digest mended, too: a letter of what is signed, the key, or the context.
        let mended = match *role {
            "key-document" => text.replacen("\"publicKeyMultibase\":\"z6Mk", "\"x\":\"z6Mk", 9),
            "status-list" => text.replacen("\"encodedList\":\"u", "\"encodedList\":\"uH", 1),
            _ => text.replacen("Achievement", "Achievemend", 1),
        };
        if mended != text {
            other["parts"][at]["sha256"] = sha256(&mended).into();
            other["parts"][at]["text"] = mended.into();
            assert_ne!(verified(&other), Some(0), "{role} changed with its digest");
        } else {
            assert_eq!(*role, "context", "{text}");
        }
        let mut without = whole.clone();
        without["parts"].as_array_mut().expect("parts").remove(at);
        match *role {
            "credential" => assert_eq!(verified(&without), Some(1)),
            "key-document" | "status-list" => assert_eq!(verified(&without), Some(2), "{role}"),
            _ => assert_eq!(verified(&without), Some(0), "contexts are known here"),
        }
    }
}

fn sha256(text: &str) -> String {
    use sha2::Digest;
    sha2::Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A port that was free a moment ago.
fn free_address() -> std::net::SocketAddr {
    let free = std::net::TcpListener::bind("127.0.0.1:0").expect("a free port");
    free.local_addr().expect("an address")
}

struct Serving(std::process::Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn an_installation_serves_issues_by_its_api_and_logs_no_person() {
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path();
    copy(&tests().join("files"), folder);
    let address = free_address();
    let url = format!("http://{address}");
    done(folder, &["init", "--public-url", &url]);
    let config = folder.join("bewijs.toml");
    let text = std::fs::read_to_string(&config).expect("made");
    std::fs::write(&config, text.replace("127.0.0.1:8080", &address.to_string())).expect("written");
    let catalogue = ["--definitions", "definitions.json", "--vocabulary", "vocabulary.json"];
    done(folder, &[&["issuer", "import", "issuers.json"][..], &catalogue].concat());
    done(folder, &["issuer", "create", "voorbeeld-hogeschool", "--did-key", "--open"]);
    let client = ["client", "create", "sis", "--issuer", "voorbeeld-hogeschool"];
    let scopes = ["--scope", "credentials:issue", "--scope", "catalogue:write"];
    let token = done(folder, &[&client[..], &scopes].concat());
    std::fs::write(folder.join("token"), &token).expect("written");
    let client = ["client", "create", "registrar", "--issuer", "voorbeeld-hogeschool"];
    let scopes = ["register:read", "register:names", "issuer:admin", "credentials:status"];
    let scopes = scopes.map(|scope| ["--scope", scope]);
    let registrar = done(folder, &[&client[..], &scopes.concat()].concat());
    std::fs::write(folder.join("registrar"), registrar).expect("written");
    let client = ["client", "create", "early", "--issuer", "voorbeeld-hogeschool"];
    let scopes = ["--scope", "credentials:issue", "--scope", "hold:override"];
    let early = done(folder, &[&client[..], &scopes].concat());
    std::fs::write(folder.join("early"), early).expect("written");

    let log = std::fs::File::create(folder.join("log")).expect("a file");
    let mut serving = Serving(
        Command::new(BEWIJS)
            .arg("serve")
            .current_dir(folder)
            .stderr(log)
            .spawn()
            .expect("the server starts"),
    );
    let ready = (0..300).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(50));
        let answer = running::Connection::open(address)
            .and_then(|mut connection| connection.send("GET", "/readyz", &[], b""));
        answer.is_ok_and(|answer| answer.status == 200)
    });
    assert!(ready, "{}", std::fs::read_to_string(folder.join("log")).expect("a log"));

    let by_api = ["issue", "award.json", "--issuer", "voorbeeld-hogeschool", "--url", &url];
    let token_file = ["--token-file", "token", "--idempotency-key", "a-1"];
    let first = done(folder, &[&by_api[..], &token_file, &["-o", "one.json"]].concat());
    assert_eq!(first, "");
    done(folder, &[&by_api[..], &token_file, &["-o", "two.json"]].concat());
    let read = |name: &str| std::fs::read(folder.join(name)).expect("written");
    assert_eq!(read("one.json"), read("two.json"), "the same key, the same certificate");
    done(folder, &["verify", "one.json", "--allow-loopback"]);

    let (code, stdout, stderr) =
        bewijs(folder, &[&by_api[..], &["--token-file", "token"]].concat());
    assert_eq!((code, stdout.as_str()), (Some(1), ""));
    assert!(stderr.contains("/certificateNumber: "), "{stderr}");
    assert!(stderr.contains("(certificate-number-taken)\nremedy: mend the award"), "{stderr}");
    std::fs::write(folder.join("other"), "bewijs_wrong").expect("written");
    let (code, _, stderr) = bewijs(folder, &[&by_api[..], &["--token-file", "other"]].concat());
    assert_eq!(code, Some(1));
    assert!(stderr.starts_with("error: the service answered 401"), "{stderr}");
    assert!(!stderr.contains("bewijs_wrong"), "{stderr}");

    definitions_through_the_api(folder, &url);
    register_through_the_api(folder, &url, &read("one.json"));
    changes_through_the_api(folder, &url);

    // What the file's status rests on, kept for later.
    let issued: serde_json::Value = serde_json::from_slice(&read("one.json")).expect("JSON");
    let list = issued["credentialStatus"]["statusListCredential"].as_str().expect("a list");
    let answer = running::Connection::open(address)
        .and_then(|mut connection| connection.send("GET", running::path_of(list), &[], b""))
        .expect("an answer");
    std::fs::create_dir(folder.join("documents")).expect("a folder");
    std::fs::write(folder.join("documents/list.json"), &answer.body).expect("written");
    let index = serde_json::json!({ list: "list.json" }).to_string();
    std::fs::write(folder.join("documents/index.json"), index).expect("written");

    let sent = Command::new("kill").arg(serving.0.id().to_string()).status().expect("kill runs");
    assert!(sent.success());
    assert!(serving.0.wait().expect("it ends").success());
    let (code, _, stderr) = bewijs(folder, &[&by_api[..], &["--token-file", "token"]].concat());
    assert_eq!(code, Some(1));
    assert!(stderr.contains(&format!("{url} does not answer: ")), "{stderr}");
    assert!(done(folder, &["store", "check"]).contains("the store is whole"));
    // Without the server the file verifies from the folder, and from nothing else.
    done(folder, &["verify", "one.json", "--documents", "documents"]);
    let (code, stdout, _) = bewijs(folder, &["verify", "one.json", "--allow-loopback"]);
    assert_eq!(code, Some(2), "its status could not be checked");
    let words = "We could not check everything. Do not treat this certificate as confirmed yet.";
    assert!(stdout.contains(words), "{stdout}");
    assert!(stdout.contains(" > "), "what to do: {stdout}");
    let (_, stdout, _) = bewijs(folder, &["verify", "one.json", "--allow-loopback", "--json"]);
    let report: serde_json::Value = serde_json::from_str(&stdout).expect("JSON");
    assert_eq!((&report["sentence"], &report["language"]), (&words.into(), &"en".into()));
    let checks = report["checks"].as_array().expect("checks");
    assert!(checks.iter().all(|check| check["meaning"].is_string()), "{report:#}");
    assert!(checks.iter().any(|check| check["remedy"]["text"].is_string()), "{report:#}");

    let log = std::fs::read_to_string(folder.join("log")).expect("a log");
    assert!(log.lines().count() > 3, "{log}");
    for line in log.lines() {
        let line: serde_json::Value = serde_json::from_str(line).expect("a line of JSON");
        assert!(line["level"].is_string() && line["timestamp"].is_string(), "{line}");
    }
    let id = issued["id"].as_str().and_then(|id| id.rsplit('/').next()).expect("an id");
    for never in ["lerende-1", "Familienaam", token.trim(), "EXT-2026-0041", id] {
        assert!(!log.contains(never), "{never} is in the log");
    }
    assert!(log.contains("/v1/issuers/{issuer}/credentials"), "routes by their template: {log}");
}

/// Stories R6 and R7 from the command line. The certificate that is erased here is verified later,
/// without the server, from the learner's own file.
fn register_through_the_api(folder: &Path, url: &str, issued: &[u8]) {
    let issued: serde_json::Value = serde_json::from_slice(issued).expect("JSON");
    let id = issued["id"].as_str().expect("an id");
    let uuid = id.rsplit('/').next().expect("a segment");
    let there = ["--issuer", "voorbeeld-hogeschool", "--url", url];
    let run = |arguments: &[&str]| {
        let token = ["--token-file", "registrar"];
        bewijs(folder, &[&["register"][..], arguments, &there, &token].concat())
    };
    let (code, stdout, _) = run(&["list", "--kind", "microcredential", "--state", "valid"]);
    assert_eq!((code, stdout.lines().count()), (Some(0), 1), "{stdout}");
    assert!(stdout.contains(id) && !stdout.contains("Familienaam"), "{stdout}");
    let (code, stdout, _) = run(&["list", "--state", "revoked"]);
    assert_eq!((code, stdout.as_str()), (Some(0), ""));
    let (code, _, stderr) = run(&["list", "--state", "old"]);
    assert_eq!(code, Some(1));
    assert!(stderr.contains("Parameters of the address cannot be taken: state"), "{stderr}");
    let (code, stdout, _) = run(&["due"]);
    assert_eq!((code, stdout.as_str()), (Some(0), ""));
    endorse_through_the_api(folder, &there, id);

    let (code, stdout, _) = run(&["export"]);
    assert_eq!((code, stdout.lines().count()), (Some(0), 2), "{stdout}");
    assert!(!stdout.contains("Familienaam"), "{stdout}");
    let names = ["export", "--names", "--format", "jsonl", "-o", "names.jsonl"];
    let (code, _, stderr) = run(&names);
    assert_eq!(code, Some(64), "a name needs a reason: {stderr}");
    let (code, _, _) = run(&[&names[..], &["--reason", "short"]].concat());
    assert_eq!(code, Some(1));
    assert!(!folder.join("names.jsonl").exists() && !folder.join("names.jsonl.part").exists());
    let (code, _, stderr) = run(&[&names[..], &["--reason", "Inspection, file 12."]].concat());
    assert_eq!(code, Some(0), "{stderr}");
    let written = std::fs::read_to_string(folder.join("names.jsonl")).expect("written");
    assert!(written.contains("Familienaam") && written.ends_with("}\n"), "{written}");
    let mode = std::fs::metadata(folder.join("names.jsonl")).expect("there").permissions();
    assert_eq!(std::os::unix::fs::PermissionsExt::mode(&mode) & 0o777, 0o600);

    let (code, _, stderr) = run(&["registered", uuid, "--on", "2026-02-01"]);
    assert_eq!(code, Some(1));
    assert!(stderr.starts_with("error: the service answered 409"), "{stderr}");
    let (code, _, stderr) = run(&["purge", uuid]);
    assert_eq!(code, Some(1), "not before it is erased: {stderr}");
    let (code, stdout, stderr) = run(&["erase", uuid]);
    assert_eq!(code, Some(0), "{stderr}");
    assert!(stdout.starts_with(&format!("{uuid} is erased since 20")), "{stdout}");
    let (_, stdout, _) = run(&["export", "--format", "jsonl", "--erased", "true"]);
    assert!(stdout.contains(uuid), "what stays is in the register: {stdout}");
    let (code, _, _) = run(&["purge", uuid]);
    assert_eq!(code, Some(1), "the retention period is long");
    let (code, stdout, stderr) = run(&["purge", uuid, "--reason", "Order of the authority."]);
    assert_eq!(
        (code, stdout.trim_end()),
        (Some(0), format!("{uuid} is purged").as_str()),
        "{stderr}"
    );
}

/// Stories R3 and R4 from the command line; and issuing before an appeal period is over.
fn changes_through_the_api(folder: &Path, url: &str) {
    let award = std::fs::read_to_string(folder.join("award.json")).expect("an award");
    for number in ["000118", "000119"] {
        let award = award.replace("000117", number);
        std::fs::write(folder.join(format!("{number}.json")), award).expect("written");
    }
    let there = ["--issuer", "voorbeeld-hogeschool", "--url", url, "--token-file"];
    let run =
        |arguments: &[&str], token: &str| bewijs(folder, &[arguments, &there, &[token]].concat());
    let id = |stdout: &str| -> String {
        let signed: serde_json::Value = serde_json::from_str(stdout).expect("JSON");
        signed["id"].as_str().expect("an id").to_owned()
    };
    let uuid = |id: &str| id.rsplit('/').next().expect("a segment").to_owned();

    let early = ["issue", "000118.json", "--hold-override", "The jury asks for it."];
    let (code, stdout, stderr) = run(&early, "token");
    assert_eq!((code, stdout.as_str()), (Some(1), ""));
    assert!(stderr.starts_with("error: the service answered 403"), "{stderr}");
    assert!(stderr.contains("remedy: give a client with the scope credentials:issue and"));
    assert!(stderr.contains("hold:override"), "{stderr}");
    let (code, stdout, stderr) = run(&early, "early");
    assert_eq!(code, Some(0), "{stderr}");
    let old = id(&stdout);

    let revoke = ["status", "revoke", "--reason"];
    let (code, _, stderr) = run(&[&revoke[..], &["mood", &old]].concat(), "registrar");
    assert_eq!(code, Some(1));
    assert!(stderr.contains("/reason: ") && stderr.contains("issued-in-error"), "{stderr}");
    assert!(stderr.contains("remedy: mend what was given at these places"), "{stderr}");
    let suspend = ["status", "suspend", &old, "--reason", "appeal-pending"];
    let (code, _, stderr) = run(&suspend, "registrar");
    assert_eq!(code, Some(1), "this issuer does not suspend");
    assert!(stderr.contains("; it is valid\nremedy: "), "{stderr}");
    let (code, _, stderr) = run(&suspend, "token");
    assert_eq!(code, Some(1));
    assert!(stderr.contains("the scope credentials:status"), "{stderr}");

    let correct = ["correct", &old, "000119.json", "--idempotency-key", "c-1"];
    let (code, stdout, stderr) = run(&correct, "token");
    assert_eq!(code, Some(0), "{stderr}");
    assert!(stderr.contains(&format!("which supersedes {}\n", uuid(&old))), "{stderr}");
    let new = id(&stdout);
    assert_ne!(new, old);
    assert_eq!(run(&correct, "token").1, stdout, "a repetition is harmless");
    let again = ["correct", &old, "000118.json"];
    let (code, stdout, stderr) = run(&again, "token");
    assert_eq!((code, stdout.as_str()), (Some(1), ""), "{stderr}");
    assert!(stderr.contains("\nremedy: "), "{stderr}");

    let error = ["issued-in-error", "--note", "Wrong learner", &uuid(&new)];
    let (code, stdout, stderr) = run(&[&revoke[..], &error].concat(), "registrar");
    assert_eq!(code, Some(0), "{stderr}");
    assert!(stdout.starts_with(&format!("{} is revoked since 20", uuid(&new))), "{stdout}");
    let (code, _, stderr) = run(&[&revoke[..], &error].concat(), "registrar");
    assert_eq!(code, Some(1), "a revocation is final");
    assert!(stderr.contains("; it is revoked since 20"), "{stderr}");
    assert!(stderr.contains("remedy: nothing was changed; what was asked may have"), "{stderr}");
    let unknown = uuid(&new).replace(|c: char| c.is_ascii_hexdigit(), "0");
    let (code, _, stderr) = run(&[&revoke[..], &["other", &unknown]].concat(), "registrar");
    assert_eq!(code, Some(1));
    assert!(stderr.starts_with("error: the service answered 404"), "{stderr}");
}

/// Story P3.
fn endorse_through_the_api(folder: &Path, there: &[&str], id: &str) {
    let what = ["--credential", id, "--comment", "Degelijk werk.", "--language", "nl"];
    let run = |token: &str| {
        let rest = ["--token-file", token, "--idempotency-key", "endorse-1"];
        bewijs(folder, &[&["endorse"][..], &what, there, &rest].concat())
    };
    let (code, stdout, stderr) = run("token");
    assert_eq!(code, Some(0), "{stderr}");
    assert!(stderr.starts_with("endorsed as http://"), "{stderr}");
    let endorsement: serde_json::Value = serde_json::from_str(&stdout).expect("JSON");
    assert_eq!(endorsement["credentialSubject"]["id"], id);
    assert_eq!(run("token").1, stdout, "a repetition is harmless");
    let (code, _, stderr) = run("registrar");
    assert_eq!(code, Some(1));
    assert!(stderr.contains("credentials:issue"), "{stderr}");
}

fn definitions_through_the_api(folder: &Path, url: &str) {
    let there = ["--url", url, "--token-file", "token"];
    let run =
        |arguments: &[&str]| bewijs(folder, &[&["achievement"][..], arguments, &there].concat());
    let import = ["import", "outcomes.csv", "--definition", "definition.json"];
    let name = "voorbeeld-hogeschool/luisteren/1";
    for (more, said) in [(&["--check"][..], "could be published"), (&[], "published")] {
        let (code, stdout, stderr) = run(&[&import[..], more].concat());
        assert_eq!((code, stdout.trim_end()), (Some(0), format!("{said}: {name}").as_str()));
        assert!(stderr.contains("warning: outcomes.csv: row 3, column text_fr: "), "{stderr}");
    }
    let refused = ["import", "outcomes-refused.csv", "--definition", "definition.json"];
    let (code, stdout, stderr) = run(&refused);
    assert_eq!((code, stdout.as_str()), (Some(1), ""));
    for line in [
        "  outcomes-refused.csv: row 2, column esco_uri: ",
        "  outcomes-refused.csv: row 3, column code: ",
        "  outcomes-refused.csv: row 4, column text_nl: ",
        "remedy: mend the files at these places; nothing was published",
    ] {
        assert!(stderr.contains(line), "{line}: {stderr}");
    }
    let (code, stdout, _) = run(&["list", "--issuer", "voorbeeld-hogeschool"]);
    assert_eq!((code, stdout.lines().count()), (Some(0), 7), "{stdout}");
    let (code, stdout, _) = run(&["show", name]);
    let shown: serde_json::Value = serde_json::from_str(&stdout).expect("JSON");
    assert_eq!((code, &shown["learningOutcomes"][0]["code"]), (Some(0), &"lo1".into()));
    let (code, stdout, _) = run(&["withdraw", name]);
    assert_eq!(code, Some(0));
    assert!(stdout.starts_with(&format!("{name} is not issued under since 20")), "{stdout}");
    let (code, _, stderr) = run(&["withdraw", "voorbeeld-hogeschool/luisteren/2"]);
    assert_eq!(code, Some(1));
    assert!(stderr.starts_with("error: the service answered 404"), "{stderr}");
}

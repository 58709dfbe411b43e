//! The application under test: the real routes on a loopback port, over a store in memory, with a
//! real desk and a real examiner.

use crate::contract::Contract;
use actix_web::{App, HttpServer, rt};
use bewijs::access::{Access, TokenKey};
use bewijs::canon::ContextSet;
use bewijs::clock::{Clock, FixedClock};
use bewijs::config::Concerns;
use bewijs::conformance::{ConformanceIssuer, ConformanceLists};
use bewijs::http::{FrontDesk, FrontDeskParts, FrontSettings, configure};
use bewijs::ids::{IdGenerator, SystemIds};
use bewijs::issuance::{Desk, DeskParts, DeskSettings, DidMethod, HolderSecret, IssuerRequest};
use bewijs::keys::{TestKeys, Unlock, Vault, seeded_signer};
use bewijs::model::{KeyAlgorithm, Scope, Timestamp};
use bewijs::profile::Installation;
use bewijs::sources::{Layered, StoreSources};
use bewijs::store::{ClientRecord, ClientSecret, MemoryStore, Origin, Store, Visibility};
use bewijs::verification::{Examiner, Limits, Sources};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::net::TcpListener;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// The address that is signed and answered; the server listens elsewhere.
pub const PUBLIC: &str = "https://badges.voorbeeld-hogeschool.example";
/// The issuer of the samples.
pub const ISSUER: &str = "voorbeeld-hogeschool";
/// Another issuer, a tenant of its own.
pub const OTHER: &str = "vormingscentrum-voorbeeld";
/// A moment after every date of the samples.
pub const NOW: &str = "2026-09-01T10:00:00Z";
/// Largest body that the application under test takes.
pub const MAX_BODY: usize = 262_144;

/// An application and a client for it.
pub struct TestApp {
    pub base: String,
    pub port: u16,
    pub store: Arc<dyn Store>,
    pub desk: Arc<Desk>,
    pub clock: Arc<FixedClock>,
    http: reqwest::blocking::Client,
    server: actix_web::dev::ServerHandle,
    _keys: tempfile::TempDir,
}

/// An answer, already held against the document.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or("")
    }

    pub fn media_type(&self) -> &str {
        self.header("content-type").split(';').next().unwrap_or("").trim()
    }

    pub fn json(&self) -> Value {
        let parsed = serde_json::from_slice(&self.body);
        assert!(parsed.is_ok(), "no JSON: {}", self.text());
        parsed.expect("just looked")
    }

    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The last segment of the problem's type.
    pub fn problem(&self) -> String {
        let kind = self.json()["type"].as_str().unwrap_or("").to_owned();
        kind.rsplit('/').next().unwrap_or("").to_owned()
    }

    /// Code and pointer of each fault.
    pub fn errors(&self) -> Vec<(String, String)> {
        self.json()["errors"]
            .as_array()
            .into_iter()
            .flatten()
            .map(|e| {
                let text = |member: &str| e[member].as_str().unwrap_or("").to_owned();
                (text("code"), text("pointer"))
            })
            .collect()
    }
}

/// What a test may choose.
pub struct Options {
    pub visibility: Visibility,
    pub suspension: bool,
    pub test: bool,
    pub did: DidMethod,
    pub settings: FrontSettings,
    pub ids: Arc<dyn IdGenerator>,
    pub conformance: bool,
    pub mail: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            visibility: Visibility::Open,
            suspension: false,
            test: false,
            did: DidMethod::Web,
            settings: settings(),
            ids: Arc::new(SystemIds),
            conformance: false,
            mail: false,
        }
    }
}

pub fn settings() -> FrontSettings {
    FrontSettings {
        public_url: PUBLIC.to_owned(),
        trusted_proxies: Vec::new(),
        max_body: MAX_BODY,
        body_time: Duration::from_secs(5),
        work_time: Duration::from_secs(20),
        max_in_work: 256,
        status_ttl_seconds: 300,
        // Many tests share one visitor.
        concerns: Concerns { per_visitor_hour: 10_000, ..Concerns::default() },
        pages: bewijs::config::Pages::default(),
    }
}

/// A file of `tests/samples`.
pub fn sample(name: &str) -> Value {
    let path = format!("{}/tests/samples/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read(path).expect("the sample is there");
    serde_json::from_slice(&text).expect("the sample is JSON")
}

/// A sample award as a client sends it.
pub fn award(key: &str) -> Value {
    let file = sample("awards.json");
    let found = file["awards"].as_array().expect("awards").iter().find(|a| a["key"] == key);
    let mut award = found.expect("an award with this key").clone();
    let members = award.as_object_mut().expect("an object");
    for member in ["key", "fixed", "sealedBy"] {
        members.remove(member);
    }
    award
}

/// Who changes things beside the API.
pub fn origin() -> Origin {
    Origin {
        actor: "test".to_owned(),
        request_id: None,
        from: None,
        at: NOW.parse().expect("a moment"),
    }
}

/// The token of a client with these scopes.
fn token(issuer: &str, name: &str) -> String {
    format!("token-of-{issuer}-{name}")
}

fn client(issuer: Option<&str>, name: &str, scopes: &[Scope], revoked: bool) -> ClientRecord {
    let text = token(issuer.unwrap_or("service"), name);
    let sha256 = Sha256::digest(text).iter().map(|b| format!("{b:02x}")).collect();
    ClientRecord {
        id: format!("{}-{name}", issuer.unwrap_or("service")),
        issuer: issuer.map(|i| i.parse().expect("a slug")),
        name: None,
        scopes: scopes.to_vec(),
        secrets: vec![ClientSecret::token(1, sha256, NOW.parse().expect("a moment"))],
        created: NOW.parse().expect("a moment"),
        revoked: revoked.then(|| NOW.parse::<Timestamp>().expect("a moment").plus_seconds(-1)),
        version: 0,
    }
}

const FULL: &[Scope] = &[Scope::CredentialsIssue, Scope::CredentialsStatus, Scope::CredentialsRead];

/// One application for the tests that change nothing of each other's.
pub fn shared() -> &'static TestApp {
    static APP: OnceLock<TestApp> = OnceLock::new();
    APP.get_or_init(|| TestApp::start(Options::default()))
}

impl TestApp {
    pub fn start(options: Options) -> Self {
        let keys = tempfile::tempdir().expect("a folder");
        let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
        let clock = Arc::new(FixedClock::at(NOW.parse().expect("a moment")));
        let vault = vault(&keys);
        let access = Arc::new(access(&vault));
        let desk = Arc::new(Desk::new(DeskParts {
            store: Arc::clone(&store),
            keys: Arc::new(vault),
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            ids: Arc::clone(&options.ids),
            installation: Installation::new(PUBLIC),
            holder_secret: HolderSecret::new(&[7; 32]),
            settings: DeskSettings {
                coalescing: Duration::ZERO,
                mail: options.mail,
                ..DeskSettings::default()
            },
        }));
        let system = rt::System::new();
        system.block_on(furnish(&desk, store.as_ref(), &options));
        drop(system);

        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let now_clock = Arc::clone(&clock);
        let documents_desk = Arc::clone(&desk);
        let sources = StoreSources::new(
            Arc::clone(&store),
            PUBLIC,
            Arc::new(move |record| {
                let document = documents_desk.did_document(&record.slug).expect("it can be read");
                Ok(serde_json::to_vec(&document.expect("it seals")).expect("JSON").into())
            }),
            Arc::new(move || now_clock.now()),
        );
        let conformance = options.conformance.then(|| Arc::new(conformance_issuer()));
        let mut sources: Arc<dyn Sources> = Arc::new(sources);
        if let Some(issuer) = &conformance {
            let clock = Arc::clone(&clock);
            let now = Arc::new(move || clock.now());
            let lists = ConformanceLists { issuer: Arc::clone(issuer), now };
            sources = Arc::new(Layered::new(vec![Arc::new(lists), sources]));
        }
        let front = FrontDesk::new(FrontDeskParts {
            store: Arc::clone(&store),
            desk: Arc::clone(&desk),
            examiner: Arc::new(examiner(&options)),
            conformance,
            sources,
            outward: None,
            adopted: Arc::default(),
            access,
            clock: Arc::clone(&clock) as Arc<dyn Clock>,
            ids: options.ids,
            settings: options.settings,
        });
        let (tell, told) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            rt::System::new().block_on(async move {
                let app = move || App::new().configure(|config| configure(config, &front));
                let server = HttpServer::new(app)
                    .workers(1)
                    .disable_signals()
                    .listen(listener)
                    .expect("the port is ours")
                    .run();
                tell.send(server.handle()).expect("the test waits");
                server.await.expect("the server ends well");
            });
        });
        let server = told.recv().expect("the server starts");
        let http = reqwest::blocking::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .timeout(Duration::from_secs(30))
            .no_proxy()
            .build()
            .expect("a client");
        let base = format!("http://127.0.0.1:{port}");
        Self { base, port, store, desk, clock, http, server, _keys: keys }
    }

    pub fn call(&self, method: &str, path: &str) -> Call {
        let url = format!("{}{path}", self.base);
        let method: reqwest::Method = method.parse().expect("a method");
        let request = self.http.request(method.clone(), url);
        Call { method: method.to_string(), path: path.to_owned(), request }
    }

    pub fn get(&self, path: &str) -> Call {
        self.call("GET", path)
    }

    pub fn put(&self, path: &str, body: &Value) -> Call {
        self.call("PUT", path).json(body)
    }

    pub fn post(&self, path: &str, body: &Value) -> Call {
        self.call("POST", path).json(body)
    }

    /// Issues a sample award, with a certificate number of its own.
    pub fn issue(&self, award: &Value) -> Answer {
        self.post(&format!("/v1/issuers/{ISSUER}/credentials"), award).token(ISSUER, "all").send()
    }

    /// Issues `mc1` under a fresh number and gives its UUID and its bytes.
    pub fn issued(&self) -> (String, Vec<u8>) {
        let mut award = award("mc1");
        award["certificateNumber"] = json!(fresh("N"));
        self.issued_from(&award)
    }

    pub fn issued_from(&self, award: &Value) -> (String, Vec<u8>) {
        let answer = self.issue(award);
        assert_eq!(answer.status, 201, "{}", answer.text());
        let location = answer.header("location").to_owned();
        (location.rsplit('/').next().expect("a segment").to_owned(), answer.body)
    }

    pub fn change(&self, uuid: &str, body: &Value) -> Answer {
        self.post(&format!("/v1/issuers/{ISSUER}/credentials/{uuid}/status"), body)
            .token(ISSUER, "all")
            .send()
    }

    pub fn show(&self, uuid: &str, visibility: &str) -> Answer {
        self.call("PUT", &format!("/v1/issuers/{ISSUER}/credentials/{uuid}/visibility"))
            .json(&json!({ "visibility": visibility }))
            .token(ISSUER, "all")
            .send()
    }

    pub fn verify(&self, bytes: &[u8], media_type: &str) -> Value {
        let answer = self.call("POST", "/v1/verify").body(media_type, bytes.to_vec()).send();
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }
}

/// The examiner as a service has it, with and without the conformance issuer.
fn examiner(options: &Options) -> Examiner {
    let examiner = Examiner::new(Limits::default());
    if options.conformance { examiner.with_contexts(ContextSet::conformance()) } else { examiner }
}

/// A conformance issuer whose keys everybody knows.
pub fn conformance_issuer() -> ConformanceIssuer {
    let signers = [KeyAlgorithm::Ed25519, KeyAlgorithm::P256, KeyAlgorithm::P384]
        .map(|algorithm| seeded_signer(&[5; 32], algorithm).expect("a key"));
    ConformanceIssuer::new(signers.into(), PUBLIC).expect("an issuer")
}

impl Drop for TestApp {
    fn drop(&mut self) {
        drop(self.server.stop(false));
    }
}

/// A number that no other test uses.
pub fn fresh(prefix: &str) -> String {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static NEXT: AtomicUsize = AtomicUsize::new(1);
    format!("{prefix}-{}", NEXT.fetch_add(1, Ordering::Relaxed))
}

/// The word of the service, with a key that was made a while ago.
fn access(vault: &Vault) -> Access {
    let made = NOW.parse::<Timestamp>().expect("a moment").plus_seconds(-86_400);
    let key = vault.add_service_key(made).expect("a key");
    Access::new(PUBLIC, [TokenKey { made: key.made, signer: key.signer }])
}

fn vault(folder: &tempfile::TempDir) -> Vault {
    use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
    let directory = folder.path().join("keys");
    std::fs::create_dir(&directory).expect("a folder");
    std::fs::set_permissions(&directory, std::fs::Permissions::from_mode(0o700)).expect("ours");
    let unlock = folder.path().join("unlock.key");
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&unlock)
        .expect("a file");
    std::io::Write::write_all(&mut file, &[9; 32]).expect("written");
    Vault::open(&directory, Unlock::KeyFile(unlock), TestKeys::Allow).expect("a vault")
}

/// Organisations, definitions, two issuers and their clients.
async fn furnish(desk: &Desk, store: &dyn Store, options: &Options) {
    let mut organisations =
        sample("issuers.json")["organisations"].as_array().cloned().expect("list");
    for organisation in &mut organisations {
        if organisation["slug"] == OTHER {
            organisation["seals"] = json!(true);
        }
    }
    desk.import_organisations(organisations, origin()).await.expect("organisations");
    let definitions = sample("definitions.json")["definitions"].as_array().cloned().expect("list");
    desk.import_definitions(definitions, origin()).await.expect("definitions");
    for slug in [ISSUER, OTHER] {
        let request = IssuerRequest {
            organisation: slug.parse().expect("a slug"),
            did: options.did,
            test: options.test,
            test_keys: true,
            default_visibility: Some(options.visibility),
            suspension: Some(options.suspension),
        };
        desk.create_issuer(request, origin()).await.expect("an issuer");
        let clients = [
            client(Some(slug), "all", FULL, false),
            client(Some(slug), "read", &[Scope::CredentialsRead], false),
            client(Some(slug), "issue", &[Scope::CredentialsIssue], false),
            client(Some(slug), "hold", &[Scope::CredentialsIssue, Scope::HoldOverride], false),
            client(Some(slug), "register", &[Scope::RegisterRead], false),
            client(Some(slug), "names", &[Scope::RegisterNames], false),
            client(Some(slug), "catalogue", &[Scope::CatalogueWrite], false),
            client(Some(slug), "admin", &[Scope::CatalogueWrite, Scope::IssuerAdmin], false),
            client(Some(slug), "revoked", FULL, true),
        ];
        for client in clients {
            store.put_client(client, origin()).await.expect("a client");
        }
    }
    let service = [
        client(None, "all", FULL, false),
        client(None, "catalogue", &[Scope::CatalogueWrite], false),
    ];
    for client in service {
        store.put_client(client, origin()).await.expect("a client");
    }
}

/// A request that is being put together.
pub struct Call {
    method: String,
    path: String,
    request: reqwest::blocking::RequestBuilder,
}

impl Call {
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    pub fn accept(self, value: &str) -> Self {
        self.header("accept", value)
    }

    pub fn token(self, issuer: &str, name: &str) -> Self {
        let value = format!("Bearer {}", token(issuer, name));
        self.header("authorization", &value)
    }

    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", serde_json::to_vec(body).expect("JSON"))
    }

    pub fn body(mut self, media_type: &str, body: Vec<u8>) -> Self {
        self.request = self.request.header("content-type", media_type).body(body);
        self
    }

    /// A form with one file, as a browser sends it.
    pub fn file(self, name: &str, bytes: &[u8]) -> Self {
        let mut body = format!(
            "--XYZ\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"f\"\r\n\r\n"
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--XYZ--\r\n");
        self.body("multipart/form-data; boundary=XYZ", body)
    }

    /// A form of these fields, as a browser sends it.
    pub fn form(self, fields: &[(&str, &[u8])]) -> Self {
        let mut body = Vec::new();
        for (name, value) in fields {
            let head = format!("--XYZ\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n");
            body.extend_from_slice(head.as_bytes());
            body.extend_from_slice(value);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--XYZ--\r\n");
        self.body("multipart/form-data; boundary=XYZ", body)
    }

    /// Sends it and holds the answer against the document.
    pub fn send(self) -> Answer {
        let response = self.request.send().expect("an answer");
        let answer = Answer {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body: response.bytes().expect("a whole body").to_vec(),
        };
        Contract::shared().check(&self.method, &self.path, &answer);
        answer
    }
}

//! A desk with everything around it: a store that can be made to fail and keys that count what
//! they sign. Which store that is, the test program says with its `open_store`.

mod changes;
mod counting;
mod fallible;
pub mod freezing;
mod issue;
#[path = "../profile/json_patch.rs"]
mod json_patch;
mod setup;
mod tokens;
mod turns;

pub use counting::CountingKeys;
pub use fallible::{FallibleStore, Fault};

use bewijs::canon::ContextSet;
use bewijs::clock::{Clock, FixedClock};
use bewijs::encoding::PublicKey;
use bewijs::ids::{FixedDraw, FixedIds};
use bewijs::issuance::{
    Desk, DeskParts, DeskSettings, DidMethod, HolderSecret, IssueError, IssueRequest, Issued,
    IssuerRequest, StatusRequest,
};
use bewijs::keys::{TestKeys, Unlock, Vault, did_document};
use bewijs::model::{Problem, Slug, Timestamp};
use bewijs::profile::Installation;
use bewijs::proof::{
    MethodResolver, ProofPurpose, ResolveError, ResolvedMethod, VerifyOptions, verify_proofs,
};
use bewijs::status::{StatusEntryView, check_list};
use bewijs::store::{Origin, ReasonCode, StatusAction, Store, Visibility};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

pub const HOST: &str = "https://badges.voorbeeld-hogeschool.example";
pub const ISSUER: &str = "voorbeeld-hogeschool";

/// The samples in the order in which they were issued.
pub const SAMPLES: [&str; 7] = ["mc1", "mc2", "mc3", "evc2", "evc1", "md1", "evc2-correction"];

pub fn sample_file(name: &str) -> Value {
    let path = format!("{}/tests/samples/{name}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

pub fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

pub fn moment(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// Runs a future to its end on this thread.
pub fn run<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
}

/// An award of the samples as a client sends it, and what the service is to draw for it.
pub fn sample(key: &str) -> (Value, FixedDraw, Timestamp) {
    let awards = sample_file("awards");
    let all = awards["awards"].as_array().unwrap();
    let award = all.iter().find(|award| award["key"] == key).unwrap().clone();
    let (award, fixed) = as_request(award);
    let text = |member: &str| fixed[member].as_str().unwrap().to_owned();
    let draw = FixedDraw {
        credential_id: text("credentialUuid").parse().unwrap(),
        subject_id: text("subjectId"),
        salt: text("emailSalt"),
        index: u32::try_from(fixed["statusListIndex"].as_u64().unwrap()).unwrap(),
    };
    (award, draw, moment(&text("issuedAt")))
}

/// An award of the file as a client sends it, and what the file fixes for it.
pub fn as_request(mut award: Value) -> (Value, Value) {
    let awards = sample_file("awards");
    let members = award.as_object_mut().unwrap();
    let fixed = members.shift_remove("fixed").unwrap();
    members.shift_remove("key");
    members.shift_remove("sealedBy");
    let url = |key: &Value| {
        let mut all = awards["awards"].as_array().unwrap().iter();
        let fixed = &all.find(|award| award["key"] == *key).unwrap()["fixed"];
        json!(format!("{HOST}/credentials/{}", fixed["credentialUuid"].as_str().unwrap()))
    };
    for part in award.get_mut("parts").and_then(Value::as_array_mut).into_iter().flatten() {
        part["award"] = url(&part["award"]);
    }
    if let Some(replaced) = award.get("replaces").cloned() {
        award["replaces"] = url(&replaced);
    }
    (award, fixed)
}

/// A desk with a store, keys, a clock and an issuer.
pub struct Office {
    pub store: Arc<FallibleStore>,
    pub keys: Arc<CountingKeys>,
    pub clock: Arc<FixedClock>,
    pub desk: Arc<Desk>,
    /// The issuer's name.
    pub issuer: Slug,
    pub place: tempfile::TempDir,
}

/// How an office differs from the usual.
pub struct Plan {
    pub did: DidMethod,
    pub suspension: bool,
    pub test: bool,
    pub settings: DeskSettings,
    pub draws: Vec<FixedDraw>,
}

impl Default for Plan {
    fn default() -> Self {
        let coalescing = Duration::from_millis(1);
        let settings = DeskSettings { coalescing, ..DeskSettings::default() };
        Self { did: DidMethod::Web, suspension: false, test: false, settings, draws: Vec::new() }
    }
}

impl Office {
    /// The usual office, a week after the last sample.
    pub fn new() -> Self {
        Self::of(Plan::default())
    }

    pub fn of(plan: Plan) -> Self {
        let office = Self::bare(plan.settings, plan.draws);
        run(async {
            office.import().await;
            let request = IssuerRequest {
                organisation: slug(ISSUER),
                did: plan.did,
                test: plan.test,
                test_keys: false,
                default_visibility: None,
                suspension: Some(plan.suspension),
            };
            let made = office.desk.create_issuer(request, office.origin()).await.unwrap();
            assert_eq!(made.sealer.as_ref().unwrap().default_visibility, Visibility::Closed);
        });
        office
    }

    /// Without catalogue and issuer.
    pub fn bare(settings: DeskSettings, draws: Vec<FixedDraw>) -> Self {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("unlock");
        std::fs::write(&file, [9; 32]).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
        let clock = Arc::new(FixedClock::at(moment("2026-07-10T12:00:00Z")));
        Self::at(place, clock, settings, draws)
    }

    /// On what lies in this place.
    pub fn at(
        place: tempfile::TempDir,
        clock: Arc<FixedClock>,
        settings: DeskSettings,
        draws: Vec<FixedDraw>,
    ) -> Self {
        let keys = Arc::new(CountingKeys::around(vault(place.path())));
        let inner = crate::open_store(&place.path().join("store"));
        let store = Arc::new(FallibleStore::around(inner));
        let desk = desk(&store, &keys, &clock, settings, draws);
        Self { store, keys, clock, desk, issuer: slug(ISSUER), place }
    }

    /// Another desk on the same store, as after a restart.
    pub fn restarted(&self) -> Arc<Desk> {
        self.with(Plan::default().settings)
    }

    /// The same, set otherwise. The vault is opened again.
    pub fn with(&self, settings: DeskSettings) -> Arc<Desk> {
        let keys = Arc::new(CountingKeys::around(vault(self.place.path())));
        desk(&self.store, &keys, &self.clock, settings, Vec::new())
    }

    pub async fn import(&self) {
        let organisations = sample_file("issuers")["organisations"].as_array().unwrap().clone();
        self.desk.import_organisations(organisations, self.origin()).await.unwrap();
        let definitions = sample_file("definitions")["definitions"].as_array().unwrap().clone();
        self.desk.import_definitions(definitions, self.origin()).await.unwrap();
    }

    pub fn origin(&self) -> Origin {
        Origin { actor: "test".to_owned(), request_id: None, from: None, at: self.clock.now() }
    }

    /// The did that signs.
    pub fn did(&self) -> String {
        let record = self.store.organisation(&slug(ISSUER)).unwrap().unwrap();
        record.sealer.as_ref().unwrap().id.clone()
    }

    pub async fn issue(&self, award: Value) -> Result<Issued, IssueError> {
        self.desk.issue(request(award, None)).await
    }

    /// Issues a copy of `mc1` with this number.
    pub fn issued(&self, number: &str) -> Issued {
        run(self.issue(numbered(number))).unwrap()
    }

    /// Issues these samples with what was drawn for them.
    pub fn issue_samples(keys: &[&str]) -> (Self, HashMap<String, Issued>) {
        let samples: Vec<_> = keys.iter().map(|key| (*key, sample(key))).collect();
        let draws = samples.iter().map(|(_, (_, draw, _))| draw.clone()).collect();
        let office = Self::of(Plan { draws, ..Plan::default() });
        let mut issued = HashMap::new();
        for (key, (award, _, at)) in samples {
            office.clock.set(at);
            let outcome = run(office.issue(award));
            issued.insert(key.to_owned(), outcome.unwrap_or_else(|e| panic!("{key}: {e:?}")));
        }
        (office, issued)
    }

    pub fn change(&self, issued: &Issued, action: StatusAction) -> StatusRequest {
        StatusRequest {
            issuer: slug(ISSUER),
            credential: issued.record.id,
            action,
            reason: ReasonCode::IssuedInError,
            note: Some("private".to_owned()),
            client: "test".to_owned(),
            request_id: None,
            from: None,
        }
    }

    /// Whether every proof of the document verifies with what the issuer publishes now.
    pub fn verifies(&self, document: &Value) -> bool {
        let keys = self.store.keys(&slug(ISSUER)).unwrap();
        let resolver = Published(did_document(&self.did(), &keys));
        let options = VerifyOptions::credential(self.clock.now());
        let reports =
            verify_proofs(document, &options, &resolver, ContextSet::verifying()).unwrap();
        !reports.is_empty()
            && reports.iter().all(|report| {
                report.outcome.is_verified() && report.controller.as_deref() == Some(&self.did())
            })
    }

    /// The signed list, checked, as a reader gets it.
    pub fn list(&self, id: &str) -> Value {
        let list = self.store.status_list(id).unwrap().unwrap();
        let document: Value = serde_json::from_slice(&list.document).unwrap();
        assert!(self.verifies(&document), "the list's proof");
        assert_eq!(document["validUntil"], json!(list.valid_until));
        document
    }

    /// What the published lists say of the entries of a certificate, in their order.
    pub fn bits(&self, issued: &Issued) -> Vec<bool> {
        let document = parsed(issued);
        let entries = match &document["credentialStatus"] {
            Value::Array(entries) => entries.clone(),
            single => vec![single.clone()],
        };
        let bit = |entry: &Value| {
            let view = StatusEntryView::parse(entry).unwrap();
            let list = view.list.rsplit('/').next().unwrap();
            check_list(&self.list(list), &view).unwrap().is_set()
        };
        entries.iter().map(bit).collect()
    }
}

fn vault(place: &Path) -> Vault {
    let file = Unlock::KeyFile(place.join("unlock"));
    Vault::open(&place.join("keys"), file, TestKeys::Refuse).unwrap()
}

fn desk(
    store: &Arc<FallibleStore>,
    keys: &Arc<CountingKeys>,
    clock: &Arc<FixedClock>,
    settings: DeskSettings,
    draws: Vec<FixedDraw>,
) -> Arc<Desk> {
    Arc::new(Desk::new(DeskParts {
        store: Arc::clone(store) as Arc<dyn Store>,
        keys: Arc::clone(keys) as Arc<_>,
        clock: Arc::clone(clock) as Arc<_>,
        ids: Arc::new(FixedIds::new(draws)),
        installation: Installation::new(HOST),
        holder_secret: HolderSecret::new(&[5; 32]),
        settings,
    }))
}

pub fn request(award: Value, idempotency_key: Option<&str>) -> IssueRequest {
    IssueRequest {
        issuer: slug(ISSUER),
        award,
        idempotency_key: idempotency_key.map(str::to_owned),
        client: "client-a".to_owned(),
        request_id: None,
        from: None,
        hold_override: None,
        notify: None,
    }
}

/// `mc1` with another certificate number.
pub fn numbered(number: &str) -> Value {
    let (mut award, ..) = sample("mc1");
    award["certificateNumber"] = json!(number);
    award
}

pub fn parsed(issued: &Issued) -> Value {
    serde_json::from_slice(&issued.document).unwrap()
}

/// Without its proof.
pub fn unsigned(document: &Value) -> Value {
    let mut document = document.clone();
    document.as_object_mut().unwrap().shift_remove("proof").unwrap();
    document
}

/// The codes of the faults, sorted.
pub fn codes(error: IssueError) -> Vec<&'static str> {
    let IssueError::Invalid(faults) = error else { panic!("not a fault of content: {error:?}") };
    let mut codes: Vec<_> = faults.iter().map(|fault| fault.code).collect();
    codes.sort_unstable();
    codes
}

/// Finds methods in one DID document, as a verifier that fetched it does.
#[derive(Debug)]
pub struct Published(pub Value);

impl MethodResolver for Published {
    fn resolve(
        &self,
        url: &str,
        purpose: ProofPurpose,
    ) -> Result<Arc<ResolvedMethod>, ResolveError> {
        let invalid =
            |title: &str| ResolveError::Invalid(Problem::new("urn:test", title.to_owned()));
        let methods = self.0["verificationMethod"].as_array().into_iter().flatten();
        let method = methods
            .into_iter()
            .find(|method| method["id"] == url)
            .ok_or_else(|| invalid("no such method"))?;
        let asserted = self.0[purpose.as_str()].as_array().into_iter().flatten();
        if !asserted.into_iter().any(|id| *id == *url) {
            return Err(invalid("not for this purpose"));
        }
        let key = match method["publicKeyMultibase"].as_str() {
            Some(multikey) => PublicKey::from_multikey(multikey),
            None => PublicKey::from_jwk(&method["publicKeyJwk"]),
        };
        Ok(Arc::new(ResolvedMethod {
            id: url.to_owned(),
            controller: method["controller"].as_str().unwrap().to_owned(),
            key: key.unwrap(),
            expires: None,
            revoked: None,
        }))
    }
}

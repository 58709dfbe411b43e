//! Records to fill a store with, and everything that can be read back as text.

use bewijs::model::{
    CertificateKind, CredentialId, CredentialState, DefinitionRef, KeyAlgorithm, KeyState, Scope,
    Slug, StatusEntry, StatusPurpose, Timestamp,
};
use bewijs::store::{
    Attempt, ClaimLink, ClientRecord, ClientSecret, ConcernKind, ConcernRecord, Consent,
    DefinitionRecord, Disclosure, EndorsementRecord, EndorsementTarget, FrameworkRecord,
    IdempotencyRecord, IssuedRecord, KeyRecord, MailOutcome, MailPurpose, MailRecord, MailState,
    NewConcern, NewEndorsement, NewIssuance, NewMail, NewRendition, NewShare, NewStatusList,
    OrganisationRecord, Origin, PictureName, PublishedStatusList, ReasonCode, RegisterQuery,
    Registration, Rendition, SealerSettings, StatusAction, StatusChange, Store, Visibility,
};
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub const ENTRIES: u32 = 131_072;

pub fn slug(text: &str) -> Slug {
    text.parse().expect("a slug")
}

pub fn school() -> Slug {
    slug("voorbeeld-hogeschool")
}

pub fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix(1_770_000_000 + seconds).expect("a moment")
}

pub fn origin(seconds: i64) -> Origin {
    Origin {
        actor: "test".to_owned(),
        request_id: Some("r-1".to_owned()),
        from: None,
        at: at(seconds),
    }
}

pub fn id(number: u128) -> CredentialId {
    CredentialId::new(uuid::Uuid::from_u128(number))
}

pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A draw that is no constant and reaches every index: a small linear congruential generator.
pub fn draw(bound: u32) -> u32 {
    static SEED: AtomicU64 = AtomicU64::new(42);
    let step = |seed: u64| {
        Some(seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407))
    };
    let seed = SEED.fetch_update(Ordering::SeqCst, Ordering::SeqCst, step).expect("always a step");
    u32::try_from((seed >> 33) % u64::from(bound)).expect("below the bound")
}

pub fn definition_name() -> DefinitionRef {
    "voorbeeld-hogeschool/krachtgericht-communiceren/2026.1".parse().expect("a definition")
}

pub fn new_list(list: &str, issuer: Slug, purpose: StatusPurpose) -> NewStatusList {
    NewStatusList {
        id: list.to_owned(),
        issuer,
        purpose,
        entries: ENTRIES,
        document: Arc::from(format!("first form of {list}").into_bytes()),
        signed_at: at(0),
        valid_until: at(86_400),
        origin: origin(0),
    }
}

/// A store with one revocation and one suspension list.
pub fn with_lists(store: &dyn Store) {
    for (list, purpose) in [("r1", StatusPurpose::Revocation), ("s1", StatusPurpose::Suspension)] {
        store.create_status_list(new_list(list, school(), purpose)).wait().expect("a fresh list");
    }
}

/// Like a credential: much that is the same, little that differs.
pub fn document_for(number: u128) -> Vec<u8> {
    let outcomes: Vec<_> = (0..40)
        .map(|n| {
            json!({"type": ["ResultDescription"], "name": format!("Leerresultaat {n}"),
            "description": "De deelnemer luistert actief en vat samen zonder te oordelen."})
        })
        .collect();
    serde_json::to_vec(&json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": format!("https://badges.example/credentials/{}", id(number)),
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [{"type": "IdentityObject", "identityHash": format!("Leerder {number}")}],
            "achievement": {"id": "https://badges.example/a/1", "resultDescription": outcomes},
        },
        "proof": {"type": "DataIntegrityProof",
            "proofValue": hex(&Sha256::digest(number.to_le_bytes()))},
    }))
    .expect("serialises")
}

/// An issuance with a fresh revocation index, and a suspension index when asked for.
pub fn issuance(store: &dyn Store, number: u128, suspendable: bool) -> NewIssuance {
    issuance_of(store, number, suspendable, document_for(number))
}

/// Draws that are the same every time.
pub fn same_draws() -> impl FnMut(u32) -> u32 {
    let mut next = 0;
    move |bound| {
        next += 1_009;
        next % bound
    }
}

pub fn issuance_of(
    store: &dyn Store,
    number: u128,
    suspendable: bool,
    document: Vec<u8>,
) -> NewIssuance {
    issuance_with(store, number, suspendable, document, &mut draw)
}

pub fn issuance_with(
    store: &dyn Store,
    number: u128,
    suspendable: bool,
    document: Vec<u8>,
    draw: &mut dyn FnMut(u32) -> u32,
) -> NewIssuance {
    let mut reservations = Vec::new();
    let purposes = [StatusPurpose::Revocation, StatusPurpose::Suspension];
    for purpose in purposes.into_iter().take(if suspendable { 2 } else { 1 }) {
        let held = store.reserve_index(&school(), purpose, draw).expect("readable");
        reservations.push(held.expect("a free index"));
    }
    let status: Vec<StatusEntry> = reservations.iter().map(|held| held.entry.clone()).collect();
    NewIssuance {
        record: IssuedRecord {
            id: id(number),
            issuer: school(),
            kind: CertificateKind::Microcredential,
            definition: definition_name(),
            certificate_number: format!("VHS-MC-{number}"),
            case_number: Some(format!("case {number}")),
            issued_at: at(10),
            decision_date: at(0).date(),
            valid_until: None,
            sha256: hex(&Sha256::digest(&document)),
            length: u32::try_from(document.len()).expect("short"),
            context_digests: vec!["00".repeat(32)],
            key: "thumbprint".to_owned(),
            holder: Some(hex(&Sha256::digest(number.to_be_bytes()))),
            status,
            state: CredentialState::Valid,
            state_since: None,
            reason: None,
            note: None,
            replaced_by: None,
            replaces: None,
            visibility: Visibility::Closed,
            warnings: vec!["odd-but-fine".to_owned()],
            activity_end: None,
            registration_due: None,
            registration: None,
            hold_override: None,
            claim: (number % 2 == 1).then(|| claim(0)),
            consent: None,
            claimed: None,
            erased: None,
        },
        document: document.into(),
        reservations,
        idempotency: None,
        requires: Vec::new(),
        mail: None,
        origin: origin(10),
    }
}

pub fn idempotency(key: &str, credential: CredentialId) -> IdempotencyRecord {
    IdempotencyRecord {
        client: "sis".to_owned(),
        key: key.to_owned(),
        request_sha256: "ab".repeat(32),
        credential,
        at: at(10),
    }
}

pub fn rendition(number: u128, rendition: Rendition, token: &str) -> NewRendition {
    NewRendition {
        credential: id(number),
        rendition,
        token: token.into(),
        key: "thumbprint".to_owned(),
        origin: origin(30),
    }
}

pub fn status_change(number: u128, action: StatusAction) -> StatusChange {
    StatusChange {
        credential: id(number),
        issuer: school(),
        action,
        reason: ReasonCode::HolderRequest,
        note: Some("remark".to_owned()),
        origin: origin(20),
    }
}

pub fn organisation(name: &str) -> OrganisationRecord {
    OrganisationRecord {
        slug: slug(name),
        document: json!({"slug": name, "name": "Voorbeeld", "odd": 1.5, "big": u64::MAX}),
        sealer: Some(SealerSettings {
            id: "did:key:z6Mk".to_owned(),
            test: true,
            default_visibility: Visibility::Open,
            suspension: false,
            closed: None,
            suspended: None,
            four_eyes: Vec::new(),
            draft_days: None,
        }),
        introduced_by: None,
        version: 0,
    }
}

pub fn definition(version: &str, title: &str) -> DefinitionRecord {
    DefinitionRecord {
        name: format!("voorbeeld-hogeschool/kracht/{version}").parse().expect("a definition"),
        document: json!({ "title": title }),
        published: at(0),
        achievements: BTreeMap::new(),
        withdrawn: None,
    }
}

pub fn framework(issuer: &str, version: &str, title: &str) -> FrameworkRecord {
    FrameworkRecord {
        name: format!("{issuer}/niveaus/{version}").parse().expect("a framework"),
        document: json!({ "title": title }),
        published: at(0),
    }
}

pub fn disclosure(number: u64) -> Disclosure {
    Disclosure {
        issuer: school(),
        reason: format!("audit {number}"),
        query: json!({"state": "valid"}),
        records: number,
        origin: origin(7),
    }
}

/// An endorsement with a fresh revocation index.
pub fn endorsement(store: &dyn Store, number: u128, target: EndorsementTarget) -> NewEndorsement {
    endorsement_with(store, number, target, &mut draw)
}

pub fn endorsement_with(
    store: &dyn Store,
    number: u128,
    target: EndorsementTarget,
    draw: &mut dyn FnMut(u32) -> u32,
) -> NewEndorsement {
    let held = store.reserve_index(&school(), StatusPurpose::Revocation, draw).expect("readable");
    let held = held.expect("a free index");
    let document = format!("endorsement of Leerder {number}").into_bytes();
    NewEndorsement {
        record: EndorsementRecord {
            id: id(number),
            endorser: school(),
            target,
            issued_at: at(12),
            valid_until: None,
            sha256: hex(&Sha256::digest(&document)),
            length: u32::try_from(document.len()).expect("short"),
            context_digests: vec!["00".repeat(32)],
            key: "thumbprint".to_owned(),
            status: vec![held.entry.clone()],
            state: CredentialState::Valid,
            state_since: None,
            reason: None,
            note: None,
        },
        document: document.into(),
        reservations: vec![held],
        idempotency: None,
        origin: origin(12),
    }
}

/// Every record that a query asks for, page by page.
pub fn pages(store: &dyn Store, query: &RegisterQuery) -> Vec<Arc<IssuedRecord>> {
    let mut query = query.clone();
    let mut found = Vec::new();
    loop {
        let page = store.register(&query).expect("readable");
        found.extend(page.records);
        assert!(page.next.is_none() || page.next > query.after, "it goes on");
        match page.next {
            Some(next) => query.after = Some(next),
            None => return found,
        }
    }
}

pub fn key(thumbprint: &str) -> KeyRecord {
    KeyRecord {
        issuer: school(),
        thumbprint: thumbprint.to_owned(),
        algorithm: KeyAlgorithm::Ed25519,
        public_jwk: json!({"kty": "OKP", "x": thumbprint}),
        public_key_multibase: Some(format!("z{thumbprint}")),
        state: KeyState::Active,
        created: at(0),
        test: false,
    }
}

pub fn client(name: &str, token: &str) -> ClientRecord {
    ClientRecord {
        id: name.to_owned(),
        issuer: Some(school()),
        name: None,
        scopes: vec![Scope::CredentialsIssue, Scope::CredentialsRead],
        secrets: vec![ClientSecret::token(1, hex(&Sha256::digest(token)), at(0))],
        created: at(0),
        revoked: None,
        version: 0,
    }
}

/// One of everything, and a few of most.
pub fn fill(store: &dyn Store, draw: &mut dyn FnMut(u32) -> u32) {
    with_lists(store);
    let done = |commit: bewijs::store::Commit<()>| commit.wait().expect("stored");
    done(
        store
            .put_organisations(vec![organisation("b-school"), organisation("a-school")], origin(0)),
    );
    done(store.put_definitions(vec![definition("2", "twee"), definition("10", "tien")], origin(0)));
    done(store.put_vocabulary(json!({"levels": [1, 2.5]}), origin(0)));
    done(store.put_key(key("een"), origin(0)));
    done(store.put_key(key("twee"), origin(0)));
    let retired = KeyState::Retired { at: at(5) };
    done(store.set_key_state(&school(), "een", retired, origin(5)));
    done(store.put_client(client("sis", "geheim"), origin(0)));
    done(store.put_client(client("lms", "ander"), origin(0)));
    done(store.put_client(client("sis", "nieuw"), origin(0)));
    for number in 0..40 {
        let mut new = issuance_with(store, number, true, document_for(number), draw);
        new.idempotency = Some(idempotency(&format!("k{number}"), id(number)));
        new.mail = (number % 3 == 0).then(|| mail(900 + number, number, 20));
        new.record.replaces = (number == 39).then_some(id(38));
        store.record_issuance(new).wait().expect("recorded");
    }
    for (number, action) in [
        (1, StatusAction::Revoke),
        (2, StatusAction::Suspend),
        (3, StatusAction::Suspend),
        (3, StatusAction::Reinstate),
        (4, StatusAction::Suspend),
        (4, StatusAction::Revoke),
    ] {
        store.change_status(status_change(number, action)).wait().expect("changed");
    }
    store.set_visibility(id(5), Visibility::Open, None, origin(6)).wait().expect("changed");
    done(store.record_rendition(rendition(1, Rendition::VcJwt, "eyJ.een.x")));
    done(store.record_rendition(rendition(5, Rendition::Ob3Jwt, "eyJ.vijf.x")));
    done(store.record_rendition(rendition(5, Rendition::VcJwt, "eyJ.vijf.y")));
    let signed = PublishedStatusList {
        id: "r1".to_owned(),
        version: 2,
        document: Arc::from(&b"second form of r1"[..]),
        signed_at: at(50),
        valid_until: at(90_000),
    };
    done(store.publish_status_list(signed));
    fill_held(store);
    fill_matters(store);
    fill_more(store, draw);
}

/// A link that ends a day after it was made at this moment.
pub fn share(number: u128, made: i64) -> NewShare {
    NewShare {
        credential: id(number),
        sha256: hex(&Sha256::digest(format!("link {number} {made}"))),
        expires: at(made + 86_400),
        codes: vec!["LU-1".to_owned()],
        language: "nl".to_owned(),
    }
}

pub fn claim(generation: u32) -> ClaimLink {
    ClaimLink { generation, sha256: hex(&Sha256::digest(format!("claim {generation}"))) }
}

pub fn consent(open: bool, seconds: i64) -> Consent {
    Consent { open, text_version: "2026-1".to_owned(), language: "fr".to_owned(), at: at(seconds) }
}

/// A mail about a credential, due at this moment.
pub fn mail(number: u128, credential: u128, due: i64) -> NewMail {
    NewMail {
        record: MailRecord {
            id: uuid::Uuid::from_u128(number),
            credential: id(credential),
            issuer: school(),
            purpose: MailPurpose::Claim,
            language: "nl".to_owned(),
            state: MailState::Queued,
            attempts: 0,
            next: at(due),
            last: None,
            created: at(1),
        },
        sealed: Arc::from(format!("sealed address {number}").into_bytes()),
    }
}

pub fn attempt(seconds: i64, code: u16) -> Attempt {
    Attempt { at: at(seconds), code: Some(code), class: "answered".to_owned() }
}

pub fn concern(number: u128, credential: u128) -> NewConcern {
    NewConcern {
        record: ConcernRecord {
            id: uuid::Uuid::from_u128(number),
            credential: id(credential),
            issuer: school(),
            kind: ConcernKind::WrongContent,
            at: at(30),
            language: "nl".to_owned(),
            handled: None,
        },
        words: format!("{{\"text\":\"words {number}\"}}").into(),
        origin: origin(30),
    }
}

fn fill_matters(store: &dyn Store) {
    let one = uuid::Uuid::from_u128;
    for number in [5, 6, 7, 8, 9] {
        for (mail_number, outcome) in [
            (1_000 + number, None),
            (1_100 + number, Some(MailOutcome::Sent(attempt(40, 250)))),
            (1_200 + number, Some(MailOutcome::Retry { next: at(99), attempt: attempt(41, 451) })),
            (1_300 + number, Some(MailOutcome::Failed(attempt(42, 550)))),
        ] {
            let queued = store.queue_mail(mail(mail_number, number, 35), origin(35));
            queued.wait().expect("queued");
            if let Some(outcome) = outcome {
                let noted = store.mail_attempted(one(mail_number), outcome, origin(43));
                noted.wait().expect("noted");
            }
        }
        for concern_number in [2_000 + number, 2_100 + number, 2_200 + number] {
            store.record_concern(concern(concern_number, number)).wait().expect("recorded");
        }
        store.handle_concern(one(2_100 + number), &school(), origin(44)).wait().expect("handled");
        store.forget_concern(one(2_200 + number), &school(), origin(44)).wait().expect("forgot");
    }
}

/// Mail and concerns, page by page.
fn dump_matters(store: &dyn Store, lines: &mut Vec<String>) {
    let mut after = None;
    loop {
        let page = store.mail(&school(), None, after, 7).expect("readable");
        for found in page.records {
            let address = store.mail_address(found.id).expect("readable");
            lines.push(format!("{found:?} {address:?}"));
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    lines.push(format!("{:?}", store.due_mail(at(1_000_000), 1_000).expect("readable")));
    loop {
        let page = store.concerns(&school(), None, after, 2).expect("readable");
        for found in page.records {
            let words = store.concern_words(found.id).expect("readable");
            lines.push(format!("{found:?} {words:?}"));
        }
        after = page.next;
        if after.is_none() {
            break;
        }
    }
}

fn fill_held(store: &dyn Store) {
    for number in [5, 6, 7, 8, 9] {
        let rotated = store.rotate_claim(id(number), &school(), claim(1), origin(3));
        rotated.wait().expect("made");
        store.note_claimed(id(number), origin(4)).wait().expect("noted");
        let said = Some(consent(true, 5));
        let opened = store.set_visibility(id(number), Visibility::Open, said, origin(5));
        opened.wait().expect("opened");
        for made in [5, 6, 7] {
            store.add_share(share(number, made), origin(made)).wait().expect("shared");
        }
        store.revoke_share(id(number), 2, origin(8)).wait().expect("withdrawn");
        let rotated = store.rotate_claim(id(number), &school(), claim(2), origin(9));
        rotated.wait().expect("made anew");
    }
}

fn fill_more(store: &dyn Store, draw: &mut dyn FnMut(u32) -> u32) {
    let done = |commit: bewijs::store::Commit<()>| commit.wait().expect("stored");
    let artwork = PictureName::Definition(slug("kracht"));
    for (name, text) in [(PictureName::Logo, "first"), (PictureName::Logo, "logo"), (artwork, "a")]
    {
        done(store.put_picture(&school(), name, Arc::from(text.as_bytes()), origin(8)));
    }
    let kind = PictureName::Kind(CertificateKind::Microcredential);
    done(store.put_picture(&school(), kind.clone(), Arc::from(&b"b"[..]), origin(8)));
    done(store.remove_picture(&school(), kind, origin(9)));
    let name = definition("2", "twee").name;
    let achievements = BTreeMap::from([("nl".to_owned(), json!({"name": "twee"}))]);
    done(store.freeze_achievements(&name, achievements, origin(8)));
    store.withdraw_definition(&name, origin(9)).wait().expect("withdrawn");
    let frameworks = vec![framework("a-school", "2", "twee"), framework("a-school", "10", "tien")];
    done(store.put_frameworks(frameworks, origin(8)));
    done(store.record_disclosure(disclosure(1)));
    done(store.record_disclosure(disclosure(2)));
    for number in [6, 7, 8] {
        let registration =
            Registration { reference: Some(format!("GR-{number}")), on: at(0).date(), at: at(9) };
        let noted = store.mark_registered(id(number), &school(), registration, origin(9));
        noted.wait().expect("noted");
        let change = status_change(number, StatusAction::Suspend);
        store.change_status(change).wait().expect("suspended");
        let target = EndorsementTarget::Credential(id(number));
        let mut new = endorsement_with(store, 60 + number, target, draw);
        new.idempotency = Some(idempotency(&format!("k{}", 60 + number), id(60 + number)));
        store.record_endorsement(new).wait().expect("recorded");
    }
    let target = EndorsementTarget::Definition(definition("10", "tien").name);
    store.record_endorsement(endorsement_with(store, 65, target, draw)).wait().expect("recorded");
    let change = status_change(65, StatusAction::Revoke);
    store.change_endorsement_status(change).wait().expect("revoked");
    for number in [7, 8, 38, 39] {
        store.erase(id(number), &school(), origin(60)).wait().expect("erased");
    }
    for number in [8, 38] {
        done(store.purge(id(number), &school(), None, origin(61)));
    }
}

/// Everything that can be read of a store, as text; credentials by these numbers.
pub fn dump(store: &dyn Store, numbers: impl Iterator<Item = u128>) -> Vec<String> {
    let mut lines = Vec::new();
    for organisation in store.organisations().expect("readable") {
        lines.push(format!("{organisation:?}"));
    }
    for definition in store.definitions(&school()).expect("readable") {
        lines.push(format!("{definition:?}"));
    }
    lines.push(format!("{:?}", store.vocabulary().expect("readable")));
    lines.push(format!("{:?}", store.keys(&school()).expect("readable")));
    lines.push(format!("{:?}", store.clients(&school()).expect("readable")));
    for list in ["r1", "s1"] {
        lines.push(format!("{:?}", store.status_list(list).expect("readable")));
    }
    lines.push(format!("{:?}", store.status_list_work(at(1_000_000_000)).expect("readable")));
    lines.push(format!("{:?}", store.issued_count().expect("readable")));
    lines.push(format!("{:?}", store.counts().expect("readable")));
    lines.push(format!("{:?}", store.frameworks(None).expect("readable")));
    lines.push(format!("{:?}", store.disclosures(&school()).expect("readable")));
    for record in store.endorsements_by(&school()).expect("readable") {
        let document = store.endorsement_document(record.id).expect("readable");
        let by_key = store.idempotency("sis", &format!("k{}", record.id.uuid().as_u128()));
        lines.push(format!("{record:?} {document:?} {by_key:?}"));
    }
    let suspended = RegisterQuery {
        state: Some(CredentialState::Suspended),
        limit: 2,
        ..RegisterQuery::of(school())
    };
    for query in [RegisterQuery { limit: 3, ..RegisterQuery::of(school()) }, suspended] {
        lines.push(format!("{:?}", pages(store, &query)));
    }
    dump_matters(store, &mut lines);
    for known in store.pictures(&school()).expect("readable") {
        let bytes = store.picture(&school(), &known.name).expect("readable");
        lines.push(format!("{known:?} {bytes:?}"));
    }
    for number in numbers {
        let record = store.issued(id(number)).expect("readable");
        let document = store.document(id(number)).expect("readable");
        let tokens = [Rendition::VcJwt, Rendition::Ob3Jwt]
            .map(|form| store.rendition(id(number), form).expect("readable"));
        let shares = store.shares(id(number)).expect("readable");
        let by_number = store.by_certificate_number(&school(), &format!("VHS-MC-{number}"));
        let by_key = store.idempotency("sis", &format!("k{number}"));
        lines.push(format!("{number} {record:?} {document:?} {tokens:?} {by_number:?} {by_key:?}"));
        let mail = store.mail_of(id(number)).expect("readable");
        lines.push(format!("{number} {shares:?} {mail:?}"));
    }
    lines
}

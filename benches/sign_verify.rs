//! What signing and verifying cost, per suite and per algorithm, in units of one bare Ed25519
//! signature and one bare strict verification measured in the same run.
//!
//! `cargo bench --bench sign_verify` prints the table of ratios; with a filter, or `-- --save-baseline NAME`,
//! criterion measures and compares as usual. Samples: `mc1` and `evc1`. The canonicaliser alone
//! is measured in `canonicalise`.

#![expect(clippy::print_stdout, reason = "a bench reports on standard output")]

#[path = "../tests/proof/signers.rs"]
#[expect(dead_code, reason = "the tests use the rest")]
mod signers;

use bewijs::canon::compiled::{CompiledDocument, Filled, Hole, HoleKind};
use bewijs::canon::json::{self, JsonLimits};
use bewijs::canon::{ContextSet, View};
use bewijs::encoding::did_key;
use bewijs::profile::{self, variable_pointers};
use bewijs::proof::jose::{JwtOptions, JwtProfile, sign_credential, verify_jwt};
use bewijs::proof::{
    Cryptosuite, PreparedProof, ProofOptions, ProofPurpose, Signer, VerifyOptions, add_proof,
    verify_proofs,
};
use bewijs::sources::Layered;
use bewijs::verification::{Examiner, Verdict};
use criterion::{BatchSize, Criterion};
use ed25519_dalek::{Signature, Signer as _, SigningKey};
use serde_json::Value;
use signers::{TestResolver, TestSigner, moment};
use std::hint::black_box;
use std::time::{Duration, Instant};

const ISSUER: &str = "did:web:badges.example:issuers:voorbeeld";

fn sample(name: &str) -> Value {
    let path = format!("{}/tests/samples/expected/{name}.json", env!("CARGO_MANIFEST_DIR"));
    let bytes = std::fs::read(path).expect("the sample is there");
    let mut document: Value = serde_json::from_slice(&bytes).expect("the sample is JSON");
    document.as_object_mut().expect("an object").shift_remove("proof");
    document
}

/// One thing to measure: makes an input, which is not measured, and works on it, which is.
struct Case {
    name: String,
    /// Counted in verifications; otherwise in signatures.
    verifies: bool,
    input: Value,
    work: Box<dyn Fn(&mut Value)>,
}

fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    let mut case = |name: String, verifies: bool, input: &Value, work: Box<dyn Fn(&mut Value)>| {
        cases.push(Case { name, verifies, input: input.clone(), work });
    };
    let key = SigningKey::from_bytes(&[7; 32]);
    let public = key.verifying_key();
    let message = [42u8; 64];
    let signature: Signature = key.sign(&message);
    let nothing = Value::Null;
    case(
        "bare Ed25519 signature".to_owned(),
        false,
        &nothing,
        Box::new(move |_| {
            black_box(key.sign(black_box(&message)));
        }),
    );
    case(
        "bare Ed25519 strict verification".to_owned(),
        true,
        &nothing,
        Box::new(move |_| {
            public.verify_strict(black_box(&message), &signature).expect("verified");
        }),
    );
    for name in ["mc1", "evc1"] {
        let document = sample(name);
        data_integrity(name, &document, &mut case);
        whole_paths(name, &document, &mut case);
        tokens(name, &document, &mut case);
    }
    cases
}

type Add<'a> = dyn FnMut(String, bool, &Value, Box<dyn Fn(&mut Value)>) + 'a;

fn data_integrity(name: &str, document: &Value, case: &mut Add<'_>) {
    for cryptosuite in [Cryptosuite::EddsaRdfc2022, Cryptosuite::EddsaJcs2022] {
        let new = || TestSigner::ed25519(&[7; 32]);
        let options = ProofOptions {
            cryptosuite,
            verification_method: new().method(),
            created: moment("2026-02-02T09:15:00Z"),
            proof_purpose: ProofPurpose::AssertionMethod,
        };
        let prepared =
            PreparedProof::new(document.get("@context"), &options, ContextSet::issuing())
                .expect("prepared");
        let url = options.verification_method.clone();
        let signer = new();
        case(
            format!("{name} {cryptosuite}: JSON value to signed bytes"),
            false,
            document,
            Box::new(move |document| {
                add_proof(document, &options, &signer, ContextSet::issuing()).expect("signed");
                black_box(serde_json::to_vec(document).expect("text"));
            }),
        );
        let mut signed = document.clone();
        prepared.add_to(&mut signed, &new(), ContextSet::issuing()).expect("signed");
        let signer = new();
        case(
            format!("{name} {cryptosuite}: the same, proof prepared"),
            false,
            document,
            Box::new(move |document| {
                prepared.add_to(document, &signer, ContextSet::issuing()).expect("signed");
                black_box(serde_json::to_vec(document).expect("text"));
            }),
        );
        let bytes = serde_json::to_vec(&signed).expect("text");
        let resolver = TestResolver::default().knows(&url, ISSUER, new().public_key());
        case(
            format!("{name} {cryptosuite}: bytes to verified"),
            true,
            &Value::Null,
            Box::new(move |_| {
                let document = json::parse(&bytes, &JsonLimits::default()).expect("JSON");
                let options = VerifyOptions::credential(moment("2026-06-01T00:00:00Z"));
                let reports =
                    verify_proofs(&document, &options, &resolver, ContextSet::verifying());
                assert!(reports.expect("reports")[0].outcome.is_verified());
                resolver.asked.borrow_mut().clear();
            }),
        );
    }
    let bytes = serde_json::to_vec(document).expect("text");
    case(
        format!("{name} of that: reading strict JSON"),
        true,
        &Value::Null,
        Box::new(move |_| {
            black_box(json::parse(&bytes, &JsonLimits::default()).expect("JSON"));
        }),
    );
    case(
        format!("{name} of that: canonicalising"),
        false,
        document,
        Box::new(|document| {
            let view = View { omit: &["proof"], context: None };
            let canonical = ContextSet::issuing().canonicalize(document, view);
            black_box(canonical.expect("canonical form").sha256());
        }),
    );
    case(
        format!("{name} of that: writing JSON"),
        false,
        document,
        Box::new(|document| {
            black_box(serde_json::to_vec(document).expect("text"));
        }),
    );
}

/// What the service does: filling in a compiled definition to complete signed bytes, and the whole
/// examination from bytes to a report (every check, the typed reading included).
fn whole_paths(name: &str, document: &Value, case: &mut Add<'_>) {
    let signer = TestSigner::ed25519(&[7; 32]);
    let did = did_key::from_key(signer.public_key()).expect("a did:key");
    let options = ProofOptions {
        cryptosuite: Cryptosuite::EddsaRdfc2022,
        verification_method: did_key::method_id(&did).expect("its method"),
        created: moment("2026-07-04T00:00:00Z"),
        proof_purpose: ProofPurpose::AssertionMethod,
    };
    let prepared = PreparedProof::new(document.get("@context"), &options, ContextSet::issuing())
        .expect("prepared");
    let places = variable_pointers(document);
    let values: Vec<String> = places
        .iter()
        .map(|(pointer, _)| document.pointer(pointer).and_then(Value::as_str).expect("text").into())
        .collect();
    let holes = places
        .into_iter()
        .map(|(pointer, kind)| Hole {
            pointer,
            kind: match kind {
                profile::HoleKind::Iri => HoleKind::Iri,
                profile::HoleKind::Text => HoleKind::Text,
            },
        })
        .collect();
    let compiled =
        CompiledDocument::compile(ContextSet::issuing(), document, holes).expect("compiled");
    let sign = TestSigner::ed25519(&[7; 32]);
    case(
        format!("{name} compiled definition to signed bytes"),
        false,
        &Value::Null,
        Box::new(move |_| {
            let values: Vec<&str> = values.iter().map(String::as_str).collect();
            let Filled { sha256, mut json } = compiled.fill(&values).expect("filled");
            let proof = prepared.sign(&sha256, &sign).expect("signed");
            json.push_str(",\"proof\":");
            json.push_str(&serde_json::to_string(&proof).expect("text"));
            json.push('}');
            black_box(json);
        }),
    );
    let mut signed = document.clone();
    signed["issuer"]["id"] = did.into();
    let members = signed.as_object_mut().expect("an object");
    members.shift_remove("credentialStatus");
    add_proof(&mut signed, &options, &signer, ContextSet::issuing()).expect("signed");
    let bytes = serde_json::to_vec(&signed).expect("text");
    for (what, examiner) in [
        ("whole examination without schema", Examiner::default().without_open_badges_schema()),
        ("whole examination", Examiner::default()),
    ] {
        let bytes = bytes.clone();
        let nothing = Layered::new(Vec::new());
        case(
            format!("{name} {what}, no status"),
            true,
            &Value::Null,
            Box::new(move |_| {
                let now = moment("2026-11-01T00:00:00Z");
                let report = examiner.examine(&bytes, Some("application/vc"), &nothing, now);
                assert_eq!(report.verdict(), Verdict::Verified);
            }),
        );
    }
}

fn tokens(name: &str, document: &Value, case: &mut Add<'_>) {
    for (signer, alg) in TestSigner::jose().into_iter().zip(["EdDSA", "RS256", "ES256"]) {
        let mut document = document.clone();
        document["issuer"]["id"] = Value::from(ISSUER);
        let kid = format!("{ISSUER}#{}", signer.public_key().thumbprint());
        let resolver = TestResolver::default().knows(&kid, ISSUER, signer.public_key());
        let token =
            sign_credential(&document, JwtProfile::VcJwt, &signer, Some(&kid)).expect("signed");
        case(
            format!("{name} vc+jwt {alg}: JSON value to token"),
            false,
            &document,
            Box::new(move |document| {
                let token = sign_credential(document, JwtProfile::VcJwt, &signer, Some(&kid));
                black_box(token.expect("signed"));
            }),
        );
        case(
            format!("{name} vc+jwt {alg}: token to verified"),
            true,
            &Value::Null,
            Box::new(move |_| {
                let options = JwtOptions::at(moment("2026-06-01T00:00:00Z"));
                let report = verify_jwt(&token, &options, &resolver).expect("a token");
                assert!(report.outcome.is_verified());
                resolver.asked.borrow_mut().clear();
            }),
        );
    }
}

/// Microseconds for one of `case` and for one of `unit`: small batches of both in turn, so that
/// whatever else the machine does falls on both; of each the lower quartile.
fn measure(case: &Case, unit: &Case) -> (f64, f64) {
    const BATCH: usize = 8;
    let batch = |case: &Case| {
        let mut inputs = vec![case.input.clone(); BATCH];
        let start = Instant::now();
        for input in &mut inputs {
            (case.work)(input);
        }
        start.elapsed().as_secs_f64() * 1e6 / BATCH as f64
    };
    let (mut times, mut units) = (Vec::new(), Vec::new());
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_millis(600) {
        times.push(batch(case));
        units.push(batch(unit));
    }
    let quartile = |mut times: Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 4]
    };
    (quartile(times), quartile(units))
}

fn table(cases: &[Case]) {
    println!("{:<58} {:>9} {:>7}  unit", "", "µs", "ratio");
    for case in cases {
        let (unit, name) = if case.verifies {
            (&cases[1], "strict verifications")
        } else {
            (&cases[0], "signatures")
        };
        let (time, unit) = measure(case, unit);
        println!("{:<58} {time:>9.1} {:>7.2}  {name}", case.name, time / unit);
    }
}

fn main() {
    let cases = cases();
    // `cargo bench` alone: the table. With further arguments: criterion.
    if std::env::args().skip(1).all(|argument| argument == "--bench") {
        table(&cases);
        return;
    }
    let mut criterion = Criterion::default().configure_from_args();
    for case in &cases {
        criterion.bench_function(&case.name, |bencher| {
            bencher.iter_batched_ref(
                || case.input.clone(),
                |input| (case.work)(input),
                BatchSize::SmallInput,
            );
        });
    }
    criterion.final_summary();
}

//! `docs/VERDICTS.md`: what independent verifiers say of our documents, from a run of this test
//! (story Q1). The test fails when the page does not say what they said now;
//! `BEWIJS_WRITE_VERDICTS=1` writes it anew. Versions come from the lock files.

use super::{ISSUER, Institution, SAMPLES, documents, endorsement, npm, pypi, sample, tampered};
use bewijs::keys::jwk_method;
use bewijs::model::KeyAlgorithm;
use bewijs::proof::Cryptosuite;
use bewijs::proof::jose::{self, JwtProfile};
use serde_json::{Value, json};
use std::fmt::Write;

const MADE: &str = "2026-07-03T12:00:00Z";
/// The index of the samples in the status list.
const INDEX: u32 = 48_211;

/// A verifier that is asked.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Peer {
    DigitalBazaar,
    OpenVc,
    OpenBadgesLib,
    Jose,
    PyJwt,
}

impl Peer {
    fn runs_on_npm(self) -> bool {
        matches!(self, Self::DigitalBazaar | Self::Jose)
    }
}

/// One question, and where its answer is counted.
struct Ask {
    row: String,
    peer: Peer,
    /// It is as it was signed.
    genuine: bool,
    request: Value,
}

#[derive(Default)]
struct Count {
    genuine: usize,
    verified: usize,
    changed: usize,
    refused: usize,
}

impl Count {
    fn cell(&self) -> String {
        match (self.genuine, self.changed) {
            (0, 0) => "–".to_owned(),
            _ => format!(
                "verifies {} of {}, refuses {} of {} changed",
                self.verified, self.genuine, self.refused, self.changed
            ),
        }
    }
}

fn answers(asked: Vec<Ask>) -> Vec<(Ask, Value)> {
    let (npm_asks, pypi_asks): (Vec<Ask>, Vec<Ask>) =
        asked.into_iter().partition(|ask| ask.peer.runs_on_npm());
    let requests = |asks: &[Ask]| asks.iter().map(|ask| ask.request.clone()).collect::<Vec<_>>();
    let said = npm(&requests(&npm_asks)).into_iter().chain(pypi(&requests(&pypi_asks)));
    npm_asks.into_iter().chain(pypi_asks).zip(said.collect::<Vec<_>>()).collect()
}

fn table(out: &mut String, first: &str, peers: &[Peer], versions: &Versions, asked: Vec<Ask>) {
    let mut rows: Vec<String> = Vec::new();
    for ask in &asked {
        if !rows.contains(&ask.row) {
            rows.push(ask.row.clone());
        }
    }
    let answers = answers(asked);
    let heads: Vec<String> = peers.iter().map(|peer| versions.of(*peer)).collect();
    writeln!(out, "| {first} | {} |", heads.join(" | ")).expect("text");
    writeln!(out, "|---|{}", "---|".repeat(peers.len())).expect("text");
    for row in rows {
        write!(out, "| {row} |").expect("text");
        for peer in peers {
            let mut count = Count::default();
            for (ask, answer) in answers.iter().filter(|(a, _)| a.row == row && a.peer == *peer) {
                let verified = usize::from(super::verified(answer));
                if ask.genuine {
                    count.genuine += 1;
                    count.verified += verified;
                } else {
                    count.changed += 1;
                    count.refused += 1 - verified;
                }
            }
            write!(out, " {} |", count.cell()).expect("text");
        }
        out.push('\n');
    }
    out.push('\n');
}

/// The versions that the lock files name.
struct Versions {
    npm: Value,
    pypi: String,
}

impl Versions {
    fn read() -> Self {
        let path = super::root().join("tests/interop/py/requirements.txt");
        Self {
            npm: super::read("tests/interop/js/package-lock.json"),
            pypi: std::fs::read_to_string(path).expect("a lock file"),
        }
    }

    fn npm(&self, name: &str) -> String {
        let version = self.npm["packages"][format!("node_modules/{name}")]["version"].as_str();
        format!("{name} {}", version.expect("locked"))
    }

    fn pypi(&self, name: &str) -> String {
        let line = self.pypi.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix("=="));
        let version = line.and_then(|rest| rest.split_whitespace().next());
        format!("{name} {}", version.expect("locked"))
    }

    fn of(&self, peer: Peer) -> String {
        match peer {
            Peer::DigitalBazaar => self.npm("@digitalbazaar/vc"),
            Peer::Jose => self.npm("jose"),
            Peer::OpenVc => self.pypi("openvc-core"),
            Peer::OpenBadgesLib => self.pypi("openbadgeslib"),
            Peer::PyJwt => self.pypi("pyjwt"),
        }
    }
}

/// Every sample and an endorsement under every suite, as signed and changed in one place each time.
fn embedded(institution: &Institution) -> Vec<Ask> {
    let documents = documents(institution, &[]);
    let suites = [
        (KeyAlgorithm::Ed25519, Cryptosuite::EddsaRdfc2022, ""),
        (KeyAlgorithm::Ed25519, Cryptosuite::EddsaJcs2022, ""),
        (KeyAlgorithm::P256, Cryptosuite::EcdsaRdfc2019, ", P-256"),
        (KeyAlgorithm::P384, Cryptosuite::EcdsaRdfc2019, ", P-384"),
    ];
    let unsigned = SAMPLES.iter().map(|name| (format!("`{name}`"), sample(name)));
    let unsigned: Vec<(String, Value)> =
        unsigned.chain([("an endorsement".to_owned(), endorsement())]).collect();
    let mut asked = Vec::new();
    for (algorithm, suite, curve) in suites {
        let peers: &[Peer] = match suite {
            Cryptosuite::EddsaRdfc2022 => &[Peer::DigitalBazaar, Peer::OpenVc, Peer::OpenBadgesLib],
            Cryptosuite::EddsaJcs2022 => &[Peer::DigitalBazaar, Peer::OpenVc],
            _ => &[Peer::DigitalBazaar],
        };
        for (name, document) in &unsigned {
            let is_badge = document.pointer("/credentialSubject/achievement").is_some();
            let signed = institution.sign_with(algorithm, document.clone(), suite, MADE);
            let changed = if is_badge { tampered(&signed) } else { changed_endorsements(&signed) };
            for peer in peers {
                // It reads achievements only.
                if *peer == Peer::OpenBadgesLib && !is_badge {
                    continue;
                }
                let stack = if *peer == Peer::OpenBadgesLib { "openbadgeslib" } else { "openvc" };
                let mut ask = |credential: &Value, genuine| {
                    asked.push(Ask {
                        row: format!("{name}, `{suite}`{curve}"),
                        peer: *peer,
                        genuine,
                        request: json!({"op": "verify", "stack": stack, "credential": credential,
                            "documents": documents, "checkStatus": false}),
                    });
                };
                ask(&signed, true);
                changed.iter().for_each(|changed| ask(changed, false));
            }
        }
    }
    asked
}

fn changed_endorsements(signed: &Value) -> Vec<Value> {
    let places =
        ["/name", "/issuer/name", "/credentialSubject/id", "/credentialSubject/endorsementComment"];
    let change = |pointer: &str| {
        let mut changed = signed.clone();
        let place = changed.pointer_mut(pointer).expect("it is there");
        *place = format!("{}1", place.as_str().expect("a text")).into();
        changed
    };
    places.into_iter().map(change).collect()
}

/// A sample as token, by every algorithm that this service signs tokens with.
fn tokens(institution: &Institution) -> Vec<Ask> {
    let mut asked = Vec::new();
    for (algorithm, alg, profile) in [
        (KeyAlgorithm::Ed25519, "EdDSA", JwtProfile::VcJwt),
        (KeyAlgorithm::P256, "ES256", JwtProfile::VcJwt),
        (KeyAlgorithm::Rsa, "RS256", JwtProfile::VcJwt),
        (KeyAlgorithm::P256, "ES256", JwtProfile::OpenBadges),
        (KeyAlgorithm::Rsa, "RS256", JwtProfile::OpenBadges),
    ] {
        let (key, signer) = institution.key(algorithm);
        let kid = jwk_method(ISSUER, key);
        let (kid, form) = match profile {
            JwtProfile::VcJwt => (Some(kid.as_str()), "`vc+jwt`"),
            JwtProfile::OpenBadges => (None, "Open Badges JWT"),
        };
        for name in ["mc1", "evc1"] {
            let token =
                jose::sign_credential(&sample(name), profile, &*signer, kid).expect("a token");
            for peer in [Peer::Jose, Peer::PyJwt] {
                let mut ask = |token: String, genuine| {
                    asked.push(Ask {
                        row: format!("`{name}`, {form}, {alg}"),
                        peer,
                        genuine,
                        request: json!({"op": "verify-jws", "token": token, "alg": alg,
                            "jwk": key.public_jwk}),
                    });
                };
                ask(token.clone(), true);
                let dots: Vec<usize> = token.match_indices('.').map(|(at, _)| at).collect();
                // In the head, in the payload, in the signature.
                for at in [4, dots[0] + 60, dots[1] + 10] {
                    let mut changed = token.clone();
                    let other = if changed.as_bytes()[at] == b'A' { "B" } else { "A" };
                    changed.replace_range(at..=at, other);
                    ask(changed, false);
                }
            }
        }
    }
    asked
}

/// What the status list tells the one verifier that reads it.
fn status(institution: &Institution, versions: &Versions, out: &mut String) {
    let signed = institution.sign(sample("mc1"), Cryptosuite::EddsaRdfc2022, MADE);
    let ask = |revoked: &[u32]| {
        json!({"op": "verify", "credential": signed, "checkStatus": true,
            "documents": documents(institution, revoked)})
    };
    let peer = versions.npm("@digitalbazaar/vc-bitstring-status-list");
    writeln!(out, "| status list | {peer} |\n|---|---|").expect("text");
    let rows: [(&str, &[u32]); 3] = [
        ("the certificate's bit is not set", &[]),
        ("the certificate's bit is set", &[INDEX]),
        ("its neighbours' bits are set", &[INDEX - 1, INDEX + 1]),
    ];
    let said = npm(&rows.map(|(_, revoked)| ask(revoked)));
    for ((row, _), answer) in rows.iter().zip(said) {
        let bit = match answer["status"]["results"][0]["status"].as_bool() {
            Some(true) => "revoked",
            Some(false) => "not revoked",
            None => "no answer",
        };
        let list = if super::verified(&answer) { "the list verifies" } else { "it refuses" };
        writeln!(out, "| {row} | {list}: {bit} |").expect("text");
    }
}

fn page() -> String {
    let institution = Institution::new();
    let versions = Versions::read();
    let mut out = String::from(
        "# Verdicts of independent verifiers\n\n\
         What other implementations say of documents that this one signs. `tests/interop/verdicts.rs` \
         writes this page from a run and\nfails when it is out of date (`BEWIJS_WRITE_VERDICTS=1 \
         cargo test --test interop verdicts` writes it anew). The versions are those of the\nlock \
         files in `tests/interop`. Each verifier runs by itself, offline, with the contexts, the \
         issuer's key document and the status list\nhanded to it. A dash: it does not take that \
         form.\n\n\
         The samples are those of `tests/samples`: microcredentials (`mc1` to `mc3`), a microdegree \
         (`md1`), certificates of prior learning\n(`evc1`, `evc2`, `evc2-correction`). *Changed* are \
         copies that differ from the signed document in one place each: a name, a date, the\nissuer's \
         name, an outcome, the certificate number, the index in the status list.\n\n\
         ## Data Integrity proofs\n\n",
    );
    let verifiers = [Peer::DigitalBazaar, Peer::OpenVc, Peer::OpenBadgesLib];
    table(&mut out, "signed document", &verifiers, &versions, embedded(&institution));
    let suites = [
        "@digitalbazaar/eddsa-rdfc-2022-cryptosuite",
        "@digitalbazaar/eddsa-jcs-2022-cryptosuite",
        "@digitalbazaar/ecdsa-rdfc-2019-cryptosuite",
        "@digitalbazaar/data-integrity",
        "jsonld",
    ];
    let suites: Vec<String> = suites.into_iter().map(|name| versions.npm(name)).collect();
    writeln!(
        out,
        "`@digitalbazaar/vc` works with {}; `openvc-core` and `openbadgeslib` with {}.\n",
        suites.join(", "),
        versions.pypi("pyld")
    )
    .expect("text");
    out.push_str("## Tokens\n\n");
    table(&mut out, "token", &[Peer::Jose, Peer::PyJwt], &versions, tokens(&institution));
    out.push_str("## Status\n\n");
    status(&institution, &versions, &mut out);
    out
}

/// Story Q1.
#[test]
fn the_page_of_verdicts_says_what_independent_verifiers_say_now() {
    let path = super::root().join("docs/VERDICTS.md");
    let page = page();
    assert!(page.contains("verifies 1 of 1, refuses 7 of 7 changed"), "{page}");
    if std::env::var_os("BEWIJS_WRITE_VERDICTS").is_some() {
        std::fs::write(&path, &page).expect("written");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    for (line, (then, now)) in written.lines().zip(page.lines()).enumerate() {
        assert_eq!(then, now, "line {} of docs/VERDICTS.md is out of date", line + 1);
    }
    assert_eq!(written, page, "docs/VERDICTS.md is out of date");
}

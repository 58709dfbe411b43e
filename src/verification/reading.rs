//! What a document says of itself, read by name: its facts, its contexts, its period, the day of its
//! issue, and what is not shown of it. Nothing is judged here but the period.

use super::datetime::{self, Instant};
use super::examination::Findings;
use super::problem;
use super::report::{ContextFact, CredentialFacts, IssuerFacts, ProofFacts, State};
use super::securing::Ended;
use crate::canon::ContextSet;
use crate::model::{Date, Timestamp};
use crate::profile;
use crate::proof::Cryptosuite;
use serde_json::{Map, Value};

/// What decides, is not shown, and may have been left out by the holder: every proof of the issuer
/// is one of selective disclosure, which says nothing of what was left out.
pub(super) fn withheld(document: &Map<String, Value>, proofs: &[ProofFacts]) -> Vec<&'static str> {
    let mut own = proofs.iter().filter(|proof| proof.by_issuer).peekable();
    let partial = own.peek().is_some()
        && own.all(|proof| proof.suite.as_deref() == Some(Cryptosuite::EcdsaSd2023.as_str()));
    let shown = |members: &[&str]| members.iter().any(|member| document.contains_key(*member));
    [
        ("credentialStatus", &["credentialStatus"][..]),
        ("validUntil", &["validUntil", "expirationDate"]),
        ("validFrom", &["validFrom", "issuanceDate"]),
        ("relatedResource", &["relatedResource"]),
        ("termsOfUse", &["termsOfUse"]),
    ]
    .into_iter()
    .filter(|(_, members)| partial && !shown(members))
    .map(|(member, _)| member)
    .collect()
}

/// The day (UTC) on which the document says that it was issued: the start of its validity, or else
/// the moment that the issuer's proof states.
pub(super) fn day_of_issue(findings: &Findings) -> Option<Date> {
    let stated = findings.credential.valid_from.as_deref().and_then(datetime::parse);
    let signed = || findings.proofs.iter().find(|proof| proof.by_issuer)?.created;
    stated.and_then(Instant::timestamp).or_else(signed).map(Timestamp::date)
}

/// `validFrom` and `validUntil` against now; and what they make of the state.
pub(super) fn period(
    document: &Value,
    now: Timestamp,
) -> (Ended, Option<(State, Option<Timestamp>)>) {
    let text = |members: [&str; 2]| {
        members.into_iter().find_map(|member| document.get(member).and_then(Value::as_str))
    };
    let from = text(["validFrom", "issuanceDate"]);
    let until = text(["validUntil", "expirationDate"]);
    let at = Instant::from_timestamp(now);
    let moment = |text: Option<&str>| text.and_then(datetime::parse);
    if let (Some(text), Some(until)) = (until, moment(until))
        && at > until
    {
        return (Ended::fail(problem::expired(text)), Some((State::Expired, until.timestamp())));
    }
    if let (Some(text), Some(from)) = (from, moment(from))
        && at < from
    {
        return (Ended::fail(problem::not_yet_valid(text)), Some((State::NotYetValid, None)));
    }
    let ended =
        if from.is_none() && until.is_none() { Ended::not_applicable() } else { Ended::pass() };
    (ended, None)
}

/// The contexts and their digests, or the first that is not bundled. Inline ones are faults of
/// conformance.
pub(super) fn known_contexts(
    document: &Value,
    contexts: &ContextSet,
) -> Result<Vec<ContextFact>, String> {
    let items = match document.get("@context") {
        Some(Value::Array(items)) => items.as_slice(),
        _ => &[],
    };
    items
        .iter()
        .filter_map(Value::as_str)
        .map(|url| match contexts.digest_of(url) {
            Some(sha256) => Ok(ContextFact { url: url.to_owned(), sha256: sha256.to_owned() }),
            None => Err(url.to_owned()),
        })
        .collect()
}

pub(super) fn facts(document: &Value) -> CredentialFacts {
    let text = |member: &str| document.get(member).and_then(Value::as_str).map(str::to_owned);
    let types = match document.get("type") {
        Some(Value::Array(all)) => {
            all.iter().filter_map(Value::as_str).take(20).map(str::to_owned).collect()
        }
        Some(Value::String(one)) => vec![one.clone()],
        _ => Vec::new(),
    };
    let issuer = profile::issuer(document).and_then(|issuer| {
        let name = Some(issuer.name).filter(|name| !name.is_empty());
        Some(IssuerFacts { id: issuer.id?, name, recognised: Vec::new() })
    });
    CredentialFacts {
        id: text("id"),
        types,
        issuer,
        valid_from: text("validFrom").or_else(|| text("issuanceDate")),
        valid_until: text("validUntil").or_else(|| text("expirationDate")),
        holder: holder(document).map(str::to_owned),
    }
}

/// `holder`, or `holder.id`.
pub(super) fn holder(document: &Value) -> Option<&str> {
    match document.get("holder")? {
        Value::String(id) => Some(id),
        holder => holder.get("id")?.as_str(),
    }
}

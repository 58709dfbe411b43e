//! The status of a credential: every entry looked up in its list, and the list itself verified
//! (Bitstring Status List 1.0, section 3.2), beside what the own register knows.
//!
//! Fails closed: a list that cannot be had, or cannot be believed, leaves the status open. It is
//! never read as "not revoked".

use super::conformance;
use super::datetime::{self, Instant};
use super::evidence::{Evidence, Resolver};
use super::problem;
use super::remembered::{Remembered, VerifiedList, sha256_hex};
use super::report::StatusFact;
use super::revocation_list;
use super::securing::{self, Against, Ended};
use super::sources::{Fetched, RegisterEntry, RegisterState};
use crate::canon::ContextSet;
use crate::canon::json::{self, JsonLimits};
use crate::model::{Problem, Timestamp};
use crate::proof::ProofPurpose;
use crate::status::{StatusEntryView, StatusList};
use serde_json::Value;
use std::sync::Arc;

/// The longest that a list without `validUntil` is believed, in seconds.
pub(super) const MAX_AGE: i64 = 86_400;
/// A list of 16 MiB of bits that GZIP hardly shrinks is longer than this: refused.
pub(super) const MAX_LIST_BYTES: usize = 4 * 1_048_576;

/// An entry of the document.
pub(super) enum Entry {
    /// A `BitstringStatusListEntry`, well formed.
    Bitstring(StatusEntryView),
    /// A `1EdTechRevocationList`, at this address.
    RevocationList(String),
    /// Another type.
    Unknown(String),
}

/// What the entries say.
pub(super) struct Status {
    pub(super) ended: Ended,
    pub(super) facts: Vec<StatusFact>,
    pub(super) found: Found,
    pub(super) since: Option<Timestamp>,
    pub(super) replaced_by: Option<String>,
}

/// The gravest status that was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Found {
    Nothing,
    Suspended,
    Revoked,
    Superseded,
}

/// Reads `credentialStatus`; the faults belong to conformance.
pub(super) fn entries(document: &Value) -> (Vec<Entry>, Vec<conformance::Fault>) {
    let (mut entries, mut faults) = (Vec::new(), Vec::new());
    let (all, single): (&[Value], bool) = match document.get("credentialStatus") {
        None => (&[], true),
        Some(Value::Array(all)) => (all, false),
        Some(one) => (std::slice::from_ref(one), true),
    };
    let pointer = |index: usize, inner: &str| match single {
        true => format!("/credentialStatus{inner}"),
        false => format!("/credentialStatus/{index}{inner}"),
    };
    for (index, entry) in all.iter().enumerate() {
        let kinds: Vec<&str> = match entry.get("type") {
            Some(Value::String(one)) => vec![one],
            Some(Value::Array(all)) => all.iter().filter_map(Value::as_str).collect(),
            // Conformance says that a type is required.
            _ => continue,
        };
        if kinds.contains(&revocation_list::TYPE) {
            match entry.get("id").and_then(Value::as_str).filter(|id| conformance::is_url(id)) {
                Some(id) => entries.push(Entry::RevocationList(id.to_owned())),
                None => faults.push(conformance::Fault {
                    pointer: pointer(index, "/id"),
                    code: "status-entry",
                    detail: "The id of this kind of entry is the URL of its list.".to_owned(),
                }),
            }
            continue;
        }
        if !kinds.contains(&"BitstringStatusListEntry") {
            entries.push(Entry::Unknown(kinds.join(", ")));
            continue;
        }
        match StatusEntryView::parse(entry) {
            Ok(view) => entries.push(Entry::Bitstring(view)),
            Err(problem) => {
                let inner = problem.extensions.get("pointer").and_then(Value::as_str);
                faults.push(conformance::Fault {
                    pointer: pointer(index, inner.unwrap_or_default()),
                    code: "status-entry",
                    detail: problem.detail.unwrap_or_default(),
                });
            }
        }
    }
    (entries, faults)
}

/// The room in which lists are verified.
pub(super) struct Lists<'e, 'a> {
    pub(super) evidence: &'e Evidence<'a>,
    pub(super) remembered: &'a Remembered,
    pub(super) contexts: &'a ContextSet,
    pub(super) issuer: &'e str,
    /// `id` of the credential.
    pub(super) credential: Option<&'e str>,
    pub(super) max_depth: usize,
    pub(super) max_proofs: usize,
}

/// Looks every entry up.
pub(super) fn check(
    entries: &[Entry],
    lists: &Lists<'_, '_>,
    register: Option<&RegisterEntry>,
) -> Status {
    let mut facts = Vec::with_capacity(entries.len());
    let (mut found, mut open) = (Found::Nothing, None);
    for entry in entries {
        let (kind, purpose, list, looked_up) = match entry {
            Entry::Bitstring(view) => (
                "BitstringStatusListEntry",
                view.purpose.as_str(),
                Some(&view.list),
                lists.look_up(view),
            ),
            Entry::RevocationList(url) => {
                (revocation_list::TYPE, "revocation", Some(url), lists.withdrawn(url))
            }
            Entry::Unknown(kind) => {
                (kind.as_str(), "unknown", None, Err(Box::new(problem::status_type(kind))))
            }
        };
        facts.push(StatusFact {
            kind: kind.to_owned(),
            purpose: purpose.to_owned(),
            list: list.cloned(),
            set: looked_up.as_ref().ok().map(|bit| bit.set),
            problem: looked_up.as_ref().err().map(|problem| (**problem).clone()),
        });
        match (looked_up, purpose) {
            (Err(problem), _) => open = open.or(Some(*problem)),
            (Ok(Bit { set: true, .. }), "revocation") => found = found.max(Found::Revoked),
            (Ok(Bit { set: true, .. }), "suspension") => found = found.max(Found::Suspended),
            // These inform; what they say is in the facts.
            (Ok(_), "refresh" | "message") => {}
            (Ok(Bit { set: true, .. }), other) => {
                open = open.or(Some(problem::status_purpose(other)));
            }
            (Ok(Bit { stale: Some(since), .. }), _) => {
                open = open.or(Some(problem::status_stale(since)));
            }
            (Ok(Bit { stale: None, .. }), _) => {}
        }
    }
    let (mut since, mut replaced_by) = (None, None);
    if let Some(entry) = register {
        let recorded = match entry.state {
            RegisterState::Valid => Found::Nothing,
            RegisterState::Suspended => Found::Suspended,
            RegisterState::Revoked => Found::Revoked,
            RegisterState::Superseded => Found::Superseded,
        };
        // The register is ahead of its lists, never behind; a set bit stands all the same.
        if recorded >= found && recorded != Found::Nothing {
            found = recorded;
            since = entry.since;
            replaced_by.clone_from(&entry.replaced_by);
        }
    }
    let ended = match (found, open) {
        (Found::Superseded, _) => Ended::fail(problem::superseded(since, replaced_by.as_deref())),
        (Found::Revoked, _) => Ended::fail(problem::revoked(since)),
        (Found::Suspended, _) => Ended::fail(problem::suspended(since)),
        (Found::Nothing, Some(problem)) => Ended::indeterminate(problem),
        (Found::Nothing, None) if entries.is_empty() && register.is_none() => {
            Ended::not_applicable()
        }
        (Found::Nothing, None) => Ended::pass(),
    };
    Status { ended, facts, found, since, replaced_by }
}

/// What a list says of an entry.
pub(super) struct Bit {
    pub(super) set: bool,
    /// Since when nothing newer could be had.
    pub(super) stale: Option<Timestamp>,
}

pub(super) type Unusable = Box<Problem>;

impl Lists<'_, '_> {
    fn look_up(&self, entry: &StatusEntryView) -> Result<Bit, Unusable> {
        let retrieval = |detail: String| Box::new(problem::status_retrieval(detail));
        // 1, 2. Fetch.
        let fetched = match self.evidence.status_list(&entry.list) {
            None => {
                let detail = "The document has more status entries than are looked up.";
                return Err(retrieval(detail.to_owned()));
            }
            Some(answer) => answer.map_err(|error| {
                retrieval(format!("The status list could not be had: {error}."))
            })?,
        };
        // 3. The list is a credential itself.
        let list = self.verified(&entry.list, &fetched)?;
        self.evidence.record("status-list", &entry.list, list.sha256.clone(), &fetched);
        if list.issuer != self.issuer {
            return Err(unusable("The list has another issuer than the credential."));
        }
        let fresh = self.period(&list, &fetched)?;
        // 4 to 9.
        let value = list.list.value(entry).map_err(Box::new)?;
        Ok(Bit { set: value.is_set(), stale: (!fresh).then_some(fetched.fetched_at) })
    }

    /// `Err`: outside its own validity. `Ok(false)`: too old to say that nothing is set.
    fn period(&self, list: &VerifiedList, fetched: &Fetched) -> Result<bool, Unusable> {
        let now = Instant::from_timestamp(self.evidence.now);
        let moment = |text: &Option<String>| text.as_deref().and_then(datetime::parse);
        if moment(&list.valid_from).is_some_and(|from| now < from) {
            return Err(unusable("The list is not valid yet."));
        }
        let until = moment(&list.valid_until);
        if until.is_some_and(|until| until < now) {
            return Err(unusable("The list is too old to be used: its validity has ended."));
        }
        let age = self.evidence.now.unix().saturating_sub(fetched.fetched_at.unix());
        Ok(!fetched.stale && (until.is_some() || age <= MAX_AGE))
    }

    fn verified(&self, url: &str, fetched: &Fetched) -> Result<Arc<VerifiedList>, Unusable> {
        let resolver = Resolver::new(self.evidence);
        if let Some(known) = self.remembered.list(url, &fetched.bytes)
            && self.still_believed(&known, &resolver)
        {
            return Ok(known);
        }
        let list = Arc::new(self.verify(fetched, &resolver)?);
        self.remembered.keep_list(url, Arc::clone(&list));
        Ok(list)
    }

    /// The keys of a list that was verified before are what they were.
    fn still_believed(&self, known: &VerifiedList, resolver: &Resolver<'_, '_>) -> bool {
        known.methods.iter().all(|(url, key)| {
            resolver.outcome(url).is_ok_and(|method| {
                method.asserts
                    && method.revoked.is_none()
                    && method.expires.is_none()
                    && method.resolved.key == *key
                    && method.resolved.controller == known.issuer
            })
        })
    }

    fn verify(
        &self,
        fetched: &Fetched,
        resolver: &Resolver<'_, '_>,
    ) -> Result<VerifiedList, Unusable> {
        let limits = JsonLimits { max_bytes: MAX_LIST_BYTES, max_depth: self.max_depth };
        let against = Against {
            now: self.evidence.now,
            contexts: self.contexts,
            limits,
            max_proofs: self.max_proofs,
            purpose: ProofPurpose::AssertionMethod,
            challenge: None,
            domain: &[],
            registered_before: &|_, _| false,
        };
        let (document, secured) = if fetched.bytes.first() == Some(&b'{')
            || fetched.bytes.iter().find(|b| !b.is_ascii_whitespace()) == Some(&b'{')
        {
            let document = json::parse(&fetched.bytes, &limits)
                .map_err(|error| unusable(&format!("The list cannot be read: {error}.")))?;
            let issuer = securing::issuer_id(&document);
            let secured = securing::embedded(&document, issuer, resolver, &against);
            (document, secured)
        } else {
            let text = std::str::from_utf8(&fetched.bytes)
                .map_err(|_| unusable("The list is neither JSON nor a token."))?;
            let token = securing::token(text.trim(), resolver, &against)
                .map_err(|_| unusable("The list is neither JSON nor a token."))?;
            let document =
                token.credential.ok_or_else(|| unusable("The token of the list is not right."))?;
            (document, token.secured)
        };
        for (ended, what) in [
            (&secured.safe_mode, "The list does not pass safe mode."),
            (&secured.method, "The key of the list is not one of its issuer, or could not be had."),
            (&secured.proof, "The proof of the list is not right, or could not be checked."),
        ] {
            if !ended.passed() {
                let cause = ended.problem.as_ref().map(|problem| problem.r#type.clone());
                let problem = problem::status_verification(what);
                return Err(Box::new(match cause {
                    Some(cause) => problem.with("cause", cause),
                    None => problem,
                }));
            }
        }
        if secured.marker.is_none() {
            return Err(unusable("No proof of the list was verified."));
        }
        let members = document.as_object().ok_or_else(|| unusable("The list is no object."))?;
        if let Some(fault) = conformance::faults(members).first() {
            let problem = problem::status_verification("The list is no conforming credential.");
            return Err(Box::new(problem.with("pointer", fault.pointer.clone())));
        }
        let issuer = securing::issuer_id(&document).unwrap_or_default().to_owned();
        let moment = |member: &str| members.get(member).and_then(Value::as_str).map(str::to_owned);
        let one_proof = members.get("proof").and_then(Value::as_object);
        Ok(VerifiedList {
            lasting: one_proof.is_some_and(|proof| !proof.contains_key("expires")),
            bytes: Arc::clone(&fetched.bytes),
            sha256: sha256_hex(&fetched.bytes),
            issuer,
            list: StatusList::open(&document).map_err(Box::new)?,
            valid_from: moment("validFrom"),
            valid_until: moment("validUntil"),
            methods: secured.methods,
        })
    }
}

pub(super) fn unusable(detail: &str) -> Unusable {
    Box::new(problem::status_verification(detail))
}

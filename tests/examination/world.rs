//! The world a case is examined in: key documents, status lists and a register that answer as the
//! case says.

use super::signing::{token, with_proofs};
use super::*;
use std::collections::HashMap;
use std::sync::atomic::{AtomicUsize, Ordering};

pub(super) fn error(how: &str) -> Result<Vec<u8>, SourceError> {
    let detail = "as the case says".to_owned();
    Err(match how {
        "unreachable" => SourceError::Unreachable { detail },
        "refused" => SourceError::Refused { detail },
        "not-found" => SourceError::NotFound { detail },
        "invalid" => SourceError::Invalid { detail },
        "deferred" => SourceError::Deferred,
        text => return Ok(text.as_bytes().to_vec()),
    })
}

/// A status list as the case describes it.
pub(super) fn list_answer(
    case: &Value,
    url: &str,
    entry: &Value,
    issuer: &str,
    now: Timestamp,
) -> Result<Listed, SourceError> {
    let listed = |bytes: Vec<u8>| Listed {
        bytes: bytes.into(),
        fetched_at: text(case, "fetchedAt").map_or(now, moment),
        stale: case["stale"] == true,
    };
    if let Some(how) = case.as_str() {
        return error(how).map(listed);
    }
    let mut bits = Bitstring::new(131_072);
    for index in case["set"].as_array().into_iter().flatten() {
        assert!(bits.set(index.as_u64().expect("an index"), true));
    }
    if let Some(length) = case["bytes"].as_u64() {
        bits = Bitstring::from_bytes(vec![0; usize::try_from(length).expect("fits")]);
    }
    let list_issuer = text(case, "issuer").unwrap_or(issuer).to_owned();
    let list_issuer = resolve_names(&json!(list_issuer)).as_str().expect("text").to_owned();
    let facts = StatusListFacts {
        url,
        issuer: &list_issuer,
        purpose: match entry["statusPurpose"].as_str() {
            Some("suspension") => StatusPurpose::Suspension,
            _ => StatusPurpose::Revocation,
        },
        valid_from: now.plus_seconds(-86_400 * 28),
        valid_until: now.plus_seconds(86_400 * 7),
        ttl: 300_000,
    };
    let mut list = list_credential(&facts, &bits);
    patch(&mut list, &case["before"]);
    let sign = case.get("sign").cloned().unwrap_or(json!({"created": "2026-02-28T00:00:00Z"}));
    if sign == "none" {
        return Ok(listed(list.to_string().into_bytes()));
    }
    if let Some(one) = sign.as_object().filter(|one| one.contains_key("jwt")) {
        return Ok(listed(token(one, &list, &list_issuer).into_bytes()));
    }
    let mut signed = with_proofs(list, &sign, &list_issuer);
    patch(&mut signed, &case["after"]);
    Ok(listed(signed.to_string().into_bytes()))
}

pub(super) fn register(
    case: &Value,
    document: &Value,
    issuer: &str,
    bytes: &[u8],
) -> RegisterEntry {
    let digest = hex_of(bytes);
    RegisterEntry {
        state: match text(case, "state") {
            Some("revoked") => CredentialState::Revoked,
            Some("superseded") => CredentialState::Superseded,
            Some("suspended") => CredentialState::Suspended,
            _ => CredentialState::Valid,
        },
        since: text(case, "since").map(moment),
        replaced_by: text(case, "replacedBy").map(str::to_owned),
        issuer: text(case, "issuer").unwrap_or(issuer).to_owned(),
        test: case["test"] == true,
        sha256: text(case, "sha256").map_or(digest, str::to_owned),
        recorded: moment(
            text(case, "recorded")
                .unwrap_or_else(|| document["validFrom"].as_str().expect("a start")),
        ),
        erased: text(case, "erased").map(moment),
    }
}

#[derive(Clone)]
pub struct Listed {
    pub bytes: std::sync::Arc<[u8]>,
    pub fetched_at: Timestamp,
    pub stale: bool,
}

/// Answers from memory.
#[derive(Default)]
pub struct World {
    pub documents: HashMap<String, Result<Vec<u8>, SourceError>>,
    /// Nothing newer than these documents can be had.
    pub stale_documents: bool,
    pub lists: HashMap<String, Result<Listed, SourceError>>,
    pub register: Option<RegisterEntry>,
    /// What the register knows of every credential but the one with this id.
    pub others: Option<(String, RegisterEntry)>,
    pub recognised: Vec<Recognition>,
    pub renditions: Vec<String>,
    pub endorsements: HashMap<String, Vec<Vec<u8>>>,
    pub asked: AtomicUsize,
}

impl Sources for World {
    fn key_document(&self, url: &str) -> Result<Fetched, SourceError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        match self.documents.get(url) {
            None => Err(SourceError::NotFound { detail: "not in this world".to_owned() }),
            Some(Err(error)) => Err(error.clone()),
            Some(Ok(bytes)) => Ok(Fetched {
                bytes: bytes.clone().into(),
                media_type: Some("application/did+json".to_owned()),
                fetched_at: moment(NOW),
                stale: self.stale_documents,
            }),
        }
    }

    fn status_list(&self, url: &str) -> Result<Fetched, SourceError> {
        self.asked.fetch_add(1, Ordering::SeqCst);
        match self.lists.get(url) {
            None => Err(SourceError::NotFound { detail: "not in this world".to_owned() }),
            Some(Err(error)) => Err(error.clone()),
            Some(Ok(list)) => Ok(Fetched {
                bytes: list.bytes.clone(),
                media_type: Some("application/vc".to_owned()),
                fetched_at: list.fetched_at,
                stale: list.stale,
            }),
        }
    }

    fn register(&self, credential: &str) -> Option<RegisterEntry> {
        match &self.others {
            Some((own, entry)) if own != credential => Some(entry.clone()),
            _ => self.register.clone(),
        }
    }

    fn recognised(&self, _issuer: &str) -> Vec<Recognition> {
        self.recognised.clone()
    }

    fn rendition(&self, _credential: &str, sha256: &str) -> bool {
        self.renditions.iter().any(|known| known == sha256)
    }

    fn endorsements(&self, target: &str) -> Vec<std::sync::Arc<[u8]>> {
        let known = self.endorsements.get(target).cloned().unwrap_or_default();
        known.into_iter().map(Into::into).collect()
    }
}

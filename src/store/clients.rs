//! Clients of the API and their secrets, of which only hashes are kept.
//!
//! Whether a secret may still be used is judged by who lets clients in; here is only what is known
//! of it.

use super::StoreError;
use super::decide::{Decision, NO_RECORDS};
use super::record::Origin;
use super::state::{State, Touched, View};
use crate::model::{Scope, Slug, Timestamp};
use serde::{Deserialize, Serialize};

/// A use is noted at most once in so many seconds.
const USE_NOTED_EVERY: i64 = 3_600;

/// A client of the API.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "ClientAsWritten")]
pub struct ClientRecord {
    /// Its name, unique in the installation.
    pub id: String,
    /// The issuer it works for; `None` for the service itself.
    pub issuer: Option<Slug>,
    /// What people call it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// What it proves itself with, by number.
    pub secrets: Vec<ClientSecret>,
    /// When it was made.
    pub created: Timestamp,
    /// From when on it is refused.
    pub revoked: Option<Timestamp>,
    /// As read: the number of the event that last changed it. As written: the version that the
    /// change is based on, 0 for whatever is there.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub version: u64,
}

/// What a client proves itself with, as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientSecret {
    /// Its number among those of the client.
    pub number: u32,
    /// SHA-256 of the secret, hex. The secret itself is nowhere.
    pub sha256: String,
    /// What it is for.
    pub purpose: SecretPurpose,
    /// When it was made.
    pub created: Timestamp,
    /// From when on it is of no use.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<Timestamp>,
    /// From when on it is refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revoked: Option<Timestamp>,
    /// When it was last used, to the hour. Noted by [`super::Store::note_client_used`] alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used: Option<Timestamp>,
}

/// What a secret is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SecretPurpose {
    /// It is sent with every call (RFC 6750).
    Token,
    /// It is exchanged for short-lived access tokens (RFC 6749, section 4.4).
    Oauth,
}

impl ClientRecord {
    /// The secret with this number.
    pub fn secret(&self, number: u32) -> Option<&ClientSecret> {
        self.secrets.iter().find(|secret| secret.number == number)
    }
}

impl ClientSecret {
    /// A long-lived token that is to be used until it is revoked.
    pub fn token(number: u32, sha256: String, created: Timestamp) -> Self {
        let purpose = SecretPurpose::Token;
        Self { number, sha256, purpose, created, expires: None, revoked: None, last_used: None }
    }

    /// Whether it may be used at this moment.
    pub fn is_live(&self, now: Timestamp) -> bool {
        self.revoked.is_none_or(|from| now < from) && self.expires.is_none_or(|from| now < from)
    }
}

pub(super) fn is_zero(version: &u64) -> bool {
    *version == 0
}

/// A client as it is and was written: at first with one token.
#[derive(Deserialize)]
struct ClientAsWritten {
    id: String,
    issuer: Option<Slug>,
    #[serde(default)]
    name: Option<String>,
    scopes: Vec<Scope>,
    #[serde(default)]
    token_sha256: Option<String>,
    #[serde(default)]
    secrets: Vec<ClientSecret>,
    created: Timestamp,
    revoked: Option<Timestamp>,
    #[serde(default)]
    version: u64,
}

impl From<ClientAsWritten> for ClientRecord {
    fn from(told: ClientAsWritten) -> Self {
        let ClientAsWritten { id, issuer, name, scopes, created, revoked, version, .. } = told;
        let mut secrets = told.secrets;
        if let Some(sha256) = told.token_sha256 {
            secrets.insert(0, ClientSecret::token(1, sha256, created));
        }
        Self { id, issuer, name, scopes, secrets, created, revoked, version }
    }
}

pub(super) fn put(record: &ClientRecord, view: &View<'_>) -> Result<Decision, StoreError> {
    let known = view.state.clients.get(&record.id);
    if record.version != 0 && known.is_none_or(|known| known.value.version != record.version) {
        return Err(StoreError::ChangedMeanwhile("client"));
    }
    let conflict = |what: &str| Err(StoreError::Conflict(what.to_owned()));
    for (place, secret) in record.secrets.iter().enumerate() {
        if record.secrets[..place].iter().any(|other| other.number == secret.number) {
            return conflict("two secrets of the client have one number");
        }
        if record.secrets[..place].iter().any(|other| other.sha256 == secret.sha256) {
            return conflict("two secrets of the client are the same");
        }
        if view.state.tokens.get(&secret.sha256).is_some_and(|(other, _)| *other != record.id) {
            return conflict("another client has this token");
        }
    }
    Ok(NO_RECORDS)
}

pub(super) fn used(
    id: &str,
    number: u32,
    origin: &Origin,
    view: &View<'_>,
) -> Result<Decision, StoreError> {
    let known = view.state.clients.get(id).ok_or(StoreError::NotFound("client"))?;
    let secret = known.value.secret(number).ok_or(StoreError::NotFound("secret"))?;
    let lately = secret
        .last_used
        .is_some_and(|last| origin.at.unix().saturating_sub(last.unix()) < USE_NOTED_EVERY);
    Ok(if lately { Decision::Nothing } else { NO_RECORDS })
}

impl State {
    /// Adds or replaces a client; when its secrets were used stays known.
    pub(super) fn put_client(&mut self, sequence: u64, record: &ClientRecord) {
        let mut value = ClientRecord { version: sequence, ..record.clone() };
        let mut ordinal = None;
        if let Some(known) = self.clients.get(&record.id) {
            ordinal = Some(known.ordinal);
            for secret in &mut value.secrets {
                let before = known.value.secret(secret.number);
                let same = before.filter(|before| before.sha256 == secret.sha256);
                secret.last_used = same.and_then(|before| before.last_used);
            }
        }
        let ordinal = ordinal.unwrap_or_else(|| self.next_ordinal());
        self.recent.touched.insert(Touched::Client(value.id.clone()));
        self.add_client(ordinal, value);
    }

    pub(super) fn client_used(&mut self, id: &str, number: u32, at: Timestamp) {
        let Some(known) = self.clients.get_mut(id) else { return };
        let mut value = ClientRecord::clone(&known.value);
        for secret in value.secrets.iter_mut().filter(|secret| secret.number == number) {
            secret.last_used = Some(at);
        }
        known.value = value.into();
        self.recent.touched.insert(Touched::Client(id.to_owned()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_of_the_first_shape_has_one_token() {
        let told = r#"{"id":"sis","issuer":"voorbeeld-hogeschool","scopes":["credentials:issue"],
            "token_sha256":"ab","created":"2026-02-02T09:15:00Z","revoked":null}"#;
        let client: ClientRecord = serde_json::from_str(told).expect("a client");
        let token = ClientSecret::token(1, "ab".to_owned(), client.created);
        assert_eq!((client.secrets.as_slice(), client.version), (&[token][..], 0));
        let written = serde_json::to_string(&client).expect("serialises");
        assert!(!written.contains("token_sha256") && !written.contains("version"), "{written}");
        assert_eq!(serde_json::from_str::<ClientRecord>(&written).expect("a client"), client);
    }

    #[test]
    fn a_secret_is_live_until_it_ends() {
        let at = |unix| Timestamp::from_unix(unix).expect("a moment");
        let token = ClientSecret::token(1, "ab".to_owned(), at(0));
        assert!(token.is_live(at(9)));
        let ends = ClientSecret { expires: Some(at(5)), ..token.clone() };
        assert!(ends.is_live(at(4)) && !ends.is_live(at(5)));
        let gone = ClientSecret { revoked: Some(at(5)), ..token };
        assert!(gone.is_live(at(4)) && !gone.is_live(at(5)));
    }
}

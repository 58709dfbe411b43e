//! JWK sets (RFC 7517, section 5): public keys found by `kid`. Only reading; which set belongs to
//! whom, and fetching it, is the business of others.

use super::{EncodingError, PublicKey};
use serde::de::{Deserializer as _, Error as _, MapAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// Keys that one set may have.
const MAX_KEYS: usize = 256;

/// The keys of a set, those included that are of no use here: a reader says so by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JwkSet {
    keys: Vec<JwkEntry>,
}

/// One member of a set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JwkEntry {
    /// Its `kid`.
    pub kid: Option<String>,
    /// Its member `iss`, by which Open Badges 3.0 tells the issuers of one host apart
    /// (section 8.2.4.1).
    pub issuer: Option<String>,
    /// The key, or why it cannot be used.
    pub key: Result<PublicKey, EncodingError>,
}

impl JwkSet {
    /// Reads a set. A key of an unknown kind, or a wrong one, is kept as its fault: the others
    /// are not worse for it. A key with private members spoils the whole set.
    ///
    /// # Errors
    /// [`EncodingError::Jwk`] when it is no set, has too many keys, or shows a private key.
    pub fn from_value(set: &Value) -> Result<Self, EncodingError> {
        let fault = |fault| EncodingError::Jwk { member: "keys", fault };
        let Some(Value::Array(members)) = set.get("keys") else {
            return Err(fault("is not a list"));
        };
        if members.len() > MAX_KEYS {
            return Err(fault("has too many keys"));
        }
        let mut keys = Vec::with_capacity(members.len());
        for member in members {
            let text = |name: &str| member.get(name).and_then(Value::as_str).map(str::to_owned);
            let key = PublicKey::from_jwk(member);
            if let Err(private @ EncodingError::Jwk { fault: "is private", .. }) = key {
                return Err(private);
            }
            keys.push(JwkEntry { kid: text("kid"), issuer: text("iss"), key });
        }
        Ok(Self { keys })
    }

    /// All entries, in their order.
    pub fn entries(&self) -> &[JwkEntry] {
        &self.keys
    }

    /// The one entry with this `kid`. None when there is none or more than one: which of them is
    /// meant, nobody could tell.
    pub fn by_kid(&self, kid: &str) -> Option<&JwkEntry> {
        let mut found = self.keys.iter().filter(|entry| entry.kid.as_deref() == Some(kid));
        match (found.next(), found.next()) {
            (Some(entry), None) => Some(entry),
            _ => None,
        }
    }

    /// The entry that is this key, whatever its `kid`.
    pub fn by_key(&self, key: &PublicKey) -> Option<&JwkEntry> {
        self.keys.iter().find(|entry| entry.key.as_ref() == Ok(key))
    }
}

/// The members of a JSON object that has none of them twice.
pub(super) fn unique_members(bytes: &[u8]) -> Option<Map<String, Value>> {
    struct Members;
    impl<'de> Visitor<'de> for Members {
        type Value = Map<String, Value>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut members = Map::new();
            while let Some((name, value)) = map.next_entry::<String, Value>()? {
                if members.insert(name, value).is_some() {
                    return Err(A::Error::custom("a member twice"));
                }
            }
            Ok(members)
        }
    }
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let members = reader.deserialize_map(Members).ok()?;
    reader.end().ok()?;
    Some(members)
}

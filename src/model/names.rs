//! Names of things that become part of addresses.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// A text that cannot be such a name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NameError(&'static str);

/// The name of an organisation or definition in addresses: `[a-z0-9]` and inner `-`, 1 to 63.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Slug(String);

impl Slug {
    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for Slug {
    type Err = NameError;

    fn from_str(s: &str) -> Result<Self, NameError> {
        let allowed = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-';
        if (1..=63).contains(&s.len())
            && s.bytes().all(allowed)
            && !s.starts_with('-')
            && !s.ends_with('-')
        {
            Ok(Self(s.to_owned()))
        } else {
            Err(NameError("a slug is 1 to 63 characters a-z, 0-9 and inner hyphens"))
        }
    }
}

/// A credential's UUID, the last segment of its address (decision D4: version 4, unguessable).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CredentialId(uuid::Uuid);

impl CredentialId {
    /// Wraps a UUID.
    pub fn new(uuid: uuid::Uuid) -> Self {
        Self(uuid)
    }

    /// The UUID.
    pub fn uuid(self) -> uuid::Uuid {
        self.0
    }
}

impl FromStr for CredentialId {
    type Err = NameError;

    /// Takes only the canonical form: lower case with hyphens. One thing has one address.
    fn from_str(s: &str) -> Result<Self, NameError> {
        let uuid = uuid::Uuid::try_parse(s).map_err(|_| NameError("not a UUID"))?;
        let mut buffer = uuid::Uuid::encode_buffer();
        if *uuid.hyphenated().encode_lower(&mut buffer) == *s {
            Ok(Self(uuid))
        } else {
            Err(NameError("a credential UUID is written in lower case with hyphens"))
        }
    }
}

/// A version of something in an issuer's catalogue: `issuer/slug/version`.
struct Versioned {
    issuer: Slug,
    slug: Slug,
    version: String,
}

impl Versioned {
    fn read(s: &str, shape: &'static str) -> Result<Self, NameError> {
        let mut parts = s.split('/');
        let (Some(issuer), Some(slug), Some(version), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NameError(shape));
        };
        let allowed = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-');
        if !(1..=32).contains(&version.len())
            || !version.bytes().all(allowed)
            || version.starts_with('.')
        {
            return Err(NameError("a version is 1 to 32 characters A-Z, a-z, 0-9, dot, _ and -"));
        }
        Ok(Self { issuer: issuer.parse()?, slug: slug.parse()?, version: version.to_owned() })
    }
}

/// A published definition version: `issuer/slug/version`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DefinitionRef {
    /// The issuer whose catalogue it stands in.
    pub issuer: Slug,
    /// The definition.
    pub slug: Slug,
    /// The version: 1 to 32 of `[A-Za-z0-9._-]`, not starting with a dot.
    pub version: String,
}

impl FromStr for DefinitionRef {
    type Err = NameError;

    fn from_str(s: &str) -> Result<Self, NameError> {
        let Versioned { issuer, slug, version } =
            Versioned::read(s, "a definition is named issuer/slug/version")?;
        Ok(Self { issuer, slug, version })
    }
}

/// A published version of a framework that definitions refer to: `issuer/slug/version`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FrameworkRef {
    /// The issuer who published it here.
    pub issuer: Slug,
    /// The framework.
    pub slug: Slug,
    /// The version: 1 to 32 of `[A-Za-z0-9._-]`, not starting with a dot.
    pub version: String,
}

impl FromStr for FrameworkRef {
    type Err = NameError;

    fn from_str(s: &str) -> Result<Self, NameError> {
        let Versioned { issuer, slug, version } =
            Versioned::read(s, "a framework is named issuer/slug/version")?;
        Ok(Self { issuer, slug, version })
    }
}

impl fmt::Display for Slug {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for CredentialId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.hyphenated().fmt(f)
    }
}

impl fmt::Display for FrameworkRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.issuer, self.slug, self.version)
    }
}

impl fmt::Display for DefinitionRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.issuer, self.slug, self.version)
    }
}

macro_rules! serde_as_text {
    ($($name:ty),*) => {$(
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}
serde_as_text!(Slug, CredentialId, DefinitionRef, FrameworkRef);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_would_not_fit_an_address_are_refused() {
        for text in ["", "-a", "a-", "A", "a/b", "é", "a b", &"a".repeat(64)] {
            assert!(text.parse::<Slug>().is_err(), "{text}");
        }
        for text in ["a/b", "a/b/", "a/b/c/d", "a/b/../c", "a/b/.c", "a/b/c d"] {
            assert!(text.parse::<DefinitionRef>().is_err(), "{text}");
            assert!(text.parse::<FrameworkRef>().is_err(), "{text}");
        }
        assert!("5D0F7C1E-3A52-4C0B-9D3E-6F1B2A4C8E10".parse::<CredentialId>().is_err());
        assert!("5d0f7c1e3a524c0b9d3e6f1b2a4c8e10".parse::<CredentialId>().is_err());
        assert!("5d0f7c1e-3a52-4c0b-9d3e-6f1b2a4c8e10".parse::<CredentialId>().is_ok());
    }
}

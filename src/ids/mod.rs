//! The one place that draws random identifiers, salts and secrets. Everything else is handed an
//! [`IdGenerator`].

use crate::model::CredentialId;
use std::collections::VecDeque;
use std::fmt::Write;
use std::sync::Mutex;

/// Draws identifiers. Credential ids are public addresses, so they must not be guessable.
pub trait IdGenerator: Send + Sync {
    /// A fresh version 4 UUID for a credential.
    fn credential_id(&self) -> CredentialId;
    /// A fresh opaque subject id, `urn:uuid:...` (decision D5).
    fn subject_id(&self) -> String;
    /// A fresh 128-bit salt, 32 lower-case hex digits.
    fn salt(&self) -> String;
    /// A number from 0 to `bound - 1`, every one equally likely; 0 when `bound` is 0.
    fn below(&self, bound: u32) -> u32;
    /// 256 random bits, base64url without padding, for tokens.
    fn secret(&self) -> String;
    /// A time-ordered UUID for requests and internal things.
    fn ordered_id(&self) -> uuid::Uuid;
}

/// The operating system's randomness.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemIds;

impl SystemIds {
    fn bytes<const N: usize>() -> [u8; N] {
        let mut bytes = [0; N];
        getrandom::fill(&mut bytes).expect("the operating system gives random bytes");
        bytes
    }
}

impl IdGenerator for SystemIds {
    fn credential_id(&self) -> CredentialId {
        CredentialId::new(uuid::Builder::from_random_bytes(Self::bytes()).into_uuid())
    }

    fn subject_id(&self) -> String {
        uuid::Builder::from_random_bytes(Self::bytes()).into_uuid().urn().to_string()
    }

    fn salt(&self) -> String {
        Self::bytes::<16>().iter().fold(String::with_capacity(32), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
    }

    fn below(&self, bound: u32) -> u32 {
        if bound == 0 {
            return 0;
        }
        // Draws past the last whole multiple are thrown away, so no value is favoured.
        let limit = u32::MAX - u32::MAX % bound;
        loop {
            let draw = u32::from_le_bytes(Self::bytes());
            if draw < limit {
                return draw % bound;
            }
        }
    }

    fn secret(&self) -> String {
        use base64::Engine;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(Self::bytes::<32>())
    }

    #[expect(clippy::disallowed_methods, reason = "the one place that makes ordered identifiers")]
    fn ordered_id(&self) -> uuid::Uuid {
        uuid::Uuid::now_v7()
    }
}

/// What one document is to get, for reproducing it.
#[derive(Clone, Debug)]
pub struct FixedDraw {
    /// The credential's UUID.
    pub credential_id: CredentialId,
    /// The subject's id.
    pub subject_id: String,
    /// The salt of the hashed address.
    pub salt: String,
    /// The status list index.
    pub index: u32,
}

/// Hands out prepared draws in order, then falls back to [`SystemIds`]; for tests.
#[derive(Debug, Default)]
pub struct FixedIds(Mutex<VecDeque<FixedDraw>>);

impl FixedIds {
    /// Prepares these draws. Each is used up by [`IdGenerator::credential_id`]... `salt`, and its
    /// index by [`IdGenerator::below`], in the order an issuance asks: id, subject, salt, index.
    pub fn new(draws: impl IntoIterator<Item = FixedDraw>) -> Self {
        Self(Mutex::new(draws.into_iter().collect()))
    }

    fn front<T>(&self, take: impl FnOnce(&FixedDraw) -> T) -> Option<T> {
        let draws = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        draws.front().map(take)
    }
}

impl IdGenerator for FixedIds {
    fn credential_id(&self) -> CredentialId {
        self.front(|d| d.credential_id).unwrap_or_else(|| SystemIds.credential_id())
    }

    fn subject_id(&self) -> String {
        self.front(|d| d.subject_id.clone()).unwrap_or_else(|| SystemIds.subject_id())
    }

    fn salt(&self) -> String {
        self.front(|d| d.salt.clone()).unwrap_or_else(|| SystemIds.salt())
    }

    fn below(&self, bound: u32) -> u32 {
        let mut draws = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        match draws.pop_front() {
            Some(draw) if draw.index < bound => draw.index,
            _ => SystemIds.below(bound),
        }
    }

    fn secret(&self) -> String {
        SystemIds.secret()
    }

    fn ordered_id(&self) -> uuid::Uuid {
        SystemIds.ordered_id()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn draws_stay_below_the_bound_and_reach_every_value() {
        let mut seen = [false; 7];
        for _ in 0..2_000 {
            seen[SystemIds.below(7) as usize] = true;
        }
        assert_eq!(seen, [true; 7]);
        assert_eq!(SystemIds.below(0), 0);
        assert_eq!(SystemIds.below(1), 0);
    }

    #[test]
    fn a_salt_is_32_lower_case_hex_digits() {
        let salt = SystemIds.salt();
        assert_eq!(salt.len(), 32);
        assert!(salt.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b)));
        assert_ne!(salt, SystemIds.salt());
    }
}

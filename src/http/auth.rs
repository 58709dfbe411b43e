//! Who calls: Bearer tokens (RFC 6750) of the clients of an issuer. Not sessions, not people.
//!
//! A token is 256 random bits, so its SHA-256 is enough to keep. A client of one issuer learns
//! nothing of another, not even that it exists: the answer is that of an unknown issuer.

use super::problem::{Fault, Kind};
use crate::model::{Scope, Slug, Timestamp};
use crate::store::{ClientRecord, Store};
use crate::texts::ProblemDetail;
use actix_web::HttpRequest;
use actix_web::http::header;
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::sync::Arc;
use subtle::ConstantTimeEq;

/// A caller whose token gives the right that was asked for, at this issuer.
#[derive(Debug)]
pub struct Caller {
    /// The client.
    pub client: Arc<ClientRecord>,
    /// The issuer of the address.
    pub issuer: Slug,
}

/// Lets a client through that has one of these rights at this issuer; the first of them is named
/// to one that has none.
///
/// Without a valid token the answer is 401, whatever the address; with another issuer's token it is
/// that of an unknown issuer; with too small a scope it is 403.
pub fn authorize(
    store: &dyn Store,
    request: &HttpRequest,
    scopes: &[Scope],
    now: Timestamp,
) -> Result<Caller, Fault> {
    let client = client(store, request, now)?;
    let issuer = issuer_of(request).ok_or_else(|| Fault::new(Kind::NotFound))?;
    match &client.issuer {
        Some(own) if *own == issuer => {}
        Some(_) => return Err(Fault::new(Kind::NotFound)),
        None => {
            let sealer = store.organisation(&issuer)?.is_some_and(|o| o.sealer.is_some());
            if !sealer {
                return Err(Fault::new(Kind::NotFound));
            }
        }
    }
    require(&client, scopes)?;
    Ok(Caller { client, issuer })
}

/// Lets a client through that has one of these rights, at an address that is no issuer's.
pub fn authorize_client(
    store: &dyn Store,
    request: &HttpRequest,
    scopes: &[Scope],
    now: Timestamp,
) -> Result<Arc<ClientRecord>, Fault> {
    let client = client(store, request, now)?;
    require(&client, scopes)?;
    Ok(client)
}

fn require(client: &ClientRecord, scopes: &[Scope]) -> Result<(), Fault> {
    match scopes.first() {
        Some(first) if !scopes.iter().any(|scope| client.scopes.contains(scope)) => {
            Err(insufficient(*first))
        }
        _ => Ok(()),
    }
}

/// The refusal that names the scope that is needed.
pub fn insufficient(scope: Scope) -> Fault {
    // RFC 6750, section 3.1.
    let challenge = format!("Bearer error=\"insufficient_scope\", scope=\"{scope}\"");
    Fault::new(Kind::InsufficientScope)
        .detail(ProblemDetail::ScopeNeeded { scope: &scope.to_string() })
        .header(header::WWW_AUTHENTICATE, challenge)
}

fn issuer_of(request: &HttpRequest) -> Option<Slug> {
    request.match_info().get("issuer")?.parse().ok()
}

fn client(
    store: &dyn Store,
    request: &HttpRequest,
    now: Timestamp,
) -> Result<Arc<ClientRecord>, Fault> {
    let refused = || Fault::new(Kind::Unauthorized);
    let token = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(bearer)
        .ok_or_else(refused)?;
    let digest: [u8; 32] = Sha256::digest(token.as_bytes()).into();
    let (client, number) = store.client_by_token(&digest)?.ok_or_else(refused)?;
    let secret = client.secret(number).filter(|secret| secret.is_live(now)).ok_or_else(refused)?;
    let same = hex(&digest).as_bytes().ct_eq(secret.sha256.as_bytes());
    if !bool::from(same) || client.revoked.is_some_and(|from| from <= now) {
        return Err(refused());
    }
    Ok(client)
}

/// The token of `Bearer <token>`; the scheme in any case (RFC 9110, section 11.1).
fn bearer(value: &str) -> Option<&str> {
    let (scheme, token) = value.split_once(' ')?;
    let token = token.trim_matches(' ');
    (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_bearer_token_is_taken() {
        assert_eq!(bearer("Bearer abc"), Some("abc"));
        assert_eq!(bearer("bearer  abc"), Some("abc"));
        for value in ["", "Bearer", "Bearer ", "Basic abc", "abc"] {
            assert_eq!(bearer(value), None, "{value}");
        }
    }
}

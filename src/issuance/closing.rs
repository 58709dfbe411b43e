//! The end of an issuer: from then on nothing is issued and no status changes, and its last status
//! lists may be used for as long as whoever keeps them will have to answer.
//!
//! What the law asks of the institution goes on: erasure, purge, closing pages, keys in other hands.

use super::{Desk, IssueError};
use crate::keys::multikey_method;
use crate::model::{KeyAlgorithm, Slug};
use crate::proof::jose::{JoseError, sign_typed_jws};
use crate::store::{Closing, OrganisationRecord, Origin};

impl Desk {
    /// Closes an issuer for good and signs its last status lists. Again it signs what was not
    /// signed yet, and the first moments stand; another keeper is [`IssueError::Conflict`].
    pub async fn close_issuer(
        &self,
        issuer: &Slug,
        closing: Closing,
        origin: Origin,
    ) -> Result<Closing, IssueError> {
        let _turn = self.turns.write().await;
        let sealer = self.sealer(issuer)?;
        let mut settings = sealer.settings()?.clone();
        let closing = match settings.closed {
            Some(known) => {
                if (&closing.keeper, &closing.keeper_url) != (&known.keeper, &known.keeper_url) {
                    let what = "it closed already, for another keeper";
                    return Err(IssueError::Conflict(what.to_owned()));
                }
                known
            }
            None => {
                settings.closed = Some(closing.clone());
                let record = OrganisationRecord::clone(&sealer.record);
                let record = OrganisationRecord { sealer: Some(settings), ..record };
                self.parts.store.put_organisations(vec![record], origin).await?;
                closing
            }
        };
        let _press = self.press.lock().await;
        let mut work = self.parts.store.status_list_work(closing.lists_until)?;
        work.retain(|list| list.issuer == *issuer);
        match self.publish(work).await.into_iter().next() {
            None => Ok(closing),
            Some(failed) => {
                Err(IssueError::NotPublished { list: failed.list, cause: Box::new(failed.cause) })
            }
        }
    }

    /// Refuses what an issuer that closed does not do any more.
    pub(super) fn is_open(&self, issuer: &Slug) -> Result<(), IssueError> {
        let record = self.parts.store.organisation(issuer)?;
        let sealer = record.as_ref().and_then(|record| record.sealer.as_ref());
        match sealer.and_then(|sealer| sealer.closed.as_ref()) {
            Some(_) => Err(IssueError::Closed),
            None => Ok(()),
        }
    }

    /// The key that signs a statement of this issuer about itself, by thumbprint.
    pub fn statement_key(&self, issuer: &Slug) -> Result<String, IssueError> {
        let sealer = self.sealer(issuer)?;
        let (key, _) = self.proof_key(issuer, &sealer.settings()?.id)?;
        Ok(key.thumbprint)
    }

    /// A statement of this issuer about itself as compact JWS of this `typ` and `cty`.
    pub fn sign_statement(
        &self,
        issuer: &Slug,
        payload: &[u8],
        types: (&str, &str),
    ) -> Result<String, IssueError> {
        let sealer = self.sealer(issuer)?;
        let did = &sealer.settings()?.id;
        let missing = || IssueError::NoActiveKey { issuer: issuer.to_string() };
        let key = self.signing_key(issuer, did, KeyAlgorithm::Ed25519)?.ok_or_else(missing)?;
        let kid = multikey_method(did, &key);
        let signer = self.parts.keys.signer(&key)?;
        sign_typed_jws(payload, types, kid.as_deref(), signer.as_ref()).map_err(|error| match error
        {
            JoseError::Sign(error) => IssueError::Signing(error.to_string()),
            other => IssueError::Unsound { detail: other.to_string() },
        })
    }
}

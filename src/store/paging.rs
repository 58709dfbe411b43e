//! Pages of the register: what is settled comes from the archive, what is not from memory, in one
//! order of issue.
//!
//! The archive is read without the register's lock, so that neither writers nor readers wait for a
//! page. What moved into the archive meanwhile is noticed, and the page is begun again.

use super::StoreError;
use super::query::{Glance, RegisterCursor, RegisterPage, RegisterQuery};
use super::record::IssuedRecord;
use super::register::Model;
use super::state::{Recent, State};
use crate::model::CredentialId;
use std::ops::Bound;
use std::sync::Arc;

/// So many records are looked at for one page.
const LOOKED_AT: usize = 10_000;
/// So often a page is begun again before it is made under the lock.
const ATTEMPTS: usize = 3;

/// A record on its way to a page.
enum Found {
    /// As it stands in memory.
    Record(Arc<IssuedRecord>),
    /// To be looked up in the archive.
    Settled(CredentialId),
}

/// How far a page got.
struct Walk<'a> {
    query: &'a RegisterQuery,
    limit: usize,
    looked_at: usize,
    at: u64,
    found: Vec<Found>,
    /// Whether there may be more.
    more: bool,
}

impl Walk<'_> {
    fn is_full(&self) -> bool {
        self.found.len() >= self.limit || self.looked_at >= LOOKED_AT
    }
}

impl Model {
    /// A page of the register.
    pub(super) fn page(&self, query: &RegisterQuery) -> Result<RegisterPage, StoreError> {
        let mut walk = None;
        for _ in 0..ATTEMPTS {
            let rounds = self.read().rounds;
            let (settled, more) = self.settled(query)?;
            let state = self.read();
            if state.rounds == rounds {
                walk = Some(complete(query, &state, settled, more));
                break;
            }
        }
        let walk = match walk {
            Some(walk) => walk,
            None => {
                let state = self.read();
                let (settled, more) = self.settled(query)?;
                complete(query, &state, settled, more)
            }
        };
        let mut records = Vec::with_capacity(walk.found.len());
        for found in walk.found {
            let record = match found {
                Found::Record(record) => Some(record),
                Found::Settled(id) => {
                    self.view(|view| view.entry(id))?.map(|entry| Arc::clone(&entry.record))
                }
            };
            // It may have changed or gone since it was looked at.
            records.extend(record.filter(|record| query.matches(record)));
        }
        let next = walk.more.then_some(RegisterCursor(walk.at));
        Ok(RegisterPage { records, next })
    }

    /// What the archive has of this, and whether it may have more.
    fn settled(&self, query: &RegisterQuery) -> Result<(Vec<(u64, Glance)>, bool), StoreError> {
        let after = query.after.map_or(0, |cursor| cursor.0);
        let limit = query.limit.clamp(1, RegisterQuery::MOST);
        let (mut seen, mut matching, mut more) = (Vec::new(), 0, false);
        self.archive.scan(&query.issuer, after, &mut |ordinal, glance| {
            if seen.len() >= LOOKED_AT || matching > limit {
                more = true;
                return false;
            }
            matching += usize::from(query.lets_pass(&glance));
            seen.push((ordinal, glance));
            true
        })?;
        Ok((seen, more))
    }
}

/// Sees what memory knows better, and goes on with what is only there.
fn complete<'a>(
    query: &'a RegisterQuery,
    state: &State,
    settled: Vec<(u64, Glance)>,
    more: bool,
) -> Walk<'a> {
    let mut walk = Walk {
        query,
        limit: query.limit.clamp(1, RegisterQuery::MOST),
        looked_at: 0,
        at: query.after.map_or(0, |cursor| cursor.0),
        found: Vec::new(),
        more: false,
    };
    for (ordinal, glance) in settled {
        if walk.is_full() {
            walk.more = true;
            return walk;
        }
        (walk.at, walk.looked_at) = (ordinal, walk.looked_at + 1);
        match state.held(|recent| recent.entries.get(&glance.id).cloned()) {
            Some(Some(entry)) if query.matches(&entry.record) => {
                walk.found.push(Found::Record(Arc::clone(&entry.record)));
            }
            Some(_) => {}
            None if query.lets_pass(&glance) => walk.found.push(Found::Settled(glance.id)),
            None => {}
        }
    }
    if more {
        walk.more = true;
        return walk;
    }
    if let Some(settling) = &state.settling {
        fresh(&mut walk, settling, state);
    }
    if !walk.more {
        fresh(&mut walk, &state.recent, state);
    }
    walk
}

fn fresh(walk: &mut Walk<'_>, recent: &Recent, state: &State) {
    let from = Bound::Excluded((walk.query.issuer.clone(), walk.at));
    for ((issuer, ordinal), id) in recent.order.range((from, Bound::Unbounded)) {
        if *issuer != walk.query.issuer {
            break;
        }
        if walk.is_full() {
            walk.more = true;
            return;
        }
        (walk.at, walk.looked_at) = (*ordinal, walk.looked_at + 1);
        if let Some(Some(entry)) = state.held(|recent| recent.entries.get(id).cloned())
            && walk.query.matches(&entry.record)
        {
            walk.found.push(Found::Record(Arc::clone(&entry.record)));
        }
    }
}

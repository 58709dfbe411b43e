//! Long lists in pages: `?limit=` and `?after=`, a cursor that only the service reads.
//!
//! A cursor is the name of the last entry that was given, so that a list that grows meanwhile
//! neither repeats nor leaves out what was there.

use crate::encoding::{decode_base64url, encode_base64url};
use crate::http::front::Call;
use crate::http::problem::{Fault, Kind};
use crate::texts::ProblemDetail;

const USUAL: usize = 50;
const MOST: usize = 200;

/// Which part of a list is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Page {
    /// The name of the last entry of the page before.
    pub after: Option<String>,
    /// How many entries at most.
    pub limit: usize,
}

/// Reads `after` and `limit`.
pub(super) fn page(call: &Call<'_>) -> Result<Page, Fault> {
    let limit = match call.query("limit") {
        None => USUAL,
        Some(text) => {
            text.parse().ok().filter(|limit| (1..=MOST).contains(limit)).ok_or_else(|| {
                Fault::new(Kind::BadRequest)
                    .detail(ProblemDetail::LimitRange { most: &MOST.to_string() })
            })?
        }
    };
    let after = match call.query("after") {
        None => None,
        Some(cursor) => Some(
            opened(cursor)
                .ok_or_else(|| Fault::new(Kind::BadRequest).detail(ProblemDetail::CursorUnknown))?,
        ),
    };
    Ok(Page { after, limit })
}

fn opened(cursor: &str) -> Option<String> {
    let name = String::from_utf8(decode_base64url(cursor).ok()?).ok()?;
    (!name.is_empty()).then_some(name)
}

impl Page {
    /// The entries of this page, and the cursor of the next one if there is more. `name` gives the
    /// unique name of an entry.
    pub fn of<T>(
        &self,
        entries: Vec<T>,
        name: impl Fn(&T) -> String,
    ) -> Result<(Vec<T>, Option<String>), Fault> {
        let start = match &self.after {
            None => 0,
            Some(after) => {
                let found = entries.iter().position(|entry| name(entry) == *after);
                found.ok_or_else(|| {
                    Fault::new(Kind::BadRequest).detail(ProblemDetail::CursorUnknown)
                })? + 1
            }
        };
        let more = entries.len() > start.saturating_add(self.limit);
        let page: Vec<T> = entries.into_iter().skip(start).take(self.limit).collect();
        let next = page.last().filter(|_| more).map(|last| encode_base64url(name(last)));
        Ok((page, next))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_one_another_without_gap_or_repetition() {
        let all: Vec<u32> = (0..7).collect();
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = Page { after: after.take(), limit: 3 };
            let (entries, next) = page.of(all.clone(), u32::to_string).expect("a page");
            assert!(entries.len() <= 3);
            seen.extend(entries);
            let Some(next) = next else { break };
            after = opened(&next);
        }
        assert_eq!(seen, all);
        assert!(Page { after: Some("9".to_owned()), limit: 3 }.of(all, u32::to_string).is_err());
        for broken in ["", "%%", "A", "____"] {
            assert_eq!(opened(broken), None, "{broken}");
        }
    }
}

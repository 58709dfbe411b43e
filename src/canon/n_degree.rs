//! Hash N-Degree Quads (RDFC-1.0, section 4.8.3), for blank nodes whose first-degree hashes are
//! equal. A related blank node that occurs twice under one hash is permuted twice, as the standard's
//! algorithm says; some implementations drop it and differ.
//!
//! Every step costs from one allowance for the dataset: a graph made to be hard is an error.

use std::collections::BTreeMap;

use super::dataset::{Dataset, Quad, Term};
use super::error::Fault;
use super::rdfc::{HashFunction, Mentions, UNLABELLED};
use rustc_hash::FxHashMap;

/// Steps that one dataset may take: each is about one hash of a short text.
const MAX_WORK: usize = 100_000;
/// Recursion that one dataset may take.
const MAX_RECURSION: usize = 64;

/// Identifiers given out on trial (section 4.5).
#[derive(Clone, Debug, Default)]
pub(super) struct TemporaryIssuer {
    numbers: FxHashMap<u32, usize>,
    order: Vec<u32>,
}

impl TemporaryIssuer {
    /// The number of a blank node, new or not.
    pub(super) fn issue(&mut self, blank: u32) -> usize {
        let next = self.order.len();
        *self.numbers.entry(blank).or_insert_with(|| {
            self.order.push(blank);
            next
        })
    }

    /// The blank nodes in the order of issue.
    pub(super) fn issued(&self) -> &[u32] {
        &self.order
    }
}

/// The state of the algorithm over one dataset.
pub(super) struct NDegree<'d, H: HashFunction> {
    dataset: &'d Dataset,
    mentions: &'d Mentions,
    first_degree: &'d [H::Output],
    labels: Vec<u32>,
    work: usize,
    depth: usize,
}

impl<'d, H: HashFunction> NDegree<'d, H> {
    /// Starts with the canonical identifiers that are certain.
    pub(super) fn new(
        dataset: &'d Dataset,
        mentions: &'d Mentions,
        first_degree: &'d [H::Output],
        labels: Vec<u32>,
    ) -> Self {
        Self { dataset, mentions, first_degree, labels, work: MAX_WORK, depth: 0 }
    }

    /// The canonical number of a blank node, or [`UNLABELLED`].
    pub(super) fn label(&self, blank: u32) -> u32 {
        self.labels[blank as usize]
    }

    /// Issues a canonical number.
    pub(super) fn set_label(&mut self, blank: u32, number: u32) {
        self.labels[blank as usize] = number;
    }

    /// All canonical numbers.
    pub(super) fn into_labels(self) -> Vec<u32> {
        self.labels
    }

    fn spend(&mut self, amount: usize) -> Result<(), Fault> {
        self.work = self
            .work
            .checked_sub(amount)
            .ok_or(Fault::Limit("work to tell its blank nodes apart"))?;
        Ok(())
    }

    /// Hash N-Degree Quads.
    pub(super) fn hash(
        &mut self,
        identifier: u32,
        mut issuer: TemporaryIssuer,
    ) -> Result<(H::Output, TemporaryIssuer), Fault> {
        if self.depth >= MAX_RECURSION {
            return Err(Fault::Limit("work to tell its blank nodes apart"));
        }
        self.depth += 1;
        // 1 to 3.
        let mut related: BTreeMap<H::Output, Vec<u32>> = BTreeMap::new();
        let mentions = self.mentions;
        let dataset = self.dataset;
        for index in mentions.of_blank(identifier) {
            let quad = &dataset.quads[*index as usize];
            for (term, position) in quad.components() {
                if let Term::Blank(other) = term
                    && other != identifier
                {
                    self.spend(1)?;
                    let hash = self.hash_related(other, quad, &issuer, position);
                    related.entry(hash).or_default().push(other);
                }
            }
        }
        // 4, 5.
        let mut data = String::new();
        for (hash, mut permutation) in related {
            // 5.1.
            push_hex(hash.as_ref(), &mut data);
            // 5.2 to 5.4. Equal permutations of repeated nodes give equal paths.
            let mut chosen: Option<(String, TemporaryIssuer)> = None;
            permutation.sort_unstable();
            loop {
                self.spend(permutation.len())?;
                let best = chosen.as_ref().map(|(path, _)| path.as_str());
                if let Some(better) = self.follow(&permutation, &issuer, best)? {
                    chosen = Some(better);
                }
                if !next_permutation(&mut permutation) {
                    break;
                }
            }
            // 5.5, 5.6.
            let (path, taken) = chosen.ok_or(Fault::Processing("no path chosen"))?;
            data.push_str(&path);
            issuer = taken;
        }
        // 6.
        self.depth -= 1;
        Ok((H::hash(std::iter::once(data.as_bytes())), issuer))
    }

    /// Steps 5.4.1 to 5.4.6: the path of one permutation, if it is better than the best so far.
    fn follow(
        &mut self,
        permutation: &[u32],
        issuer: &TemporaryIssuer,
        best: Option<&str>,
    ) -> Result<Option<(String, TemporaryIssuer)>, Fault> {
        let worse = |path: &str| best.is_some_and(|best| path.len() >= best.len() && path > best);
        self.spend(issuer.order.len() / 8)?;
        let mut issuer = issuer.clone();
        let mut path = String::new();
        let mut recursion = Vec::new();
        // 5.4.4.
        for related in permutation {
            let label = self.label(*related);
            if label == UNLABELLED {
                if !issuer.numbers.contains_key(related) {
                    recursion.push(*related);
                }
                push_temporary(issuer.issue(*related), &mut path);
            } else {
                push_canonical(label, &mut path);
            }
            if worse(&path) {
                return Ok(None);
            }
        }
        // 5.4.5.
        for related in recursion {
            // What is copied costs too.
            self.spend(issuer.order.len() / 8)?;
            let (hash, taken) = self.hash(related, issuer.clone())?;
            push_temporary(issuer.issue(related), &mut path);
            path.push('<');
            push_hex(hash.as_ref(), &mut path);
            path.push('>');
            issuer = taken;
            if worse(&path) {
                return Ok(None);
            }
        }
        // 5.4.6.
        let better = best.is_none_or(|best| path.as_str() < best);
        Ok(better.then_some((path, issuer)))
    }

    /// Hash Related Blank Node (section 4.7.3).
    fn hash_related(
        &self,
        related: u32,
        quad: &Quad,
        issuer: &TemporaryIssuer,
        position: char,
    ) -> H::Output {
        let mut input = String::with_capacity(160);
        input.push(position);
        if position != 'g' {
            input.push_str(self.dataset.text(quad.predicate));
        }
        let label = self.label(related);
        if label != UNLABELLED {
            push_canonical(label, &mut input);
        } else if let Some(number) = issuer.numbers.get(&related) {
            push_temporary(*number, &mut input);
        } else {
            push_hex(self.first_degree[related as usize].as_ref(), &mut input);
        }
        H::hash(std::iter::once(input.as_bytes()))
    }
}

fn push_canonical(number: u32, out: &mut String) {
    out.push_str("_:c14n");
    out.push_str(itoa::Buffer::new().format(number));
}

fn push_temporary(number: usize, out: &mut String) {
    out.push_str("_:b");
    out.push_str(itoa::Buffer::new().format(number));
}

fn push_hex(hash: &[u8], out: &mut String) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    for byte in hash {
        out.push(char::from(HEX[usize::from(byte >> 4)]));
        out.push(char::from(HEX[usize::from(byte & 15)]));
    }
}

/// The next permutation of a multiset in lexicographic order; `false` after the last.
fn next_permutation(items: &mut [u32]) -> bool {
    let Some(pivot) = items.windows(2).rposition(|pair| pair[0] < pair[1]) else { return false };
    let Some(swap) = items.iter().rposition(|item| *item > items[pivot]) else { return false };
    items.swap(pivot, swap);
    items[pivot + 1..].reverse();
    true
}

//! RDF Dataset Canonicalization, RDFC-1.0 with SHA-256 or SHA-384 (section 4.4.3), bounded.
//!
//! Datasets are sets: a quad that occurs twice counts once. The lines that are hashed for one blank
//! node are not: different quads may give equal lines, and each is hashed.

use std::ops::Range;

use rustc_hash::FxHashMap;
use sha2::{Digest, Sha256, Sha384};

use super::dataset::{Dataset, Quad, Term};
use super::error::Fault;
use super::n_degree::{NDegree, TemporaryIssuer};
use super::set::Canonical;

/// Bytes that a canonical document may have.
const MAX_OUTPUT: usize = 32 << 20;

/// Marks a blank node without canonical identifier.
pub(super) const UNLABELLED: u32 = u32::MAX;

/// A SHA-256 digest.
pub(super) type Hash = [u8; 32];

/// The hash algorithm of a canonicalization (section 4.3). It tells blank nodes apart; which one
/// is used shows in the canonical form only where they would otherwise be numbered differently.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum HashAlgorithm {
    /// SHA-256, the standard's own choice.
    #[default]
    Sha256,
    /// SHA-384, which `ecdsa-rdfc-2019` uses with keys of P-384.
    Sha384,
}

/// One of the two hash functions.
pub(super) trait HashFunction {
    type Output: Copy + Ord + AsRef<[u8]>;
    /// A digest of nothing, to fill a table with.
    const BLANK: Self::Output;

    fn hash<'a>(parts: impl Iterator<Item = &'a [u8]>) -> Self::Output;
}

impl HashFunction for Sha256 {
    type Output = [u8; 32];
    const BLANK: [u8; 32] = [0; 32];

    fn hash<'a>(parts: impl Iterator<Item = &'a [u8]>) -> [u8; 32] {
        let mut hasher = Self::new();
        parts.for_each(|part| hasher.update(part));
        hasher.finalize().into()
    }
}

impl HashFunction for Sha384 {
    type Output = [u8; 48];
    const BLANK: [u8; 48] = [0; 48];

    fn hash<'a>(parts: impl Iterator<Item = &'a [u8]>) -> [u8; 48] {
        let mut hasher = Self::new();
        parts.for_each(|part| hasher.update(part));
        hasher.finalize().into()
    }
}

/// The canonical form of a dataset.
pub(super) fn canonicalize(dataset: Dataset, hash: HashAlgorithm) -> Result<Canonical, Fault> {
    canonicalize_with_labels(dataset, hash).map(|(canonical, _)| canonical)
}

/// The canonical form of a dataset, and the canonical number of each of its blank nodes.
pub(super) fn canonicalize_with_labels(
    mut dataset: Dataset,
    hash: HashAlgorithm,
) -> Result<(Canonical, Vec<u32>), Fault> {
    let (labels, bytes) = labels(&mut dataset, hash)?;
    let lines = lines(&dataset, bytes, |blank, out| {
        out.push_str("c14n");
        out.push_str(itoa::Buffer::new().format(labels[blank as usize]));
    });
    let mut nquads = String::with_capacity(lines.text.len());
    for line in lines.sorted() {
        nquads.push_str(line);
    }
    Ok((Canonical { nquads, quads: lines.spans.len() }, labels))
}

/// The lines of the canonical form with other labels for its blank nodes, sorted with these;
/// nothing when there are not as many blank nodes as labels.
pub(super) fn relabelled(
    mut dataset: Dataset,
    hash: HashAlgorithm,
    names: &[String],
) -> Result<Option<Vec<String>>, Fault> {
    let (labels, bytes) = labels(&mut dataset, hash)?;
    if labels.iter().filter(|label| **label != UNLABELLED).count() != names.len() {
        return Ok(None);
    }
    let lines = lines(&dataset, bytes, |blank, out| {
        // As many labels as blank nodes, which are numbered from 0.
        out.push_str(names.get(labels[blank as usize] as usize).map_or("", String::as_str));
    });
    Ok(Some(lines.sorted().map(str::to_owned).collect()))
}

/// The canonical number of each blank node, and about how many bytes the lines take.
fn labels(dataset: &mut Dataset, hash: HashAlgorithm) -> Result<(Vec<u32>, usize), Fault> {
    let label = match hash {
        HashAlgorithm::Sha256 => label::<Sha256>,
        HashAlgorithm::Sha384 => label::<Sha384>,
    };
    let length = |term: Term| dataset.text(term).len() + 12;
    let bytes: usize = dataset
        .quads
        .iter()
        .map(|q| length(q.subject) + length(q.predicate) + length(q.object) + length(q.graph))
        .sum();
    if bytes > MAX_OUTPUT {
        return Err(Fault::Limit("text"));
    }
    let labels = match label(dataset)? {
        Labelled::Done(labels) => labels,
        Labelled::Duplicates => {
            drop_duplicates(dataset);
            match label(dataset)? {
                Labelled::Done(labels) => labels,
                Labelled::Duplicates => return Err(Fault::Processing("duplicate quads")),
            }
        }
    };
    Ok((labels, bytes))
}

/// The canonical identifiers, as numbers by blank node.
enum Labelled {
    Done(Vec<u32>),
    /// A quad with a blank node occurs twice.
    Duplicates,
}

/// Steps 2 to 5: canonical identifiers for all blank nodes.
fn label<H: HashFunction>(dataset: &Dataset) -> Result<Labelled, Fault> {
    let count = dataset.blanks();
    if count == 0 {
        return Ok(Labelled::Done(Vec::new()));
    }
    // 2.
    let mentions = Mentions::of(dataset);
    // 3.
    let mut lines = Lines::default();
    let mut hashes = Vec::with_capacity(count);
    for blank in 0..count {
        let number = blank as u32;
        if mentions.of_blank(number).is_empty() {
            continue;
        }
        match lines.first_degree::<H>(dataset, &mentions, number) {
            Some(hash) => hashes.push((hash, number)),
            None => return Ok(Labelled::Duplicates),
        }
    }
    assign::<H>(dataset, &mentions, hashes).map(Labelled::Done)
}

/// Steps 4 and 5: canonical numbers, given the first-degree hash of each blank node.
pub(super) fn assign<H: HashFunction>(
    dataset: &Dataset,
    mentions: &Mentions,
    mut hashes: Vec<(H::Output, u32)>,
) -> Result<Vec<u32>, Fault> {
    let mut labels = vec![UNLABELLED; dataset.blanks()];
    // 4.
    hashes.sort_unstable();
    let mut issued = 0;
    let mut tied = Vec::new();
    for group in hashes.chunk_by(|a, b| a.0 == b.0) {
        if let [(_, blank)] = group {
            labels[*blank as usize] = issued;
            issued += 1;
        } else {
            tied.push(group);
        }
    }
    if tied.is_empty() {
        return Ok(labels);
    }
    // 5.
    let mut first_degree = vec![H::BLANK; dataset.blanks()];
    for (hash, blank) in &hashes {
        first_degree[*blank as usize] = *hash;
    }
    let mut n_degree = NDegree::<H>::new(dataset, mentions, &first_degree, labels);
    for group in tied {
        let mut results = Vec::new();
        for (_, blank) in group {
            if n_degree.label(*blank) != UNLABELLED {
                continue;
            }
            let mut issuer = TemporaryIssuer::default();
            issuer.issue(*blank);
            results.push(n_degree.hash(*blank, issuer)?);
        }
        // 5.3.
        results.sort_by_key(|result| result.0);
        for (_, issuer) in results {
            for blank in issuer.issued() {
                if n_degree.label(*blank) == UNLABELLED {
                    n_degree.set_label(*blank, issued);
                    issued += 1;
                }
            }
        }
    }
    Ok(n_degree.into_labels())
}

/// Which quads mention a blank node.
#[derive(Debug)]
pub(super) struct Mentions {
    starts: Vec<u32>,
    quads: Vec<u32>,
}

impl Mentions {
    pub(super) fn of(dataset: &Dataset) -> Self {
        let mut starts = vec![0_u32; dataset.blanks() + 1];
        for quad in &dataset.quads {
            each_blank(quad, |blank| starts[blank as usize + 1] += 1);
        }
        for index in 1..starts.len() {
            starts[index] += starts[index - 1];
        }
        let mut next = starts.clone();
        let mut quads = vec![0; starts[starts.len() - 1] as usize];
        for (index, quad) in dataset.quads.iter().enumerate() {
            each_blank(quad, |blank| {
                let slot = &mut next[blank as usize];
                quads[*slot as usize] = index as u32;
                *slot += 1;
            });
        }
        Self { starts, quads }
    }

    /// The quads that mention a blank node, each once.
    pub(super) fn of_blank(&self, blank: u32) -> &[u32] {
        let blank = blank as usize;
        &self.quads[self.starts[blank] as usize..self.starts[blank + 1] as usize]
    }
}

/// Calls for each blank node of a quad once.
fn each_blank(quad: &Quad, mut call: impl FnMut(u32)) {
    if let Term::Blank(blank) = quad.subject {
        call(blank);
    }
    if let Term::Blank(blank) = quad.object
        && quad.object != quad.subject
    {
        call(blank);
    }
    if let Term::Blank(blank) = quad.graph
        && quad.graph != quad.subject
        && quad.graph != quad.object
    {
        call(blank);
    }
}

/// Lines of N-Quads in one buffer.
#[derive(Default)]
pub(super) struct Lines {
    text: String,
    /// Start, end, quad.
    spans: Vec<(usize, usize, u32)>,
}

impl Lines {
    /// Hash First Degree Quads (section 4.6.3); nothing when a quad occurs twice.
    pub(super) fn first_degree<H: HashFunction>(
        &mut self,
        dataset: &Dataset,
        mentions: &Mentions,
        blank: u32,
    ) -> Option<H::Output> {
        self.text.clear();
        self.spans.clear();
        for index in mentions.of_blank(blank) {
            let start = self.text.len();
            let quad = &dataset.quads[*index as usize];
            write_line(dataset, quad, &mut self.text, |other, out| {
                out.push_str(if other == blank { "_:a" } else { "_:z" });
            });
            self.spans.push((start, self.text.len(), *index));
        }
        let bytes = self.text.as_bytes();
        let line = |span: &(usize, usize, u32)| &bytes[span.0..span.1];
        self.spans.sort_unstable_by(|a, b| line(a).cmp(line(b)));
        for group in self.spans.chunk_by(|a, b| line(a) == line(b)) {
            // Equal lines of quads with equal blank nodes are one quad written twice.
            if group.len() > 1 {
                let mut blanks: Vec<[Option<u32>; 3]> =
                    group.iter().map(|span| blanks_of(&dataset.quads[span.2 as usize])).collect();
                blanks.sort_unstable();
                if blanks.windows(2).any(|pair| pair[0] == pair[1]) {
                    return None;
                }
            }
        }
        Some(H::hash(self.spans.iter().map(line)))
    }
}

/// The blank nodes of a quad, by position.
fn blanks_of(quad: &Quad) -> [Option<u32>; 3] {
    quad.components().map(|(term, _)| match term {
        Term::Blank(blank) => Some(blank),
        Term::Text { .. } | Term::DefaultGraph => None,
    })
}

/// Leaves of equal quads only the first.
pub(super) fn drop_duplicates(dataset: &mut Dataset) {
    let mut seen = FxHashMap::default();
    let mut keep = Vec::with_capacity(dataset.quads.len());
    for quad in &dataset.quads {
        let mut line = String::new();
        write_line(dataset, quad, &mut line, |blank, out| {
            out.push_str("_:");
            out.push_str(itoa::Buffer::new().format(blank));
        });
        keep.push(seen.insert(line, ()).is_none());
    }
    let mut keep = keep.into_iter();
    dataset.quads.retain(|_| keep.next().unwrap_or(true));
}

/// One line of N-Quads, canonical but for the names of blank nodes.
fn write_line(
    dataset: &Dataset,
    quad: &Quad,
    out: &mut String,
    mut name: impl FnMut(u32, &mut String),
) {
    for term in [quad.subject, quad.predicate, quad.object, quad.graph] {
        match term {
            Term::DefaultGraph => continue,
            Term::Blank(blank) => name(blank, out),
            text @ Term::Text { .. } => out.push_str(dataset.text(text)),
        }
        out.push(' ');
    }
    out.push_str(".\n");
}

/// Lines of N-Quads, sorted by code point, each once.
struct SortedLines {
    text: String,
    spans: Vec<Range<usize>>,
}

impl SortedLines {
    fn sorted(&self) -> impl Iterator<Item = &str> {
        self.spans.iter().map(|span| &self.text[span.clone()])
    }
}

/// Step 7: the lines of the canonical N-Quads document, with a name for each blank node.
fn lines(dataset: &Dataset, bytes: usize, mut name: impl FnMut(u32, &mut String)) -> SortedLines {
    let mut text = String::with_capacity(bytes);
    let mut spans = Vec::with_capacity(dataset.quads.len());
    for quad in &dataset.quads {
        let start = text.len();
        write_line(dataset, quad, &mut text, |blank, out| {
            out.push_str("_:");
            name(blank, out);
        });
        spans.push(start..text.len());
    }
    // UTF-8 sorts as its code points do.
    spans.sort_unstable_by(|a, b| text[a.clone()].cmp(&text[b.clone()]));
    spans.dedup_by(|a, b| text[a.clone()] == text[b.clone()]);
    SortedLines { text, spans }
}

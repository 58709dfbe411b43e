//! What the register of a closed institution tells of a certificate: its fingerprint and its state,
//! and nothing of its holder. A line of JSON each, ordered by identifier, so that one is found in a
//! file of any length without reading the rest.

use super::{InstitutionError, malformed};
use crate::model::{
    CertificateKind, CredentialId, CredentialState, Date, DefinitionRef, Timestamp,
};
use crate::store::IssuedRecord;
use serde::{Deserialize, Serialize};
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};

/// The longest line.
const LONGEST: usize = 4096;

/// One certificate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct RegisterRow {
    /// Last segment of its address.
    pub id: CredentialId,
    /// SHA-256 of the signed bytes, hex.
    pub sha256: String,
    /// What it is.
    pub kind: CertificateKind,
    /// The definition version it was issued under.
    pub definition: DefinitionRef,
    /// When it was recorded.
    pub issued_at: Timestamp,
    /// When it was decided.
    pub decided_on: Date,
    /// Only if an end date was set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Timestamp>,
    /// Thumbprint of the key that signed it.
    pub key: String,
    /// Its last state.
    pub state: CredentialState,
    /// Since when.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state_since: Option<Timestamp>,
    /// The successor that corrects it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<CredentialId>,
    /// When its document was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub erased: Option<Timestamp>,
    /// SHA-256 of each token that was made of it, hex.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tokens: Vec<String>,
}

impl RegisterRow {
    /// What the record says, with the digests of its tokens. The certificate number stays behind.
    pub(super) fn of(record: &IssuedRecord, tokens: Vec<String>) -> Self {
        Self {
            id: record.id,
            sha256: record.sha256.clone(),
            kind: record.kind,
            definition: record.definition.clone(),
            issued_at: record.issued_at,
            decided_on: record.decision_date,
            valid_until: record.valid_until,
            key: record.key.clone(),
            state: record.state,
            state_since: record.state_since,
            replaced_by: record.replaced_by,
            erased: record.erased,
            tokens,
        }
    }

    fn parse(line: &[u8]) -> Result<Self, InstitutionError> {
        serde_json::from_slice(line)
            .map_err(|error| malformed(format!("a line of the register: {error}")))
    }
}

/// Reads a register from beginning to end: every line is one, and they are in order. Says how many.
pub fn check_register(source: &mut dyn Read) -> Result<u64, InstitutionError> {
    let mut lines = BufReader::new(source);
    let mut last: Option<CredentialId> = None;
    let mut count = 0;
    while let Some(line) = next_line(&mut lines)? {
        let row = RegisterRow::parse(&line)?;
        if last.is_some_and(|last| last >= row.id) {
            return Err(malformed("the lines of the register are not in order"));
        }
        last = Some(row.id);
        count += 1;
    }
    Ok(count)
}

/// The row of this certificate in the part of a file that a register takes. Halves until it has it.
pub fn find_row<F: Read + Seek>(
    file: &mut F,
    (begin, length): (u64, u64),
    id: CredentialId,
) -> Result<Option<RegisterRow>, InstitutionError> {
    // Lines that begin in `low..high` are in question; `low` is always the beginning of one.
    let (mut low, mut high) = (0, length);
    while low < high {
        let middle = low + (high - low) / 2;
        let at = if middle == low {
            low
        } else {
            // Behind the line in which the byte before it stands.
            middle - 1 + skip(file, begin + middle - 1, length - (middle - 1))?
        };
        if at >= high {
            high = middle;
            continue;
        }
        file.seek(SeekFrom::Start(begin + at))?;
        let mut lines = BufReader::with_capacity(LONGEST, file.by_ref().take(length - at));
        let Some(line) = next_line(&mut lines)? else { return Ok(None) };
        let row = RegisterRow::parse(&line)?;
        match row.id.cmp(&id) {
            std::cmp::Ordering::Equal => return Ok(Some(row)),
            std::cmp::Ordering::Less => low = at + line.len() as u64 + 1,
            std::cmp::Ordering::Greater => high = middle.max(low),
        }
        if high == low {
            break;
        }
    }
    Ok(None)
}

/// How far it is from here to the beginning of the next line.
fn skip<F: Read + Seek>(file: &mut F, from: u64, most: u64) -> Result<u64, InstitutionError> {
    file.seek(SeekFrom::Start(from))?;
    let mut lines = BufReader::with_capacity(LONGEST, file.by_ref().take(most));
    Ok(next_line(&mut lines)?.map_or(most, |line| line.len() as u64 + 1))
}

/// A line without its end; `None` behind the last one.
fn next_line(lines: &mut impl BufRead) -> Result<Option<Vec<u8>>, InstitutionError> {
    let mut line = Vec::new();
    let read = lines.by_ref().take(LONGEST as u64 + 1).read_until(b'\n', &mut line)?;
    if read == 0 {
        return Ok(None);
    }
    if line.pop() != Some(b'\n') {
        return Err(malformed("a line of the register does not end"));
    }
    Ok(Some(line))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn id(number: u128) -> CredentialId {
        CredentialId::new(uuid::Uuid::from_u128(number))
    }

    fn row(number: u128) -> RegisterRow {
        RegisterRow {
            id: id(number),
            sha256: "0".repeat(usize::try_from(number % 64).expect("small")),
            kind: CertificateKind::Microcredential,
            definition: "a/b/1".parse().expect("a name"),
            issued_at: Timestamp::EPOCH,
            decided_on: Timestamp::EPOCH.date(),
            valid_until: None,
            key: "k".to_owned(),
            state: CredentialState::Valid,
            state_since: None,
            replaced_by: None,
            erased: None,
            tokens: Vec::new(),
        }
    }

    fn register(numbers: impl Iterator<Item = u128>) -> Vec<u8> {
        let lines = numbers.map(|number| serde_json::to_string(&row(number)).expect("JSON") + "\n");
        lines.collect::<String>().into_bytes()
    }

    #[test]
    fn every_row_is_found_and_no_other() {
        for count in [0_u128, 1, 2, 3, 10, 257] {
            let bytes = register((0..count).map(|number| 2 * number + 1));
            assert_eq!(check_register(&mut bytes.as_slice()).expect("in order"), count as u64);
            let part = [b"before", &bytes[..], b"behind"].concat();
            let length = bytes.len() as u64;
            for number in 0..=2 * count + 1 {
                let found =
                    find_row(&mut Cursor::new(&part), (6, length), id(number)).expect("read");
                let expected = (number % 2 == 1 && number < 2 * count).then(|| row(number));
                assert_eq!(found, expected, "{number} of {count}");
            }
        }
    }

    #[test]
    fn rows_out_of_order_twice_or_with_more_members_are_refused() {
        for numbers in [[2, 1], [1, 1]] {
            assert!(check_register(&mut register(numbers.into_iter()).as_slice()).is_err());
        }
        let mut line = serde_json::to_value(row(1)).expect("JSON");
        line["holder"] = "x".into();
        assert!(check_register(&mut format!("{line}\n").as_bytes()).is_err());
        assert!(
            check_register(&mut register([1].into_iter()).split_last().expect("bytes").1).is_err()
        );
        assert!(check_register(&mut vec![b'{'; 10_000].as_slice()).is_err());
    }
}

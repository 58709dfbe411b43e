//! The file around the members of a bundle: a tar archive (POSIX.1-1988, ustar) in one spelling
//! only, so that every byte of it is either in a member or the only one that may stand there.
//!
//! Regular files alone, in the order given, one moment for all of them. Members are written and
//! read as streams.

use super::{InstitutionError, malformed};
use sha2::{Digest, Sha256};
use std::io::{Read, Seek, SeekFrom, Write};

const BLOCK: usize = 512;
/// The longest member: eleven octal digits.
const LONGEST: u64 = (1 << 33) - 1;
/// More members than this are refused.
const MOST_MEMBERS: usize = 100_000;

/// A member as it lies in the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) path: String,
    /// Where its bytes begin.
    pub(super) offset: u64,
    pub(super) length: u64,
    pub(super) sha256: String,
}

/// Writes members one after the other.
pub(super) struct Archive<W> {
    out: W,
    moment: i64,
    at: u64,
    entries: Vec<Entry>,
}

/// Counts and hashes what goes into a member.
pub(super) struct MemberWriter<'a, W> {
    out: &'a mut W,
    hash: Sha256,
    length: u64,
}

impl<W: Write> Write for MemberWriter<'_, W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let written = self.out.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.length += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.out.flush()
    }
}

impl<W: Write + Seek> Archive<W> {
    pub(super) fn new(out: W, moment: i64) -> Self {
        Self { out, moment, at: 0, entries: Vec::new() }
    }

    /// What was written so far.
    pub(super) fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Adds a member of these bytes.
    pub(super) fn add(&mut self, path: &str, bytes: &[u8]) -> Result<(), InstitutionError> {
        self.stream(path, |out| Ok(out.write_all(bytes)?))
    }

    /// Adds a member whose length is known when it was written.
    pub(super) fn stream(
        &mut self,
        path: &str,
        write: impl FnOnce(&mut MemberWriter<'_, W>) -> Result<(), InstitutionError>,
    ) -> Result<(), InstitutionError> {
        let unnameable = || malformed(format!("the name {path} is too long or not plain"));
        self.out.write_all(&header(path, 0, self.moment).ok_or_else(unnameable)?)?;
        let mut member = MemberWriter { out: &mut self.out, hash: Sha256::new(), length: 0 };
        write(&mut member)?;
        let (length, sha256) = (member.length, super::hex(&member.hash.finalize()));
        let header = header(path, length, self.moment).ok_or_else(unnameable)?;
        self.out.write_all(&[0; BLOCK][..padding(length)])?;
        let offset = self.at + BLOCK as u64;
        let end = offset + length + padding(length) as u64;
        self.out.seek(SeekFrom::Start(self.at))?;
        self.out.write_all(&header)?;
        self.out.seek(SeekFrom::Start(end))?;
        self.at = end;
        self.entries.push(Entry { path: path.to_owned(), offset, length, sha256 });
        Ok(())
    }

    /// Ends the archive.
    pub(super) fn finish(mut self) -> Result<W, InstitutionError> {
        self.out.write_all(&[0; 2 * BLOCK])?;
        self.out.flush()?;
        Ok(self.out)
    }
}

fn padding(length: u64) -> usize {
    let over = usize::try_from(length % BLOCK as u64).unwrap_or(0);
    (BLOCK - over) % BLOCK
}

/// The header of a member; `None` when it has no spelling.
fn header(path: &str, length: u64, moment: i64) -> Option<[u8; BLOCK]> {
    if !is_plain(path) || length > LONGEST || !(0..=LONGEST.cast_signed()).contains(&moment) {
        return None;
    }
    let (prefix, name) = if path.len() <= 100 { ("", path) } else { split(path)? };
    let mut block = [0; BLOCK];
    let mut put = |at: usize, text: &str| {
        block[at..at + text.len()].copy_from_slice(text.as_bytes());
    };
    put(0, name);
    put(100, "0000644");
    put(108, "0000000");
    put(116, "0000000");
    put(124, &format!("{length:011o}"));
    put(136, &format!("{moment:011o}"));
    put(148, "        ");
    put(156, "0");
    put(257, "ustar");
    put(263, "00");
    put(345, prefix);
    let sum: u32 = block.iter().map(|byte| u32::from(*byte)).sum();
    let sum = format!("{sum:06o}\0 ");
    block[148..156].copy_from_slice(sum.as_bytes());
    Some(block)
}

/// The first place at which both halves fit.
fn split(path: &str) -> Option<(&str, &str)> {
    let halves = path.match_indices('/').map(|(at, _)| (&path[..at], &path[at + 1..]));
    halves.into_iter().find(|(prefix, name)| prefix.len() <= 155 && name.len() <= 100)
}

/// Whether a name stays in the folder that it is unpacked into.
fn is_plain(path: &str) -> bool {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-');
    !path.is_empty()
        && path.split('/').all(|segment| {
            !segment.is_empty() && !segment.starts_with('.') && segment.bytes().all(plain)
        })
}

/// An archive that was read: its members, its moment, its length and SHA-256.
pub(super) struct Contents {
    pub(super) entries: Vec<Entry>,
    pub(super) moment: i64,
    pub(super) length: u64,
    pub(super) sha256: String,
}

/// Reads an archive from its beginning to its end, with the digest of each member.
pub(super) fn read(source: &mut dyn Read) -> Result<Contents, InstitutionError> {
    let mut whole = Sha256::new();
    let mut entries: Vec<Entry> = Vec::new();
    let mut moment = None;
    let mut at = 0_u64;
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let mut block = [0; BLOCK];
        fill(source, &mut block)?;
        whole.update(block);
        at += BLOCK as u64;
        if block == [0; BLOCK] {
            break;
        }
        let (path, length, stated) = fields(&block)?;
        if header(&path, length, stated) != Some(block) || *moment.get_or_insert(stated) != stated {
            return Err(malformed("a member has a header that is not written so"));
        }
        if entries.len() >= MOST_MEMBERS {
            return Err(malformed(format!("it has more than {MOST_MEMBERS} members")));
        }
        let offset = at;
        let mut hash = Sha256::new();
        let mut left = length;
        while left > 0 {
            let piece = usize::try_from(left).map_or(buffer.len(), |left| left.min(buffer.len()));
            let piece = &mut buffer[..piece];
            fill(source, piece)?;
            whole.update(&*piece);
            hash.update(&*piece);
            left -= piece.len() as u64;
        }
        let mut rest = [0; BLOCK];
        let rest = &mut rest[..padding(length)];
        fill(source, rest)?;
        whole.update(&*rest);
        if rest.iter().any(|byte| *byte != 0) {
            return Err(malformed("something stands between two members"));
        }
        at = offset + length + rest.len() as u64;
        entries.push(Entry { path, offset, length, sha256: super::hex(&hash.finalize()) });
    }
    let mut last = [0; BLOCK];
    fill(source, &mut last)?;
    whole.update(last);
    at += BLOCK as u64;
    if last != [0; BLOCK] || source.read(&mut [0; 1])? != 0 {
        return Err(malformed("something stands behind its end"));
    }
    let moment = moment.ok_or_else(|| malformed("it is empty"))?;
    Ok(Contents { entries, moment, length: at, sha256: super::hex(&whole.finalize()) })
}

fn fill(source: &mut dyn Read, buffer: &mut [u8]) -> Result<(), InstitutionError> {
    source.read_exact(buffer).map_err(|error| match error.kind() {
        std::io::ErrorKind::UnexpectedEof => malformed("it ends too early"),
        _ => InstitutionError::Io(error),
    })
}

/// Path, length and moment of a header, as far as they can be read.
fn fields(block: &[u8; BLOCK]) -> Result<(String, u64, i64), InstitutionError> {
    let text = |from: usize, to: usize| {
        let field = &block[from..to];
        let end = field.iter().position(|byte| *byte == 0).unwrap_or(field.len());
        std::str::from_utf8(&field[..end]).map_err(|_| malformed("a name is no text"))
    };
    let number = |from: usize| {
        i64::from_str_radix(text(from, from + 12)?, 8).map_err(|_| malformed("a number is none"))
    };
    let (name, prefix) = (text(0, 100)?, text(345, 500)?);
    let path = if prefix.is_empty() { name.to_owned() } else { format!("{prefix}/{name}") };
    let length = u64::try_from(number(124)?).map_err(|_| malformed("a length is none"))?;
    Ok((path, length, number(136)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn archive() -> Vec<u8> {
        let mut archive = Archive::new(Cursor::new(Vec::new()), 1_700_000_000);
        archive.add("a.json", b"{}").expect("written");
        let long = format!("public/{}/{}/x.json", "a".repeat(60), "b".repeat(63));
        archive.add(&long, &[7; 1024]).expect("written");
        assert!(archive.add("../a", b"").is_err());
        assert!(archive.add("/a", b"").is_err());
        assert!(archive.add("a//b", b"").is_err());
        archive.finish().expect("written").into_inner()
    }

    #[test]
    fn what_was_written_is_read_and_every_other_byte_is_refused_or_told() {
        let bytes = archive();
        let contents = read(&mut bytes.as_slice()).expect("read");
        assert_eq!(contents.entries.len(), 2);
        assert_eq!(contents.entries[1].length, 1024);
        assert_eq!(contents.length, bytes.len() as u64);
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            if let Ok(read) = read(&mut changed.as_slice()) {
                assert_ne!(read.entries, contents.entries, "byte {at}");
            }
        }
        assert!(read(&mut &bytes[..bytes.len() - 1]).is_err());
        let longer = [&bytes[..], b"x"].concat();
        assert!(read(&mut longer.as_slice()).is_err());
    }

    #[test]
    fn other_archives_are_refused() {
        assert!(read(&mut [0_u8; 1024].as_slice()).is_err());
        assert!(read(&mut [b'x'; 1024].as_slice()).is_err());
        assert!(read(&mut [].as_slice()).is_err());
    }
}

//! Files that hold secrets: what unlocks the vault, and the installation's own secrets. Each is
//! made once, mode 0600, and refused when others can read it. The keys themselves are the vault's.

use super::AppError;
use crate::config::{Config, Unlocking};
use crate::ids::IdGenerator;
use crate::keys::{KeyError, SecretString, Unlock};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

/// What unlocks the vault, as the configuration says.
pub(super) fn unlock(config: &Config) -> Result<Unlock, AppError> {
    match config.keys.unlocking()? {
        Unlocking::KeyFile(path) => Ok(Unlock::KeyFile(path.to_owned())),
        Unlocking::PassphraseFile(path) => {
            let text = read_private(path)?;
            Ok(Unlock::Passphrase(SecretString::new(
                text.trim_end_matches(['\r', '\n']).to_owned(),
            )))
        }
    }
}

/// Reads a text that only its owner can read.
pub(super) fn read_private(path: &Path) -> Result<String, AppError> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(path).map_err(|error| AppError::file(path, &error))?;
        let mode = mode.permissions().mode() & 0o7777;
        if mode & 0o077 != 0 {
            return Err(KeyError::Permissions { path: path.to_owned(), mode }.into());
        }
    }
    fs::read_to_string(path).map_err(|error| AppError::file(path, &error))
}

/// Writes a text that only its owner can read; what is there is never overwritten.
pub(super) fn write_private(path: &Path, text: &str) -> Result<(), AppError> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => AppError::Present { path: path.to_owned() },
        _ => AppError::file(path, &error),
    })?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(|error| AppError::file(path, &error))
}

/// Makes a folder that only its owner can enter, unless it is there.
pub(super) fn make_folder(path: &Path) -> Result<(), AppError> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| AppError::file(path, &error))
}

/// 256 random bits as 64 hexadecimal digits and a line end.
pub(super) fn draw_secret(ids: &dyn IdGenerator) -> String {
    format!("{}{}\n", ids.salt(), ids.salt())
}

/// The secret under which holders are hashed. Made with the first certificate's installation; when
/// it is gone later, the register could no longer tell who is the same, so it is not made anew.
pub(super) fn holder_secret(
    keys: &Path,
    ids: &dyn IdGenerator,
    fresh: bool,
) -> Result<[u8; 32], AppError> {
    let path = keys.join("holder.secret");
    if fresh && !path.exists() {
        write_private(&path, &draw_secret(ids))?;
    }
    unhex(read_private(&path)?.trim_end()).ok_or(AppError::File {
        path,
        cause: "does not hold 64 hexadecimal digits; restore it from its backup".to_owned(),
    })
}

/// 32 bytes of 64 hexadecimal digits.
pub(super) fn unhex(text: &str) -> Option<[u8; 32]> {
    let bytes = text.as_bytes();
    let mut out = [0; 32];
    if bytes.len() != 64 || !bytes.iter().all(u8::is_ascii_hexdigit) {
        return None;
    }
    for (byte, pair) in out.iter_mut().zip(bytes.chunks_exact(2)) {
        *byte = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(out)
}

/// Writes the configuration of a new installation and what unlocks its keys. Gives the paths of
/// what was made.
pub fn prepare(config: &Path, text: &str, ids: &dyn IdGenerator) -> Result<Vec<PathBuf>, AppError> {
    let folder = config.parent().unwrap_or(Path::new(""));
    if !folder.as_os_str().is_empty() {
        make_folder(folder)?;
    }
    let unlock = folder.join("unlock.key");
    if config.exists() {
        return Err(AppError::Present { path: config.to_owned() });
    }
    write_private(&unlock, &draw_secret(ids))?;
    fs::write(config, text).map_err(|error| AppError::file(config, &error))?;
    Ok(vec![config.to_owned(), unlock])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::SystemIds;

    #[test]
    fn a_secret_is_made_once_and_read_only_by_its_owner() {
        let folder = tempfile::tempdir().expect("a folder");
        let first = holder_secret(folder.path(), &SystemIds, true).expect("made");
        assert_eq!(holder_secret(folder.path(), &SystemIds, true).expect("kept"), first);
        let path = folder.path().join("holder.secret");
        assert!(write_private(&path, "other").is_err(), "never overwritten");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("changed");
            assert!(matches!(
                holder_secret(folder.path(), &SystemIds, true),
                Err(AppError::Keys(KeyError::Permissions { .. }))
            ));
        }
        fs::remove_file(&path).expect("gone");
        assert!(holder_secret(folder.path(), &SystemIds, false).is_err(), "not made anew");
    }
}

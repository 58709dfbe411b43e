//! What a configuration file may say and what is refused. Reads texts only, never a file of the
//! installation but the example.

use super::*;

const EXAMPLE: &str = include_str!("../../../deploy/config.example.toml");

fn parse(text: &str) -> Result<Config, ConfigError> {
    let config = Config::parse(text, Path::new("bewijs.toml"))?;
    config.check()?;
    Ok(config)
}

#[test]
fn the_example_says_the_defaults() {
    let example = parse(EXAMPLE).expect("the example is a configuration");
    let url = "https://badges.example.org".parse().expect("a URL");
    assert_eq!(example, Config::new(url));
}

#[test]
fn the_example_explains_every_key() {
    let mut every = Config::new("https://badges.example.org".parse().expect("a URL"));
    every.vocabulary_base = Some(String::new());
    every.vks_level_uri = Some(String::new());
    every.keys.passphrase_file = Some(PathBuf::new());
    every.recognition.file = Some(PathBuf::new());
    every.mail.host = Some(String::new());
    every.mail.port = Some(587);
    every.mail.user = Some(String::new());
    every.mail.password_file = Some(PathBuf::new());
    every.mail.ca_file = Some(PathBuf::new());
    every.mail.from_address = Some(String::new());
    every.mail.from_name = Some(String::new());
    every.pages = Pages {
        operator: Some(String::new()),
        contact_email: Some(String::new()),
        contact_url: Some(String::new()),
        privacy_url: Some(String::new()),
        accessibility_nl: Some(String::new()),
        accessibility_fr: Some(String::new()),
        accessibility_en: Some(String::new()),
    };
    let written = toml::Value::try_from(&every).expect("a configuration is TOML");
    let mut keys = Vec::new();
    for (key, value) in written.as_table().expect("a table") {
        match value.as_table() {
            None => keys.push(key.clone()),
            Some(table) => {
                assert!(EXAMPLE.contains(&format!("\n[{key}]\n")), "[{key}]");
                keys.extend(table.keys().cloned());
            }
        }
    }
    assert!(keys.len() > 25, "{keys:?}");
    for key in keys {
        let stands = EXAMPLE
            .lines()
            .enumerate()
            .find(|(_, line)| line.trim_start_matches("# ").starts_with(&format!("{key} =")));
        let (at, _) = stands.unwrap_or_else(|| panic!("{key} is not in the example"));
        let above = EXAMPLE.lines().nth(at - 1).expect("a line above");
        assert!(above.starts_with("# "), "{key} has no comment above it");
    }
}

#[test]
fn an_unknown_key_is_an_error_that_names_it() {
    let url = "public_url = \"https://badges.example.org\"\n";
    for (text, key, line) in [
        ("publicUrl = 1\n", "publicUrl", 2),
        ("\n[keys]\npassphrase = \"geheim\"\n", "passphrase", 4),
        ("[limits]\nbodybytes = 1\n", "bodybytes", 3),
        ("[smtp]\n", "smtp", 2),
        ("[mail]\npassword = \"geheim\"\n", "password", 3),
    ] {
        match parse(&format!("{url}{text}")) {
            Err(ConfigError::Malformed { detail, line: at, .. }) => {
                assert!(detail.contains(&format!("unknown field `{key}`")), "{detail}");
                assert_eq!(at, line, "{text}");
            }
            other => panic!("{text}: {other:?}"),
        }
    }
}

#[test]
fn values_that_cannot_work_are_refused() {
    let url = "public_url = \"https://badges.example.org\"\n";
    for (text, key) in [
        ("[status_lists]\nentries = 131071\n", "status_lists.entries"),
        ("[status_lists]\nentries = 131073\n", "status_lists.entries"),
        ("[status_lists]\nvalidity_hours = 0\n", "status_lists.validity_hours"),
        ("[status_lists]\nvalidity_hours = 1\nttl_seconds = 1801\n", "status_lists.ttl_seconds"),
        ("[limits]\nbody_bytes = 1\n", "limits.body_bytes"),
        ("[keys]\npassphrase_file = \"p\"\nkey_file = \"k\"\n", "keys"),
        ("vks_level_uri = \"https://example.org/vks\"\n", "vks_level_uri"),
        ("vocabulary_base = \"vocabulary\"\n", "vocabulary_base"),
        ("vocabulary_base = \"https://badges.example.org/begrippen\"\n", "vocabulary_base"),
        ("vocabulary_base = \"http://BADGES.example.org/vocabulary\"\n", "vocabulary_base"),
        ("vks_level_uri = \"https://badges.example.org/vks/{level}\"\n", "vks_level_uri"),
        ("[tokens]\nob3_jwt = \"EdDSA\"\n", "tokens.ob3_jwt"),
    ] {
        match parse(&format!("{url}{text}")) {
            Err(ConfigError::Value { key: at, .. }) => assert_eq!(at, key, "{text}"),
            other => panic!("{text}: {other:?}"),
        }
    }
    for text in [
        "vocabulary_base = \"https://badges.example.org/vocabulary/\"\n",
        "vks_level_uri = \"https://badges.example.org/vocabulary/vks/{level}\"\n",
        "vocabulary_base = \"https://begrippen.example.org/lijst\"\n",
        "vocabulary_base = \"https://badges.example.org:8443/lijst\"\n",
    ] {
        assert!(parse(&format!("{url}{text}")).is_ok(), "{text}");
    }
    for text in ["", "public_url = \"http://badges.example.org\"\n"] {
        assert!(matches!(parse(text), Err(ConfigError::Malformed { .. })), "{text}");
    }
    for algorithm in ["none", "HS256", "es256", "Ed25519"] {
        let text = format!("{url}[tokens]\nvc_jwt = \"{algorithm}\"\n");
        assert!(matches!(parse(&text), Err(ConfigError::Malformed { .. })), "{text}");
    }
    let text = format!("{url}[tokens]\nvc_jwt = \"EdDSA\"\nob3_jwt = \"RS256\"\n");
    let set = parse(&text).expect("a configuration").tokens;
    assert_eq!((set.vc_jwt, set.ob3_jwt), (TokenAlgorithm::EdDsa, TokenAlgorithm::Rs256));
}

#[test]
fn the_environment_says_where_the_secret_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("bewijs.toml");
    std::fs::write(&path, "public_url = \"https://badges.example.org\"\n").expect("written");
    let config = Config::load(&path, &|_| None).expect("a configuration");
    assert_eq!(config.keys.key_file.as_deref(), Some(&*folder.path().join("unlock.key")));
    assert_eq!(config.data_dir, folder.path().join("data"));

    let named = |variable: &str| {
        (variable == VAR_PASSPHRASE_FILE).then(|| "/run/secrets/bewijs".to_owned())
    };
    let config = Config::load(&path, &named).expect("a configuration");
    assert_eq!(
        config.keys.unlocking(),
        Ok(Unlocking::PassphraseFile(Path::new("/run/secrets/bewijs")))
    );
    assert!(Config::load(&path, &|_| Some("both".to_owned())).is_err());
}

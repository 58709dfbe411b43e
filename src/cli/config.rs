//! `config`: reading the configuration, for this command and for all the others.

use super::arguments::Configured;
use super::{Exit, Fault, say};
use crate::config::{Config, ConfigError, Unlocking};
use crate::telemetry;

/// Reads the configuration that the arguments and the environment name.
pub(super) fn load(configured: &Configured) -> Result<Config, Fault> {
    let environment = |variable: &str| std::env::var(variable).ok();
    let config = Config::load(&configured.config, &environment).map_err(refused)?;
    telemetry::filter(&config.log.filter)
        .map_err(|error| Fault::new(error, "write a level such as `info` into log.filter"))?;
    Ok(config)
}

fn refused(error: ConfigError) -> Fault {
    Fault::new(&error, error.remedy())
}

/// `config check`.
pub(super) fn check(configured: &Configured) -> Result<Exit, Fault> {
    let config = load(configured)?;
    say(format_args!("public_url       {}", config.public_url));
    say(format_args!("listen           {}", config.listen));
    say(format_args!("data_dir         {}", config.data_dir.display()));
    say(format_args!("vocabulary_base  {}", config.vocabulary_base()));
    say(format_args!("vks_level_uri    {}", config.vks_level_uri()));
    say(format_args!("keys             {}", config.keys.dir.display()));
    match config.keys.unlocking().map_err(refused)? {
        Unlocking::KeyFile(path) => say(format_args!("unlocked by      {} (key)", path.display())),
        Unlocking::PassphraseFile(path) => {
            say(format_args!("unlocked by      {} (passphrase)", path.display()));
        }
    }
    if let Some(file) = &config.recognition.file {
        let issuers = config.recognition.issuers.len();
        say(format_args!("recognition      {} (issuers: {issuers})", file.display()));
    }
    say("the configuration can be used");
    Ok(Exit::Done)
}

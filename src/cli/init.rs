//! `init`: a new installation in a folder of its own. Never overwrites anything.

use super::arguments::{Configured, InitArguments};
use super::{Exit, Fault, config, refused, say};
use crate::app;
use crate::config::PublicUrl;
use crate::ids::SystemIds;

/// Makes the configuration, what unlocks the keys, the vault and the store.
pub(super) fn init(arguments: &InitArguments) -> Result<Exit, Fault> {
    let public_url: PublicUrl = arguments.public_url.parse().map_err(|error| {
        Fault::usage(
            format_args!("--public-url {}: {error}", arguments.public_url),
            "give the https address without a path, such as https://badges.example.org",
        )
    })?;
    let text = format!(
        "# Every key is explained in deploy/config.example.toml.\n\
         public_url = \"{public_url}\"\n\
         listen = \"127.0.0.1:8080\"\n\
         data_dir = \"data\"\n\
         \n\
         [keys]\n\
         dir = \"keys\"\n\
         key_file = \"unlock.key\"\n"
    );
    let made = app::prepare(&arguments.config, &text, &SystemIds).map_err(refused)?;
    let configured = Configured { config: arguments.config.clone() };
    let house = app::House::open(config::load(&configured)?, app::TestKeys::Refuse);
    let house = house.map_err(refused)?;
    for path in made {
        say(format_args!("made {}", path.display()));
    }
    say(format_args!("made {}", house.config.keys.dir.display()));
    say(format_args!("made {}", house.config.data_dir.display()));
    say("next: `bewijs issuer import FILE`, then `bewijs issuer create ISSUER`");
    say("keep unlock.key and the keys folder apart from each other in backups");
    Ok(Exit::Done)
}

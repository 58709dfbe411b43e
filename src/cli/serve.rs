//! `serve` and `demo`: the two commands that go on until they are told to stop.

use super::arguments::{Configured, DemoArguments};
use super::{Exit, Fault, config, refused, say};
use crate::app::{self, App, House, TestKeys, demo};
use crate::config::{Log, LogFormat};
use crate::telemetry::{self, Format};

/// Runs the service. Marked example keys are refused here, whatever the configuration says.
pub(super) fn serve(configured: &Configured) -> Result<Exit, Fault> {
    let config = config::load(configured)?;
    log(&config.log)?;
    let house = House::open(config, TestKeys::Refuse).map_err(refused)?;
    let listener = app::listen(house.config.listen).map_err(refused)?;
    App::build(house).run(listener, |_| {}).map_err(refused)?;
    Ok(Exit::Done)
}

/// Runs the demonstration.
pub(super) fn demo(arguments: &DemoArguments) -> Result<Exit, Fault> {
    log(&Log { format: LogFormat::Text, filter: "warn".to_owned() })?;
    let prepared = demo::prepare(arguments.listen, arguments.data.as_deref()).map_err(refused)?;
    let json = arguments.json;
    prepared
        .run(|ready| {
            if json {
                say(ready.line());
            } else {
                say(ready.text(&program()));
            }
        })
        .map_err(refused)?;
    Ok(Exit::Done)
}

/// How this command was called, to be pasted.
fn program() -> String {
    std::env::args().next().unwrap_or_else(|| "bewijs".to_owned())
}

fn log(log: &Log) -> Result<(), Fault> {
    let format = match log.format {
        LogFormat::Json => Format::Json,
        LogFormat::Text => Format::Text,
    };
    telemetry::start(format, &log.filter)
        .map_err(|error| Fault::new(error, "write a level such as `info` into log.filter"))
}

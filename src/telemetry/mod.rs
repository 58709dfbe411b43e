//! The log: what goes to stderr, and in which shape.
//!
//! Lines carry no personal data and no secret: whoever logs names a request by its method, the
//! *template* of its route, its outcome and its number, never by its address, body or headers. What
//! a request did to the register stands in the journal, which is the audit; the log is for the
//! operator.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::util::{SubscriberInitExt, TryInitError};

/// How a line is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// One JSON object.
    Json,
    /// One sentence.
    Text,
}

/// Why there is no log.
#[derive(Debug, thiserror::Error)]
pub enum TelemetryError {
    /// (operator) The filter cannot be understood.
    #[error("`{filter}` is no log filter: {cause}")]
    Filter {
        /// As configured.
        filter: String,
        /// What is wrong with it.
        cause: String,
    },
    /// (us) The log was started twice.
    #[error("the log is running already")]
    Running(#[from] TryInitError),
}

/// Reads a filter such as `info` or `warn,bewijs=debug`.
pub fn filter(text: &str) -> Result<EnvFilter, TelemetryError> {
    EnvFilter::builder().parse(text).map_err(|error| TelemetryError::Filter {
        filter: text.to_owned(),
        cause: error.to_string(),
    })
}

/// Starts the log of this process on stderr.
pub fn start(format: Format, filter_text: &str) -> Result<(), TelemetryError> {
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter(filter_text)?)
        .with_writer(std::io::stderr)
        .with_ansi(false);
    match format {
        Format::Json => builder.json().flatten_event(true).finish().try_init()?,
        Format::Text => builder.finish().try_init()?,
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_filter_is_understood_or_refused() {
        assert!(filter("info").is_ok());
        assert!(filter("warn,bewijs=debug").is_ok());
        assert!(filter("bewijs=loud").is_err());
    }
}

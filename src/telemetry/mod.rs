//! The log: what goes to stderr, and in which shape.
//!
//! Lines carry no personal data and no secret: a request is named by its method, the *template* of
//! its route, its outcome and its id, never by its address, body or headers. What a request did to
//! the register stands in the journal, which is the audit; the log is for the operator.

use std::time::Duration;
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

/// One request that was answered. `route` is the template of the route, such as
/// `/credentials/{uuid}`, and never the address that was asked for.
pub fn answered(request_id: &str, method: &str, route: &str, status: u16, took: Duration) {
    let micros = u64::try_from(took.as_micros()).unwrap_or(u64::MAX);
    tracing::info!(target: "bewijs::request", request_id, method, route, status, micros);
}

/// A fault of ours or of the operator behind a 5xx answer; the client saw only the request id.
pub fn failed(request_id: &str, cause: &dyn std::fmt::Display) {
    tracing::error!(target: "bewijs::request", request_id, cause = %cause, "could not answer");
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

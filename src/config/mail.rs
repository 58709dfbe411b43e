//! `[mail]`: the relay and how patient we are with it. Reads no password and opens no connection;
//! whether the relay takes mail, `bewijs doctor` says.

use super::ConfigError;
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use std::path::PathBuf;

/// Mail by way of a relay (RFC 5321, RFC 6409).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Mail {
    /// Whether mail is sent.
    pub enabled: bool,
    /// The relay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub host: Option<String>,
    /// Its port; that of the way of `tls` when it is not set.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub port: Option<u16>,
    /// How the way to it is secured.
    pub tls: MailTls,
    /// Whether mail may leave this machine without TLS.
    pub allow_plain: bool,
    /// Authorities that vouch for the relay, beside the public ones; PEM.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca_file: Option<PathBuf>,
    /// Who we are to the relay.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// File with the password of that user, mode 0600.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub password_file: Option<PathBuf>,
    /// The sender.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_address: Option<String>,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub from_name: Option<String>,
    /// Seconds for each step with the relay.
    pub timeout_seconds: u64,
    /// Connections to the relay at one time.
    pub connections: usize,
    /// Seconds until the first repetition; doubled each time.
    pub first_retry_seconds: u32,
    /// The longest that a repetition waits, in seconds.
    pub longest_retry_seconds: u32,
    /// Hours after which an unsent mail is given up.
    pub give_up_hours: u32,
}

/// How the way to the relay is secured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum MailTls {
    /// The connection is upgraded before anything is said; a relay that cannot is refused.
    StartTls,
    /// TLS from the first byte (RFC 8314).
    Implicit,
    /// Not at all.
    None,
}

impl Default for Mail {
    fn default() -> Self {
        Self {
            enabled: false,
            host: None,
            port: None,
            tls: MailTls::StartTls,
            allow_plain: false,
            ca_file: None,
            user: None,
            password_file: None,
            from_address: None,
            from_name: None,
            timeout_seconds: 30,
            connections: 2,
            first_retry_seconds: 60,
            longest_retry_seconds: 21_600,
            give_up_hours: 72,
        }
    }
}

impl Mail {
    /// The port of the relay.
    pub fn port(&self) -> u16 {
        self.port.unwrap_or(match self.tls {
            MailTls::StartTls => 587,
            MailTls::Implicit => 465,
            MailTls::None => 25,
        })
    }

    /// Whether the relay is this very machine, by its name alone.
    fn is_here(&self) -> bool {
        self.host.as_deref().is_some_and(|host| {
            host == "localhost" || host.parse::<IpAddr>().is_ok_and(|ip| ip.is_loopback())
        })
    }

    /// Refuses what is half said or cannot work.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let fault = |key, detail: &str| Err(ConfigError::Value { key, detail: detail.to_owned() });
        for (key, holds, wanted) in [
            ("mail.timeout_seconds", (1..=600).contains(&self.timeout_seconds), "must be 1-600"),
            ("mail.connections", (1..=16).contains(&self.connections), "must be 1-16"),
            ("mail.first_retry_seconds", self.first_retry_seconds > 0, "must be at least 1"),
            (
                "mail.longest_retry_seconds",
                (self.first_retry_seconds..=604_800).contains(&self.longest_retry_seconds),
                "must be at least first_retry_seconds and at most 604800",
            ),
            ("mail.give_up_hours", (1..=8_760).contains(&self.give_up_hours), "must be 1-8760"),
        ] {
            if !holds {
                return fault(key, wanted);
            }
        }
        match (&self.user, &self.password_file) {
            (Some(_), None) => {
                return fault("mail.password_file", "is missing, although mail.user is there");
            }
            (None, Some(_)) => {
                return fault("mail.user", "is missing, although mail.password_file is there");
            }
            (Some(_), Some(_)) | (None, None) => {}
        }
        if !self.enabled {
            return Ok(());
        }
        if self.host.as_deref().is_none_or(str::is_empty) {
            return fault("mail.host", "is missing, although mail.enabled is true");
        }
        match &self.from_address {
            None => return fault("mail.from_address", "is missing, although mail is enabled"),
            Some(address) if !is_address(address) => {
                return fault("mail.from_address", "is no e-mail address");
            }
            Some(_) => {}
        }
        if self.from_name.as_ref().is_some_and(|name| name.chars().any(char::is_control)) {
            return fault("mail.from_name", "holds control characters");
        }
        if self.tls == MailTls::None && !self.allow_plain && !self.is_here() {
            return fault(
                "mail.tls",
                "is \"none\" for a relay that is not this machine; set mail.allow_plain if learners' \
                 addresses and links may cross the network unprotected",
            );
        }
        Ok(())
    }
}

/// Whether a text has the shape of an address; who sends looks closer.
pub(super) fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && !domain.is_empty()
            && !domain.contains('@')
            && text.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | ',' | '"'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn relay() -> Mail {
        Mail {
            enabled: true,
            host: Some("smtp.example.org".to_owned()),
            from_address: Some("bewijzen@example.org".to_owned()),
            ..Mail::default()
        }
    }

    #[test]
    fn what_is_half_said_is_refused_and_names_what_is_missing() {
        let path = || Some(PathBuf::from("relay.password"));
        let text = |text: &str| Some(text.to_owned());
        let plain = |host: &str| Mail { tls: MailTls::None, host: text(host), ..relay() };
        for (mail, key) in [
            (Mail { enabled: true, ..Mail::default() }, "mail.host"),
            (Mail { host: text(""), ..relay() }, "mail.host"),
            (Mail { from_address: None, ..relay() }, "mail.from_address"),
            (Mail { from_address: text("bewijzen"), ..relay() }, "mail.from_address"),
            (Mail { from_address: text("a@b\r\nBcc: c@d"), ..relay() }, "mail.from_address"),
            (Mail { from_name: text("a\nb"), ..relay() }, "mail.from_name"),
            (Mail { user: text("bewijs"), ..relay() }, "mail.password_file"),
            (Mail { password_file: path(), ..relay() }, "mail.user"),
            (Mail { password_file: path(), ..Mail::default() }, "mail.user"),
            (plain("smtp.example.org"), "mail.tls"),
            (plain("10.0.0.1"), "mail.tls"),
            (Mail { connections: 0, ..relay() }, "mail.connections"),
            (Mail { first_retry_seconds: 0, ..relay() }, "mail.first_retry_seconds"),
            (Mail { longest_retry_seconds: 59, ..relay() }, "mail.longest_retry_seconds"),
            (Mail { give_up_hours: 0, ..relay() }, "mail.give_up_hours"),
            (Mail { timeout_seconds: 0, ..relay() }, "mail.timeout_seconds"),
        ] {
            match mail.check() {
                Err(ConfigError::Value { key: at, .. }) => assert_eq!(at, key, "{mail:?}"),
                other => panic!("{mail:?}: {other:?}"),
            }
        }
        for mail in [
            Mail::default(),
            relay(),
            Mail { user: text("bewijs"), password_file: path(), ..relay() },
            plain("localhost"),
            plain("127.0.0.1"),
            plain("::1"),
            Mail { allow_plain: true, ..plain("smtp.example.org") },
        ] {
            assert_eq!(mail.check(), Ok(()), "{mail:?}");
        }
    }

    #[test]
    fn the_port_follows_the_way() {
        assert_eq!(relay().port(), 587);
        assert_eq!(Mail { tls: MailTls::Implicit, ..relay() }.port(), 465);
        assert_eq!(Mail { tls: MailTls::None, ..relay() }.port(), 25);
        assert_eq!(Mail { port: Some(2525), ..relay() }.port(), 2525);
    }
}

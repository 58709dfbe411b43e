//! Speaking to the relay (RFC 5321), one mail after another over one connection.
//!
//! A refusal is told by its numbers alone: what a relay writes beside them may repeat the address.
//! It also says whose it is: the relay's, when nothing is wrong with this mail, or the mail's.
//! Blocks its thread; when to try again is not decided here.

use super::DeliveryError;
use crate::config::MailTls;
use lettre::address::Envelope;
use lettre::transport::smtp::Error;
use lettre::transport::smtp::authentication::{Credentials, Mechanism};
use lettre::transport::smtp::client::{Certificate, SmtpConnection, TlsParameters};
use lettre::transport::smtp::commands::{Data, Mail, Rcpt};
use lettre::transport::smtp::extension::{ClientId, Extension, MailParameter};
use std::error::Error as _;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

/// Where the relay is and how it is spoken to.
pub struct Way {
    host: String,
    port: u16,
    tls: MailTls,
    parameters: Option<TlsParameters>,
    credentials: Option<Credentials>,
    timeout: Duration,
    hello: ClientId,
}

/// What is known of the way before any of it is tried.
pub struct WayParts<'a> {
    /// The relay.
    pub host: &'a str,
    /// Its port.
    pub port: u16,
    /// How the way is secured.
    pub tls: MailTls,
    /// Further authorities, PEM.
    pub authorities: Option<&'a [u8]>,
    /// Name and password.
    pub credentials: Option<(String, String)>,
    /// For each step.
    pub timeout: Duration,
    /// The name of this host.
    pub hello: &'a str,
}

impl fmt::Debug for Way {
    // The password stays out.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Way({}:{}, {:?})", self.host, self.port, self.tls)
    }
}

impl Way {
    /// Checks what can be checked without asking.
    pub fn new(parts: WayParts<'_>) -> Result<Arc<Self>, DeliveryError> {
        let parameters = match parts.tls {
            MailTls::None => None,
            MailTls::StartTls | MailTls::Implicit => Some(parameters(&parts)?),
        };
        Ok(Arc::new(Self {
            host: parts.host.to_owned(),
            port: parts.port,
            tls: parts.tls,
            parameters,
            credentials: parts.credentials.map(|(user, password)| Credentials::new(user, password)),
            timeout: parts.timeout,
            hello: ClientId::Domain(parts.hello.to_owned()),
        }))
    }
}

fn parameters(parts: &WayParts<'_>) -> Result<TlsParameters, DeliveryError> {
    let fault = |error: Error| DeliveryError::Authorities(word(&error).to_owned());
    let mut builder = TlsParameters::builder(parts.host.to_owned());
    if let Some(pem) = parts.authorities {
        builder = builder.add_root_certificate(Certificate::from_pem(pem).map_err(fault)?);
    }
    builder.build_rustls().map_err(fault)
}

/// What a relay said, or what kept it from saying anything.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The reply code (RFC 5321, section 4.2).
    pub code: Option<u16>,
    /// The enhanced status code (RFC 3463), or a word for what happened instead.
    pub class: String,
}

/// A mail that the relay did not take.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// The relay is not to be had, or will not have us: nothing is known about this mail.
    Relay(Reply),
    /// It will not take this mail now.
    Later(Reply),
    /// It will never take this mail.
    Never(Reply),
}

/// A relay with at most one open connection.
#[derive(Debug)]
pub struct Relay {
    way: Arc<Way>,
    connection: Option<Open>,
}

struct Open(SmtpConnection);

impl fmt::Debug for Open {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Open(..)")
    }
}

impl Relay {
    /// Nothing is opened yet.
    pub fn new(way: Arc<Way>) -> Self {
        Self { way, connection: None }
    }

    /// Hands over a mail. `Ok` says that the relay took it.
    pub fn send(&mut self, envelope: &Envelope, message: &[u8]) -> Result<Reply, Refusal> {
        let reused = self.connection.is_some();
        let mut connection = match self.connection.take() {
            Some(open) => open.0,
            None => self.way.open().map_err(Refusal::Relay)?,
        };
        let mut begun = begin(&mut connection, envelope);
        if reused && matches!(&begun, Err(Refusal::Relay(_))) {
            // A relay may end a connection that it finds idle: no word on this mail.
            connection.abort();
            connection = self.way.open().map_err(Refusal::Relay)?;
            begun = begin(&mut connection, envelope);
        }
        let outcome = begun.and_then(|()| finish(&mut connection, envelope, message));
        match &outcome {
            Ok(_) => self.connection = Some(Open(connection)),
            Err(_) => connection.abort(),
        }
        outcome
    }

    /// Whether the relay lets us in; sends nothing.
    pub fn greet(&mut self) -> Result<(), Reply> {
        self.connection = Some(Open(self.way.open()?));
        self.leave();
        Ok(())
    }

    /// Ends the connection in order.
    pub fn leave(&mut self) {
        if let Some(mut open) = self.connection.take() {
            let _ = open.0.quit();
            open.0.abort();
        }
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        self.leave();
    }
}

impl Way {
    fn open(&self) -> Result<SmtpConnection, Reply> {
        let told = |error: Error| reply(&error);
        let at_once = self.parameters.as_ref().filter(|_| self.tls == MailTls::Implicit);
        let place = (self.host.as_str(), self.port);
        let mut connection =
            SmtpConnection::connect(place, Some(self.timeout), &self.hello, at_once, None)
                .map_err(told)?;
        if self.tls == MailTls::StartTls {
            let Some(parameters) = &self.parameters else {
                return Err(Reply { code: None, class: "tls".to_owned() });
            };
            if !connection.can_starttls() {
                connection.abort();
                return Err(Reply { code: None, class: "no-starttls".to_owned() });
            }
            connection.starttls(parameters, &self.hello).map_err(told)?;
        }
        if let Some(credentials) = &self.credentials
            && let Err(error) = connection.auth(&[Mechanism::Plain, Mechanism::Login], credentials)
        {
            connection.abort();
            let reply = reply(&error);
            let silent = reply.code.is_none() && error.is_client();
            let class = if silent { "authentication".to_owned() } else { reply.class };
            return Err(Reply { class, ..reply });
        }
        Ok(connection)
    }
}

/// Says who sends. Refusing that says nothing about the mail: every mail has the same sender.
fn begin(connection: &mut SmtpConnection, envelope: &Envelope) -> Result<(), Refusal> {
    let mut parameters = Vec::new();
    let addresses = envelope.from().into_iter().chain(envelope.to());
    if addresses.into_iter().any(|address| !AsRef::<str>::as_ref(address).is_ascii()) {
        if !connection.server_info().supports_feature(Extension::SmtpUtfEight) {
            // X.6.7: non-ASCII addresses not permitted for that sender or recipient (RFC 6531).
            return Err(Refusal::Never(Reply { code: None, class: "5.6.7".to_owned() }));
        }
        parameters.push(MailParameter::SmtpUtfEight);
    }
    let hello = connection.command(Mail::new(envelope.from().cloned(), parameters));
    hello.map(|_| ()).map_err(|error| Refusal::Relay(reply(&error)))
}

fn finish(
    connection: &mut SmtpConnection,
    envelope: &Envelope,
    message: &[u8],
) -> Result<Reply, Refusal> {
    for to in envelope.to() {
        connection.command(Rcpt::new(to.clone(), Vec::new())).map_err(of_the_recipient)?;
    }
    connection.command(Data).map_err(of_the_mail)?;
    let taken = connection.message(message).map_err(of_the_mail)?;
    let code = u16::from(taken.code());
    let class = taken.first_line().and_then(enhanced).unwrap_or_else(|| "sent".to_owned());
    Ok(Reply { code: Some(code), class })
}

/// A refusal of the recipient; many relays tell only here that they do not serve us (RFC 5321,
/// 3.3), which is not the fault of the mail: it waits.
fn of_the_recipient(error: Error) -> Refusal {
    let reply = reply(&error);
    match reply.code {
        Some(421 | 530 | 534 | 535 | 538) | None => Refusal::Relay(reply),
        Some(554) => Refusal::Later(reply),
        Some(500..) if reply.class.starts_with("5.7.") => Refusal::Later(reply),
        Some(500..) => Refusal::Never(reply),
        Some(_) => Refusal::Later(reply),
    }
}

/// A refusal after the sender was accepted.
fn of_the_mail(error: Error) -> Refusal {
    let reply = reply(&error);
    match reply.code {
        // Service not available, closing the channel.
        Some(421) | None => Refusal::Relay(reply),
        Some(500..) => Refusal::Never(reply),
        Some(_) => Refusal::Later(reply),
    }
}

/// The numbers of what went wrong, never its words.
fn reply(error: &Error) -> Reply {
    let code = error.status().map(u16::from);
    let words = error.source().map(ToString::to_string).unwrap_or_default();
    let class = match code {
        Some(_) => enhanced(&words).unwrap_or_else(|| "none".to_owned()),
        None => word(error).to_owned(),
    };
    Reply { code, class }
}

fn word(error: &Error) -> &'static str {
    if error.is_timeout() {
        "timeout"
    } else if error.is_tls() || io_error(error).is_some_and(of_tls) {
        "tls"
    } else if error.is_response() {
        "protocol"
    } else {
        "connection"
    }
}

fn io_error(error: &Error) -> Option<&std::io::Error> {
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(found) = cause.downcast_ref() {
            return Some(found);
        }
        source = cause.source();
    }
    None
}

/// The handshake happens when the first byte is read or written, and its failure is told by that:
/// data that is not valid, with the cause inside.
fn of_tls(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::InvalidData && error.get_ref().is_some()
}

/// The enhanced status code at the beginning of a reply's text (RFC 2034).
fn enhanced(text: &str) -> Option<String> {
    let first = text.split_whitespace().next()?;
    let parts: Vec<&str> = first.split('.').collect();
    let number =
        |part: &&str| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    let fits = parts.len() == 3
        && matches!(parts.first(), Some(&("2" | "4" | "5")))
        && parts.iter().all(number);
    fits.then(|| first.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_numbers_are_taken_from_a_reply() {
        for (text, class) in [
            ("5.1.1 <a@b.example>: unknown", Some("5.1.1")),
            ("4.7.1 try later", Some("4.7.1")),
            ("2.0.0 Ok", Some("2.0.0")),
            ("5.1.1000 no", None),
            ("3.1.1 no", None),
            ("a@b.example unknown", None),
            ("5.1 no", None),
            ("", None),
        ] {
            assert_eq!(enhanced(text).as_deref(), class, "{text}");
        }
    }

    #[test]
    fn a_password_is_not_shown() {
        let way = Way::new(WayParts {
            host: "relay.example",
            port: 25,
            tls: MailTls::None,
            authorities: None,
            credentials: Some(("user".to_owned(), "geheim".to_owned())),
            timeout: Duration::from_secs(1),
            hello: "b.example",
        })
        .expect("a way");
        let relay = Relay::new(way);
        assert!(!format!("{relay:?}").contains("geheim"));
    }

    #[test]
    fn authorities_that_are_none_are_refused() {
        let parts = |pem| WayParts {
            host: "relay.example",
            port: 587,
            tls: MailTls::StartTls,
            authorities: pem,
            credentials: None,
            timeout: Duration::from_secs(1),
            hello: "b.example",
        };
        assert!(Way::new(parts(None)).is_ok());
        let broken = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
        assert!(matches!(Way::new(parts(Some(broken))), Err(DeliveryError::Authorities(_))));
    }
}

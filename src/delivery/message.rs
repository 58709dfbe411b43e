//! The bytes of a mail (RFC 5322, MIME). The same mail gets the same `Message-ID` each time that it
//! is tried, so that somebody who got it twice can tell. It is marked as sent by a machine
//! (RFC 3834), so that no machine answers.

use super::DeliveryError;
use super::letter::Letter;
use crate::model::Timestamp;
use crate::texts::Language;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message, MultiPart, SinglePart};
use lettre::{Address, address::Envelope};
use std::time::{Duration, UNIX_EPOCH};
use url::Host;

/// What surrounds a letter.
#[derive(Clone, Debug)]
pub struct Cover<'a> {
    /// Names the mail: its id in the register.
    pub id: uuid::Uuid,
    /// The host of the service, after the `@` of the `Message-ID`.
    pub host: &'a str,
    /// The sender.
    pub from: &'a Mailbox,
    /// Who gets it.
    pub to: &'a Address,
    /// Where answers go.
    pub reply_to: Option<Address>,
    /// When it was asked for.
    pub date: Timestamp,
    /// The language of its words.
    pub language: Language,
}

/// An address as lettre takes it, its domain in ASCII (RFC 5890).
pub fn address(text: &str) -> Option<Address> {
    let (local, domain) = text.trim().rsplit_once('@')?;
    let Ok(Host::Domain(domain)) = Host::parse(domain) else { return None };
    Address::new(local, domain).ok()
}

/// Puts the letter into its envelope.
pub fn write(cover: &Cover<'_>, letter: &Letter) -> Result<(Envelope, Vec<u8>), DeliveryError> {
    let fault = |error: &dyn std::fmt::Display| DeliveryError::Message(error.to_string());
    let header = |name: &'static str, value: String| {
        HeaderValue::new(HeaderName::new_from_ascii_str(name), value)
    };
    let seconds = u64::try_from(cover.date.unix()).unwrap_or(0);
    let mut builder = Message::builder()
        .from(cover.from.clone())
        .to(Mailbox::new(None, cover.to.clone()))
        .subject(letter.subject.as_str())
        .date(UNIX_EPOCH + Duration::from_secs(seconds))
        .message_id(Some(format!("<{}@{}>", cover.id, cover.host)))
        .raw_header(header("Auto-Submitted", "auto-generated".to_owned()))
        .raw_header(header("Content-Language", cover.language.tag().to_owned()));
    if let Some(reply_to) = &cover.reply_to {
        builder = builder.reply_to(Mailbox::new(None, reply_to.clone()));
    }
    let part = |kind: ContentType, words: &str| {
        SinglePart::builder()
            .header(kind)
            .header(ContentTransferEncoding::QuotedPrintable)
            .body(words.to_owned())
    };
    let parts = MultiPart::alternative()
        // Theirs is drawn at random; a mail that is tried again stays as it was.
        .boundary(format!("part-{}", cover.id.simple()))
        .singlepart(part(ContentType::TEXT_PLAIN, &letter.text))
        .singlepart(part(ContentType::TEXT_HTML, &letter.html));
    let message = builder.multipart(parts).map_err(|error| fault(&error))?;
    Ok((message.envelope().clone(), message.formatted()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written() -> String {
        let from = Mailbox::new(
            Some("Hogeschool Zuid–Oost, \"evc\"".to_owned()),
            address("bewijzen@b.example").expect("an address"),
        );
        let cover = Cover {
            id: uuid::Uuid::from_u128(7),
            host: "b.example",
            from: &from,
            to: &address("zoë@büro.example").expect("an address"),
            reply_to: address("vraag@b.example"),
            date: Timestamp::from_unix(1_770_000_000).expect("a moment"),
            language: Language::Nl,
        };
        let letter = Letter {
            subject: "Je bewijs: Zorg voor ouderen – één".to_owned(),
            text: "Dag,\r\n".to_owned(),
            html: "<p>Dag,</p>\r\n".to_owned(),
        };
        let (envelope, bytes) = write(&cover, &letter).expect("a message");
        assert_eq!(envelope.to().len(), 1);
        String::from_utf8(bytes).expect("text")
    }

    #[test]
    fn the_same_mail_is_the_same_bytes_each_time() {
        assert_eq!(written(), written());
    }

    #[test]
    fn it_says_what_programs_must_know_of_it() {
        let text = written();
        for line in [
            "Message-ID: <00000000-0000-0000-0000-000000000007@b.example>\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "Content-Language: nl\r\n",
            "Reply-To: vraag@b.example\r\n",
            "Date: Mon, 02 Feb 2026 02:40:00 +0000\r\n",
            "MIME-Version: 1.0\r\n",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
        assert!(text.contains("xn--bro-hoa.example"), "{text}");
        assert!(text.contains("Content-Type: multipart/alternative"), "{text}");
        let (head, _) = text.split_once("\r\n\r\n").expect("a head");
        assert!(head.contains("Subject: Je bewijs: Zorg voor ouderen =?utf-8?"), "{head}");
        assert!(text.lines().all(|line| line.len() <= 998));
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in
            ["", "a", "a@", "@b", "a b@c.example", "a@b\r\nBcc: c@d", "a@[127.0.0.1]", "a@1.2.3.4"]
        {
            assert!(address(text).is_none(), "{text}");
        }
        assert!(address(" a@b.example ").is_some());
    }
}

//! The words of a mail, as text and as plain HTML: no pictures, no style sheet, nothing that tells
//! the sender that it was read. What it is about comes from the issuing desk.

use crate::issuance::{MailFacts, MailMatter};
use crate::texts::{Language, MailText};

/// A mail in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// What it is about.
    pub subject: String,
    /// For readers of text.
    pub text: String,
    /// The same in HTML.
    pub html: String,
}

/// A passage.
enum Part {
    Paragraph(String),
    /// Labels and what they say.
    Facts(Vec<(String, String)>),
    /// An address to open, under this name.
    Link(String, String),
}

/// Writes the mail in this language.
pub fn write(facts: &MailFacts, language: Language) -> Letter {
    let mut parts = vec![Part::Paragraph(MailText::Greeting.to(language).into_owned())];
    if facts.test {
        parts.insert(0, Part::Paragraph(MailText::Test.to(language).into_owned()));
    }
    let subject = match &facts.matter {
        MailMatter::Claim { .. } => claim(facts, language, &mut parts),
        MailMatter::Concern { .. } => concern(facts, language, &mut parts),
    };
    parts.push(Part::Paragraph(MailText::Automatic.to(language).into_owned()));
    let subject = match facts.test {
        true => format!("{} – {subject}", MailText::TestMark.to(language)),
        false => subject,
    };
    Letter { subject: one_line(&subject), text: as_text(&parts), html: as_html(&parts, language) }
}

fn claim(facts: &MailFacts, language: Language, parts: &mut Vec<Part>) -> String {
    let MailMatter::Claim { title, kind, link, again } = &facts.matter else {
        return String::new();
    };
    let say = |text: MailText<'_>| Part::Paragraph(text.to(language).into_owned());
    let name = |text: MailText<'_>| text.to(language).into_owned();
    let issuer = facts.issuer.as_str();
    parts.push(say(MailText::Given { issuer }));
    if *again {
        parts.push(say(MailText::Again));
    }
    parts.push(Part::Facts(vec![
        (name(MailText::Title), title.clone()),
        (name(MailText::Kind), kind.clone()),
        (name(MailText::Issuer), facts.issuer.clone()),
    ]));
    parts.push(Part::Link(name(MailText::Open), link.clone()));
    parts.push(say(MailText::WhatToDo));
    parts.push(say(MailText::Secret));
    parts.push(say(match facts.contact.as_deref() {
        Some(contact) => MailText::Questions { issuer, contact },
        None => MailText::QuestionsNoContact { issuer },
    }));
    MailText::Subject { title }.to(language).into_owned()
}

fn concern(facts: &MailFacts, language: Language, parts: &mut Vec<Part>) -> String {
    let MailMatter::Concern { certificate, number, register } = &facts.matter else {
        return String::new();
    };
    let name = |text: MailText<'_>| text.to(language).into_owned();
    let issuer = facts.issuer.as_str();
    parts.push(Part::Paragraph(MailText::ConcernLead { issuer }.to(language).into_owned()));
    parts.push(Part::Facts(vec![
        (name(MailText::ConcernCertificate), certificate.clone()),
        (name(MailText::ConcernNumber), number.clone()),
    ]));
    parts.push(Part::Link(name(MailText::ConcernWords), register.clone()));
    name(MailText::ConcernSubject)
}

/// A header is one line, whatever a title holds.
fn one_line(text: &str) -> String {
    let plain: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn as_text(parts: &[Part]) -> String {
    let mut text = String::new();
    for part in parts {
        match part {
            Part::Paragraph(words) => text.push_str(words),
            Part::Facts(facts) => {
                let lines: Vec<String> =
                    facts.iter().map(|(name, value)| format!("{name}: {value}")).collect();
                text.push_str(&lines.join("\r\n"));
            }
            Part::Link(name, address) => {
                let name = name.trim_end_matches([':', ' ']);
                text.push_str(&format!("{name}:\r\n{address}"));
            }
        }
        text.push_str("\r\n\r\n");
    }
    text.truncate(text.trim_end().len());
    text.push_str("\r\n");
    text
}

fn as_html(parts: &[Part], language: Language) -> String {
    let mut html = format!(
        "<!doctype html>\r\n<html lang=\"{language}\">\r\n<head><meta charset=\"utf-8\"></head>\r\n\
         <body>\r\n"
    );
    for part in parts {
        match part {
            Part::Paragraph(words) => html.push_str(&format!("<p>{}</p>\r\n", escaped(words))),
            Part::Facts(facts) => {
                let lines: Vec<String> = facts
                    .iter()
                    .map(|(name, value)| format!("{}: {}", escaped(name), escaped(value)))
                    .collect();
                html.push_str(&format!("<p>{}</p>\r\n", lines.join("<br>\r\n")));
            }
            // The address is shown as it is: who reads sees where it leads before going there.
            Part::Link(name, address) => {
                let name = name.trim_end_matches([':', ' ']);
                html.push_str(&format!(
                    "<p>{}:<br>\r\n<a href=\"{address}\">{address}</a></p>\r\n",
                    escaped(name),
                    address = escaped(address),
                ));
            }
        }
    }
    html.push_str("</body>\r\n</html>\r\n");
    html
}

fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            c if c.is_control() => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(title: &str) -> MailFacts {
        MailFacts {
            to: "a@b.example".to_owned(),
            issuer: "Hogeschool & Co".to_owned(),
            contact: Some("vraag@b.example".to_owned()),
            test: false,
            matter: MailMatter::Claim {
                title: title.to_owned(),
                kind: "Microcredential".to_owned(),
                link: "https://b.example/learner/abc".to_owned(),
                again: false,
            },
        }
    }

    #[test]
    fn a_letter_says_who_gives_what_and_where_in_both_forms_and_every_language() {
        for language in Language::ALL {
            let letter = write(&facts("Zorg <b>\r\nBcc: x@y.example"), language);
            assert!(!letter.subject.contains(['\r', '\n']), "{}", letter.subject);
            for form in [&letter.text, &letter.html] {
                assert!(form.contains("https://b.example/learner/abc"), "{form}");
                assert!(form.contains("vraag@b.example"), "{form}");
                assert!(form.contains("Microcredential"), "{form}");
                assert!(!form.contains("a@b.example"), "the reader's own address is not needed");
            }
            assert!(letter.text.contains("Hogeschool & Co"));
            assert!(letter.html.contains("Hogeschool &amp; Co"));
            assert!(!letter.html.contains("<b>"));
            assert!(letter.html.contains(&format!("lang=\"{language}\"")));
            assert!(!letter.subject.contains("TEST"));
            let test = write(&MailFacts { test: true, ..facts("Zorg") }, language);
            assert!(test.subject.starts_with("TEST"));
            assert!(test.text.starts_with("TEST") && test.html.contains("<p>TEST"));
        }
    }

    #[test]
    fn nothing_in_it_tells_that_it_was_read() {
        let html = write(&facts("Zorg"), Language::Nl).html;
        for word in ["<img", "<link", "<style", "<script", "src=", "url("] {
            assert!(!html.contains(word), "{word}");
        }
        assert_eq!(html.matches("href=").count(), 1);
    }
}

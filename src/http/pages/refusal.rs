//! The page instead of a problem document, for people. It names nothing of what it refuses.

use super::{Frame, Link, MessagePage, Paragraph, fill};
use crate::http::problem::Kind;
use crate::texts::{ConcernText, Language, LearnerText, PageText, Sentence};

/// Addresses at which what is not there is answered alike, whatever the reason.
const OF_CERTIFICATES: [&str; 3] = ["/credentials/", "/learner/", "/shared/"];

fn is_of_certificates(path: &str) -> bool {
    OF_CERTIFICATES.iter().any(|place| path.starts_with(place))
}

/// The page for a fault of this kind at this path.
pub fn render(kind: Kind, language: Language, path: &str, public_url: &str) -> String {
    let (heading, text) = match kind {
        Kind::ClosedByHolder => (PageText::ClosedTitle, Sentence::Closed.to(language)),
        Kind::NotFound if is_of_certificates(path) => {
            (PageText::NotAvailableTitle, Sentence::NotAvailable.to(language))
        }
        Kind::NotFound => (PageText::NotFoundTitle, PageText::NotFoundHelp.to(language)),
        Kind::TooManyRequests => (PageText::ProblemTitle, ConcernText::TooMany.to(language)),
        Kind::TooLarge => (PageText::ProblemTitle, PageText::TooLargeHelp.to(language)),
        Kind::BadRequest
        | Kind::BrokenJson
        | Kind::Unauthorized
        | Kind::InsufficientScope
        | Kind::MethodNotAllowed
        | Kind::ReleasedImmutable
        | Kind::NotAcceptable
        | Kind::Timeout
        | Kind::RequestInFlight
        | Kind::IdempotencyMismatch
        | Kind::RevocationFinal
        | Kind::SuspensionNotEnabled
        | Kind::Conflict
        | Kind::IssuerClosed
        | Kind::VersionFrozen
        | Kind::NotErased
        | Kind::Retained
        | Kind::CertificateErased
        | Kind::UnsupportedMediaType
        | Kind::InvalidRequest
        | Kind::Internal
        | Kind::Busy
        | Kind::Unavailable => (PageText::ProblemTitle, PageText::ProblemHelp.to(language)),
    };
    let heading = heading.to(language);
    let mut paragraphs = vec![Paragraph { text: text.into_owned(), lang: None }];
    if kind == Kind::NotFound && is_of_certificates(path) {
        let text = LearnerText::HolderAsksIssuer.to(language).into_owned();
        paragraphs.push(Paragraph { text, lang: None });
    }
    fill(&MessagePage {
        frame: Frame::new(language, &heading, public_url),
        heading: &heading,
        paragraphs,
        links: vec![Link {
            href: format!("/?lang={language}"),
            text: PageText::Home.to(language).into_owned(),
        }],
    })
}

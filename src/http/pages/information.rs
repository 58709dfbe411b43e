//! The pages that explain: how we check, what a status means, what a certificate is worth, what is
//! kept, accessibility (guide, sections 11 to 15). Their words are the service's; what only the
//! institution can say comes from the configuration. Nothing here looks at a certificate.

use super::{Frame, Link, Paragraph, fill, page, public_url};
use crate::config::Pages;
use crate::http::front::Call;
use crate::http::negotiation;
use crate::texts::InformationText as T;
use crate::texts::{CheckName, Language, OutcomeWord};
use actix_web::HttpResponse;
use askama::Template;

/// One of these pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Topic {
    /// How certificates are checked, and what that does not say.
    About,
    /// What each state means and what to do.
    States,
    /// What a certificate is worth to its holder.
    Worth,
    /// What is kept and what is not.
    Privacy,
    /// What was tested, what was not, and where to report.
    Accessibility,
}

/// Every topic with its address, in the order in which they are offered.
const TOPICS: [(Topic, &str, T<'static>); 5] = [
    (Topic::About, "/about", T::AboutTitle),
    (Topic::States, "/status-explained", T::StatesTitle),
    (Topic::Worth, "/worth", T::WorthTitle),
    (Topic::Privacy, "/privacy", T::PrivacyTitle),
    (Topic::Accessibility, "/accessibility", T::AccessibilityTitle),
];

struct Section {
    id: &'static str,
    heading: String,
    texts: Vec<Paragraph>,
    items: Vec<Item>,
    links: Vec<Link>,
}

struct Item {
    name: Option<String>,
    text: String,
}

#[derive(Template)]
#[template(path = "information.html")]
struct InformationPage<'a> {
    frame: Frame<'a>,
    heading: &'a str,
    lead: String,
    sections: Vec<Section>,
    run_by: Option<String>,
}

/// `GET /about`, `/status-explained`, `/worth`, `/privacy` and `/accessibility`.
pub fn read(call: &Call<'_>, topic: Topic) -> HttpResponse {
    let language = negotiation::language(call.request);
    let settings = &call.front.parts.settings.pages;
    let (heading, lead, sections) = match topic {
        Topic::About => (T::AboutTitle, T::AboutLead, about(language)),
        Topic::States => (T::StatesTitle, T::StatesLead, states(language)),
        Topic::Worth => (T::WorthTitle, T::WorthLead, worth(language)),
        Topic::Privacy => (T::PrivacyTitle, T::PrivacyLead, privacy(settings, language)),
        Topic::Accessibility => {
            (T::AccessibilityTitle, T::AccessibilityLead, accessibility(settings, language))
        }
    };
    let heading = heading.to(language);
    page(fill(&InformationPage {
        frame: Frame::new(language, &heading, public_url(call)),
        heading: &heading,
        lead: lead.to(language).into_owned(),
        sections,
        run_by: settings
            .operator
            .as_deref()
            .map(|name| T::RunBy { name }.to(language).into_owned()),
    }))
}

/// The addresses of these pages, as the foot of every page has them.
pub(super) fn links(language: Language) -> Vec<Link> {
    TOPICS
        .iter()
        .map(|(_, path, text)| Link {
            href: format!("{path}?lang={language}"),
            text: text.to(language).into_owned(),
        })
        .collect()
}

impl Section {
    fn new(heading: T<'_>, language: Language) -> Self {
        Self {
            id: "",
            heading: heading.to(language).into_owned(),
            texts: Vec::new(),
            items: Vec::new(),
            links: Vec::new(),
        }
    }

    fn texts(mut self, texts: &[T<'_>], language: Language) -> Self {
        self.texts.extend(
            texts.iter().map(|text| Paragraph { text: text.to(language).into_owned(), lang: None }),
        );
        self
    }

    fn items(mut self, items: &[T<'_>], language: Language) -> Self {
        self.items.extend(
            items.iter().map(|text| Item { name: None, text: text.to(language).into_owned() }),
        );
        self
    }

    fn checks(mut self, checks: &[(CheckName<'_>, T<'_>)], language: Language) -> Self {
        self.items.extend(checks.iter().map(|(name, text)| Item {
            name: Some(name.to(language).into_owned()),
            text: text.to(language).into_owned(),
        }));
        self
    }
}

fn about(language: Language) -> Vec<Section> {
    let deciding = [
        (CheckName::Conformance, T::AboutConformance),
        (CheckName::VerificationMethod, T::AboutKey),
        (CheckName::Proof, T::AboutContent),
        (CheckName::ValidityPeriod, T::AboutDates),
        (CheckName::Status, T::AboutStatus),
        (CheckName::RelatedResource, T::AboutAttachments),
        (CheckName::Contained, T::AboutBundle),
    ];
    let informing = [
        (CheckName::IssuerRecognised, T::AboutIssuer),
        (CheckName::IssuerRecognisedToday, T::AboutIssuerToday),
        (CheckName::Endorsements, T::AboutEndorsements),
        (CheckName::Mandate, T::AboutMandate),
        (CheckName::Completeness, T::AboutCompleteness),
        (CheckName::Parts, T::AboutParts),
        (CheckName::Recipient, T::AboutRecipient),
        (CheckName::Test, T::AboutTest),
    ];
    let outcomes = [
        (OutcomeWord::Pass, T::AboutPass),
        (OutcomeWord::Fail, T::AboutFail),
        (OutcomeWord::Indeterminate, T::AboutIndeterminate),
        (OutcomeWord::NotApplicable, T::AboutNotApplicable),
        (OutcomeWord::NotRun, T::AboutNotRun),
    ];
    let limits = [T::AboutLimitCare, T::AboutLimitPerson, T::AboutLimitToday, T::AboutLimitRight];
    let mut five = Section::new(T::AboutOutcomes, language);
    five.items.extend(outcomes.iter().map(|(word, text)| Item {
        name: Some(word.to(language).into_owned()),
        text: text.to(language).into_owned(),
    }));
    vec![
        Section::new(T::AboutChecks, language)
            .texts(&[T::AboutChecksHelp], language)
            .checks(&deciding, language),
        Section::new(T::AboutInforming, language)
            .texts(&[T::AboutInformingHelp], language)
            .checks(&informing, language),
        five,
        Section::new(T::AboutLimits, language).items(&limits, language),
        Section::new(T::AboutNotDone, language)
            .items(&[T::AboutNotDoneJudge, T::AboutNotDoneRecord], language),
        Section::new(T::AboutElsewhere, language).texts(
            &[T::AboutElsewhereFile, T::AboutElsewhereStatus, T::AboutElsewhereDevelopers],
            language,
        ),
    ]
}

fn states(language: Language) -> Vec<Section> {
    [
        ("valid", T::StateValid, T::StateValidMeaning, T::StateValidAction),
        ("not-confirmed", T::StateUnsure, T::StateUnsureMeaning, T::StateUnsureAction),
        ("not-right", T::StateWrong, T::StateWrongMeaning, T::StateWrongAction),
        ("suspended", T::StateSuspended, T::StateSuspendedMeaning, T::StateSuspendedAction),
        ("revoked", T::StateRevoked, T::StateRevokedMeaning, T::StateRevokedAction),
        ("superseded", T::StateSuperseded, T::StateSupersededMeaning, T::StateSupersededAction),
        ("past-end-date", T::StateExpired, T::StateExpiredMeaning, T::StateExpiredAction),
        ("not-yet-valid", T::StateEarly, T::StateEarlyMeaning, T::StateEarlyAction),
        (
            "issuer-not-known",
            T::StateUnknownIssuer,
            T::StateUnknownIssuerMeaning,
            T::StateUnknownIssuerAction,
        ),
        ("test", T::StateTest, T::StateTestMeaning, T::StateTestAction),
        ("closed", T::StateClosed, T::StateClosedMeaning, T::StateClosedAction),
        ("not-available", T::StateGone, T::StateGoneMeaning, T::StateGoneAction),
    ]
    .into_iter()
    .map(|(id, heading, meaning, action)| Section {
        id,
        ..Section::new(heading, language).texts(&[meaning, action], language)
    })
    .collect()
}

fn worth(language: Language) -> Vec<Section> {
    let section = |heading, items: &[T<'_>]| Section::new(heading, language).items(items, language);
    vec![
        section(
            T::WorthStates,
            &[T::WorthStatesWhat, T::WorthStatesHow, T::WorthStatesWho, T::WorthStatesGenuine],
        ),
        section(
            T::WorthNot,
            &[T::WorthNotExemption, T::WorthNotDiploma, T::WorthNotRight, T::WorthNotExpiry],
        ),
        section(
            T::WorthExemption,
            &[
                T::WorthExemptionFind,
                T::WorthExemptionSend,
                T::WorthExemptionSay,
                T::WorthExemptionAnswer,
            ],
        ),
        section(T::WorthEmployer, &[T::WorthEmployerShow, T::WorthEmployerChoose]),
        section(T::WorthKeep, &[T::WorthKeepFile, T::WorthKeepWrong]),
    ]
}

fn privacy(settings: &Pages, language: Language) -> Vec<Section> {
    let section = |heading, items: &[T<'_>]| Section::new(heading, language).items(items, language);
    let mut rights = section(T::PrivacyRights, &[T::PrivacyRightsAsk, T::PrivacyRightsErase]);
    rights.links.extend(settings.privacy_url.iter().map(|href| Link {
        href: href.clone(),
        text: T::PrivacyOperator.to(language).into_owned(),
    }));
    vec![
        section(
            T::PrivacyVisitors,
            &[T::PrivacyVisitorsFile, T::PrivacyVisitorsLog, T::PrivacyVisitorsNothing],
        ),
        section(
            T::PrivacyHolders,
            &[
                T::PrivacyHoldersDocument,
                T::PrivacyHoldersAddress,
                T::PrivacyHoldersConsent,
                T::PrivacyHoldersNot,
            ],
        ),
        section(
            T::PrivacyShared,
            &[T::PrivacySharedPage, T::PrivacySharedSearch, T::PrivacySharedStatus],
        ),
        section(T::PrivacyConcerns, &[T::PrivacyConcernsKept]),
        rights,
    ]
}

fn accessibility(settings: &Pages, language: Language) -> Vec<Section> {
    let tested = [
        T::AccessibilityTestedKeyboard,
        T::AccessibilityTestedZoom,
        T::AccessibilityTestedAxe,
        T::AccessibilityTestedScripts,
    ];
    let untested = [
        T::AccessibilityUntestedPeople,
        T::AccessibilityUntestedAudit,
        T::AccessibilityUntestedTexts,
    ];
    let mut sections = vec![
        Section::new(T::AccessibilityTested, language)
            .texts(&[T::AccessibilityTestedHow], language)
            .items(&tested, language),
        Section::new(T::AccessibilityUntested, language).items(&untested, language),
    ];
    if let Some((text, written_in)) = note(settings, language) {
        let mut own = Section::new(T::AccessibilityOperator, language);
        let lang = (written_in != language).then(|| written_in.tag());
        own.texts.extend(
            text.lines()
                .filter(|line| !line.trim().is_empty())
                .map(|line| Paragraph { text: line.trim().to_owned(), lang }),
        );
        sections.push(own);
    }
    let mut contact = Section::new(T::AccessibilityContact, language)
        .texts(&[T::AccessibilityContactHow], language);
    contact.links.extend(settings.contact_email.iter().map(|address| Link {
        href: format!("mailto:{address}"),
        text: T::ContactByMail { address }.to(language).into_owned(),
    }));
    contact.links.extend(
        settings.contact_url.iter().map(|href| Link {
            href: href.clone(),
            text: T::ContactByPage.to(language).into_owned(),
        }),
    );
    if contact.links.is_empty() {
        contact = contact.texts(&[T::AccessibilityContactNone], language);
    }
    sections.push(contact);
    sections
}

/// What the institution adds, in this language, otherwise in the one in which it wrote.
fn note(settings: &Pages, language: Language) -> Option<(&str, Language)> {
    let written = |language| match language {
        Language::Nl => settings.accessibility_nl.as_deref(),
        Language::Fr => settings.accessibility_fr.as_deref(),
        Language::En => settings.accessibility_en.as_deref(),
    };
    std::iter::once(language)
        .chain(Language::ALL)
        .find_map(|choice| Some((written(choice)?, choice)))
}

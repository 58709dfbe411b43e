//! The holder's page as it is filled in: what is said first, the three choices, who sees it, links
//! to give away, files to keep.

use super::expiry::Expiry;
use super::form::{ShareForm, What};
use super::{CONSENT, Said, linkedin, public_address};
use crate::http::api::submission::Submission;
use crate::http::api::verify::examine;
use crate::http::front::Call;
use crate::http::negotiation;
use crate::http::pages::report::{self, VerdictView};
use crate::http::pages::shared::{self, Choice};
use crate::http::pages::sheet::Value;
use crate::http::pages::{Frame, Link, facts, fill, public_url, translations};
use crate::http::problem::Fault;
use crate::issuance::{Holder, Listed};
use crate::model::{CertificateKind, CredentialState, Timestamp};
use crate::profile::CertificateView;
use crate::render::QrCode;
use crate::store::{IssuedRecord, ShareRecord, Visibility};
use crate::texts::{Language, LearnerText, PageText, date};
use actix_web::HttpResponse;
use actix_web::http::{StatusCode, header};
use askama::Template;
use std::borrow::Cow;

#[derive(Template)]
#[template(path = "learner.html")]
struct LearnerPage<'a> {
    language: Language,
    frame: Frame<'a>,
    /// The holder's page, from the host, without a query.
    here: String,
    /// What forms bring back.
    form: &'a str,
    done: Option<String>,
    fault: Option<String>,
    kind: String,
    title: Value,
    issued_by: String,
    in_the_name_of: Option<String>,
    verdict: VerdictView,
    /// Whether something else than *genuine and valid* is to be said, which comes first.
    first: bool,
    advice: Option<String>,
    who: Who,
    share: Share,
    linkedin: Option<LinkedIn>,
    files: Vec<Link>,
    other_files: Vec<Link>,
    worth: Vec<String>,
    more: Link,
    help: String,
    contacts: Vec<Link>,
}

/// Who can see it.
struct Who {
    open: bool,
    means: String,
    /// Who opened or closed it, where that is known.
    by: Option<String>,
    address: String,
    code: String,
    code_of: String,
    consent: &'static str,
    seen: Vec<String>,
    unseen: Vec<String>,
}

/// Links to give away.
struct Share {
    made: Option<Made>,
    periods: Vec<Period>,
    choices: Vec<Offered>,
    chosen: bool,
    live: Vec<SharedLink>,
    ended: Vec<SharedLink>,
}

/// A link that was just made, shown once.
struct Made {
    address: String,
    help: String,
    code: Option<String>,
}

struct Period {
    code: &'static str,
    label: String,
    checked: bool,
}

struct Offered {
    choice: Choice,
    checked: bool,
}

/// One link of the list.
struct SharedLink {
    number: u32,
    name: String,
    shows: String,
    /// What is chosen; empty for everything.
    chosen: Vec<Value>,
    when: String,
    stop: String,
}

struct LinkedIn {
    href: Option<String>,
}

impl LearnerPage<'_> {
    /// A text in the language of the page.
    fn say(&self, text: LearnerText<'_>) -> Cow<'static, str> {
        text.to(self.language)
    }
}

/// The page as an answer.
pub(super) async fn page(
    call: &Call<'_>,
    holder: &Holder,
    said: Said,
    status: StatusCode,
) -> Result<HttpResponse, Fault> {
    let language = negotiation::language(call.request);
    let html = render(call, holder, said, language).await?;
    Ok(HttpResponse::build(status)
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::VARY, "Accept-Language"))
        .content_type(crate::http::pages::HTML)
        .body(html))
}

async fn render(
    call: &Call<'_>,
    holder: &Holder,
    said: Said,
    language: Language,
) -> Result<String, Fault> {
    let desk = &call.front.parts.desk;
    let document = super::document(call, holder)?;
    let submission = Submission::of(document, Some("application/vc".to_owned()));
    let report = examine(call, submission).await?;
    // Read anew: a form may have changed it.
    let record = call.front.parts.store.issued(holder.record.id)?;
    let Listed { record, signed, .. } =
        desk.listed(record.unwrap_or_else(|| holder.record.clone()))?;
    let view = signed.unwrap_or_default();
    let vocabulary = desk.labels()?;
    let name = facts::definition_name(&view, public_url(call));
    let definition = name.map(|name| desk.definition(&name)).transpose()?.flatten();
    let definition = definition.as_deref();
    let wording = facts::Wording { vocabulary: &vocabulary, language, definition, dossier: None };
    let choices = shared::choices(&view, &translations::of(definition, language), language);
    let sheet = facts::sheet(&view, wording, report.checked_at());
    let mut verdict = report::verdict(&report, language);
    // Its page is closed to this holder: the institution gives a link of its own.
    verdict.successor = None;
    let issuer = facts::issuer_name(&view);
    let say = |text: LearnerText<'_>| text.to(language).into_owned();
    let here = format!("/learner/{}", call.segment("token"));
    let (done, fault, form) = match said {
        Said::Nothing => (None, None, ShareForm::default()),
        Said::Done(text) => (Some(say(text)), None, ShareForm::default()),
        Said::Not(why, form) => (None, Some(why), form),
    };
    let title = say(LearnerText::Title);
    let open = record.visibility == Visibility::Open;
    let name = view.holder.name.as_deref();
    Ok(fill(&LearnerPage {
        language,
        frame: Frame::new(language, &title, public_url(call)),
        form: &holder.form,
        done,
        fault,
        kind: sheet.kind,
        title: sheet.title,
        issued_by: say(LearnerText::IssuedBy { name: &awarded_by(&view, &issuer) }),
        in_the_name_of: name.map(|name| say(LearnerText::InTheNameOf { name })),
        first: verdict.tone != "ok" && verdict.tone != "none",
        verdict,
        advice: advice(record.state).map(say),
        who: who(call, holder, &record, &view, &issuer, language),
        share: share(call, holder, choices, form, language)?,
        linkedin: (record.state == CredentialState::Valid).then(|| LinkedIn {
            href: linkedin::address(&view, &public_address(call, holder)).filter(|_| open),
        }),
        files: vec![
            Link {
                href: format!("{here}/file.pdf?lang={language}"),
                text: say(LearnerText::FilePdf),
            },
            Link {
                href: format!("{here}/file.json"),
                text: PageText::DownloadJson.to(language).into_owned(),
            },
        ],
        other_files: [
            ("png", LearnerText::FilePng),
            ("svg", LearnerText::FileSvg),
            ("jwt", LearnerText::FileJwt),
        ]
        .map(|(name, text)| Link { href: format!("{here}/file.{name}"), text: say(text) })
        .into(),
        worth: worth(view.kind).into_iter().map(say).collect(),
        more: Link { href: format!("/worth?lang={language}"), text: say(LearnerText::WorthMore) },
        help: say(LearnerText::HelpAsk { name: &issuer }),
        contacts: contacts(&view, language),
        here,
    }))
}

/// Who stands for it: the awarding bodies; where none is named, the issuer.
fn awarded_by(view: &CertificateView, issuer: &str) -> String {
    let names: Vec<&str> = view.awarding_bodies.iter().map(|body| body.name.as_str()).collect();
    if names.is_empty() { issuer.to_owned() } else { names.join(", ") }
}

/// What the holder can do about a state.
fn advice(state: CredentialState) -> Option<LearnerText<'static>> {
    match state {
        CredentialState::Valid => None,
        CredentialState::Revoked => Some(LearnerText::RevokedHelp),
        CredentialState::Superseded => Some(LearnerText::SupersededHelp),
        CredentialState::Suspended => Some(LearnerText::SuspendedHelp),
    }
}

fn who(
    call: &Call<'_>,
    holder: &Holder,
    record: &IssuedRecord,
    view: &CertificateView,
    issuer: &str,
    language: Language,
) -> Who {
    let say = |text: LearnerText<'_>| text.to(language).into_owned();
    let open = record.visibility == Visibility::Open;
    let on = |at: Timestamp| date(at.date(), language);
    let consent = record.consent.as_ref();
    let by = match (open, consent.map(|consent| (consent.open, on(consent.at)))) {
        (true, Some((true, date))) => Some(say(LearnerText::OpenedByYou { date: &date })),
        (true, _) => Some(say(LearnerText::OpenedByIssuer { name: issuer })),
        (false, Some((false, date))) => Some(say(LearnerText::ClosedByYou { date: &date })),
        (false, Some((true, _))) => Some(say(LearnerText::ClosedByIssuer { name: issuer })),
        (false, None) => None,
    };
    let address = public_address(call, holder);
    let attended = view.kind == Some(CertificateKind::Participation);
    let seen = if attended {
        [LearnerText::SeenName, LearnerText::SeenAttended, LearnerText::SeenDates]
    } else {
        [LearnerText::SeenName, LearnerText::SeenContent, LearnerText::SeenJudged]
    };
    Who {
        open,
        means: if open {
            say(LearnerText::OpenMeans)
        } else {
            say(LearnerText::ClosedMeans { name: issuer })
        },
        by,
        code: format!("/credentials/{}/qr.svg?lang={language}", record.id),
        code_of: say(LearnerText::QrOf { address: &address }),
        address,
        consent: CONSENT,
        seen: seen.into_iter().chain([LearnerText::SeenState]).map(say).collect(),
        unseen: [LearnerText::UnseenAddress, LearnerText::UnseenLinks, LearnerText::UnseenReason]
            .map(say)
            .into(),
    }
}

fn share(
    call: &Call<'_>,
    holder: &Holder,
    choices: Vec<Choice>,
    form: ShareForm,
    language: Language,
) -> Result<Share, Fault> {
    let say = |text: LearnerText<'_>| text.to(language).into_owned();
    let desk = &call.front.parts.desk;
    let now = call.front.parts.clock.now();
    let made = match call.query("link") {
        Some(secret) => desk.share_link(holder, secret, now)?,
        None => None,
    };
    let chosen = form.expiry.unwrap_or(Expiry::DEFAULT);
    let period = |expiry: Expiry| Period {
        code: expiry.code(),
        label: say(expiry.label()),
        checked: expiry == chosen,
    };
    let (live, ended): (Vec<_>, Vec<_>) =
        desk.shares(holder)?.into_iter().partition(|share| share.is_live(now));
    let line = |share: &ShareRecord| line(share, &choices, now, language);
    Ok(Share {
        made: made.map(|(link, share)| Made {
            code: QrCode::of(link.as_str()).ok().map(|code| code.svg(language)),
            help: say(LearnerText::LinkMadeHelp { date: &date(share.expires.date(), language) }),
            address: link.as_str().to_owned(),
        }),
        periods: Expiry::ALL.map(period).into(),
        live: live.iter().map(|share| line(share)).collect(),
        ended: ended.iter().rev().map(|share| line(share)).collect(),
        chosen: form.what == Some(What::Chosen),
        // One thing cannot be left out.
        choices: if choices.len() < 2 { Vec::new() } else { choices }
            .into_iter()
            .map(|choice| Offered { checked: form.codes.contains(&choice.code), choice })
            .collect(),
    })
}

fn line(share: &ShareRecord, choices: &[Choice], now: Timestamp, language: Language) -> SharedLink {
    let say = |text: LearnerText<'_>| text.to(language).into_owned();
    let number = &share.number.to_string();
    let made = say(LearnerText::LinkMadeOn { date: &date(share.created.date(), language) });
    let on = |at: Timestamp| date(at.date(), language);
    let state = match share.revoked {
        Some(at) => say(LearnerText::LinkStopped { date: &on(at) }),
        None if now < share.expires => say(LearnerText::LinkWorks { date: &on(share.expires) }),
        None => say(LearnerText::LinkEnded { date: &on(share.expires) }),
    };
    let named = |code: &String| match choices.iter().find(|choice| choice.code == *code) {
        Some(choice) => choice.text.clone(),
        None => Value::plain(code),
    };
    let shows = match share.codes.as_slice() {
        [] => LearnerText::LinkShowsAll,
        _ => LearnerText::LinkShows,
    };
    SharedLink {
        number: share.number,
        name: say(LearnerText::LinkNumber { number }),
        shows: say(shows),
        chosen: share.codes.iter().map(named).collect(),
        when: format!("{made}, {state}"),
        stop: say(LearnerText::StopLink { number }),
    }
}

/// What the certificate gives and does not give.
fn worth(kind: Option<CertificateKind>) -> Vec<LearnerText<'static>> {
    if kind == Some(CertificateKind::Participation) {
        return vec![LearnerText::WorthAttended, LearnerText::WorthNoDegree];
    }
    vec![LearnerText::WorthAssessed, LearnerText::WorthNoDegree, LearnerText::WorthExemption]
}

/// How the institution that gave it is reached.
fn contacts(view: &CertificateView, language: Language) -> Vec<Link> {
    let Some(issuer) = &view.issuer else { return Vec::new() };
    let mail = issuer
        .email
        .as_ref()
        .filter(|address| is_address(address))
        .map(|address| Link { href: format!("mailto:{address}"), text: address.clone() });
    let site = issuer.url.as_ref().filter(|url| report::is_web_address(url)).map(|url| Link {
        href: url.clone(),
        text: LearnerText::HelpSite { name: &issuer.name }.to(language).into_owned(),
    });
    mail.into_iter().chain(site).collect()
}

/// Whether it can stand in a `mailto:` address as it is.
fn is_address(text: &str) -> bool {
    text.contains('@') && text.bytes().all(|b| b.is_ascii_alphanumeric() || b"@.-_+".contains(&b))
}

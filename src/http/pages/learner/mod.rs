//! `/learner/{token}`: the holder's own page. The link is the only authority, there is no account
//! and no cookie; what the holder changes is asked with a plain form and answered with a redirect,
//! so that nothing happens twice (guide, sections 12, 13 and 15.5; stories L1, L2, L5 and L9).
//!
//! An unknown link, an earlier one and that of an erased certificate are answered alike.

mod expiry;
mod form;
mod linkedin;
mod view;

use self::form::{Asked, ShareForm, What};
use super::shared::{self, Beside, Shown};
use super::{Link, public_url};
use crate::baked::Carrier;
use crate::http::api::documents::tag;
use crate::http::api::downloads::make;
use crate::http::api::{has_it, shared_bytes};
use crate::http::body;
use crate::http::front::Call;
use crate::http::negotiation;
use crate::http::problem::{Fault, Kind};
use crate::issuance::{Holder, IssueError};
use crate::proof::jose::JwtProfile;
use crate::store::{NewShare, Origin, Visibility};
use crate::texts::{Language, LearnerText, ProblemDetail};
use actix_web::HttpResponse;
use actix_web::http::{Method, StatusCode, header};
use actix_web::web::Bytes;
use std::collections::BTreeMap;

/// The version of the text to which a holder agrees when opening the page: [`LearnerText::Consent`].
/// Another text is another version.
const CONSENT: &str = "2026-1";
/// In the audit, who came with the holder's link.
const ACTOR: &str = "holder";

/// What the page says about what was just asked.
enum Said {
    /// Nothing was asked.
    Nothing,
    /// It was done.
    Done(LearnerText<'static>),
    /// It was not done, and why; the form for a link as it was filled in.
    Not(String, ShareForm),
}

/// `GET /learner/{token}`.
pub async fn read(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let holder = holder(call)?;
    if call.request.method() == Method::GET {
        // Whoever cannot be noted is let in all the same.
        if let Err(error) = call.front.parts.desk.note_claimed(&holder, origin(call)).await {
            tracing::warn!(request_id = call.request_id, %error, "a first visit was not noted");
        }
    }
    let said = match call.query("done") {
        Some("opened") if holder.record.visibility == Visibility::Open => {
            Said::Done(LearnerText::Opened)
        }
        Some("closed") if holder.record.visibility == Visibility::Closed => {
            Said::Done(LearnerText::Closed)
        }
        Some("stopped") => Said::Done(LearnerText::Stopped),
        _ => Said::Nothing,
    };
    view::page(call, &holder, said, StatusCode::OK).await
}

/// `POST /learner/{token}`.
pub async fn change(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let holder = holder(call)?;
    body::require_identity(call.request)?;
    if body::media_type(call.request).as_deref() != Some("application/x-www-form-urlencoded") {
        let types = "application/x-www-form-urlencoded";
        return Err(
            Fault::new(Kind::UnsupportedMediaType).detail(ProblemDetail::MediaTypes { types })
        );
    }
    let language = negotiation::language(call.request);
    let outcome = match form::read(&call.body, &holder.form) {
        Some(Asked::Open(text)) if text == CONSENT => {
            set(call, &holder, Visibility::Open, language).await?
        }
        Some(Asked::Close) => set(call, &holder, Visibility::Closed, language).await?,
        Some(Asked::Share(form)) => share(call, &holder, form, language).await?,
        Some(Asked::Stop(number)) => stop(call, &holder, number, language).await?,
        Some(Asked::Open(_)) | None => {
            Err((LearnerText::FormStale.to(language).into_owned(), ShareForm::default()))
        }
    };
    match outcome {
        Ok(place) => Ok(HttpResponse::SeeOther()
            .insert_header((header::LOCATION, place))
            .insert_header((header::CACHE_CONTROL, "no-store"))
            .finish()),
        Err((why, form)) => {
            let said = Said::Not(why, form);
            view::page(call, &holder, said, StatusCode::UNPROCESSABLE_ENTITY).await
        }
    }
}

/// Where the browser goes on, or why nothing was done.
type Outcome = Result<String, (String, ShareForm)>;

fn not(text: LearnerText<'_>, language: Language) -> Outcome {
    Err((text.to(language).into_owned(), ShareForm::default()))
}

async fn set(
    call: &Call<'_>,
    holder: &Holder,
    visibility: Visibility,
    language: Language,
) -> Result<Outcome, Fault> {
    let read = (CONSENT, language.tag());
    let desk = &call.front.parts.desk;
    desk.set_visibility_by_holder(holder, visibility, read, origin(call)).await?;
    let done = match visibility {
        Visibility::Open => "opened",
        Visibility::Closed => "closed",
    };
    Ok(Ok(format!("{}&done={done}#who", place(call, language))))
}

async fn share(
    call: &Call<'_>,
    holder: &Holder,
    form: ShareForm,
    language: Language,
) -> Result<Outcome, Fault> {
    let desk = &call.front.parts.desk;
    let now = call.front.parts.clock.now();
    let refused = |text: LearnerText<'_>, form| Ok(Err((text.to(language).into_owned(), form)));
    let Some(expiry) = form.expiry else {
        return refused(LearnerText::FaultExpiry, form);
    };
    let Some(what) = form.what else {
        return refused(LearnerText::FaultWhat, form);
    };
    let codes = match what {
        What::All => Vec::new(),
        What::Chosen => {
            // In the order of the document, each once, and only what it holds.
            let listed = desk.listed(holder.record.clone())?;
            let there = listed
                .signed
                .as_ref()
                .map(|view| shared::choices(view, &BTreeMap::new(), language));
            let there = there.unwrap_or_default();
            let unknown = form.codes.iter().any(|code| !there.iter().any(|c| c.code == *code));
            if unknown {
                return refused(LearnerText::FormStale, form);
            }
            let chosen: Vec<String> = there
                .into_iter()
                .map(|choice| choice.code)
                .filter(|code| form.codes.contains(code))
                .collect();
            if chosen.is_empty() {
                return refused(LearnerText::FaultNoneChosen, form);
            }
            chosen
        }
    };
    match desk.share(holder, expiry.after(now), codes, language.tag(), origin(call)).await {
        Ok(made) => {
            let secret = made.secret.as_str();
            Ok(Ok(format!("{}&link={secret}#made", place(call, language))))
        }
        Err(IssueError::Conflict(_)) => {
            let most = NewShare::MOST_LIVE.to_string();
            refused(LearnerText::FaultTooMany { most: &most }, form)
        }
        Err(error) => Err(error.into()),
    }
}

async fn stop(
    call: &Call<'_>,
    holder: &Holder,
    number: u32,
    language: Language,
) -> Result<Outcome, Fault> {
    match call.front.parts.desk.stop_share(holder, number, origin(call)).await {
        Ok(_) => Ok(Ok(format!("{}&done=stopped#links", place(call, language)))),
        Err(IssueError::NotFound) => Ok(not(LearnerText::FaultNoLink, language)),
        Err(error) => Err(error.into()),
    }
}

/// `GET /learner/{token}/show`: the certificate as others would see it, for its holder alone.
pub async fn show(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let holder = holder(call)?;
    let language = negotiation::language(call.request);
    let document = document(call, &holder)?;
    let beside = Beside {
        notes: vec![LearnerText::OwnView.to(language).into_owned()],
        back: Some(Link {
            href: place(call, language),
            text: LearnerText::Back.to(language).into_owned(),
        }),
    };
    shared::page_of(call, Shown { document, only: None, language, beside }).await
}

/// `GET /learner/{token}/{file}`: what the holder can keep, also while the page is closed.
pub async fn file(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let holder = holder(call)?;
    let name = call.segment("file").strip_prefix("file.").unwrap_or_default();
    let carrier = match name {
        "png" => Some(Carrier::Png),
        "svg" => Some(Carrier::Svg),
        "pdf" => Some(Carrier::Pdf),
        "json" | "jwt" => None,
        _ => return Err(Fault::new(Kind::NotFound)),
    };
    let (media_type, bytes): (_, Bytes) = match carrier {
        Some(carrier) => {
            let document = call.front.parts.store.document(holder.record.id)?;
            let document = document.ok_or_else(|| Fault::new(Kind::NotFound))?;
            let made = make(call, &holder.record, document, carrier).await?;
            (carrier.media_type(), made.bytes)
        }
        None if name == "json" => (negotiation::DEFAULT_SIGNED, document(call, &holder)?),
        None => {
            let profile = JwtProfile::VcJwt;
            let token = call.front.parts.desk.jwt(holder.record.id, profile).await?;
            (negotiation::jwt_media_type(profile), token.to_string().into())
        }
    };
    let etag = tag(&bytes);
    if has_it(call, &etag) {
        return Ok(HttpResponse::NotModified()
            .insert_header((header::ETAG, etag))
            .insert_header((header::CACHE_CONTROL, "private, no-cache"))
            .finish());
    }
    let id = holder.record.id;
    Ok(HttpResponse::Ok()
        .content_type(media_type)
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, "private, no-cache"))
        .insert_header((
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{id}.{name}\""),
        ))
        .body(bytes))
}

/// Who comes with the link of the address.
fn holder(call: &Call<'_>) -> Result<Holder, Fault> {
    let holder = call.front.parts.desk.holder_of(call.segment("token"))?;
    holder.ok_or_else(|| Fault::new(Kind::NotFound))
}

fn document(call: &Call<'_>, holder: &Holder) -> Result<Bytes, Fault> {
    let document = call.front.parts.store.document(holder.record.id)?;
    Ok(shared_bytes(document.ok_or_else(|| Fault::new(Kind::NotFound))?))
}

fn origin(call: &Call<'_>) -> Origin {
    Origin {
        actor: ACTOR.to_owned(),
        request_id: Some(call.request_id.to_owned()),
        from: None,
        at: call.front.parts.clock.now(),
    }
}

/// The address of the holder's page in this language, from the host.
fn place(call: &Call<'_>, language: Language) -> String {
    format!("/learner/{}?lang={language}", call.segment("token"))
}

/// The address that others may have.
fn public_address(call: &Call<'_>, holder: &Holder) -> String {
    format!("{}/credentials/{}", public_url(call), holder.record.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use sha2::{Digest, Sha256};

    /// What was agreed to can be read again: a text that changes gets a new version.
    #[test]
    fn the_text_of_the_consent_is_that_of_its_version() {
        let mut hash = Sha256::new();
        for language in Language::ALL {
            for text in [LearnerText::Consent, LearnerText::ConsentButton] {
                hash.update(text.to(language).as_bytes());
            }
        }
        let digest: String = hash.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect();
        assert_eq!((CONSENT, digest.as_str()), ("2026-1", "b812a2309c1cae0f"));
    }
}

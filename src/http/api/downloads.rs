//! The things one can hold: the QR code of a certificate's address, the badge with the credential
//! in it, the paper.
//!
//! Who may have them is decided before: [`open_record`] for everybody, the holder's own link
//! elsewhere. Made by `render`, the same bytes for the same certificate, on a thread that may
//! block; of those that take work few are made at one time, and others are told to come back.

use super::credentials::attachment;
use super::documents::tag;
use super::submission::Submission;
use super::verify::examine;
use super::{has_it, shared_bytes};
use crate::baked::Carrier;
use crate::http::front::Call;
use crate::http::negotiation;
use crate::http::problem::{Fault, Kind};
use crate::http::{pages, wording};
use crate::model::{CredentialId, Date};
use crate::profile::{self, CertificateView, Definition, Language as Written, Vocabulary};
use crate::render::{
    Artwork, Paper, QrCode, RenderError, Status, badge_png, badge_svg, picture_svg, size,
};
use crate::store::{IssuedRecord, PictureName, Visibility};
use crate::texts::{Language, Sentence};
use crate::verification::{Check, Outcome, State};
use actix_web::HttpResponse;
use actix_web::http::header;
use actix_web::web::{self, Bytes};
use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// So many files are made at one time.
const MOST_AT_ONE_TIME: usize = 16;
/// So many pictures without a credential are kept; most certificates of a definition share one.
const MOST_KEPT: usize = 64;

/// Artwork and its pixels, the one used last at the end.
type Kept = Mutex<VecDeque<(Artwork, Arc<[u8]>)>>;

/// The work on files, shared by all requests.
#[derive(Debug)]
pub(in crate::http) struct Drawings {
    places: Arc<Semaphore>,
    /// Artwork as pixels, the one used last at the end.
    kept: Arc<Kept>,
}

impl Default for Drawings {
    fn default() -> Self {
        Self { places: Arc::new(Semaphore::new(MOST_AT_ONE_TIME)), kept: Arc::default() }
    }
}

impl Drawings {
    fn enter(&self) -> Result<OwnedSemaphorePermit, Fault> {
        Arc::clone(&self.places).try_acquire_owned().map_err(|_| Fault::new(Kind::Busy))
    }
}

impl From<RenderError> for Fault {
    fn from(error: RenderError) -> Self {
        match error {
            error @ (RenderError::AddressTooLong
            | RenderError::Artwork
            | RenderError::Paper(_)
            | RenderError::Baked(_)) => Self::new(Kind::Internal).cause(error),
        }
    }
}

/// The certificate of the address, when everybody may see it. A closed one says nothing of itself;
/// unknown and erased are answered alike (story L2).
pub(super) fn open_record(call: &Call<'_>) -> Result<Arc<IssuedRecord>, Fault> {
    let id: CredentialId = call.segment("uuid").parse().map_err(|_| Fault::new(Kind::NotFound))?;
    let record = call.front.parts.store.issued(id)?.ok_or_else(|| Fault::new(Kind::NotFound))?;
    if record.erased.is_some() {
        return Err(Fault::new(Kind::NotFound));
    }
    if record.visibility == Visibility::Closed {
        return Err(Fault::new(Kind::ClosedByHolder));
    }
    Ok(record)
}

/// `GET /credentials/{uuid}/qr.svg`.
pub fn qr(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let record = open_record(call)?;
    let code = QrCode::of(&address(call, &record))?;
    let svg = code.svg(negotiation::language(call.request));
    Ok(asked_every_time(call, "image/svg+xml", "Accept-Language", svg.into_bytes().into(), None))
}

/// The certificate's own address, as it is signed.
fn address(call: &Call<'_>, record: &IssuedRecord) -> String {
    format!("{}/credentials/{}", call.front.parts.settings.public_url, record.id)
}

/// A file that was made.
pub(in crate::http) struct Made {
    /// What it is.
    pub carrier: Carrier,
    /// Its bytes.
    pub bytes: Bytes,
}

impl Made {
    /// The end of its name.
    pub fn extension(&self) -> &'static str {
        match self.carrier {
            Carrier::Png => "png",
            Carrier::Svg => "svg",
            Carrier::Pdf => "pdf",
        }
    }
}

/// Makes a file that carries this certificate. Who may have it was decided before.
pub(in crate::http) async fn make(
    call: &Call<'_>,
    record: &IssuedRecord,
    document: Arc<[u8]>,
    carrier: Carrier,
) -> Result<Made, Fault> {
    let drawings = &call.front.drawings;
    let place = drawings.enter()?;
    let vocabulary = call.front.parts.desk.labels()?;
    let (slug, kept) = (record.issuer.clone(), Arc::clone(&drawings.kept));
    let own = own_picture(call, record)?;
    let issuer = call.front.parts.desk.organisation_record(&record.issuer)?;
    let colour = issuer.and_then(|issuer| pages::brand::chosen(&issuer).map(str::to_owned));
    let sheet = match carrier {
        Carrier::Pdf => Some(Sheet::of(call, record, &document).await?),
        Carrier::Png | Carrier::Svg => None,
    };
    let bytes = web::block(move || {
        let _place = place;
        let view = view(&document)?;
        let artwork =
            Artwork::of(&view, &kind_label(&view, &vocabulary), slug.as_str(), colour.as_deref());
        // The badge of a test issuer says that it is one; a picture would not.
        let own = own.filter(|picture| !view.test && size(picture).is_some());
        let picture = || own.clone().map_or_else(|| pixels(&kept, &artwork), Ok);
        Ok::<_, Fault>(match (carrier, sheet) {
            (Carrier::Pdf, Some(sheet)) => {
                sheet.pdf(&document, &view, &vocabulary, &artwork, &picture()?)?
            }
            (Carrier::Svg, _) => match &own {
                Some(own) => picture_svg(own, &artwork.about(), &document)?,
                None => badge_svg(&artwork, &document)?,
            },
            (Carrier::Png | Carrier::Pdf, _) => badge_png(&picture()?, &document)?,
        })
    })
    .await
    .map_err(|cause| Fault::new(Kind::Unavailable).cause(cause))??;
    Ok(Made { carrier, bytes: bytes.into() })
}

/// The institution's own artwork: for the definition, else for the kind.
fn own_picture(call: &Call<'_>, record: &IssuedRecord) -> Result<Option<Arc<[u8]>>, Fault> {
    let store = &call.front.parts.store;
    let definition = PictureName::Definition(record.definition.slug.clone());
    Ok(match store.picture(&record.issuer, &definition)? {
        Some(picture) => Some(picture),
        None => store.picture(&record.issuer, &PictureName::Kind(record.kind))?,
    })
}

/// What a paper says beside what the document says.
struct Sheet {
    address: String,
    languages: (Language, Option<Language>),
    sentences: [String; 2],
    on: Date,
    definition: Option<Arc<Definition>>,
}

impl Sheet {
    /// Examines the certificate: the paper tells what came out. A document that does not verify is
    /// not shown on a page, and there is no paper of it.
    async fn of(
        call: &Call<'_>,
        record: &IssuedRecord,
        document: &Arc<[u8]>,
    ) -> Result<Self, Fault> {
        let bytes = shared_bytes(Arc::clone(document));
        let report =
            examine(call, Submission::of(bytes, Some("application/vc".to_owned()))).await?;
        let shown = report.document().ok_or_else(|| Fault::new(Kind::NotAcceptable))?;
        let public_url = &call.front.parts.settings.public_url;
        let definition = match pages::definition_name(&profile::read(shown), public_url) {
            Some(name) => call.front.parts.desk.definition(&name)?,
            None => None,
        };
        let language = negotiation::language(call.request);
        let second = call.query("second").and_then(|tag| tag.parse().ok());
        let test = report.check(Check::Test).outcome == Outcome::Fail;
        let sentence = |language: Language| {
            if test && report.state() == State::Valid {
                Sentence::Test.to(language).into_owned()
            } else {
                wording::sentence(&report, language).1
            }
        };
        Ok(Self {
            address: address(call, record),
            sentences: [sentence(language), sentence(second.unwrap_or(language))],
            languages: (language, second),
            on: report.checked_at().date(),
            definition,
        })
    }

    fn pdf(
        &self,
        credential: &[u8],
        view: &CertificateView,
        vocabulary: &Vocabulary,
        artwork: &Artwork,
        picture: &[u8],
    ) -> Result<Vec<u8>, RenderError> {
        let (language, second) = self.languages;
        let definition = self.definition.as_deref();
        // The document itself is in one language; of that there is no translation.
        let signed = view.language.as_deref().and_then(|tag| tag.parse::<Language>().ok());
        let translations: Vec<_> = std::iter::once(language)
            .chain(second.filter(|second| *second != language))
            .filter(|language| Some(*language) != signed)
            .map(|language| (language, pages::translations::of(definition, language)))
            .collect();
        let [sentence, other] = &self.sentences;
        Paper {
            credential,
            view,
            vocabulary,
            translations: &translations,
            address: &self.address,
            artwork,
            picture,
            language,
            second,
            status: Status { sentence, second: Some(other), on: self.on },
        }
        .pdf()
    }
}

/// The answer with a file; under a name, when somebody asked for a file to keep.
pub(super) fn answer(call: &Call<'_>, made: Made, name: Option<CredentialId>) -> HttpResponse {
    let name = name.map(|id| attachment(id, made.extension()));
    let vary = match made.carrier {
        Carrier::Pdf => "Accept, Accept-Language",
        Carrier::Png | Carrier::Svg => "Accept",
    };
    asked_every_time(call, made.carrier.media_type(), vary, made.bytes, name)
}

/// What a recorded document says.
fn view(document: &[u8]) -> Result<CertificateView, Fault> {
    let document: serde_json::Value = serde_json::from_slice(document)
        .map_err(|_| Fault::new(Kind::Internal).cause("a recorded document is not JSON"))?;
    Ok(profile::read(&document))
}

/// The kind in words, in the language of the document: a badge has no language of its reader.
fn kind_label(view: &CertificateView, vocabulary: &Vocabulary) -> String {
    let written = view.language.as_deref().and_then(|tag| tag.parse::<Written>().ok());
    let label = view.kind_concept.as_ref().map(|kind| {
        let label = kind.label(vocabulary, written.unwrap_or(Written::Nl));
        label.unwrap_or(&kind.name).to_owned()
    });
    label.or_else(|| view.achievement_type.clone()).unwrap_or_else(|| "Open Badge".to_owned())
}

/// The artwork as pixels, kept for the next certificate of its kind.
fn pixels(kept: &Kept, artwork: &Artwork) -> Result<Arc<[u8]>, RenderError> {
    let all = || kept.lock().unwrap_or_else(PoisonError::into_inner);
    let known = {
        let mut all = all();
        let at = all.iter().position(|(other, _)| other == artwork);
        at.and_then(|at| all.remove(at)).inspect(|entry| all.push_back(entry.clone()))
    };
    if let Some((_, pixels)) = known {
        return Ok(pixels);
    }
    let pixels: Arc<[u8]> = artwork.png()?.into();
    let mut all = all();
    if all.len() >= MOST_KEPT {
        all.pop_front();
    }
    all.push_back((artwork.clone(), Arc::clone(&pixels)));
    Ok(pixels)
}

/// A file that others may keep if they ask every time, because its holder may close it.
fn asked_every_time(
    call: &Call<'_>,
    media_type: &str,
    vary: &'static str,
    body: Bytes,
    name: Option<(header::HeaderName, String)>,
) -> HttpResponse {
    let etag = tag(&body);
    let known = has_it(call, &etag);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response
        .insert_header((header::ETAG, etag))
        .insert_header((header::CACHE_CONTROL, "public, no-cache"))
        .insert_header((header::VARY, vary));
    if known {
        return response.finish();
    }
    if let Some(name) = name {
        response.insert_header(name);
    }
    response.content_type(media_type).body(body)
}

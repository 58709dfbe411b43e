//! The register as a file: CSV or lines of JSON, made while it is sent, so that millions of rows
//! need no more memory than some. Without names by a plain address; with names only for a reason
//! that is recorded before the first row leaves.

use super::query;
use super::rows::{Names, Row, write_header};
use crate::http::api::members::{Members, chosen, members, text};
use crate::http::auth::Caller;
use crate::http::front::Call;
use crate::http::places::{Place, Places};
use crate::http::problem::{Fault, Kind};
use crate::http::{FrontDesk, FrontDeskParts};
use crate::issuance::{IssueError, RegisterFilter};
use crate::model::{CatalogueFault, FieldError, Scope, Slug};
use crate::store::{Disclosure, RegisterCursor};
use actix_web::HttpResponse;
use actix_web::body::{BodySize, MessageBody};
use actix_web::http::header;
use actix_web::web::Bytes;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

/// Rows made at one time, before others on the thread get their turn.
const AT_ONCE: usize = 32;
/// Exports under way at one time, of all issuers, and of one.
const MOST_EXPORTS: usize = 8;
const MOST_OF_ONE: usize = 4;
/// So many certificates an export with names holds at most.
const MOST_NAMED: u64 = 100_000;
/// The shortest and the longest reason, in characters.
const REASON: std::ops::RangeInclusive<usize> = 10..=500;

/// How rows are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Csv,
    JsonLines,
}

impl Format {
    const CODES: &'static [&'static str] = &["csv", "jsonl"];

    fn media_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8; header=present",
            Self::JsonLines => "application/jsonl",
        }
    }

    fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::JsonLines => "jsonl",
        }
    }
}

/// `GET /v1/issuers/{issuer}/register.csv`.
pub fn csv(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    plain(call, Format::Csv)
}

/// `GET /v1/issuers/{issuer}/register.jsonl`.
pub fn jsonl(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    plain(call, Format::JsonLines)
}

fn plain(call: &Call<'_>, format: Format) -> Result<HttpResponse, Fault> {
    let caller = call.authorize(Scope::RegisterRead)?;
    let filter = until_now(call, query::filter(call)?);
    send(call, caller.issuer, filter, format, Names::Without, None)
}

/// `POST /v1/issuers/{issuer}/register/export`.
pub async fn with_names(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let caller = call.authorize(Scope::RegisterNames)?;
    let Members { known, unknown } = members(call, &["names", "reason", "format", "filter"])?;
    let mut faults = unknown;
    match known.get("names") {
        Some(serde_json::Value::Bool(true)) => {}
        _ => faults.push(FieldError::at("/names", CatalogueFault::NamesNotAsked)),
    }
    let reason = text(&known, "reason", REASON, &mut faults);
    let format = chosen::<String>(&known, "format", Format::CODES, &mut faults);
    let filter = query::of_body(known.get("filter"), &mut faults);
    let (Some(reason), Some(format), true) = (reason, format, faults.is_empty()) else {
        return Err(Fault::invalid(faults));
    };
    let format = if format == "csv" { Format::Csv } else { Format::JsonLines };
    let asked = query::as_value(&filter);
    let filter = until_now(call, filter);
    // Its place is taken before the reason is recorded: what is recorded is also given.
    let place = place(call, &caller.issuer)?;
    let desk = &call.front.parts.desk;
    let between = tokio::task::yield_now;
    let records = desk
        .register_count(&caller.issuer, &filter, MOST_NAMED, between)
        .await?
        .ok_or_else(too_many)?;
    let Caller { client, issuer } = caller;
    desk.disclose(Disclosure {
        issuer: issuer.clone(),
        reason,
        query: asked,
        records,
        origin: call.origin(&client),
    })
    .await?;
    send(call, issuer, filter, format, Names::With, Some(place))
}

/// What is due, as CSV.
pub(super) fn due(
    call: &Call<'_>,
    issuer: Slug,
    filter: RegisterFilter,
) -> Result<HttpResponse, Fault> {
    send(call, issuer, until_now(call, filter), Format::Csv, Names::Without, None)
}

fn too_many() -> Fault {
    Fault::field(FieldError::at("/filter", CatalogueFault::TooManyNames { most: MOST_NAMED }))
}

/// An export holds what was issued before it began; it does not run after what is issued meanwhile.
fn until_now(call: &Call<'_>, filter: RegisterFilter) -> RegisterFilter {
    let end = call.front.parts.clock.now().plus_seconds(1);
    let issued_before = filter.issued_before.map_or(end, |before| before.min(end));
    RegisterFilter { issued_before: Some(issued_before), ..filter }
}

fn send(
    call: &Call<'_>,
    issuer: Slug,
    filter: RegisterFilter,
    format: Format,
    names: Names,
    place: Option<Place>,
) -> Result<HttpResponse, Fault> {
    let place = match place {
        Some(place) => place,
        None => self::place(call, &issuer)?,
    };
    let mut first = Vec::new();
    if format == Format::Csv {
        write_header(names, &mut first);
    }
    let name = format!("register-{issuer}.{}", format.extension());
    let export = Export {
        front: Arc::clone(call.front),
        request_id: call.request_id.to_owned(),
        issuer,
        filter,
        format,
        names,
        first,
        after: None,
        over: false,
        rested: true,
        place,
    };
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "private, no-store"))
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")))
        .content_type(format.media_type())
        .body(export))
}

/// A register on its way. When a row cannot be read the transfer breaks off, so that a client never
/// takes a part for the whole.
struct Export {
    front: Arc<FrontDesk>,
    request_id: String,
    issuer: Slug,
    filter: RegisterFilter,
    format: Format,
    names: Names,
    /// What is sent before the first row.
    first: Vec<u8>,
    after: Option<RegisterCursor>,
    over: bool,
    /// Whether others had their turn since the last rows.
    rested: bool,
    place: Place,
}

impl Export {
    /// The next rows as bytes; none when a step found nothing that fits.
    fn step(&mut self) -> Result<Vec<u8>, IssueError> {
        let FrontDeskParts { desk, clock, .. } = &self.front.parts;
        if !self.place.goes_on(clock.now()) {
            return Err(IssueError::Busy);
        }
        let listing = desk.register(&self.issuer, &self.filter, self.after.take(), AT_ONCE)?;
        let mut bytes = std::mem::take(&mut self.first);
        for record in listing.records {
            let row = Row::of(&desk.listed(record)?, desk.installation(), self.names);
            match self.format {
                Format::Csv => row.write_csv(self.names, &mut bytes),
                Format::JsonLines => {
                    bytes.extend_from_slice(row.value().to_string().as_bytes());
                    bytes.push(b'\n');
                }
            }
        }
        self.over = listing.next.is_none();
        self.after = listing.next;
        Ok(bytes)
    }
}

impl MessageBody for Export {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let this = self.get_mut();
        if this.over && this.first.is_empty() {
            return Poll::Ready(None);
        }
        if this.rested {
            this.rested = false;
            match this.step() {
                Ok(bytes) if bytes.is_empty() && this.over => return Poll::Ready(None),
                Ok(bytes) if bytes.is_empty() => {}
                Ok(bytes) => return Poll::Ready(Some(Ok(bytes.into()))),
                Err(error) => {
                    this.over = true;
                    let request_id = this.request_id.as_str();
                    tracing::error!(target: "bewijs::http", request_id, %error, "export broke off");
                    return Poll::Ready(Some(Err(Box::new(error))));
                }
            }
        }
        this.rested = true;
        context.waker().wake_by_ref();
        Poll::Pending
    }
}

/// The places for exports.
pub fn places() -> Arc<Places> {
    Places::new(MOST_EXPORTS, MOST_OF_ONE)
}

fn place(call: &Call<'_>, issuer: &Slug) -> Result<Place, Fault> {
    let now = call.front.parts.clock.now();
    call.front.exports.take(issuer, now).ok_or_else(|| Fault::new(Kind::Busy))
}

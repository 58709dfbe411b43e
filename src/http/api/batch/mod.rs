//! `POST /v1/verify/batch`: many certificates in, one result each out, in their order and while
//! they are examined. Nothing is kept.
//!
//! Every item ends in a result of its own: one that cannot be taken is `refused`, one that could
//! not be checked `indeterminate`. A batch is judged by one set of fetched documents and for one
//! moment. Work is done a few items ahead of the reader; when the reader goes, it stops.

mod items;

use super::submission::Submission;
use super::verify::examine_at;
use crate::http::FrontDesk;
use crate::http::body;
use crate::http::csv::write_line;
use crate::http::front::Call;
use crate::http::negotiation;
use crate::http::problem::{Fault, Kind};
use crate::http::wording;
use crate::model::Timestamp;
use crate::sources::{Patience, SharedSources};
use crate::store::Visibility;
use crate::texts::{Language, ProblemDetail};
use crate::verification::{Report, Sources, Summary};
use actix_web::body::{BodySize, MessageBody};
use actix_web::error::BlockingError;
use actix_web::http::header;
use actix_web::web::Bytes;
use actix_web::{HttpResponse, web};
use items::{Item, Subject};
use serde_json::{Map, Value, json};
use std::collections::VecDeque;
use std::future::Future;
use std::ops::Range;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

/// Items of one batch that are examined at one time.
const AT_ONCE: usize = 4;
/// Batches under way at one time.
const MOST_BATCHES: usize = 4;
/// After this time what is left of a batch is told to be unchecked.
const MOST_TIME: Duration = Duration::from_secs(600);
/// A batch may be so many times as large as another body.
const TIMES: usize = 8;

const TAKEN: &[&str] = &["application/json", "application/jsonl", "application/x-ndjson"];

/// Largest batch in bytes, where other bodies have this bound.
pub fn most_bytes(max_body: usize) -> usize {
    max_body.saturating_mul(TIMES)
}

/// How results are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Lines of JSON with the whole report.
    Reports,
    /// Lines of JSON in short.
    Summaries,
    /// CSV, always in short.
    Csv,
}

/// The results, with 200 whatever the verdicts.
pub fn verify(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    body::require_identity(call.request)?;
    if !body::media_type(call.request).is_some_and(|stated| TAKEN.contains(&stated.as_str())) {
        return Err(Fault::new(Kind::UnsupportedMediaType)
            .detail(ProblemDetail::MediaTypes { types: &TAKEN.join(", ") }));
    }
    let form = form(call)?;
    let ranges = items::split(&call.body)?;
    let place = call.front.batch_place()?;
    let parts = &call.front.parts;
    let language = negotiation::language(call.request);
    let mut first = Vec::new();
    if form == Form::Csv {
        let mut columns = vec!["index", "id"];
        columns.extend(Summary::COLUMNS);
        columns.extend(["sentence", "error"]);
        write_line(&columns, &mut first);
    }
    let work = Work {
        front: Arc::clone(call.front),
        body: call.body.clone(),
        home: SharedSources::new(Arc::clone(&parts.sources)),
        outward: parts.outward.as_ref().map(|outward| {
            let outward = Patience::new(Arc::clone(outward), MOST_TIME);
            SharedSources::new(Arc::new(outward))
        }),
        now: parts.clock.now(),
        until: Instant::now() + MOST_TIME,
        language,
        form,
    };
    let media_type = match form {
        Form::Csv => "text/csv; charset=utf-8; header=present",
        Form::Reports | Form::Summaries => "application/jsonl",
    };
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .insert_header((header::CONTENT_LANGUAGE, language.tag()))
        .insert_header((header::VARY, "Accept, Accept-Language"))
        .content_type(media_type)
        .body(Batch {
            work: Arc::new(work),
            first,
            left: ranges.into_iter().enumerate(),
            under_way: VecDeque::with_capacity(AT_ONCE),
            _place: place,
        }))
}

fn form(call: &Call<'_>) -> Result<Form, Fault> {
    let short = match call.query("report") {
        None | Some("full") => false,
        Some("summary") => true,
        Some(_) => {
            return Err(Fault::new(Kind::BadRequest)
                .detail(ProblemDetail::ParametersRefused { names: "report" }));
        }
    };
    match negotiation::lines_or_csv(call.request) {
        Some(negotiation::LinesOrCsv::Csv) => Ok(Form::Csv),
        Some(negotiation::LinesOrCsv::Lines) if short => Ok(Form::Summaries),
        Some(negotiation::LinesOrCsv::Lines) => Ok(Form::Reports),
        None => Err(Fault::new(Kind::NotAcceptable)),
    }
}

/// What an item came to.
enum Ending {
    /// It was examined.
    Examined(Box<Report>),
    /// It cannot be taken: code and reason.
    Refused(&'static str, &'static str),
    /// It could have been, and was not.
    Unexamined(&'static str, &'static str),
}

/// What every item of a batch is examined with.
struct Work {
    front: Arc<FrontDesk>,
    body: Bytes,
    home: SharedSources,
    outward: Option<SharedSources>,
    now: Timestamp,
    until: Instant,
    language: Language,
    form: Form,
}

impl Work {
    /// The result of one item, as it is sent. Blocks.
    fn result(&self, index: usize, range: Range<usize>) -> Vec<u8> {
        let item = Item::read(&self.body, range);
        let ending = if Instant::now() > self.until {
            Ending::Unexamined("time-over", "The time for this batch was over.")
        } else {
            match item.subject {
                Ok(Subject::Bytes(bytes)) => self.examined(bytes, item.recipient),
                Ok(Subject::Own(url)) => match self.own(&url) {
                    Ok(bytes) => self.examined(bytes, item.recipient),
                    Err(ending) => ending,
                },
                Err(reason) => Ending::Refused("invalid-item", reason),
            }
        };
        self.written(index, item.id.as_deref(), &ending)
    }

    /// The result of an item whose examination broke off.
    fn broken(&self, index: usize) -> Vec<u8> {
        let ending = Ending::Unexamined("internal-error", "Something went wrong on our side.");
        self.written(index, None, &ending)
    }

    fn examined(&self, bytes: Bytes, recipient: Option<String>) -> Ending {
        let examiner = &self.front.parts.examiner;
        let outward = self.outward.as_ref().map(|outward| outward as &dyn Sources);
        let mut submission = Submission::of(bytes, None);
        if let Some(recipient) = recipient {
            submission = submission.with_recipient(recipient);
        }
        let report = examine_at(examiner, &submission, &self.home, outward, self.now);
        Ending::Examined(Box::new(report))
    }

    /// The bytes of a certificate of this installation, as whoever opens its page gets them.
    fn own(&self, url: &str) -> Result<Bytes, Ending> {
        const ELSEWHERE: Ending = Ending::Refused(
            "not-own",
            "Only certificates of this installation are taken by their address.",
        );
        const UNKNOWN: Ending =
            Ending::Refused("not-found", "There is no certificate at this address.");
        const UNREADABLE: Ending =
            Ending::Unexamined("unavailable", "The register cannot be read now.");
        let parts = &self.front.parts;
        let path = url.strip_prefix(&parts.settings.public_url).ok_or(ELSEWHERE)?;
        let id = path.strip_prefix("/credentials/").ok_or(ELSEWHERE)?;
        let id = id.parse().map_err(|_| UNKNOWN)?;
        let record = parts.store.issued(id).map_err(|_| UNREADABLE)?.ok_or(UNKNOWN)?;
        if record.erased.is_some() {
            return Err(UNKNOWN);
        }
        if record.visibility == Visibility::Closed {
            return Err(Ending::Refused(
                "closed-by-holder",
                "The holder keeps this page closed. Ask the holder for the file.",
            ));
        }
        let document = parts.store.document(id).map_err(|_| UNREADABLE)?.ok_or(UNKNOWN)?;
        Ok(super::shared_bytes(document))
    }

    fn written(&self, index: usize, id: Option<&str>, ending: &Ending) -> Vec<u8> {
        let mut bytes = Vec::new();
        if self.form == Form::Csv {
            let mut cells = vec![index.to_string(), id.unwrap_or_default().to_owned()];
            match ending {
                Ending::Examined(report) => {
                    cells.extend(report.summary().cells());
                    cells.extend([wording::told(report, self.language), String::new()]);
                }
                Ending::Refused(code, detail) | Ending::Unexamined(code, detail) => {
                    cells.push(ending.verdict().to_owned());
                    cells.resize(cells.len() + Summary::COLUMNS.len(), String::new());
                    cells.push(format!("{code}: {detail}"));
                }
            }
            write_line(&cells, &mut bytes);
            return bytes;
        }
        let mut line = Map::new();
        line.insert("index".to_owned(), index.into());
        if let Some(id) = id {
            line.insert("id".to_owned(), id.into());
        }
        match ending {
            Ending::Examined(report) if self.form == Form::Reports => {
                let report = wording::worded(report, self.language);
                line.insert("verdict".to_owned(), report["verdict"].clone());
                line.insert("report".to_owned(), report);
            }
            Ending::Examined(report) => {
                let summary = serde_json::to_value(report.summary());
                if let Ok(Value::Object(members)) = summary {
                    line.extend(members);
                }
                let sentence = wording::told(report, self.language);
                line.insert("sentence".to_owned(), sentence.into());
            }
            Ending::Refused(code, detail) | Ending::Unexamined(code, detail) => {
                line.insert("verdict".to_owned(), ending.verdict().into());
                line.insert("error".to_owned(), json!({"code": code, "detail": detail}));
            }
        }
        bytes.extend_from_slice(Value::Object(line).to_string().as_bytes());
        bytes.push(b'\n');
        bytes
    }
}

impl Ending {
    /// What stands for the verdict where there is no report.
    fn verdict(&self) -> &'static str {
        match self {
            Self::Refused(..) => "refused",
            Self::Unexamined(..) | Self::Examined(_) => "indeterminate",
        }
    }
}

type UnderWay = Pin<Box<dyn Future<Output = Result<Vec<u8>, BlockingError>>>>;

/// Results on their way.
struct Batch {
    work: Arc<Work>,
    /// What is sent before the first result.
    first: Vec<u8>,
    left: std::iter::Enumerate<std::vec::IntoIter<Range<usize>>>,
    under_way: VecDeque<(usize, UnderWay)>,
    _place: BatchPlace,
}

impl MessageBody for Batch {
    type Error = Box<dyn std::error::Error>;

    fn size(&self) -> BodySize {
        BodySize::Stream
    }

    fn poll_next(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Self::Error>>> {
        let this = self.get_mut();
        if !this.first.is_empty() {
            return Poll::Ready(Some(Ok(std::mem::take(&mut this.first).into())));
        }
        while this.under_way.len() < AT_ONCE {
            let Some((index, range)) = this.left.next() else { break };
            let work = Arc::clone(&this.work);
            let examining = web::block(move || work.result(index, range));
            this.under_way.push_back((index, Box::pin(examining)));
        }
        let Some((index, next)) = this.under_way.front_mut() else { return Poll::Ready(None) };
        let index = *index;
        let Poll::Ready(outcome) = next.as_mut().poll(context) else { return Poll::Pending };
        this.under_way.pop_front();
        Poll::Ready(Some(Ok(outcome.unwrap_or_else(|_| this.work.broken(index)).into())))
    }
}

/// A place among the batches under way; given back when dropped.
struct BatchPlace(Arc<AtomicUsize>);

impl Drop for BatchPlace {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl FrontDesk {
    fn batch_place(&self) -> Result<BatchPlace, Fault> {
        let place = BatchPlace(Arc::clone(&self.batches));
        if self.batches.fetch_add(1, Ordering::Relaxed) < MOST_BATCHES {
            Ok(place)
        } else {
            drop(place);
            Err(Fault::new(Kind::Busy))
        }
    }
}

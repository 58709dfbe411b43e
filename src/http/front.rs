//! The way of a request through the front: number, body, rights, work, answer, log line.
//!
//! One function serves every route of the table, so no answer can bypass the problems, the security
//! headers or the log. The log names the route's template, never an address, an identifier of a
//! certificate or a visitor (story Q3).

use super::pages::information::{self, Topic};
use super::problem::{Fault, Kind};
use super::routes::{Name, Operation, ROUTES, Route, UNKNOWN};
use super::{FrontDesk, api, auth, body, forwarded, negotiation, pages};
use crate::model::{CredentialId, Scope};
use crate::store::{ClientRecord, Origin};
use actix_web::http::header::{self, HeaderName, HeaderValue};
use actix_web::http::{Method, StatusCode};
use actix_web::web::{self, Bytes, Payload};
use actix_web::{HttpRequest, HttpResponse};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

/// Bodies larger than the usual limit that are held at one time.
const MOST_LARGE_BODIES: usize = 16;
const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
const ROBOTS: HeaderName = HeaderName::from_static("x-robots-tag");
const POLICY_OF_PAGES: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
     frame-ancestors 'none'",
);
const POLICY_OF_DATA: HeaderValue =
    HeaderValue::from_static("default-src 'none'; frame-ancestors 'none'");
const EXPOSED: HeaderValue =
    HeaderValue::from_static("ETag, Link, Location, Retry-After, X-Request-Id");

/// One request, its body read, on its way to an operation.
#[derive(Debug)]
pub struct Call<'a> {
    /// The front.
    pub front: &'a Arc<FrontDesk>,
    /// Head and address of the request.
    pub request: &'a HttpRequest,
    /// The number under which the operator finds it.
    pub request_id: &'a str,
    /// The body.
    pub body: Bytes,
}

impl Call<'_> {
    /// A segment of the address, as named in the route's template.
    pub fn segment(&self, name: &str) -> &str {
        self.request.match_info().get(name).unwrap_or("")
    }

    /// Lets the caller through, or says why not.
    pub fn authorize(&self, scope: Scope) -> Result<auth::Caller, Fault> {
        self.authorize_any(&[scope])
    }

    /// Lets the caller through that has one of these rights; the first is named to others.
    pub fn authorize_any(&self, scopes: &[Scope]) -> Result<auth::Caller, Fault> {
        let now = self.front.parts.clock.now();
        auth::authorize(self.front.parts.store.as_ref(), self.request, scopes, now)
    }

    /// Lets a client through at an address that is no issuer's, or says why not.
    pub fn authorize_client(&self, scope: Scope) -> Result<Arc<ClientRecord>, Fault> {
        let now = self.front.parts.clock.now();
        auth::authorize_client(self.front.parts.store.as_ref(), self.request, &[scope], now)
    }

    /// Who does it, for the audit.
    pub fn origin(&self, client: &ClientRecord) -> Origin {
        Origin {
            actor: client.id.clone(),
            request_id: Some(self.request_id.to_owned()),
            from: self.from(),
            at: self.front.parts.clock.now(),
        }
    }

    /// The address of the client, for the audit alone. Not to be asked about learners and visitors.
    pub fn from(&self) -> Option<String> {
        let proxies = &self.front.parts.settings.trusted_proxies;
        forwarded::address(self.request, proxies).map(|address| address.to_string())
    }

    /// The first value of a parameter of the query, as it is written.
    pub fn query(&self, name: &str) -> Option<&str> {
        let pairs = self.request.query_string().split('&');
        pairs.filter_map(|pair| pair.split_once('=')).find_map(|(n, v)| (n == name).then_some(v))
    }
}

/// Sets up every route of the table. To be called for each worker with the same front.
pub fn configure(config: &mut web::ServiceConfig, front: &Arc<FrontDesk>) {
    for route in ROUTES {
        let front = Arc::clone(front);
        config.service(
            web::resource(route.path).to(move |request, payload| {
                serve(Arc::clone(&front), Some(route), request, payload)
            }),
        );
    }
    let front = Arc::clone(front);
    config.default_service(web::to(move |request, payload| {
        serve(Arc::clone(&front), None, request, payload)
    }));
}

async fn serve(
    front: Arc<FrontDesk>,
    route: Option<&'static Route>,
    request: HttpRequest,
    payload: Payload,
) -> HttpResponse {
    let started = Instant::now();
    let request_id = front.request_id(&request);
    let operation = route.and_then(|r| r.operation(request.method().as_str()));
    let outcome = answer(&front, route, operation, &request, payload, &request_id).await;
    let mut response = match outcome {
        Ok(response) => response,
        Err(fault) => refusal(&front, &request, &fault, &request_id),
    };
    finish(&mut response, route, &request_id);
    tracing::info!(
        target: "bewijs::access",
        request_id,
        method = %method_word(request.method()),
        route = route.map_or(UNKNOWN, |r| r.path),
        status = response.status().as_u16(),
        micros = u64::try_from(started.elapsed().as_micros()).unwrap_or(u64::MAX),
    );
    response
}

/// Methods are the client's to choose; the log shows only those that exist.
fn method_word(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "(other)",
    }
}

async fn answer(
    front: &Arc<FrontDesk>,
    route: Option<&'static Route>,
    operation: Option<&'static Operation>,
    request: &HttpRequest,
    payload: Payload,
    request_id: &str,
) -> Result<HttpResponse, Fault> {
    let settings = &front.parts.settings;
    let most = match operation.map(|operation| operation.name) {
        Some(Name::VerifyBatch) => api::batch::most_bytes(settings.max_body),
        Some(Name::VerifyCredential | Name::VerifyForm) => {
            api::submission::most_bytes(settings.max_body)
        }
        _ => settings.max_body,
    };
    // Many large bodies at one time would take all memory.
    let large = most > settings.max_body && !body::is_at_most(request, settings.max_body);
    let place = if large { front.enter_with_large_body() } else { Ok(None) };
    let max_body = if place.is_ok() { most } else { settings.max_body };
    let body = body::read(request, payload, max_body, settings.body_time).await;
    let _large = place?;
    let Some(route) = route else {
        return Err(Fault::new(Kind::NotFound));
    };
    if request.method() == Method::OPTIONS {
        return Ok(preflight(route));
    }
    let Some(operation) = operation else {
        let certificate =
            |o: &Operation| matches!(o.name, Name::ReadCredential | Name::ReadManagementView);
        let released = route.operations.iter().any(certificate)
            && matches!(*request.method(), Method::PUT | Method::PATCH | Method::DELETE);
        let kind = if released { Kind::ReleasedImmutable } else { Kind::MethodNotAllowed };
        return Err(Fault::new(kind).header(header::ALLOW, route.allow()));
    };
    let call = Call { front, request, request_id, body: body? };
    if matches!(operation.name, Name::Health) {
        return Ok(api::health::health());
    }
    let _place = front.enter()?;
    if let Some(answer) = api::kept::answer(&call) {
        return answer;
    }
    match tokio::time::timeout(settings.work_time, work(operation, &call)).await {
        Ok(outcome) => outcome,
        Err(_) => Err(Fault::new(Kind::Unavailable).cause("the time limit of the request")),
    }
}

async fn work(operation: &Operation, call: &Call<'_>) -> Result<HttpResponse, Fault> {
    match operation.name {
        Name::ReadCredential => api::credentials::read(call).await,
        Name::ConcernPage => pages::concern::form(call),
        Name::ReportConcern => pages::concern::report(call).await,
        Name::ListConcerns => api::concerns::list(call),
        Name::ReadConcern => api::concerns::read(call),
        Name::HandleConcern => api::concerns::handle(call).await,
        Name::ListMail => api::mail::list(call),
        Name::MailAgain => api::mail::again(call).await,
        Name::MailBounced => api::mail::bounced(call).await,
        Name::ReadQrCode => api::downloads::qr(call),
        Name::ReadBrand => pages::brand::style(call),
        Name::CompareHolder => api::credentials::compare(call).await,
        Name::ReadExemptionFacts => api::exemption::facts(call).await,
        Name::IssueCredential => api::issuing::issue(call).await,
        Name::ListCredentials => api::register::list(call),
        Name::CorrectCredential => api::issuing::correct(call).await,
        Name::EraseCredential => api::erasure::erase(call).await,
        Name::PurgeCredential => api::erasure::purge(call).await,
        Name::MarkRegistered => api::register::mark(call).await,
        Name::ExportCsv => api::register::csv(call),
        Name::ExportJsonLines => api::register::jsonl(call),
        Name::ExportNames => api::register::with_names(call).await,
        Name::ListDisclosures => api::register::disclosures(call),
        Name::ListRegistrations => api::register::due(call),
        Name::ExportRegistrations => api::register::due_csv(call),
        Name::ReadCounts => api::counts::all(call),
        Name::ReadIssuerCounts => api::counts::of_issuer(call),
        Name::CountsPage => pages::counts::counts(call),
        Name::RotateClaim => api::management::rotate_claim(call).await,
        Name::LearnerPage => pages::learner::read(call).await,
        Name::LearnerForm => pages::learner::change(call).await,
        Name::LearnerShow => pages::learner::show(call).await,
        Name::LearnerFile => pages::learner::file(call).await,
        Name::SharedPage => pages::shared::read(call).await,
        Name::ReadManagementView => api::management::read(call),
        Name::ChangeStatus => api::management::change_status(call).await,
        Name::SetVisibility => api::management::set_visibility(call).await,
        Name::Endorse => api::endorsements::endorse(call).await,
        Name::ListEndorsements => api::endorsements::list(call),
        Name::ReadEndorsementEntry => api::endorsements::read_own(call),
        Name::ChangeEndorsementStatus => api::endorsements::change_status(call).await,
        Name::ReadEndorsement => api::endorsements::read(call).await,
        Name::ListDefinitionEndorsements => api::endorsements::of_definition(call),
        Name::ListCredentialEndorsements => api::endorsements::of_credential(call),
        Name::VerifyCredential => api::verify::verify(call).await,
        Name::VerifyBatch => api::batch::verify(call),
        Name::IssueVcalmCredential => api::vc_api::issue(call).await,
        Name::UpdateVcalmStatus => api::vc_api::update(call),
        Name::VerifyVcalmCredential => api::vc_api::verify_credential(call).await,
        Name::VerifyVcalmPresentation => api::vc_api::verify_presentation(call).await,
        Name::ReadStatusList => api::lists::read(call),
        Name::ReadHostDid => api::documents::host_did(call),
        Name::ReadIssuerDid => api::documents::issuer_did(call),
        Name::ReadJwks => api::documents::jwks(call),
        Name::ReadIssuerJwks => api::documents::issuer_jwks(call),
        Name::ReadAchievement => api::catalogue::achievement(call).await,
        Name::ReadSelection => api::catalogue::selection(call).await,
        Name::ReadEdition => api::catalogue::edition(call).await,
        Name::ReadSelectionEdition => api::catalogue::selection_edition(call).await,
        Name::ReadIssuer => api::catalogue::issuer(call),
        Name::ListProfiles => Ok(api::profiles::list(call)),
        Name::ReadProfile => api::profiles::read(call),
        Name::ReadKindSchema => api::profiles::schema(call),
        Name::ReadVocabulary => api::catalogue::vocabulary(call),
        Name::WithdrawDefinition => api::definitions::withdraw(call).await,
        Name::ReadConcept => api::catalogue::concept(call),
        Name::ListDefinitions => api::definitions::list(call),
        Name::PublishDefinitions => api::definitions::publish_all(call).await,
        Name::CheckDefinition => api::definitions::check(call),
        Name::ListDefinitionVersions => api::definitions::versions(call),
        Name::ReadDefinition => api::definitions::read(call),
        Name::PublishDefinition => api::definitions::publish(call).await,
        Name::ListFrameworks => api::frameworks::list(call),
        Name::ReadFrameworkEntry => api::frameworks::read(call),
        Name::PublishFramework => api::frameworks::publish(call).await,
        Name::ReadFramework => api::catalogue::framework(call),
        Name::ListOrganisations => api::organisations::list(call),
        Name::ReadOrganisation => api::organisations::read(call),
        Name::PutOrganisation => api::organisations::put(call).await,
        Name::ReadLogoEntry | Name::ReadArtwork => api::pictures::read(call),
        Name::PutLogo | Name::PutArtwork => api::pictures::put(call).await,
        Name::RemoveLogo | Name::RemoveArtwork => api::pictures::remove(call).await,
        Name::ReadLogo => api::pictures::logo(call),
        Name::ReadMandate => api::catalogue::mandate(call),
        Name::ReadProblem => pages::problem::read(call),
        Name::ReadOpenApi => Ok(api::documents::openapi(call)),
        Name::Health => Ok(api::health::health()),
        Name::Ready => api::health::ready(call),
        Name::Start => Ok(pages::start::start(call)),
        Name::AboutPage => Ok(information::read(call, Topic::About)),
        Name::StatesPage => Ok(information::read(call, Topic::States)),
        Name::WorthPage => Ok(information::read(call, Topic::Worth)),
        Name::PrivacyPage => Ok(information::read(call, Topic::Privacy)),
        Name::AccessibilityPage => Ok(information::read(call, Topic::Accessibility)),
        Name::VerifyPage => Ok(pages::verify::form(call)),
        Name::VerifyForm => pages::verify::check(call).await,
        Name::StyleSheet => Ok(pages::style_sheet()),
    }
}

fn preflight(route: &Route) -> HttpResponse {
    let mut response = HttpResponse::NoContent();
    response.insert_header((header::ALLOW, route.allow()));
    if route.operations.iter().any(|o| o.shared) {
        response
            .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, route.allow()))
            .insert_header((
                header::ACCESS_CONTROL_ALLOW_HEADERS,
                "Accept, Content-Type, If-None-Match",
            ))
            .insert_header((header::ACCESS_CONTROL_MAX_AGE, "86400"));
    }
    response.finish()
}

/// The answer to a fault: a page for who opens pages, a problem document for everyone else.
fn refusal(
    front: &FrontDesk,
    request: &HttpRequest,
    fault: &Fault,
    request_id: &str,
) -> HttpResponse {
    let status = StatusCode::from_u16(fault.kind.status())
        .expect("the statuses of the table are HTTP statuses");
    if let Some(cause) = &fault.cause {
        tracing::error!(target: "bewijs::http", request_id, kind = fault.kind.name(), cause);
    }
    let mut response = HttpResponse::build(status);
    if fault.kind == Kind::Unauthorized {
        response.insert_header((header::WWW_AUTHENTICATE, "Bearer realm=\"bewijs\""));
    }
    if let Some(seconds) = fault.retry_after {
        response.insert_header((header::RETRY_AFTER, seconds));
    }
    for (name, value) in &fault.headers {
        response.insert_header((name.clone(), value.as_str()));
    }
    response.insert_header((header::CACHE_CONTROL, "private, no-store"));
    response.insert_header((header::VARY, "Accept, Accept-Language"));
    if !request.path().starts_with("/v1/") && negotiation::wants_page(request) {
        let language = negotiation::language(request);
        return response.content_type(pages::HTML).body(pages::refusal::render(
            fault.kind,
            language,
            request.path(),
            &front.parts.settings.public_url,
        ));
    }
    let language = negotiation::language_for_programs(request);
    let document = fault.document(&front.parts.settings.public_url, request_id, language);
    response.insert_header((header::CONTENT_LANGUAGE, language.tag()));
    response
        .content_type("application/problem+json")
        .body(serde_json::to_vec(&document).expect("a problem document is always JSON"))
}

fn finish(response: &mut HttpResponse, route: Option<&Route>, request_id: &str) {
    let shared = route.is_some_and(|r| r.operations.iter().any(|o| o.shared));
    let headers = response.headers_mut();
    let page = headers
        .get(header::CONTENT_TYPE)
        .is_some_and(|value| value.as_bytes().starts_with(b"text/html"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    headers.insert(ROBOTS, HeaderValue::from_static("noindex"));
    if page {
        headers.insert(header::CONTENT_SECURITY_POLICY, POLICY_OF_PAGES);
        headers.insert(
            PERMISSIONS_POLICY,
            HeaderValue::from_static("camera=(), geolocation=(), microphone=()"),
        );
    } else {
        headers.insert(header::CONTENT_SECURITY_POLICY, POLICY_OF_DATA);
        if shared {
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
        }
    }
    if let Ok(value) = HeaderValue::from_str(request_id) {
        headers.insert(REQUEST_ID, value);
    }
}

/// A place among the requests in work; given back when dropped.
#[derive(Debug)]
pub struct Place<'a>(&'a AtomicUsize);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

impl FrontDesk {
    fn enter(&self) -> Result<Place<'_>, Fault> {
        let place = Place(&self.in_work);
        if self.in_work.fetch_add(1, Ordering::Relaxed) < self.parts.settings.max_in_work {
            Ok(place)
        } else {
            drop(place);
            Err(Fault::new(Kind::Busy))
        }
    }

    /// A place among the requests whose bodies may be larger than others.
    fn enter_with_large_body(&self) -> Result<Option<Place<'_>>, Fault> {
        let place = Place(&self.large_bodies);
        if self.large_bodies.fetch_add(1, Ordering::Relaxed) < MOST_LARGE_BODIES {
            Ok(Some(place))
        } else {
            Err(Fault::new(Kind::Busy))
        }
    }

    /// Counts a report of a concern about this certificate, or refuses it.
    pub fn allow_concern(&self, request: &HttpRequest, id: CredentialId) -> Result<(), Fault> {
        self.allowances.report(request, &self.parts.settings.trusted_proxies, id.uuid())
    }

    /// A fresh number, or the one that a trusted proxy gave.
    fn request_id(&self, request: &HttpRequest) -> String {
        let proxies = &self.parts.settings.trusted_proxies;
        if !proxies.is_empty()
            && request.peer_addr().is_some_and(|p| proxies.iter().any(|n| n.contains(p.ip())))
            && let Some(given) = request.headers().get(REQUEST_ID).and_then(|v| v.to_str().ok())
            && (8..=64).contains(&given.len())
            && given.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
        {
            return given.to_owned();
        }
        self.parts.ids.ordered_id().to_string()
    }
}

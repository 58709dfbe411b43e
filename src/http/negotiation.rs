//! `Accept` and `Accept-Language` (RFC 9110, section 12.5). What is not understood is passed over,
//! as the standard wants; bounded to the first entries of an absurd header.

use crate::baked::Carrier;
use crate::proof::jose::JwtProfile;
use crate::texts::Language;
use actix_web::HttpRequest;
use actix_web::http::header;

const MOST_ENTRIES: usize = 32;

/// The forms in which a certificate is offered (Open Badges 3.0, decision D4).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// The signed JSON, under this media type.
    Signed(&'static str),
    /// As JWT in this profile.
    Jwt(JwtProfile),
    /// The page.
    Page,
    /// A picture or paper that carries the signed JSON.
    Carried(Carrier),
}

/// What a client that names nothing gets: generic clients parse it, since its name holds "json".
pub const DEFAULT_SIGNED: &str = "application/vc+ld+json";

/// The media type of a certificate as JWT: Open Badges 3.0 wants `text/plain` for its own profile.
pub const fn jwt_media_type(profile: JwtProfile) -> &'static str {
    match profile {
        JwtProfile::VcJwt => "application/vc+jwt",
        JwtProfile::OpenBadges => "text/plain",
    }
}

const OFFERED: &[(&str, Form)] = &[
    ("application/vc+ld+json", Form::Signed("application/vc+ld+json")),
    ("application/vc", Form::Signed("application/vc")),
    ("application/ld+json", Form::Signed("application/ld+json")),
    ("application/json", Form::Signed("application/json")),
    (jwt_media_type(JwtProfile::VcJwt), Form::Jwt(JwtProfile::VcJwt)),
    // Before the token, which an issuer may not have: `text/*` is a person rather than a program.
    ("text/html", Form::Page),
    (jwt_media_type(JwtProfile::OpenBadges), Form::Jwt(JwtProfile::OpenBadges)),
    ("image/png", Form::Carried(Carrier::Png)),
    ("image/svg+xml", Form::Carried(Carrier::Svg)),
    ("application/pdf", Form::Carried(Carrier::Pdf)),
];

/// What else than a certificate is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PageOr {
    /// The page.
    Page,
    /// JSON under its own media type.
    Json,
}

fn entries(value: &str) -> impl Iterator<Item = (&str, u16)> {
    value.split(',').take(MOST_ENTRIES).filter_map(|entry| {
        let mut parts = entry.split(';');
        let name = parts.next()?.trim();
        let quality = parts
            .find_map(|p| p.trim().strip_prefix("q=").or_else(|| p.trim().strip_prefix("Q=")))
            .map_or(Some(1000), thousandths)?;
        (!name.is_empty()).then_some((name, quality))
    })
}

/// `0`, `0.5`, `1.000` as thousandths.
fn thousandths(text: &str) -> Option<u16> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    if fraction.len() > 3 || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let fraction: u16 = format!("{fraction:0<3}").parse().ok()?;
    match whole {
        "0" => Some(fraction),
        "1" if fraction == 0 => Some(1000),
        _ => None,
    }
}

/// How well a media range fits a media type: 3 the type itself, 2 `type/*`, 1 `*/*`.
fn fit(range: &str, media_type: &str) -> Option<u8> {
    if range.eq_ignore_ascii_case(media_type) {
        Some(3)
    } else if range == "*/*" {
        Some(1)
    } else {
        let kind = range.strip_suffix("/*")?;
        let (offered, _) = media_type.split_once('/')?;
        kind.eq_ignore_ascii_case(offered).then_some(2)
    }
}

/// The quality that a header gives a media type: that of the range that fits it best.
fn quality(accept: &str, media_type: &str) -> Option<(u16, u8)> {
    entries(accept)
        .filter_map(|(range, q)| fit(range, media_type).map(|fit| (fit, q)))
        .max_by_key(|(fit, _)| *fit)
        .filter(|(_, q)| *q > 0)
        .map(|(fit, q)| (q, fit))
}

/// The offer that the header likes best; among equals one that it names over one that it only
/// covers, then the order of the offers. `None` when none is acceptable.
fn best<T: Copy>(accept: &str, offers: &[(&str, T)]) -> Option<T> {
    let mut chosen: Option<((u16, u8), T)> = None;
    for (media_type, offer) in offers {
        if let Some(rank) = quality(accept, media_type)
            && chosen.is_none_or(|(leading, _)| rank > leading)
        {
            chosen = Some((rank, *offer));
        }
    }
    chosen.map(|(_, offer)| offer)
}

fn accept(request: &HttpRequest) -> Option<&str> {
    request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok())
}

/// The form of a certificate that the client asked for; `None` when it is not offered.
pub fn form(request: &HttpRequest) -> Option<Form> {
    match accept(request) {
        None | Some("*/*" | "") => Some(Form::Signed(DEFAULT_SIGNED)),
        Some(accept) => best(accept, OFFERED),
    }
}

/// The media type under which a signed JSON document is answered; `None` when not acceptable.
pub fn signed(request: &HttpRequest) -> Option<&'static str> {
    match accept(request) {
        None | Some("*/*" | "") => Some(DEFAULT_SIGNED),
        Some(accept) => {
            let offers: [(&str, &'static str); 4] = [
                ("application/vc+ld+json", "application/vc+ld+json"),
                ("application/vc", "application/vc"),
                ("application/ld+json", "application/ld+json"),
                ("application/json", "application/json"),
            ];
            best(accept, &offers)
        }
    }
}

/// Page or JSON, where both are offered: a page only for who names `text/html`.
pub fn page_or_json(request: &HttpRequest) -> PageOr {
    let offers = [("application/json", PageOr::Json), ("text/html", PageOr::Page)];
    accept(request).and_then(|accept| best(accept, &offers)).unwrap_or(PageOr::Json)
}

/// How a long answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinesOrCsv {
    /// Lines of JSON.
    Lines,
    /// CSV.
    Csv,
}

/// Lines of JSON, or CSV for who prefers it; `None` when neither is acceptable.
pub fn lines_or_csv(request: &HttpRequest) -> Option<LinesOrCsv> {
    let offers = [("application/jsonl", LinesOrCsv::Lines), ("text/csv", LinesOrCsv::Csv)];
    match accept(request) {
        None | Some("*/*" | "") => Some(LinesOrCsv::Lines),
        Some(accept) => best(accept, &offers),
    }
}

/// Page or JSON for who opens an address of pages: JSON only for who names it and not `text/html`.
pub fn wants_page(request: &HttpRequest) -> bool {
    page_or_json(request) == PageOr::Page
}

/// The language of a page: `?lang=`, then `Accept-Language`, then Dutch. Never an error.
pub fn language(request: &HttpRequest) -> Language {
    chosen_language(request).unwrap_or_else(|| accepted_language(request, Language::Nl))
}

/// The language that the address or the header asks for, if any.
pub fn asked_language(request: &HttpRequest) -> Option<Language> {
    let header = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    chosen_language(request).or_else(|| preferred(header?, Language::Nl))
}

/// The language of an answer that a program reads first: `Accept-Language`, then English. Never an
/// error.
pub fn language_for_programs(request: &HttpRequest) -> Language {
    accepted_language(request, Language::En)
}

fn accepted_language(request: &HttpRequest, otherwise: Language) -> Language {
    let header = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|v| v.to_str().ok());
    header.and_then(|header| preferred(header, otherwise)).unwrap_or(otherwise)
}

/// The language that the address itself asks for.
pub fn chosen_language(request: &HttpRequest) -> Option<Language> {
    request
        .query_string()
        .split('&')
        .find_map(|pair| pair.strip_prefix("lang="))
        .and_then(|tag| tag.parse().ok())
}

/// The language that the header likes best: the highest quality, then what stands first. `*` stands
/// for the languages that it does not name, `otherwise` before the rest. `None` when it takes none.
fn preferred(header: &str, otherwise: Language) -> Option<Language> {
    let others = Language::ALL.into_iter().filter(|language| *language != otherwise);
    let mut chosen: Option<(u16, usize, Language)> = None;
    for language in std::iter::once(otherwise).chain(others) {
        if let Some((quality, place)) = quality_of_language(header, language)
            && chosen.is_none_or(|(leading, first, _)| {
                quality > leading || (quality == leading && place < first)
            })
        {
            chosen = Some((quality, place, language));
        }
    }
    chosen.map(|(_, _, language)| language)
}

/// The quality that the header gives a language, and where it says so. A region asks for its
/// language; that one region is not wanted says nothing about the language.
fn quality_of_language(header: &str, language: Language) -> Option<(u16, usize)> {
    let mut named = None;
    let mut rest = None;
    for (place, (range, quality)) in entries(header).enumerate() {
        let found = if range == "*" {
            &mut rest
        } else if range.parse() == Ok(language) && (quality > 0 || !range.contains('-')) {
            &mut named
        } else {
            continue;
        };
        if found.is_none_or(|(leading, _): (u16, usize)| quality > leading) {
            *found = Some((quality, place));
        }
    }
    named.or(rest).filter(|(quality, _)| *quality > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    fn asked(accept: &str) -> Option<Form> {
        form(&TestRequest::get().insert_header(("accept", accept)).to_http_request())
    }

    #[test]
    fn the_form_follows_the_header() {
        const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
        for (accept, expected) in [
            ("*/*", Some(Form::Signed("application/vc+ld+json"))),
            ("", Some(Form::Signed("application/vc+ld+json"))),
            ("application/*", Some(Form::Signed("application/vc+ld+json"))),
            ("application/vc", Some(Form::Signed("application/vc"))),
            ("application/json", Some(Form::Signed("application/json"))),
            ("APPLICATION/LD+JSON", Some(Form::Signed("application/ld+json"))),
            ("application/vc+jwt", Some(Form::Jwt(JwtProfile::VcJwt))),
            ("text/plain", Some(Form::Jwt(JwtProfile::OpenBadges))),
            ("text/*", Some(Form::Page)),
            (BROWSER, Some(Form::Page)),
            ("text/html;q=0.5, application/vc", Some(Form::Signed("application/vc"))),
            ("application/json, */*", Some(Form::Signed("application/json"))),
            ("application/vc+jwt, */*;q=0.1", Some(Form::Jwt(JwtProfile::VcJwt))),
            ("text/html;q=0, */*", Some(Form::Signed("application/vc+ld+json"))),
            ("image/png", Some(Form::Carried(Carrier::Png))),
            ("image/svg+xml,image/*,*/*;q=0.8", Some(Form::Carried(Carrier::Svg))),
            ("image/*", Some(Form::Carried(Carrier::Png))),
            ("application/pdf", Some(Form::Carried(Carrier::Pdf))),
            ("image/gif", None),
            ("application/vc;q=0", None),
            (";;,,;q=", None),
            ("application/vc;q=9", None),
        ] {
            assert_eq!(asked(accept), expected, "{accept}");
        }
        assert_eq!(
            form(&TestRequest::get().to_http_request()),
            Some(Form::Signed("application/vc+ld+json"))
        );
    }

    #[test]
    fn the_language_follows_the_address_then_the_header_then_is_dutch() {
        let asked = |uri: &str, header: &str| {
            language(
                &TestRequest::with_uri(uri)
                    .insert_header(("accept-language", header))
                    .to_http_request(),
            )
        };
        assert_eq!(asked("/?lang=fr", "en"), Language::Fr);
        assert_eq!(asked("/?lang=xx", "en-GB,en;q=0.9,fr;q=0.8"), Language::En);
        assert_eq!(asked("/", "de, fr-BE;q=0.7, en;q=0.6"), Language::Fr);
        assert_eq!(asked("/", "de"), Language::Nl);
        assert_eq!(asked("/", "fr;q=0"), Language::Nl);
    }

    #[test]
    fn programs_read_english_when_no_language_of_ours_is_wanted() {
        let asked = |header: &str| {
            language_for_programs(
                &TestRequest::with_uri("/?lang=nl")
                    .insert_header(("accept-language", header))
                    .to_http_request(),
            )
        };
        for (header, expected) in [
            ("", Language::En),
            ("*", Language::En),
            ("de", Language::En),
            ("en;q=0", Language::En),
            ("en;q=0, *", Language::Nl),
            ("en;q=0, nl;q=0, *;q=0.1", Language::Fr),
            ("nl", Language::Nl),
            ("NL-be", Language::Nl),
            ("fr-BE, nl;q=0.9", Language::Fr),
            ("fr;q=0.2, nl;q=0.8, en;q=0.5", Language::Nl),
            ("nl, fr", Language::Nl),
            ("fr, nl", Language::Fr),
            ("fr;q=0.5, *", Language::En),
            ("fr;q=0.5, *;q=0.1", Language::Fr),
            ("en-GB;q=0, en", Language::En),
            ("fr;q=0, fr-BE;q=0.3", Language::Fr),
            ("de, *;q=0", Language::En),
            ("fr;q=nonsense", Language::En),
            (";;,,;q=", Language::En),
        ] {
            assert_eq!(asked(header), expected, "{header}");
        }
        assert_eq!(language_for_programs(&TestRequest::default().to_http_request()), Language::En);
    }
}

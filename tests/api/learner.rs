//! The holder's page: what it says first, who decides, and what nobody else learns.

use crate::app::{Answer, Call, ISSUER, OTHER, Options, PUBLIC, TestApp, award, fresh, shared};
use bewijs::http::ROUTES;
use bewijs::store::Visibility;
use serde_json::{Value, json};

/// A certificate with its holder's link.
pub struct Held<'a> {
    pub app: &'a TestApp,
    pub uuid: String,
    /// The path of the holder's page.
    pub page: String,
}

impl<'a> Held<'a> {
    pub fn issue(app: &'a TestApp, sample: &str) -> Self {
        let mut award = award(sample);
        award["certificateNumber"] = json!(fresh("L"));
        let answer = app.issue(&award);
        assert_eq!(answer.status, 201, "{}", answer.text());
        Self::of(app, &answer)
    }

    pub fn of(app: &'a TestApp, answer: &Answer) -> Self {
        let uuid = answer.header("location").rsplit('/').next().expect("a segment").to_owned();
        Self { app, uuid, page: path(answer.header("claim-url")) }
    }

    pub fn html(&self) -> String {
        let answer = self.app.get(&format!("{}?lang=nl", self.page)).send();
        assert_eq!((answer.status, answer.media_type()), (200, "text/html"), "{}", answer.text());
        answer.text()
    }

    pub fn token(&self) -> &str {
        self.page.rsplit('/').next().expect("a segment")
    }

    /// The value that forms bring back.
    pub fn form(&self) -> String {
        between(&self.html(), "name=\"form\" value=\"", "\"").to_owned()
    }

    /// Sends a form of the page, with its value.
    pub fn ask(&self, fields: &str) -> Answer {
        let form = self.form();
        self.send(&format!("form={form}&{fields}"))
    }

    pub fn send(&self, body: &str) -> Answer {
        posted(self.app.call("POST", &format!("{}?lang=nl", self.page)), body).send()
    }

    pub fn view(&self) -> Value {
        let path = format!("/v1/issuers/{ISSUER}/credentials/{}", self.uuid);
        let answer = self.app.get(&path).token(ISSUER, "all").send();
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()
    }

    /// Makes a share link and gives its path.
    pub fn share(&self, fields: &str) -> String {
        let answer = self.ask(&format!("do=share&{fields}"));
        assert_eq!(answer.status, 303, "{}", answer.text());
        let made = self.app.get(answer.header("location")).send().text();
        path(between(&made, "<p class=\"address\">", "</p>"))
    }
}

fn posted(call: Call, body: &str) -> Call {
    call.body("application/x-www-form-urlencoded", body.as_bytes().to_vec())
}

pub fn path(url: &str) -> String {
    url.strip_prefix(PUBLIC).unwrap_or_else(|| panic!("not ours: {url}")).to_owned()
}

pub fn between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let start = text.find(before).unwrap_or_else(|| panic!("no {before}")) + before.len();
    let rest = &text[start..];
    &rest[..rest.find(after).unwrap_or_else(|| panic!("no {after}"))]
}

pub fn closed() -> TestApp {
    TestApp::start(Options { visibility: Visibility::Closed, ..Options::default() })
}

/// What is told of an answer, but what differs from request to request.
pub fn told(answer: &Answer) -> (u16, String) {
    let id = answer.header("x-request-id").to_owned();
    (answer.status, answer.text().replace(&id, "ID"))
}

/// Story L1.
#[test]
fn the_page_says_show_print_and_share_first_in_three_languages() {
    let held = Held::issue(shared(), "mc1");
    for (lang, words) in [
        ("nl", ["Tonen", "Afdrukken", "Delen"]),
        ("fr", ["Montrer", "Imprimer", "Partager"]),
        ("en", ["Show", "Print", "Share"]),
    ] {
        let answer = held.app.get(&format!("{}?lang={lang}", held.page)).send();
        assert_eq!(answer.status, 200);
        let html = answer.text();
        assert!(html.contains(&format!("<html lang=\"{lang}\">")));
        let first = html.find("<h2").expect("headings");
        for word in words {
            let at = html.find(&format!("<strong>{word}</strong>")).expect(word);
            assert!(at < first, "{word} stands before everything else");
        }
        assert_eq!(html.matches("<h1").count(), 1);
        assert!(html.contains("Krachtgericht communiceren") && html.contains("Voornaam"));
        for never in ["<script", " style=\"", "EXT-2026", "lerende-1@", "credential:", " hash"] {
            assert!(!html.contains(never), "{lang}: {never}");
        }
        assert_eq!(answer.header("cache-control"), "no-store");
        assert!(answer.header("content-security-policy").contains("form-action 'self'"));
        assert!(answer.header("set-cookie").is_empty());
    }
    let asked = held.app.get(&held.page).header("accept-language", "fr-BE").send();
    assert!(asked.text().contains("<html lang=\"fr\">"));
}

/// Story L1.
#[test]
fn the_link_comes_with_the_certificate_and_again_with_a_repetition() {
    let app = shared();
    let mut request = award("mc1");
    request["certificateNumber"] = json!(fresh("L"));
    let issue = || {
        app.post(&format!("/v1/issuers/{ISSUER}/credentials"), &request)
            .token(ISSUER, "issue")
            .header("idempotency-key", "learner-claim")
            .send()
    };
    let (first, again) = (issue(), issue());
    let link = first.header("claim-url").to_owned();
    assert!(link.starts_with(&format!("{PUBLIC}/learner/")), "{link}");
    assert_eq!(again.header("claim-url"), link);
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert!(!first.text().contains(link.rsplit('/').next().expect("a token")));
    let held = Held::of(app, &first);
    assert_eq!(held.view()["claimUrl"], json!(link));
    // Who only reads does not get it; nor does another issuer, nor anybody.
    let path = format!("/v1/issuers/{ISSUER}/credentials/{}", held.uuid);
    let reader = app.get(&path).token(ISSUER, "read").send();
    assert_eq!(reader.status, 200);
    assert!(reader.json().get("claimUrl").is_none());
    assert_eq!(app.get(&path).token(OTHER, "all").send().status, 404);
    let public = app.get(&format!("/credentials/{}", held.uuid)).send();
    assert!(public.header("claim-url").is_empty());

    let mut corrected = request.clone();
    corrected["certificateNumber"] = json!(fresh("L"));
    let successor = app.post(&format!("{path}/correct"), &corrected).token(ISSUER, "all").send();
    assert_eq!(successor.status, 201, "{}", successor.text());
    let own = Held::of(app, &successor);
    assert_ne!(own.page, held.page);
    let html = held.html();
    assert!(!html.contains(&own.uuid), "the old link leads to no other certificate");
    let state = html.find("Er is een nieuwere versie").expect("the state");
    assert!(state < html.find("<h1").expect("a heading"), "the state is said first");
    assert!(html.contains("geeft je daarvoor een nieuwe link"));
    assert!(!html.contains("linkedin.com"));
}

/// Story L7.
#[test]
fn a_new_link_ends_the_old_one_and_leaves_what_the_holder_shares() {
    let app = closed();
    let held = Held::issue(&app, "mc1");
    let form = held.form();
    let link = held.share("expires=7d&what=all");
    let path = format!("/v1/issuers/{ISSUER}/credentials/{}/claim", held.uuid);
    for (issuer, client, status) in
        [(ISSUER, "read", 403), (ISSUER, "issue", 403), (OTHER, "all", 404)]
    {
        assert_eq!(app.call("POST", &path).token(issuer, client).send().status, status);
    }
    assert_eq!(app.call("POST", &path).send().status, 401);
    let odd = app.post(&path, &json!({ "generation": 7 })).token(ISSUER, "all").send();
    assert_eq!((odd.status, odd.errors()[0].1.as_str()), (422, "/generation"));
    assert_eq!(held.app.get(&held.page).send().status, 200, "nothing happened yet");

    let answer = app.call("POST", &path).token(ISSUER, "all").send();
    assert_eq!(answer.status, 200, "{}", answer.text());
    let new = self::path(answer.json()["claimUrl"].as_str().expect("a link"));
    assert_ne!(new, held.page);
    let unknown = told(&app.get("/learner/x?lang=nl").accept("text/html").send());
    assert_eq!(
        told(&app.get(&format!("{}?lang=nl", held.page)).accept("text/html").send()),
        unknown
    );
    assert_eq!(held.send(&format!("form={form}&do=open")).status, 404);
    let renewed = Held { app: &app, uuid: held.uuid.clone(), page: new };
    let stale = renewed.send(&format!("form={form}&do=close"));
    assert_eq!(stale.status, 422, "the old link's forms are not the new one's");
    assert!(renewed.html().contains("Link 1"));
    assert_eq!(app.get(&link).send().status, 200);
    assert_eq!(app.post(&path, &json!({})).token(ISSUER, "all").send().status, 200);
    assert_eq!(app.get(&renewed.page).send().status, 404);
}

/// Stories L2 and L7, rule L07.
#[test]
fn after_erasure_every_link_opens_nothing_and_none_is_made() {
    let app = closed();
    let held = Held::issue(&app, "mc1");
    let form = held.form();
    let link = held.share("expires=1y&what=all");
    let own = format!("/v1/issuers/{ISSUER}/credentials/{}", held.uuid);
    let erased = app.call("POST", &format!("{own}/erasure")).token(ISSUER, "admin").send();
    assert_eq!(erased.status, 200, "{}", erased.text());
    for path in
        [held.page.clone(), format!("{}/show", held.page), format!("{}/file.json", held.page)]
    {
        assert_eq!(app.get(&path).send().status, 404, "{path}");
    }
    assert_eq!(held.send(&format!("form={form}&do=close")).status, 404);
    assert_eq!(app.get(&link).send().status, 404);
    let view = held.view();
    for member in ["claimUrl", "consent"] {
        assert!(view.get(member).is_none(), "{member} stayed");
    }
    let again = app.call("POST", &format!("{own}/claim")).token(ISSUER, "all").send();
    assert_eq!((again.status, again.problem().as_str()), (409, "conflict"));
}

/// Story L2.
#[test]
fn the_holder_opens_and_closes_and_the_consent_is_recorded() {
    let app = closed();
    let held = Held::issue(&app, "mc1");
    let public = format!("/credentials/{}", held.uuid);
    assert!(held.html().contains("Je pagina is gesloten."));
    assert!(held.view().get("consent").is_none());
    assert_eq!(app.get(&public).send().status, 403);
    let text = between(&held.html(), "name=\"text\" value=\"", "\"").to_owned();

    let opened = held.ask(&format!("do=open&text={text}"));
    assert_eq!(opened.status, 303, "{}", opened.text());
    let back = app.get(opened.header("location")).send().text();
    assert!(back.contains("Je pagina is nu open.") && back.contains(&public));
    assert!(back.contains("Jij hebt de pagina geopend op 1 september 2026."));
    assert_eq!(app.get(&public).send().status, 200);
    let consent = held.view()["consent"].clone();
    assert_eq!(
        consent,
        json!({"open": true, "textVersion": text, "language": "nl", "at": "2026-09-01T10:00:00Z"})
    );

    let closed = held.ask("do=close");
    assert_eq!(closed.status, 303);
    assert!(app.get(closed.header("location")).send().text().contains("Je pagina is nu gesloten."));
    assert_eq!(app.get(&public).send().status, 403);
    assert_eq!(held.view()["consent"]["open"], json!(false));
    // What the institution does is told as the institution's, and is not the holder's consent.
    assert_eq!(app.show(&held.uuid, "open").status, 200);
    assert!(held.html().contains("Voorbeeld Hogeschool heeft deze pagina geopend."));
    assert_eq!(held.view()["consent"]["open"], json!(false));
}

/// Story L2.
#[test]
fn a_form_that_is_not_the_pages_own_changes_nothing() {
    let app = closed();
    let held = Held::issue(&app, "mc1");
    let other = Held::issue(&app, "mc1");
    let form = held.form();
    let text = between(&held.html(), "name=\"text\" value=\"", "\"").to_owned();
    for body in [
        format!("do=open&text={text}"),
        format!("form=&do=open&text={text}"),
        format!("form={}&do=open&text={text}", other.form()),
        format!("form={}&do=open&text={text}", held.token()),
        format!("form={form}&do=open&text=1999-1"),
        format!("form={form}&do=open"),
        format!("form={form}&do=open&text={text}&more=1"),
        format!("form={form}&do=erase"),
        String::new(),
    ] {
        let answer = held.send(&body);
        assert_eq!(answer.status, 422, "{body}");
        assert!(answer.text().contains("role=\"alert\""), "{body}");
    }
    let multipart =
        app.call("POST", &held.page).form(&[("form", form.as_bytes()), ("do", b"open")]).send();
    assert_eq!(multipart.status, 415);
    let json = app.post(&held.page, &json!({"form": form, "do": "open"})).send();
    assert_eq!(json.status, 415);
    assert_eq!(app.put(&held.page, &json!({})).send().status, 405);
    assert_eq!(held.view()["visibility"], "closed");
    assert!(held.view().get("consent").is_none());
    // The value of one link opens nothing at another's page.
    assert_eq!(other.send(&format!("form={form}&do=close")).status, 422);
}

#[test]
fn the_first_visit_is_noted_once() {
    let app = closed();
    let held = Held::issue(&app, "mc1");
    assert!(held.view().get("claimed").is_none());
    assert_eq!(app.call("HEAD", &held.page).send().status, 200);
    assert!(held.view().get("claimed").is_none(), "a look at the head is no visit");
    held.html();
    assert_eq!(held.view()["claimed"], "2026-09-01T10:00:00Z");
    app.clock.set("2026-09-05T10:00:00Z".parse().expect("a moment"));
    held.html();
    assert_eq!(held.view()["claimed"], "2026-09-01T10:00:00Z");
}

/// Story L2: closed, nothing leaks in any form; unknown is another answer.
#[test]
fn a_closed_certificate_says_nothing_of_itself_in_any_form() {
    let app = closed();
    let held = Held::issue(&app, "mc1");
    held.ask("do=close");
    let own = format!("/credentials/{}", held.uuid);
    let forms = ROUTES.iter().filter(|route| route.path.starts_with("/credentials/{uuid}"));
    let mut asked = 0;
    for (route, operation) in forms.flat_map(|r| r.operations.iter().map(move |o| (r, o))) {
        let path = route.path.replace("{uuid}", &held.uuid);
        for accept in ["text/html", "application/vc", "image/png", "image/svg+xml", "*/*"] {
            asked += 1;
            let call = app.call(operation.method, &path).accept(accept);
            let answer = match operation.method {
                "GET" => call.send(),
                _ => posted(call, "recipient=lerende-1%40example.org").send(),
            };
            // Who holds a paper can report a concern about it; nothing is shown there either.
            let concern = route.path.ends_with("/concern");
            assert!(answer.status == 403 || concern, "{path} {accept}: {}", answer.status);
            let text = answer.text();
            for leak in ["Krachtgericht", "Voorbeeld Hogeschool", "Voornaam", "geldig", "TEST"] {
                assert!(!text.contains(leak), "{path} {accept}: {leak}");
            }
            if concern {
                continue;
            }
            if accept == "text/html" {
                assert!(text.contains("gesloten"), "{path}: {text}");
            } else {
                assert_eq!(answer.problem(), "closed-by-holder", "{path} {accept}");
            }
        }
    }
    assert!(asked >= 15, "only {asked} forms were asked for");
    for format in ["json", "jwt", "ob3-jwt", "html", "png", "svg", "pdf", "x"] {
        let answer = app.get(&format!("{own}?format={format}")).send();
        assert_eq!(answer.status, 403, "{format}");
    }
    assert_eq!(app.get("/credentials/00000000-0000-4000-8000-000000000000").send().status, 404);
}

/// Story L4.
#[test]
fn the_holder_keeps_the_file_while_the_page_is_closed() {
    let app = closed();
    let mut request = award("mc1");
    request["certificateNumber"] = json!(fresh("L"));
    let released = app.issue(&request);
    let held = Held::of(&app, &released);
    let file = app.get(&format!("{}/file.json", held.page)).send();
    assert_eq!((file.status, &file.body), (200, &released.body), "byte for byte");
    assert!(file.header("content-disposition").starts_with("attachment;"));
    assert!(file.header("cache-control").starts_with("private"));
    assert_eq!(app.verify(&file.body, "application/vc")["verdict"], "verified");
    let known = app
        .get(&format!("{}/file.json", held.page))
        .header("if-none-match", file.header("etag"))
        .send();
    assert_eq!(known.status, 304);
    let token = app.get(&format!("{}/file.jwt", held.page)).send();
    assert_eq!((token.status, token.media_type()), (200, "application/vc+jwt"));
    for (name, media_type) in
        [("file.png", "image/png"), ("file.svg", "image/svg+xml"), ("file.pdf", "application/pdf")]
    {
        let file = app.get(&format!("{}/{name}", held.page)).send();
        assert_eq!((file.status, file.media_type()), (200, media_type), "{name}");
        assert_eq!(app.verify(&file.body, media_type)["verdict"], "verified", "{name}");
    }
    for name in ["file", "file.", "file.exe", "file.json.bak", "FILE.JSON", "shown"] {
        assert_eq!(app.get(&format!("{}/{name}", held.page)).send().status, 404, "{name}");
    }
    assert_eq!(app.get("/learner/x/file.json").send().status, 404);
    let shown = app.get(&format!("{}/show?lang=nl", held.page)).send();
    assert_eq!(shown.status, 200);
    assert!(shown.text().contains("Alleen jij ziet deze pagina."));
    assert!(shown.text().contains("Krachtgericht communiceren"));
}

/// Story L5.
#[test]
fn the_profile_link_is_there_only_while_the_page_is_open() {
    let app = closed();
    let held = Held::issue(&app, "mc1");
    let html = held.html();
    assert!(html.contains("Op LinkedIn zetten") && html.contains("adres van je pagina openbaar"));
    assert!(!html.contains("linkedin.com"), "closed, there is no link");
    assert_eq!(app.show(&held.uuid, "open").status, 200);
    let html = held.html();
    let link = between(&html, "href=\"https://www.linkedin.com/profile/add?", "\"");
    for part in [
        "startTask=CERTIFICATION_NAME",
        "name=Krachtgericht+communiceren",
        "organizationName=Voorbeeld+Hogeschool",
        "issueYear=2026",
        "issueMonth=9",
        &format!("credentials%2F{}", held.uuid),
        "certId=L-",
    ] {
        assert!(link.contains(part), "{part} in {link}");
    }
    assert!(!link.contains("Voornaam") && !link.contains("expiration"), "{link}");
    assert!(!link.contains("learner"), "the holder's own link stays at home");
    let warned = html.find("openbaar").expect("a warning");
    assert!(warned < html.find("linkedin.com").expect("a link"), "the warning comes first");
}

/// Stories L1 and L9.
#[test]
fn a_state_is_said_first_and_what_the_certificate_is_worth_is_told() {
    let app = TestApp::start(Options { suspension: true, ..Options::default() });
    for (action, sentence, advice) in [
        ("suspend", "tijdelijk opgeschort", "nu even niet gebruiken"),
        ("revoke", "heeft het ingetrokken", "niet meer gebruiken"),
    ] {
        let held = Held::issue(&app, "mc1");
        let change = json!({"action": action, "reason": "other", "note": "geheim"});
        assert_eq!(app.change(&held.uuid, &change).status, 200);
        let html = held.html();
        let heading = html.find("<h1").expect("a heading");
        assert!(html.find(sentence).expect(sentence) < heading, "{action}");
        assert!(html.contains(advice), "{action}");
        assert!(!html.contains("geheim") && !html.contains("linkedin.com"), "{action}");
    }
    let html = Held::issue(&app, "evc1").html();
    assert!(html.contains("Uitgereikt door Associatie Voorbeeld"), "who decided, not who sealed");
    assert!(html.contains("niet automatisch een vrijstelling"));
    assert!(html.contains("Het is geen diploma."));
    assert!(!html.contains("vertaling ter informatie"), "the signed text is in this language");
    let more = between(&html, "<a href=\"/worth?", "\"");
    assert_eq!(app.get(&format!("/worth?{more}")).send().status, 200);
    assert!(html.contains("Vraag het aan Voorbeeld Hogeschool."));
    let test = TestApp::start(Options { test: true, ..Options::default() });
    let html = Held::issue(&test, "mc1").html();
    let mark = html.find("TEST – dit is geen echt bewijs.").expect("the mark");
    assert!(mark < html.find("<h1").expect("a heading"));
    assert!(!html.contains("Dit bewijs is echt en geldig"), "a test certificate is never genuine");
}

//! The links that a holder gives away: what they show, when they end, and that nobody can tell why
//! one opens nothing.

use crate::app::{ISSUER, TestApp};
use crate::learner::{Held, between, closed, told};
use bewijs::store::NewShare;
use serde_json::json;

fn get(app: &TestApp, path: &str) -> crate::app::Answer {
    app.get(&format!("{path}?lang=nl")).accept("text/html").send()
}

/// Story L2.
#[test]
fn a_link_shows_the_whole_certificate_while_its_page_is_closed() {
    let app = closed();
    let held = Held::issue(&app, "mc1");
    let link = held.share("expires=30d&what=all");
    let answer = get(&app, &link);
    assert_eq!((answer.status, answer.header("cache-control")), (200, "no-store"));
    let html = answer.text();
    for text in [
        "Dit bewijs is echt en geldig.",
        "Krachtgericht communiceren",
        "De houder deelt dit bewijs met jou tot 1 oktober 2026.",
        "Vraag het aan de houder.",
    ] {
        assert!(html.contains(text), "{text}");
    }
    for never in ["De houder koos", "format=json", "og:title", &held.uuid, held.token(), "<script"]
    {
        assert!(!html.contains(never), "{never}");
    }
    // A page and nothing else, whatever is asked.
    for accept in ["application/vc", "application/json", "image/png"] {
        let answer = app.get(&format!("{link}?format=json")).accept(accept).send();
        assert_eq!((answer.status, answer.media_type()), (200, "text/html"), "{accept}");
        assert!(!answer.text().contains("proofValue"));
    }
    assert_eq!(app.get(&format!("/credentials/{}", held.uuid)).send().status, 403);
    // Without a language of the reader it is that in which the holder made it.
    assert!(app.get(&link).send().text().contains("<html lang=\"nl\">"));
    assert!(app.get(&link).header("accept-language", "fr").send().text().contains("lang=\"fr\""));
}

/// Stories L2 and L8.
#[test]
fn a_link_for_a_part_tells_nothing_of_the_rest() {
    let app = closed();
    let mut award = crate::app::award("evc1");
    award["certificateNumber"] = json!(crate::app::fresh("L"));
    let answer = app.issue(&award);
    assert_eq!(answer.status, 201, "{}", answer.text());
    let held = Held::of(&app, &answer);
    let document: serde_json::Value = serde_json::from_slice(&answer.body).expect("JSON");
    let texts = |html: &str| -> Vec<String> {
        html.split("name=\"code\"")
            .skip(1)
            .map(|rest| between(rest, "<label ", "</label>").split_once('>').expect("a label").1)
            .map(str::to_owned)
            .collect()
    };
    let all = texts(&held.html());
    let codes: Vec<String> = held
        .html()
        .split("name=\"code\"")
        .skip(1)
        .map(|rest| between(rest, "value=\"", "\"").to_owned())
        .collect();
    assert!(all.len() >= 3, "{all:?}");
    let link = held.share(&format!("expires=7d&what=chosen&code={}", codes[1]));
    let html = get(&app, &link).text();
    assert!(html.contains(&all[1]) && html.contains("De houder koos wat hier staat."));
    for (at, text) in all.iter().enumerate().filter(|(at, _)| *at != 1) {
        assert!(!html.contains(text), "{at}: {text}");
        assert!(!html.contains(&format!("id=\"{}\"", codes[at])), "{}", codes[at]);
    }
    for hidden in
        ["/achievements/", "selection", "/credentials/", "format=", "Portfolio: zes", "<details"]
    {
        assert!(!html.contains(hidden), "{hidden}");
    }
    let evidence = document["evidence"].to_string();
    for narrative in evidence.split('"').filter(|t| t.len() > 40 && !t.contains("://")) {
        assert!(!html.contains(narrative), "{narrative}");
    }
    // The holder sees in the list what each link shows; everything is one link away.
    let page = held.html();
    let line = between(&page, "toont alleen:", "</ul>");
    assert!(line.contains(&all[1]) && !line.contains(&all[0]));
    let whole = get(&app, &held.share("expires=7d&what=all")).text();
    assert!(all.iter().all(|text| whole.contains(text)));
}

/// Story L2.
#[test]
fn a_link_is_shown_once_and_only_to_its_holder() {
    let app = closed();
    let held = Held::issue(&app, "mc1");
    let other = Held::issue(&app, "mc1");
    let answer = held.ask("do=share&expires=30d&what=all");
    let place = answer.header("location").to_owned();
    let made = app.get(&place).send().text();
    assert!(made.contains("Je link is klaar") && made.contains("<svg"));
    let link = between(&made, "<p class=\"address\">", "</p>").to_owned();
    let secret = between(&place, "&link=", "#");
    assert!(!held.html().contains(&link) && !held.html().contains(secret));
    let elsewhere = app.get(&format!("{}?lang=nl&link={secret}", other.page)).send().text();
    assert!(!elsewhere.contains("Je link is klaar"));
    for odd in ["", "x", "%00", &"A".repeat(5000)] {
        let answer = app.get(&format!("{}?lang=nl&link={odd}", held.page)).send();
        assert_eq!(answer.status, 200);
        assert!(!answer.text().contains("Je link is klaar"));
    }
}

/// Story L2.
#[test]
fn why_a_link_opens_nothing_cannot_be_told() {
    let app = closed();
    let held = Held::issue(&app, "mc1");
    let other = Held::issue(&app, "mc1");
    let (stopped, ended) = (held.share("expires=30d&what=all"), held.share("expires=7d&what=all"));
    let kept = held.share("expires=3m&what=all");
    let others = other.share("expires=3m&what=all");
    assert_eq!(held.ask("do=stop&number=1").status, 303);
    app.clock.set("2026-09-08T10:00:00Z".parse().expect("a moment"));
    let unknown = told(&get(&app, "/shared/x"));
    assert_eq!(unknown.0, 404);
    assert!(
        unknown.1.contains("Deze pagina is niet beschikbaar. Vraag de houder om een nieuwe link.")
    );
    let name = |path: &str| path.rsplit('/').next().expect("a segment").to_owned();
    let mut touched = name(&kept);
    let last = if touched.ends_with('A') { 'Q' } else { 'A' };
    touched.replace_range(52..53, &last.to_string());
    // The name of one certificate with the secret of another's link.
    let mixed = format!("{}{}", &name(&others)[..20], &name(&kept)[20..]);
    let of_holder = held.token().to_owned();
    for path in [
        stopped.clone(),
        ended.clone(),
        format!("/shared/{touched}"),
        format!("/shared/{mixed}"),
        format!("/shared/{of_holder}"),
        format!("/shared/{}", held.uuid),
        format!("/shared/{}=", name(&kept)),
        format!("/shared/{}", "A".repeat(54)),
        format!("/shared/{}", "A".repeat(4000)),
    ] {
        assert_eq!(told(&get(&app, &path)), unknown, "{path}");
        let json = app.get(&path).accept("application/json").send();
        assert_eq!((json.status, json.problem().as_str()), (404, "not-found"), "{path}");
    }
    assert_eq!(get(&app, &kept).status, 200);
    // Nor at the holder's page, nor from where it was asked.
    assert_eq!(told(&get(&app, "/learner/x")), unknown);
    let never = "/credentials/00000000-0000-4000-8000-000000000000";
    assert_eq!(told(&get(&app, never)), unknown);
    let mixed = format!("{}{}", &other.token()[..20], &held.token()[20..]);
    for token in [mixed, name(&kept), held.uuid.clone(), "A".repeat(54)] {
        assert_eq!(told(&get(&app, &format!("/learner/{token}"))), unknown, "{token}");
    }
    let html = held.html();
    assert!(html.contains("gestopt op 1 september 2026"));
    assert!(html.contains("verlopen op 8 september 2026"));
    assert!(html.contains("werkt tot 1 december 2026"));
    // A link that opened it does so no more when the certificate is erased.
    let erase = format!("/v1/issuers/{ISSUER}/credentials/{}/erasure", held.uuid);
    assert_eq!(app.call("POST", &erase).token(ISSUER, "admin").send().status, 200);
    assert_eq!(told(&get(&app, &kept)).0, 404);
    assert_eq!(get(&app, &others).status, 200);
}

/// Story L2.
#[test]
fn what_the_form_does_not_offer_makes_no_link() {
    let app = closed();
    let held = Held::issue(&app, "evc1");
    for (fields, why) in [
        ("what=all", "hoe lang de link werkt"),
        ("expires=2y&what=all", "hoe lang de link werkt"),
        ("expires=&what=all", "hoe lang de link werkt"),
        ("expires=7d", "wat je toont"),
        ("expires=7d&what=chosen", "Kruis aan"),
        ("expires=7d&what=chosen&code=c99", "niet meer goed"),
        ("expires=7d&what=chosen&code=c1&code=zz", "niet meer goed"),
        ("expires=7d&expires=30d&what=all&x=1", "niet meer goed"),
    ] {
        let answer = held.ask(&format!("do=share&{fields}"));
        assert_eq!(answer.status, 422, "{fields}");
        assert!(
            answer.text().contains("role=\"alert\"") && answer.text().contains(why),
            "{fields}"
        );
    }
    assert!(held.html().contains("Je hebt nog geen links gemaakt."));
    // What was filled in is still there.
    let answer = held.ask("do=share&expires=1y&what=chosen").text();
    assert!(answer.contains("value=\"1y\" checked") && answer.contains("value=\"chosen\" checked"));
    for number in ["1", "0", "4294967295"] {
        let answer = held.ask(&format!("do=stop&number={number}"));
        assert_eq!(answer.status, 422, "{number}");
        assert!(answer.text().contains("Die link is er niet"), "{number}");
    }
}

/// Story L2.
#[test]
fn so_many_links_work_at_a_time_and_one_that_is_stopped_makes_room() {
    let app = closed();
    let held = Held::issue(&app, "mc1");
    let form = held.form();
    for _ in 0..NewShare::MOST_LIVE {
        assert_eq!(held.send(&format!("form={form}&do=share&expires=7d&what=all")).status, 303);
    }
    let refused = held.send(&format!("form={form}&do=share&expires=7d&what=all"));
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("Je hebt al 20 links die werken."));
    assert_eq!(held.send(&format!("form={form}&do=stop&number=3")).status, 303);
    assert_eq!(held.send(&format!("form={form}&do=stop&number=3")).status, 303, "it stays stopped");
    assert_eq!(held.send(&format!("form={form}&do=share&expires=7d&what=all")).status, 303);
    assert!(held.html().contains("Link 21"));
    // Another certificate's holder stops nothing here.
    let other = Held::issue(&app, "mc1");
    assert_eq!(other.ask("do=stop&number=5").status, 422);
    assert!(held.html().contains("Stop link 5"));
}

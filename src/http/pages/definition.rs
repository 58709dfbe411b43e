//! The page of a definition version: what a kind of certificate says, with the anchors that
//! certificates refer to.

use super::sheet::Sheet;
use super::{Frame, Link, facts, fill, page, public_url};
use crate::http::front::Call;
use crate::http::negotiation;
use crate::http::problem::Fault;
use crate::profile;
use crate::texts::PageText;
use actix_web::HttpResponse;
use askama::Template;
use serde_json::{Value, json};

#[derive(Template)]
#[template(path = "definition.html")]
struct DefinitionPage<'a> {
    frame: Frame<'a>,
    sheet: Sheet,
    help: String,
    json: Link,
}

/// The page for an achievement.
pub fn definition(call: &Call<'_>, achievement: &Value) -> Result<HttpResponse, Fault> {
    let language = negotiation::language(call.request);
    let vocabulary = call.front.parts.desk.labels()?;
    let view = profile::read(&json!({ "credentialSubject": { "achievement": achievement } }));
    let name = facts::definition_name(&view, public_url(call));
    let own = name.map(|name| call.front.parts.desk.definition(&name)).transpose()?.flatten();
    let wording = facts::Wording { vocabulary: &vocabulary, language, definition: own.as_deref() };
    let sheet = facts::sheet(&view, wording, call.front.parts.clock.now());
    let title = sheet.title.text.clone();
    Ok(page(fill(&DefinitionPage {
        frame: Frame::new(language, &title, public_url(call)),
        sheet,
        help: PageText::DefinitionHelp.to(language).into_owned(),
        json: Link {
            href: format!("{}?format=json", call.request.path()),
            text: PageText::AsJson.to(language).into_owned(),
        },
    })))
}

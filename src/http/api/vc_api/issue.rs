//! `POST /credentials/issue`: there only where the conformance issuer is; elsewhere the address is
//! as unknown as any other. 201 with the secured credential, or 400 with a problem.

use super::request::{data_model, malformed};
use crate::canon::json::{self, JsonLimits};
use crate::conformance::Securing;
use crate::http::front::Call;
use crate::http::problem::{Fault, Kind};
use crate::model::Problem;
use crate::proof::Cryptosuite;
use actix_web::HttpResponse;
use actix_web::http::header;
use serde_json::{Value, json};

/// Signs what conforms.
pub async fn issue(call: &Call<'_>) -> Result<HttpResponse, Fault> {
    let Some(issuer) = &call.front.parts.conformance else {
        return Err(Fault::new(Kind::NotFound));
    };
    super::require_json(call)?;
    let outcome =
        read(&call.body, call.front.parts.settings.max_body).and_then(|(credential, securing)| {
            issuer.issue(credential, securing, call.front.parts.clock.now())
        });
    let (mut response, media_type, body) = match outcome {
        Ok(secured) => {
            let body = json!({"verifiableCredential": secured}).to_string();
            (HttpResponse::Created(), "application/json", body)
        }
        Err(mut problem) => {
            problem.status = Some(400);
            let body = json!(problem.with("requestId", call.request_id)).to_string();
            (HttpResponse::BadRequest(), "application/problem+json", body)
        }
    };
    response.insert_header((header::CACHE_CONTROL, "no-store"));
    Ok(response.content_type(media_type).body(body))
}

/// The credential, and how it is to be secured.
fn read(body: &[u8], max: usize) -> Result<(Value, Option<Securing>), Problem> {
    let limits = JsonLimits { max_bytes: max, max_depth: super::request::MAX_DEPTH };
    let mut members = match json::parse(body, &limits) {
        Ok(Value::Object(members)) => members,
        Ok(_) => return Err(data_model("PARSING_ERROR", "The body is no JSON object.")),
        Err(error) => {
            let problem = data_model("PARSING_ERROR", format!("{error}."));
            return Err(problem.with("code", error.code()));
        }
    };
    let credential = members.shift_remove("credential");
    let securing = match members.shift_remove("options") {
        None => None,
        Some(Value::Object(given)) => options(&given, credential.as_ref())?,
        Some(_) => return Err(malformed("/options", "options is an object.")),
    };
    if !members.is_empty() {
        return Err(malformed("", "The body has a member besides credential and options."));
    }
    match credential {
        Some(credential @ Value::Object(_)) => Ok((credential, securing)),
        Some(_) => Err(malformed("/credential", "An object is needed here.")),
        None => Err(malformed("/credential", "It is missing.")),
    }
}

fn options(
    given: &serde_json::Map<String, Value>,
    credential: Option<&Value>,
) -> Result<Option<Securing>, Problem> {
    let mut securing = None;
    for (name, value) in given {
        match (name.as_str(), value) {
            ("cryptosuite", Value::String(suite)) => {
                let suite = Cryptosuite::from_name(suite).ok_or_else(|| {
                    malformed("/options/cryptosuite", "This suite is not made here.")
                })?;
                securing = securing.or(Some(Securing::Embedded(suite)));
            }
            ("type", Value::String(kind)) if kind == "DataIntegrityProof" => {}
            ("type", Value::String(kind))
                if kind == "vc+jwt" || kind == "EnvelopedVerifiableCredential" =>
            {
                securing = Some(Securing::Envelope);
            }
            ("type", Value::String(_)) => {
                return Err(malformed("/options/type", "This kind of proof is not made here."));
            }
            ("credentialId", Value::String(id)) => {
                let stated = credential.and_then(|credential| credential.get("id"));
                if stated.is_some_and(|stated| stated != id) {
                    let detail = "It is not the id of the credential.";
                    return Err(malformed("/options/credentialId", detail));
                }
            }
            ("mandatoryPointers", Value::Array(all)) if all.is_empty() => {}
            ("cryptosuite" | "type" | "credentialId" | "mandatoryPointers", _) => {
                return Err(malformed("/options", "An option has a value that is not taken."));
            }
            _ => return Err(super::request::unknown_option(name)),
        }
    }
    Ok(securing)
}

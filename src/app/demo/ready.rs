//! What a demonstration says when it is ready: one line for machines, or some for people.

use crate::model::{CertificateKind, Slug};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::path::PathBuf;

/// A certificate that the demonstration issued.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DemoCredential {
    /// Its address.
    pub url: String,
    /// What it is.
    pub kind: CertificateKind,
    /// The holder's own page.
    #[serde(default, rename = "claimUrl", skip_serializing_if = "Option::is_none")]
    pub claim_url: Option<String>,
}

/// A demonstration that takes requests.
#[derive(Clone, Debug)]
pub struct Ready {
    /// `http://127.0.0.1:8080`.
    pub base_url: String,
    /// Who seals.
    pub issuer: Slug,
    /// The token of the API.
    pub token: String,
    /// What it issued at its start.
    pub credentials: Vec<DemoCredential>,
    /// Where everything is.
    pub folder: PathBuf,
    /// Whether the folder is taken away at the end.
    pub temporary: bool,
}

impl Ready {
    /// The file in its folder with an award that may be issued next.
    pub const AWARD: &str = "award.json";

    /// One line of JSON.
    pub fn line(&self) -> String {
        json!({
            "baseUrl": self.base_url,
            "issuer": self.issuer,
            "token": self.token,
            "credentials": self.credentials,
        })
        .to_string()
    }

    /// Lines for people, with commands to paste. `program` is how this command was called.
    pub fn text(&self, program: &str) -> String {
        let Self { base_url, issuer, token, folder, .. } = self;
        let mut lines = vec![
            format!(
                "A demonstration of {issuer}: its certificates say TEST and are worth nothing."
            ),
            String::new(),
            "Open in a browser:".to_owned(),
        ];
        for credential in &self.credentials {
            lines.push(format!("  {}  {}", credential.url, credential.kind));
            if let Some(claim) = &credential.claim_url {
                lines.push(format!("  {claim}  its holder's own page"));
            }
        }
        let award = folder.join(Self::AWARD);
        let first = self.credentials.first().map_or("", |credential| credential.url.as_str());
        let id = first.rsplit('/').next().unwrap_or("");
        lines.extend([
            String::new(),
            format!("API token: {token}"),
            String::new(),
            "To paste into another terminal: issue one more, look at a page, keep its signed file, \
             verify it, revoke it."
                .to_owned(),
            format!(
                "  curl -sS -i {base_url}/v1/issuers/{issuer}/credentials \
                 -H 'Authorization: Bearer {token}' -H 'Content-Type: application/json' \
                 --data @{}",
                award.display()
            ),
            format!("  curl -sS -H 'Accept: text/html' {first}"),
            format!("  curl -sS -H 'Accept: application/vc' {first} -o certificate.json"),
            format!("  {program} verify certificate.json --allow-loopback"),
            format!(
                "  curl -sS {base_url}/v1/issuers/{issuer}/credentials/{id}/status \
                 -H 'Authorization: Bearer {token}' -H 'Content-Type: application/json' \
                 --data '{{\"action\":\"revoke\",\"reason\":\"issued-in-error\"}}'"
            ),
            String::new(),
            match self.temporary {
                true => "Stop with Ctrl-C; everything is then taken away.".to_owned(),
                false => format!(
                    "Stop with Ctrl-C; go on later with `{program} demo --data {}`.",
                    folder.display()
                ),
            },
        ]);
        lines.join("\n")
    }
}

//! `[pages]`: what the pages say of who runs the service. An institution fills it in before going
//! live (guide, section 17); `bewijs doctor` says what is still open.

use super::ConfigError;
use serde::{Deserialize, Serialize};

/// The longest text, in characters.
const MOST: usize = 2000;

/// Who runs the service, and what that institution must say.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Pages {
    /// The name of who runs it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub operator: Option<String>,
    /// Where to write about these pages and their accessibility.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_email: Option<String>,
    /// A page to do so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub contact_url: Option<String>,
    /// The institution's own privacy statement.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub privacy_url: Option<String>,
    /// What the institution adds to the statement on accessibility, in Dutch.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accessibility_nl: Option<String>,
    /// The same in French.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accessibility_fr: Option<String>,
    /// The same in English.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accessibility_en: Option<String>,
}

impl Pages {
    /// The keys that must be filled in before going live and are not.
    pub fn open(&self) -> Vec<&'static str> {
        [
            ("pages.operator", self.operator.is_none()),
            (
                "pages.contact_email or pages.contact_url",
                self.contact_email.is_none() && self.contact_url.is_none(),
            ),
            ("pages.privacy_url", self.privacy_url.is_none()),
        ]
        .into_iter()
        .filter_map(|(key, open)| open.then_some(key))
        .collect()
    }

    /// Refuses what a page cannot show.
    pub(super) fn check(&self) -> Result<(), ConfigError> {
        let texts = [
            ("pages.operator", &self.operator),
            ("pages.accessibility_nl", &self.accessibility_nl),
            ("pages.accessibility_fr", &self.accessibility_fr),
            ("pages.accessibility_en", &self.accessibility_en),
        ];
        for (key, text) in texts {
            let wrong = |text: &String| {
                text.trim().is_empty()
                    || text.chars().count() > MOST
                    || text.chars().any(|c| c.is_control() && c != '\n')
            };
            if text.as_ref().is_some_and(wrong) {
                return fault(key, "must be a text of 1 to 2000 characters");
            }
        }
        for (key, url) in
            [("pages.contact_url", &self.contact_url), ("pages.privacy_url", &self.privacy_url)]
        {
            if url.as_ref().is_some_and(|url| !is_web_address(url)) {
                return fault(key, "must be an https address");
            }
        }
        if self.contact_email.as_ref().is_some_and(|address| !super::mail::is_address(address)) {
            return fault("pages.contact_email", "is no e-mail address");
        }
        Ok(())
    }
}

fn fault(key: &'static str, detail: &str) -> Result<(), ConfigError> {
    Err(ConfigError::Value { key, detail: detail.to_owned() })
}

fn is_web_address(text: &str) -> bool {
    url::Url::parse(text).is_ok_and(|url| url.scheme() == "https" && url.has_host())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(text: &str) -> Option<String> {
        Some(text.to_owned())
    }

    #[test]
    fn what_a_page_cannot_show_is_refused() {
        for (pages, key) in [
            (Pages { operator: text(" "), ..Pages::default() }, "pages.operator"),
            (Pages { operator: text("a\u{7}"), ..Pages::default() }, "pages.operator"),
            (Pages { accessibility_fr: text(""), ..Pages::default() }, "pages.accessibility_fr"),
            (
                Pages { accessibility_en: Some("a".repeat(2001)), ..Pages::default() },
                "pages.accessibility_en",
            ),
            (Pages { contact_email: text("iemand"), ..Pages::default() }, "pages.contact_email"),
            (Pages { contact_url: text("javascript:x"), ..Pages::default() }, "pages.contact_url"),
            (
                Pages { privacy_url: text("http://a.example"), ..Pages::default() },
                "pages.privacy_url",
            ),
            (Pages { privacy_url: text("/privacy"), ..Pages::default() }, "pages.privacy_url"),
        ] {
            match pages.check() {
                Err(ConfigError::Value { key: at, .. }) => assert_eq!(at, key, "{pages:?}"),
                other => panic!("{pages:?}: {other:?}"),
            }
        }
        assert_eq!(Pages::default().check(), Ok(()));
    }

    #[test]
    fn what_is_still_open_is_named() {
        assert_eq!(Pages::default().open().len(), 3);
        let filled = Pages {
            operator: text("Voorbeeld Hogeschool"),
            contact_url: text("https://school.example/contact"),
            privacy_url: text("https://school.example/privacy"),
            ..Pages::default()
        };
        assert_eq!(filled.check(), Ok(()));
        assert!(filled.open().is_empty());
    }
}

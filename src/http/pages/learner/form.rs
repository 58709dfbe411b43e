//! What a holder asks for with a form of the holder's page: read strictly, nothing taken that the
//! page does not offer, and nothing done without the value that the page put into it.

use super::expiry::Expiry;
use crate::http::form::{self, Field};
use actix_web::web::Bytes;
use subtle::ConstantTimeEq;

/// Longest value of a field, in bytes.
const LONGEST: usize = 128;
/// Most codes that are looked at.
const MOST_CODES: usize = 100;

/// What the holder asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Asked {
    /// The page open, after reading this version of the text.
    Open(String),
    /// The page closed.
    Close,
    /// A share link.
    Share(ShareForm),
    /// The end of a share link.
    Stop(u32),
}

/// The form for a share link, as it was filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ShareForm {
    /// How long.
    pub expiry: Option<Expiry>,
    /// Whether everything is shown, or what is chosen.
    pub what: Option<What>,
    /// What is chosen.
    pub codes: Vec<String>,
}

/// What a share link shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum What {
    /// Everything.
    All,
    /// What is chosen.
    Chosen,
}

/// Reads a form; `None` when it is not one of this page's, or does not carry its value.
pub(super) fn read(body: &Bytes, value: &str) -> Option<Asked> {
    let mut fields = Fields(form::urlencoded(body));
    if fields.0.iter().any(|field| field.value.len() > LONGEST) {
        return None;
    }
    let given = fields.one("form")?;
    if !bool::from(given.as_bytes().ct_eq(value.as_bytes())) {
        return None;
    }
    let asked = match fields.one("do")?.as_str() {
        "open" => Asked::Open(fields.one("text")?),
        "close" => Asked::Close,
        "share" => Asked::Share(ShareForm {
            expiry: fields.one("expires").as_deref().and_then(Expiry::of),
            what: match fields.one("what").as_deref() {
                Some("all") => Some(What::All),
                Some("chosen") => Some(What::Chosen),
                _ => None,
            },
            codes: fields.all("code")?,
        }),
        "stop" => Asked::Stop(fields.one("number")?.parse().ok()?),
        _ => return None,
    };
    fields.0.is_empty().then_some(asked)
}

/// The fields that were not taken yet.
struct Fields(Vec<Field>);

impl Fields {
    /// The only field of this name.
    fn one(&mut self, name: &str) -> Option<String> {
        match <[String; 1]>::try_from(self.all(name)?) {
            Ok([value]) => Some(value),
            Err(_) => None,
        }
    }

    /// Every field of this name.
    fn all(&mut self, name: &str) -> Option<Vec<String>> {
        let (taken, rest) =
            std::mem::take(&mut self.0).into_iter().partition(|field| field.name == name);
        self.0 = rest;
        let taken: Vec<Field> = taken;
        if taken.len() > MOST_CODES {
            return None;
        }
        taken.into_iter().map(|field| String::from_utf8(field.value.to_vec()).ok()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(body: &'static str) -> Option<Asked> {
        read(&Bytes::from_static(body.as_bytes()), "right")
    }

    #[test]
    fn what_the_page_offers_is_read() {
        assert_eq!(asked("form=right&do=close"), Some(Asked::Close));
        assert_eq!(asked("form=right&do=open&text=1"), Some(Asked::Open("1".to_owned())));
        assert_eq!(asked("do=stop&number=7&form=right"), Some(Asked::Stop(7)));
        let share = |expiry, what, codes: &[&str]| {
            let codes = codes.iter().map(|&code| code.to_owned()).collect();
            Some(Asked::Share(ShareForm { expiry, what, codes }))
        };
        assert_eq!(
            asked("form=right&do=share&expires=7d&what=chosen&code=c1&code=c2"),
            share(Some(Expiry::SevenDays), Some(What::Chosen), &["c1", "c2"])
        );
        assert_eq!(asked("form=right&do=share"), share(None, None, &[]));
        let odd = asked("form=right&do=share&expires=10y&what=some");
        assert_eq!(odd, share(None, None, &[]), "a period that is not offered is none");
    }

    #[test]
    fn nothing_else_is() {
        for body in [
            "",
            "do=close",
            "form=&do=close",
            "form=wrong&do=close",
            "form=right&form=right&do=close",
            "form=right",
            "form=right&do=erase",
            "form=right&do=close&do=open",
            "form=right&do=close&more=1",
            "form=right&do=open",
            "form=right&do=stop",
            "form=right&do=stop&number=-1",
            "form=right&do=stop&number=99999999999",
            "form=right&do=stop&number=1&number=2",
            "form=right&do=close&code=c1",
        ] {
            assert_eq!(asked(body), None, "{body}");
        }
        let long = format!("form=right&do=open&text={}", "a".repeat(LONGEST + 1));
        assert_eq!(read(&Bytes::from(long), "right"), None);
        let many = format!("form=right&do=share&what=chosen{}", "&code=c1".repeat(MOST_CODES + 1));
        assert_eq!(read(&Bytes::from(many), "right"), None);
    }
}

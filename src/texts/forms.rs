//! How dates, moments and numbers are written out in each language.

use super::Language;
use crate::model::{Date, Timestamp};

const MONTHS: [[&str; 12]; 3] = [
    [
        "januari",
        "februari",
        "maart",
        "april",
        "mei",
        "juni",
        "juli",
        "augustus",
        "september",
        "oktober",
        "november",
        "december",
    ],
    [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ],
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ],
];

/// `16 juni 2026`, `1er juin 2026`, `16 June 2026`.
pub fn date(date: Date, language: Language) -> String {
    let (year, month, day) = date.parts();
    let row = match language {
        Language::Nl => 0,
        Language::Fr => 1,
        Language::En => 2,
    };
    let month = usize::try_from(month - 1).ok().and_then(|m| MONTHS[row].get(m)).unwrap_or(&"");
    match (language, day) {
        (Language::Fr, 1) => format!("1er {month} {year}"),
        _ => format!("{day} {month} {year}"),
    }
}

/// `16 juni 2026, 14:05 UTC`: the zone is said, since readers sit in several.
pub fn moment(moment: Timestamp, language: Language) -> String {
    let of_day = moment.unix().rem_euclid(86_400);
    let (hours, minutes) = (of_day / 3600, of_day / 60 % 60);
    format!("{}, {hours:02}:{minutes:02} UTC", date(moment.date(), language))
}

/// A number with the decimal sign of the language: `2,5` in Dutch and French, `2.5` in English.
pub fn decimal(number: &str, language: Language) -> String {
    match language {
        Language::Nl | Language::Fr => number.replace('.', ","),
        Language::En => number.to_owned(),
    }
}

/// The name of a country or region of Belgium by its ISO 3166 code; another code as it is.
pub fn place(code: &str, language: Language) -> std::borrow::Cow<'_, str> {
    let names = match code {
        "BE" => ["België", "Belgique", "Belgium"],
        "BE-BRU" => ["Brussel, België", "Bruxelles, Belgique", "Brussels, Belgium"],
        "BE-VLG" => ["Vlaanderen, België", "Flandre, Belgique", "Flanders, Belgium"],
        "BE-WAL" => ["Wallonië, België", "Wallonie, Belgique", "Wallonia, Belgium"],
        "NL" => ["Nederland", "Pays-Bas", "Netherlands"],
        "FR" => ["Frankrijk", "France", "France"],
        "LU" => ["Luxemburg", "Luxembourg", "Luxembourg"],
        "DE" => ["Duitsland", "Allemagne", "Germany"],
        other => return other.into(),
    };
    let [nl, fr, en] = names;
    match language {
        Language::Nl => nl.into(),
        Language::Fr => fr.into(),
        Language::En => en.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_written_out() {
        let day: Date = "2026-06-16".parse().expect("a date");
        assert_eq!(date(day, Language::Nl), "16 juni 2026");
        assert_eq!(date(day, Language::Fr), "16 juin 2026");
        assert_eq!(date(day, Language::En), "16 June 2026");
        let first: Date = "2026-08-01".parse().expect("a date");
        assert_eq!(date(first, Language::Fr), "1er août 2026");
        let at: Timestamp = "2026-06-16T09:05:59Z".parse().expect("a moment");
        assert_eq!(moment(at, Language::Nl), "16 juni 2026, 09:05 UTC");
    }

    #[test]
    fn the_decimal_sign_follows_the_language() {
        assert_eq!(decimal("2.5", Language::Nl), "2,5");
        assert_eq!(decimal("2.5", Language::En), "2.5");
    }
}

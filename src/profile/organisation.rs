//! Organisations: who awards, seals, teaches and assesses (guide, section 5), in the shape of an
//! import file. An organisation needs no key; only those that seal have one, and that is kept
//! elsewhere.

use super::decimal::Hundredths;
use super::language::{Language, LocalizedText};
use crate::model::{CertificateKind, Date, Slug};

/// An organisation of the register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    /// Its name in addresses.
    pub slug: Slug,
    /// What it is, one of [`Organisation::KINDS`].
    pub kind: String,
    /// Its legal name, in the languages it supplied itself.
    pub legal_name: LocalizedText,
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// ISO 3166-2.
    pub region: Option<String>,
    /// Its homepage.
    pub url: String,
    /// Its numbers in public registers, the preferred one first.
    pub identifiers: Vec<RegisterNumber>,
    /// Whether it may seal.
    pub seals: bool,
    /// Its identifier as an issuer.
    pub did: Option<String>,
    /// A test issuer. Never read from a request: the service sets it.
    pub test: bool,
    /// Public address for questions.
    pub contact: Option<String>,
    /// Associations it belongs to.
    pub member_of: Vec<Membership>,
    /// Mandates to seal for others.
    pub mandates: Vec<Mandate>,
    /// What it chose.
    pub settings: IssuerSettings,
}

/// A number in a public register.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct RegisterNumber {
    /// The register, for example `KBO`.
    pub register: String,
    /// The number.
    pub number: String,
}

/// Membership of an association.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Membership {
    /// The association.
    pub organisation: Slug,
    /// First day.
    pub from: Date,
    /// Last day, if it ended.
    pub until: Option<Date>,
}

/// A mandate to seal in the name of an awarding body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mandate {
    /// Its name in addresses.
    pub reference: String,
    /// The awarding body that gave it.
    pub on_behalf_of: Slug,
    /// First day.
    pub from: Date,
    /// Last day, if it ends.
    pub until: Option<Date>,
    /// The kinds it covers.
    pub kinds: Vec<CertificateKind>,
    /// Its page, where it is not the service's own.
    pub url: Option<String>,
}

impl Mandate {
    /// Whether it runs on this day.
    pub fn covers(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Its period as ISO 8601 writes intervals; an open end is `..`.
    pub fn period(&self) -> String {
        match self.until {
            Some(until) => format!("{}/{until}", self.from),
            None => format!("{}/..", self.from),
        }
    }
}

/// The settings of an organisation that seals (guide, section 17).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IssuerSettings {
    /// The language of its signed documents.
    pub authoritative_language: Language,
    /// Credits are whole numbers of steps.
    pub ects_step: Hundredths,
    /// The usual band of hours per credit.
    pub hours_per_ects: (Hundredths, Hundredths),
    /// The usual range of credits of a microcredential.
    pub usual_ects: (Hundredths, Hundredths),
    /// Whether certificates carry a suspension entry.
    pub suspension: bool,
    /// Days of the internal appeal period, where they are not those of the installation.
    pub appeal_days: Option<u16>,
    /// Whether `evc-*` proofs wait until the appeal period is over.
    pub hold_until_appeal_deadline: bool,
    /// Whether fresh certificates are open to whoever knows the address.
    pub open_by_default: bool,
    /// Whether the link to a fresh certificate is mailed to its learner, where mail is on.
    pub mail_claim_link: bool,
    /// Kinds that must be registered elsewhere, with the months for it after the activity ended.
    pub registration_months: Vec<(CertificateKind, u16)>,
    /// For how many years after its issue a certificate of a kind stays in the register; kinds that
    /// are not named stay for [`IssuerSettings::LONG`].
    pub retention_years: Vec<(CertificateKind, u16)>,
    /// Its colour, `#rrggbb`; white letters can be read on it.
    pub colour: Option<String>,
}

impl IssuerSettings {
    /// Years of retention where nothing is set: a working life.
    pub const LONG: u16 = 50;

    /// The last day for registering a certificate of this kind elsewhere; `None` for kinds that
    /// need not be. Calendar months; where the day does not exist, the last day of the month.
    pub fn registration_due(&self, kind: CertificateKind, activity_end: Date) -> Option<Date> {
        let (_, months) = self.registration_months.iter().find(|(named, _)| *named == kind)?;
        activity_end.plus_months(i64::from(*months))
    }

    /// The first day on which a certificate of this kind may leave the register altogether; `None`
    /// beyond the calendar.
    pub fn retained_until(&self, kind: CertificateKind, issued: Date) -> Option<Date> {
        let named = self.retention_years.iter().find(|(named, _)| *named == kind);
        let years = named.map_or(Self::LONG, |(_, years)| *years);
        issued.plus_months(i64::from(years) * 12)
    }
}

impl Default for IssuerSettings {
    fn default() -> Self {
        Self {
            authoritative_language: Language::Nl,
            ects_step: Hundredths::new(50),
            hours_per_ects: (Hundredths::new(2_500), Hundredths::new(3_000)),
            usual_ects: (Hundredths::new(300), Hundredths::new(2_000)),
            suspension: false,
            appeal_days: None,
            hold_until_appeal_deadline: true,
            open_by_default: false,
            mail_claim_link: false,
            registration_months: vec![
                (CertificateKind::EvcBewijsVanBeroepskwalificatie, 2),
                (CertificateKind::EvcBewijsVanDeelkwalificatie, 2),
            ],
            retention_years: Vec::new(),
            colour: None,
        }
    }
}

impl Organisation {
    /// What an organisation can be.
    pub const KINDS: [&'static str; 6] = [
        "higher-education-institution",
        "association",
        "assessment-centre",
        "training-provider",
        "partner",
        "other",
    ];

    /// Its identity in documents: its identifier as an issuer, else its homepage.
    pub fn id(&self) -> &str {
        self.did.as_deref().unwrap_or(&self.url)
    }

    /// Its name in this language, or in one it supplied.
    pub fn name(&self, language: Language) -> &str {
        self.legal_name.nearest(language)
    }

    /// Country and region as `BE / BE-BRU`.
    pub fn place(&self) -> String {
        match &self.region {
            Some(region) => format!("{} / {region}", self.country),
            None => self.country.clone(),
        }
    }

    /// The mandate with this reference.
    pub fn mandate(&self, reference: &str) -> Option<&Mandate> {
        self.mandates.iter().find(|mandate| mandate.reference == reference)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile::parse_organisation;
    use serde_json::json;

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    /// Story A9.
    #[test]
    fn registration_is_due_so_many_calendar_months_after_the_activity_ended() {
        let settings = IssuerSettings::default();
        let due = |kind, end: &str| settings.registration_due(kind, day(end));
        let whole = CertificateKind::EvcBewijsVanBeroepskwalificatie;
        for (end, expected) in [
            ("2026-06-02", "2026-08-02"),
            ("2026-12-31", "2027-02-28"),
            ("2027-12-30", "2028-02-29"),
            ("2026-06-30", "2026-08-30"),
        ] {
            assert_eq!(due(whole, end), Some(day(expected)), "{end}");
        }
        let part = CertificateKind::EvcBewijsVanDeelkwalificatie;
        assert_eq!(due(part, "2026-06-02"), Some(day("2026-08-02")));
        for kind in CertificateKind::ALL.into_iter().filter(|kind| ![whole, part].contains(kind)) {
            assert_eq!(due(kind, "2026-06-02"), None, "{kind}");
        }
        assert_eq!(due(whole, "9999-12-01"), None, "beyond the calendar");
    }

    #[test]
    fn a_colour_carries_white_letters() {
        let organisation = |colour: serde_json::Value| {
            parse_organisation(&json!({
                "slug": "a", "kind": "other", "legalName": { "nl": "A" }, "country": "BE",
                "url": "https://a.example", "seals": true, "settings": { "colour": colour },
            }))
        };
        for (colour, kept) in
            [("#1D4E89", "#1d4e89"), ("#767676", "#767676"), ("#000000", "#000000")]
        {
            let read = organisation(json!(colour)).expect("accepted").value;
            assert_eq!(read.settings.colour.as_deref(), Some(kept));
        }
        for (colour, code) in [
            (json!("#777777"), "colour-contrast"),
            (json!("#ffffff"), "colour-contrast"),
            (json!("#ffd400"), "colour-contrast"),
            (json!("1d4e89"), "colour-format"),
            (json!("#1d4e8"), "colour-format"),
            (json!("#1d4e8g"), "colour-format"),
            (json!("#é1111"), "colour-format"),
            (json!("navy"), "colour-format"),
            (json!(""), "colour-format"),
        ] {
            let faults = organisation(colour.clone()).expect_err("refused");
            let seen: Vec<_> = faults.iter().map(|f| (f.code, f.pointer.as_str())).collect();
            assert_eq!(seen, [(code, "/settings/colour")], "{colour}");
        }
        assert!(organisation(json!(1)).is_err());
    }

    #[test]
    fn months_and_years_are_set_for_each_kind_and_read_strictly() {
        let organisation = |settings: serde_json::Value| {
            parse_organisation(&json!({
                "slug": "a", "kind": "other", "legalName": { "nl": "A" }, "country": "BE",
                "url": "https://a.example", "seals": true, "identifiers": [], "settings": settings,
            }))
        };
        let set = json!({
            "registrationMonths": { "evc-competentiebewijs": 3 },
            "retentionYears": { "participation": 5 },
        });
        let settings = organisation(set).expect("accepted").value.settings;
        let (kind, end) = (CertificateKind::EvcCompetentiebewijs, day("2026-06-02"));
        assert_eq!(settings.registration_due(kind, end), Some(day("2026-09-02")));
        let whole = CertificateKind::EvcBewijsVanBeroepskwalificatie;
        assert_eq!(settings.registration_due(whole, end), None, "what is set stands alone");
        let retained = |kind| settings.retained_until(kind, end);
        assert_eq!(retained(CertificateKind::Participation), Some(day("2031-06-02")));
        assert_eq!(retained(kind), Some(day("2076-06-02")), "long, where nothing is set");
        for (set, pointer) in [
            (
                json!({ "registrationMonths": { "diploma": 1 } }),
                "/settings/registrationMonths/diploma",
            ),
            (json!({ "registrationMonths": 2 }), "/settings/registrationMonths"),
            (
                json!({ "retentionYears": { "participation": 0 } }),
                "/settings/retentionYears/participation",
            ),
            (
                json!({ "retentionYears": { "participation": "5" } }),
                "/settings/retentionYears/participation",
            ),
        ] {
            let faults = organisation(set.clone()).expect_err("refused");
            assert!(faults.iter().any(|f| f.pointer == pointer), "{set}: {faults:?}");
        }
    }
}

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
    /// Days of the internal appeal period.
    pub appeal_days: u16,
    /// Whether `evc-*` proofs wait until the appeal period is over.
    pub hold_until_appeal_deadline: bool,
    /// Whether fresh certificates are open to whoever knows the address.
    pub open_by_default: bool,
}

impl Default for IssuerSettings {
    fn default() -> Self {
        Self {
            authoritative_language: Language::Nl,
            ects_step: Hundredths::new(50),
            hours_per_ects: (Hundredths::new(2_500), Hundredths::new(3_000)),
            usual_ects: (Hundredths::new(300), Hundredths::new(2_000)),
            suspension: false,
            appeal_days: 7,
            hold_until_appeal_deadline: true,
            open_by_default: false,
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

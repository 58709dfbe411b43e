//! Reading an organisation from an import file.

use super::Checked;
use super::colour::read_colour;
use super::decimal::Hundredths;
use super::language::LocalizedText;
use super::organisation::{IssuerSettings, Mandate, Membership, Organisation, RegisterNumber};
use super::reader::{Faults, Fields, Node, no_duplicates};
use super::text::{self, Limit};
use crate::model::{CertificateKind, Date, FieldError, Noun, OrganisationFault, ShapeFault};
use serde_json::Value;

const FIELDS: [&str; 13] = [
    "slug",
    "kind",
    "legalName",
    "country",
    "region",
    "url",
    "identifiers",
    "seals",
    "did",
    "contact",
    "memberOf",
    "mandates",
    "settings",
];

/// Reads an organisation in the shape of an import file. All faults at once.
pub fn parse_organisation(document: &Value) -> Result<Checked<Organisation>, Vec<FieldError>> {
    let faults = Faults::default();
    let organisation = Node::root(document)
        .object(&FIELDS, &faults)
        .and_then(|fields| read_organisation(&fields, &faults));
    let (errors, warnings) = faults.into_parts();
    match organisation {
        Some(value) if errors.is_empty() => Ok(Checked { value, warnings }),
        _ => Err(errors),
    }
}

fn read_organisation(fields: &Fields<'_>, faults: &Faults) -> Option<Organisation> {
    let slug = fields.need_a("slug", Noun::Name, faults).and_then(|node| text::slug(&node, faults));
    let kind = fields
        .need_a("kind", Noun::OrganisationKind, faults)
        .and_then(|node| read_kind(&node, faults));
    let legal_name = read_legal_name(fields, faults);
    let country = fields
        .need("country", OrganisationFault::CountryRequired, faults)
        .and_then(|node| read_country(&node, faults));
    let region =
        fields.get("region").and_then(|node| read_region(&node, country.as_deref(), faults));
    let url = fields
        .need_a("url", Noun::Homepage, faults)
        .and_then(|node| text::https_url(&node, faults));
    let seals = fields.need_a("seals", Noun::Seals, faults).and_then(|node| node.boolean(faults));
    let did = fields.get("did").and_then(|node| read_did(&node, faults));
    let contact = fields.get("contact").and_then(|node| email(&node, faults));
    let settings =
        fields.get("settings").and_then(|node| read_settings(&node, faults)).unwrap_or_default();
    let identifiers = read_identifiers(fields, faults);
    let member_of = read_memberships(fields, faults);
    let mandates = read_mandates(fields, faults);
    Some(Organisation {
        slug: slug?,
        kind: kind?,
        legal_name: legal_name?,
        country: country?,
        region,
        url: url?,
        identifiers,
        seals: seals?,
        did,
        test: false,
        contact,
        member_of,
        mandates,
        settings,
    })
}

fn read_kind(node: &Node<'_>, faults: &Faults) -> Option<String> {
    let kind = node.string(faults)?;
    if Organisation::KINDS.contains(&kind) {
        return Some(kind.to_owned());
    }
    faults.refuse(&node.pointer, ShapeFault::UnknownCode { known: Organisation::KINDS.join(", ") });
    None
}

fn read_legal_name(fields: &Fields<'_>, faults: &Faults) -> Option<LocalizedText> {
    let node = fields.need("legalName", OrganisationFault::LegalNameRequired, faults)?;
    let name = LocalizedText::read(&node, Limit::Name, faults)?;
    if name.is_empty() {
        faults.refuse(&node.pointer, OrganisationFault::LegalNameRequired);
        return None;
    }
    Some(name)
}

fn read_country(node: &Node<'_>, faults: &Faults) -> Option<String> {
    let country = node.string(faults)?;
    if COUNTRIES.split(' ').any(|known| known == country) {
        return Some(country.to_owned());
    }
    faults.refuse(&node.pointer, OrganisationFault::CountryFormat);
    None
}

fn read_region(node: &Node<'_>, country: Option<&str>, faults: &Faults) -> Option<String> {
    let region = node.string(faults)?;
    let parts = region.split_once('-').filter(|(head, tail)| {
        head.len() == 2
            && head.bytes().all(|b| b.is_ascii_uppercase())
            && (1..=3).contains(&tail.len())
            && tail.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
    });
    let Some((head, _)) = parts else {
        faults.refuse(&node.pointer, OrganisationFault::RegionFormat);
        return None;
    };
    if country.is_some_and(|country| country != head) {
        faults.refuse(&node.pointer, OrganisationFault::RegionMismatch);
        return None;
    }
    Some(region.to_owned())
}

fn read_did(node: &Node<'_>, faults: &Faults) -> Option<String> {
    let did = node.string(faults)?;
    if ["did:web:", "did:key:"].iter().any(|m| did.starts_with(m)) && text::is_holder_did(did) {
        return Some(did.to_owned());
    }
    faults.refuse(&node.pointer, OrganisationFault::DidFormat);
    None
}

/// Reads an e-mail address; kept without spaces around it.
pub(super) fn email(node: &Node<'_>, faults: &Faults) -> Option<String> {
    let address = node.string(faults)?.trim();
    if text::is_email(address) {
        return Some(address.to_owned());
    }
    faults.refuse(&node.pointer, ShapeFault::NotAnEmail);
    None
}

fn read_identifiers(fields: &Fields<'_>, faults: &Faults) -> Vec<RegisterNumber> {
    let nodes = fields.get("identifiers").and_then(|node| node.array(8, faults));
    let numbers: Vec<_> = nodes
        .unwrap_or_default()
        .iter()
        .filter_map(|node| {
            let fields = node.object(&["register", "number"], faults)?;
            let text = |name: &str| {
                fields.need_a(name, Noun::RegisterNumber, faults)?.text(Limit::Reference, faults)
            };
            let (register, number) = (text("register"), text("number"));
            Some((node.pointer.clone(), RegisterNumber { register: register?, number: number? }))
        })
        .collect();
    no_duplicates(numbers.iter().cloned(), faults);
    numbers.into_iter().map(|(_, number)| number).collect()
}

fn read_memberships(fields: &Fields<'_>, faults: &Faults) -> Vec<Membership> {
    let nodes = fields.get("memberOf").and_then(|node| node.array(32, faults));
    let read = |node: &Node<'_>| {
        let fields = node.object(&["organisation", "from", "until"], faults)?;
        let organisation = fields
            .need_a("organisation", Noun::Association, faults)
            .and_then(|node| text::slug(&node, faults));
        let (from, until) = read_period(&fields, faults);
        Some(Membership { organisation: organisation?, from: from?, until })
    };
    nodes.unwrap_or_default().iter().filter_map(read).collect()
}

fn read_period(fields: &Fields<'_>, faults: &Faults) -> (Option<Date>, Option<Date>) {
    let from = fields.need_a("from", Noun::FirstDay, faults).and_then(|node| node.date(faults));
    let until = fields.get_nullable("until").and_then(|node| node.date(faults));
    if let (Some(from), Some(until)) = (from, until)
        && until < from
    {
        faults.refuse(fields.at("until"), ShapeFault::PeriodReversed);
    }
    (from, until)
}

fn read_mandates(fields: &Fields<'_>, faults: &Faults) -> Vec<Mandate> {
    let nodes = fields.get("mandates").and_then(|node| node.array(64, faults)).unwrap_or_default();
    let mandates: Vec<_> = nodes
        .iter()
        .filter_map(|node| Some((node.pointer.clone(), read_mandate(node, faults)?)))
        .collect();
    let references = mandates
        .iter()
        .map(|(pointer, mandate)| (format!("{pointer}/reference"), mandate.reference.clone()));
    no_duplicates(references, faults);
    mandates.into_iter().map(|(_, mandate)| mandate).collect()
}

fn read_mandate(node: &Node<'_>, faults: &Faults) -> Option<Mandate> {
    let known = ["reference", "onBehalfOf", "from", "until", "kinds", "url"];
    let fields = node.object(&known, faults)?;
    let reference = fields
        .need_a("reference", Noun::Reference, faults)
        .and_then(|node| read_reference(&node, faults));
    let on_behalf_of = fields
        .need_a("onBehalfOf", Noun::AwardingBody, faults)
        .and_then(|node| text::slug(&node, faults));
    let (from, until) = read_period(&fields, faults);
    let kinds = fields
        .need_a("kinds", Noun::Kinds, faults)
        .and_then(|node| node.array(CertificateKind::ALL.len(), faults))
        .unwrap_or_default();
    let kinds = kinds.iter().filter_map(|node| text::kind(node, faults)).collect();
    let url = fields.get("url").and_then(|node| text::https_url(&node, faults));
    Some(Mandate {
        reference: reference?,
        on_behalf_of: on_behalf_of?,
        from: from?,
        until,
        kinds,
        url,
    })
}

fn read_reference(node: &Node<'_>, faults: &Faults) -> Option<String> {
    let reference = node.string(faults)?;
    let fits = (1..=64).contains(&reference.len())
        && reference.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
        && !reference.starts_with('.');
    if fits {
        return Some(reference.to_owned());
    }
    faults.refuse(&node.pointer, ShapeFault::NotAReference);
    None
}

fn read_settings(node: &Node<'_>, faults: &Faults) -> Option<IssuerSettings> {
    let known = [
        "authoritativeLanguage",
        "ectsStep",
        "hoursPerEcts",
        "usualEcts",
        "suspension",
        "appealDays",
        "holdUntilAppealDeadline",
        "defaultValidity",
        "defaultVisibility",
        "mailClaimLink",
        "registrationMonths",
        "retentionYears",
        "colour",
    ];
    let fields = node.object(&known, faults)?;
    let mut settings = IssuerSettings::default();
    if let Some(language) = fields
        .get("authoritativeLanguage")
        .and_then(|node| node.parse(ShapeFault::NotALanguage, faults))
    {
        settings.authoritative_language = language;
    }
    if let Some(node) = fields.get("ectsStep")
        && let Some(step) = positive(&node, faults)
    {
        settings.ects_step = step;
    }
    if let Some(band) = read_band(&fields, "hoursPerEcts", faults) {
        settings.hours_per_ects = band;
    }
    if let Some(range) = read_band(&fields, "usualEcts", faults) {
        settings.usual_ects = range;
    }
    let flag = |name: &str| fields.get(name).and_then(|node| node.boolean(faults));
    settings.suspension = flag("suspension").unwrap_or(settings.suspension);
    settings.hold_until_appeal_deadline =
        flag("holdUntilAppealDeadline").unwrap_or(settings.hold_until_appeal_deadline);
    settings.mail_claim_link = flag("mailClaimLink").unwrap_or(settings.mail_claim_link);
    if let Some(node) = fields.get("appealDays")
        && let Some(days) = node.integer(faults)
    {
        match u16::try_from(days) {
            Ok(days) if days <= 365 => settings.appeal_days = Some(days),
            _ => faults.refuse(&node.pointer, ShapeFault::OutOfRange { least: 0, most: 365 }),
        }
    }
    if let Some(node) = fields.get("defaultVisibility") {
        match node.string(faults) {
            Some("open") => settings.open_by_default = true,
            Some("closed") => {}
            Some(_) => faults.refuse(
                &node.pointer,
                ShapeFault::UnknownCode { known: "open, closed".to_owned() },
            ),
            None => {}
        }
    }
    if let Some(months) = read_by_kind(&fields, "registrationMonths", 0..=120, faults) {
        settings.registration_months = months;
    }
    if let Some(years) = read_by_kind(&fields, "retentionYears", 1..=200, faults) {
        settings.retention_years = years;
    }
    settings.colour = fields.get("colour").and_then(|node| read_colour(&node, faults));
    if let Some(node) = fields.get_nullable("defaultValidity") {
        faults.refuse(&node.pointer, OrganisationFault::NoDefaultExpiry);
    }
    Some(settings)
}

/// A number for each of the kinds that are named.
fn read_by_kind(
    fields: &Fields<'_>,
    name: &str,
    range: std::ops::RangeInclusive<u16>,
    faults: &Faults,
) -> Option<Vec<(CertificateKind, u16)>> {
    let node = fields.get(name)?;
    let numbers = node.object(&CertificateKind::ALL.map(CertificateKind::code), faults)?;
    let number = |kind: CertificateKind| {
        let node = numbers.get(kind.code())?;
        let number = node.integer(faults)?;
        match u16::try_from(number).ok().filter(|number| range.contains(number)) {
            Some(number) => Some((kind, number)),
            None => {
                let (least, most) = (u32::from(*range.start()), u32::from(*range.end()));
                faults.refuse(&node.pointer, ShapeFault::OutOfRange { least, most });
                None
            }
        }
    };
    Some(CertificateKind::ALL.into_iter().filter_map(number).collect())
}

fn read_band(fields: &Fields<'_>, name: &str, faults: &Faults) -> Option<(Hundredths, Hundredths)> {
    let node = fields.get(name)?;
    let band = node.object(&["min", "max"], faults)?;
    let bound = |name: &str| positive(&band.need_a(name, Noun::Limit, faults)?, faults);
    let (min, max) = (bound("min"), bound("max"));
    let (min, max) = (min?, max?);
    if max < min {
        faults.refuse(&node.pointer, ShapeFault::BoundsReversed);
        return None;
    }
    Some((min, max))
}

fn positive(node: &Node<'_>, faults: &Faults) -> Option<Hundredths> {
    let text = node.number_text(faults)?;
    let value = Hundredths::parse(&text).filter(|value| *value > Hundredths::default());
    if value.is_none() {
        faults.refuse(&node.pointer, ShapeFault::NotPositive);
    }
    value
}

/// ISO 3166-1 alpha-2, officially assigned codes.
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI \
BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ \
DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ \
GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN \
KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS \
MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT \
PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF \
TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW";

//! From the typed view of a signed document to what a page shows (guide, section 15.1). Chooses
//! words and order, infers nothing: what the document does not say is not shown.

mod background;
mod dates;
mod officer;
mod outcomes;

use super::sheet::{Block, Fact, Group, Sheet, Value};
use super::translations;
use crate::http::dossier::Dossier;
use crate::http::wording::Names;
use crate::model::{CertificateKind, Date, DefinitionRef, Timestamp};
use crate::profile::{
    CertificateView, ConceptView, Definition, Hundredths, Language as Written, OrganisationView,
    Vocabulary,
};
use crate::texts::{CertificateText, Label, Language, PageText, date, decimal, place};
use crate::verification::RecognitionFact;
use std::collections::BTreeMap;

/// What facts are shown with.
#[derive(Clone, Copy)]
pub(super) struct Wording<'a> {
    pub vocabulary: &'a Vocabulary,
    pub language: Language,
    /// The definition version in the own register, for translations. The signed text comes first.
    pub definition: Option<&'a Definition>,
    /// What this check found; a definition has none.
    pub dossier: Option<&'a Dossier<'a>>,
}

/// The definition version that a document was issued under, when it is one of this address.
pub(in crate::http) fn definition_name(
    view: &CertificateView,
    public_url: &str,
) -> Option<DefinitionRef> {
    let path =
        view.definition.url.as_deref()?.strip_prefix(public_url)?.strip_prefix("/issuers/")?;
    path.replacen("/achievements/", "/", 1).parse().ok()
}

/// The name of the issuer, for previews.
pub(super) fn issuer_name(view: &CertificateView) -> String {
    view.issuer.as_ref().map(|issuer| issuer.name.clone()).unwrap_or_default()
}

/// What the lines of checks mention.
pub(in crate::http) fn names(view: &CertificateView) -> Names<'_> {
    Names {
        mandator: view.awarding_bodies.first().map(|body| body.name.as_str()),
        evc: view.kind.is_some_and(CertificateKind::is_evc),
    }
}

/// Everything a document says, for the page.
pub(super) fn sheet(view: &CertificateView, wording: Wording<'_>, now: Timestamp) -> Sheet {
    Reader::new(view, wording).sheet(now)
}

/// The title, with its language and translation.
pub(super) fn title(view: &CertificateView, wording: Wording<'_>) -> Value {
    Reader::new(view, wording).title()
}

/// The facts for who decides on an exemption, in three blocks: in short beside everything else, or
/// whole on a page of their own.
pub(super) fn blocks(dossier: &Dossier<'_>, wording: Wording<'_>, whole: bool) -> Vec<Block> {
    Reader::new(dossier.view, wording).blocks(dossier, whole)
}

/// The language of the document, when it is not the page's.
pub(super) fn foreign(view: &CertificateView, language: Language) -> Option<String> {
    let tag = view.language.as_deref()?;
    let sound = !tag.is_empty()
        && tag.len() <= 35
        && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let same = tag.parse::<Language>() == Ok(language);
    (sound && !same).then(|| tag.to_owned())
}

struct Reader<'a> {
    view: &'a CertificateView,
    wording: Wording<'a>,
    foreign: Option<String>,
    /// By signed text.
    translations: BTreeMap<String, String>,
}

impl<'a> Reader<'a> {
    fn new(view: &'a CertificateView, wording: Wording<'a>) -> Self {
        let foreign = foreign(view, wording.language);
        let translations = match &foreign {
            Some(_) => translations::of(wording.definition, wording.language),
            None => BTreeMap::new(),
        };
        Self { view, wording, foreign, translations }
    }
}

impl Reader<'_> {
    fn tell(&self, text: CertificateText<'_>) -> String {
        text.to(self.wording.language).into_owned()
    }

    fn named(&self, label: CertificateText<'_>, values: Vec<Value>) -> Option<Fact> {
        (!values.is_empty()).then(|| Fact { label: self.tell(label), values, help: None })
    }

    fn say(&self, label: Label<'_>) -> String {
        label.to(self.wording.language).into_owned()
    }

    fn day(&self, day: Date) -> String {
        date(day, self.wording.language)
    }

    fn number(&self, number: Hundredths) -> String {
        decimal(&number.to_string(), self.wording.language)
    }

    /// A text of the document, in the document's language, with its translation.
    fn text(&self, text: &str) -> Value {
        Value::plain(text).in_language(self.foreign.clone()).noted(self.marked(text))
    }

    fn written(&self) -> Written {
        match self.wording.language {
            Language::Nl => Written::Nl,
            Language::Fr => Written::Fr,
            Language::En => Written::En,
        }
    }

    /// The issuer's translation of a signed text into the page's language, if there is one.
    fn translation(&self, signed: &str) -> Option<&str> {
        self.translations.get(signed).map(String::as_str)
    }

    /// The same, marked as a translation.
    fn marked(&self, signed: &str) -> Option<String> {
        let text = self.translation(signed)?;
        Some(PageText::TranslationFor { text }.to(self.wording.language).into_owned())
    }

    /// A concept by its label in the page's language, else as the issuer wrote it.
    fn concept(&self, concept: &ConceptView) -> Value {
        match concept.label(self.wording.vocabulary, self.written()) {
            Some(label) => Value::plain(label),
            None => {
                let note = PageText::IssuersLabel.to(self.wording.language).into_owned();
                self.text(&concept.name).noted(Some(note))
            }
        }
    }

    /// A fact that the issuer words itself, with its address.
    fn own_words(&self, concept: &ConceptView) -> Value {
        self.text(&concept.name).linked(Some(&concept.url))
    }

    fn fact(&self, label: Label<'_>, values: Vec<Value>) -> Option<Fact> {
        (!values.is_empty()).then(|| Fact { label: self.say(label), values, help: None })
    }

    fn concepts(&self, label: Label<'_>, concepts: &[ConceptView]) -> Option<Fact> {
        self.fact(label, concepts.iter().map(|c| self.concept(c)).collect())
    }

    fn optional(&self, label: Label<'_>, value: Option<Value>) -> Option<Fact> {
        self.fact(label, value.into_iter().collect())
    }

    fn sheet(&self, now: Timestamp) -> Sheet {
        let view = self.view;
        Sheet {
            language: self.wording.language.tag(),
            family: family(view.kind),
            logo: None,
            kind: self.kind(),
            kind_lead: self.kind_lead(),
            title: self.title(),
            who: self.who(),
            description: view.description.as_deref().map(|text| self.text(text)),
            lists: self.lists(),
            groups: self.groups(),
            age_note: self.age_note(now),
            inconsistent: !view.inconsistencies.is_empty(),
            inconsistent_text: self.say(Label::Inconsistent),
        }
    }

    fn title(&self) -> Value {
        let view = self.view;
        let only = match view.language.as_deref().and_then(|tag| tag.parse::<Language>().ok()) {
            Some(Language::Nl) => PageText::OnlyInDutch,
            Some(Language::Fr) => PageText::OnlyInFrench,
            Some(Language::En) | None => PageText::OnlyInEnglish,
        };
        let title = view.title.as_deref().unwrap_or("–");
        let title_note = self.marked(title).or_else(|| {
            self.foreign.is_some().then(|| only.to(self.wording.language).into_owned())
        });
        self.text(title).noted(title_note)
    }

    fn kind(&self) -> String {
        match (&self.view.kind_concept, &self.view.achievement_type) {
            (Some(concept), _) => self.concept(concept).text,
            (None, Some(written)) => written.clone(),
            (None, None) => "Open Badge".to_owned(),
        }
    }

    fn kind_lead(&self) -> String {
        self.tell(match family(self.view.kind) {
            "evc" => CertificateText::KindEvc,
            "participation" => CertificateText::KindParticipation,
            "degree" => CertificateText::KindMicrodegree,
            "assessed" => CertificateText::KindMicrocredential,
            _ => CertificateText::KindOther,
        })
    }

    fn awarded(&self) -> Option<Fact> {
        let view = self.view;
        let bodies: Vec<Value> = if view.awarding_bodies.is_empty() {
            view.issuer.iter().map(|issuer| self.organisation(issuer)).collect()
        } else {
            view.awarding_bodies.iter().map(|body| self.organisation(body)).collect()
        };
        let label = if bodies.len() > 1 { Label::AwardedByJointly } else { Label::AwardedBy };
        self.fact(label, bodies)
    }

    /// Who sealed, when that is none of the awarding bodies.
    fn sealed(&self) -> Option<Fact> {
        let view = self.view;
        let sealer = view.issuer.as_ref().filter(|issuer| {
            !view.awarding_bodies.is_empty()
                && !view.awarding_bodies.iter().any(|b| b.url.is_some() && b.url == issuer.url)
        });
        let sealed = sealer.map(|sealer| {
            let behalf = view.awarding_bodies.first().filter(|_| view.mandate.is_some());
            let note = behalf.map(|body| self.say(Label::OnBehalfOf { name: &body.name }));
            Value::plain(&sealer.name).linked(sealer.url.as_deref()).noted(note)
        });
        self.optional(Label::SealedBy, sealed)
    }

    fn who(&self) -> Vec<Fact> {
        let view = self.view;
        // A definition has no holder.
        let holder = view.id.is_some().then(|| Fact {
            label: self.say(Label::Holder),
            values: vec![Value::plain(match &view.holder.name {
                Some(name) => name.clone(),
                None => self.say(Label::HolderNotNamed),
            })],
            help: Some(self.say(Label::AskForIdentity)),
        });
        let identity = view.holder_identification.as_ref().or(view.supervision.as_ref());
        let identity = identity.filter(|_| view.id.is_some()).map(|c| self.concept(c));
        [
            self.awarded(),
            self.sealed(),
            self.recognised(),
            holder,
            self.named(CertificateText::Identity, identity.into_iter().collect()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    /// Who recognises the issuer, then and now; as the sources that were asked state it.
    fn recognised(&self) -> Option<Fact> {
        let issuer = self.wording.dossier?.report.credential().issuer.as_ref()?;
        let value = |fact: &RecognitionFact| {
            let when = match (fact.on_day_of_issue, fact.today) {
                (true, true) => CertificateText::RecognisedThenAndNow,
                (true, false) => CertificateText::RecognisedThen,
                (false, true) => CertificateText::RecognisedNow,
                (false, false) => CertificateText::RecognisedNeither,
            };
            let by = match &fact.recognition.by {
                Some(by) => by.clone(),
                None => self.tell(CertificateText::ThisRegister),
            };
            let source = fact.recognition.source.as_deref();
            Value::plain(by).linked(source).noted(Some(self.tell(when)))
        };
        let mut values: Vec<Value> = issuer.recognised.iter().map(value).collect();
        if values.is_empty() {
            values.push(Value::plain(self.tell(CertificateText::NotRecognised)));
        }
        self.named(CertificateText::RecognisedBy, values)
    }

    fn organisation(&self, organisation: &OrganisationView) -> Value {
        let code = organisation.region.as_deref().or(organisation.country.as_deref());
        let place = code.map(|code| place(code, self.wording.language).into_owned());
        Value::plain(&organisation.name).linked(organisation.url.as_deref()).noted(place)
    }

    fn groups(&self) -> Vec<Group> {
        let group = |id, label, help: Option<Value>, facts: Vec<Option<Fact>>| {
            let facts: Vec<Fact> = facts.into_iter().flatten().collect();
            let heading = self.say(label);
            (!facts.is_empty() || help.is_some()).then_some(Group { id, heading, help, facts })
        };
        let not_assessed = (self.view.kind == Some(CertificateKind::Participation))
            .then(|| Value::plain(self.say(Label::NotAssessed)));
        let note = self.view.recognition_note.as_deref().map(|note| self.text(note));
        [
            group("level", Label::LevelAndSize, self.level_help(), self.level()),
            group("use", Label::Use, note, Vec::new()),
            group("judged", Label::HowJudged, not_assessed, self.judged()),
            group("learnt", Label::HowLearnt, None, self.learnt()),
            group("dates", Label::DatesAndNumber, None, self.dates()),
            group("other", Label::Other, None, self.other()),
        ]
        .into_iter()
        .flatten()
        .collect()
    }

    fn other(&self) -> Vec<Option<Fact>> {
        let (centre, rest): (Vec<_>, Vec<_>) = self
            .view
            .other
            .iter()
            .partition(|fact| fact.target_type == "ext:TestCentreRecognition");
        let rest =
            rest.into_iter().map(|fact| self.own_words(fact).noted(Some(fact.target_type.clone())));
        vec![
            self.fact(
                Label::TestCentreRecognition,
                centre.into_iter().map(|fact| self.own_words(fact)).collect(),
            ),
            self.fact(Label::Other, rest.collect()),
        ]
    }
}

fn family(kind: Option<CertificateKind>) -> &'static str {
    match kind {
        Some(kind) if kind.is_evc() => "evc",
        Some(CertificateKind::Participation) => "participation",
        Some(CertificateKind::Microdegree) => "degree",
        Some(_) => "assessed",
        None => "other",
    }
}

//! The fixed words that the mapping writes into signed documents, in the authoritative language of
//! the definition. Labels of closed lists are in the vocabulary; page texts are elsewhere.

use super::language::Language;

/// Words of one language.
#[derive(Debug)]
pub(super) struct Words {
    pub outcomes: &'static str,
    pub competences: &'static str,
    pub parts: &'static str,
    pub assessment: &'static str,
    pub not_assessed: &'static str,
    pub supervision: &'static str,
    pub participation: &'static str,
    pub workload: &'static str,
    pub ects: &'static str,
    pub hours: &'static str,
    pub hours_of_study: &'static str,
    pub level: &'static str,
    pub prerequisites: &'static str,
    pub quality_assurance: &'static str,
    pub usage: &'static str,
    pub decision: &'static str,
    pub score: &'static str,
    pub version: &'static str,
    pub sealed_by: &'static str,
    pub on_behalf_of: &'static str,
    pub replaces: &'static str,
    pub translation: &'static str,
}

const NL: Words = Words {
    outcomes: "Leerresultaten",
    competences: "Competenties",
    parts: "Onderdelen",
    assessment: "Beoordeling",
    not_assessed: "geen; dit bewijs toont deelname",
    supervision: "Toezicht",
    participation: "Deelname",
    workload: "Studieomvang",
    ects: "ECTS-studiepunten",
    hours: "uur",
    hours_of_study: "uur studiebelasting",
    level: "Niveau",
    prerequisites: "Voorwaarden vooraf",
    quality_assurance: "Kwaliteitszorg",
    usage: "Gebruik",
    decision: "Beslissing",
    score: "Score",
    version: "versie",
    sealed_by: "Verzegeld door",
    on_behalf_of: "in opdracht van",
    replaces: "Vervangt bewijs",
    translation: "Vertaling ter informatie",
};

const FR: Words = Words {
    outcomes: "Acquis d'apprentissage",
    competences: "Compétences",
    parts: "Parties",
    assessment: "Évaluation",
    not_assessed: "aucune ; cette attestation montre une participation",
    supervision: "Surveillance",
    participation: "Participation",
    workload: "Volume d'études",
    ects: "crédits ECTS",
    hours: "heures",
    hours_of_study: "heures de travail",
    level: "Niveau",
    prerequisites: "Conditions préalables",
    quality_assurance: "Assurance qualité",
    usage: "Utilisation",
    decision: "Décision",
    score: "Note",
    version: "version",
    sealed_by: "Scellé par",
    on_behalf_of: "sur mandat de",
    replaces: "Remplace l'attestation",
    translation: "Traduction à titre d'information",
};

const EN: Words = Words {
    outcomes: "Learning outcomes",
    competences: "Competences",
    parts: "Parts",
    assessment: "Assessment",
    not_assessed: "none; this certificate shows attendance",
    supervision: "Supervision",
    participation: "Participation",
    workload: "Workload",
    ects: "ECTS credits",
    hours: "hours",
    hours_of_study: "hours of study",
    level: "Level",
    prerequisites: "Prerequisites",
    quality_assurance: "Quality assurance",
    usage: "Use",
    decision: "Decision",
    score: "Score",
    version: "version",
    sealed_by: "Sealed by",
    on_behalf_of: "on behalf of",
    replaces: "Replaces certificate",
    translation: "Translation for information",
};

/// The words of this language.
pub(super) fn words(language: Language) -> &'static Words {
    match language {
        Language::Nl => &NL,
        Language::Fr => &FR,
        Language::En => &EN,
    }
}

/// That a text is there in its source language only, in the language of the reader.
pub(super) fn only_in(reader: Language, source: Language) -> &'static str {
    match (reader, source) {
        (Language::Nl, Language::Nl) => "alleen in het Nederlands beschikbaar",
        (Language::Nl, Language::Fr) => "alleen in het Frans beschikbaar",
        (Language::Nl, Language::En) => "alleen in het Engels beschikbaar",
        (Language::Fr, Language::Nl) => "disponible en néerlandais uniquement",
        (Language::Fr, Language::Fr) => "disponible en français uniquement",
        (Language::Fr, Language::En) => "disponible en anglais uniquement",
        (Language::En, Language::Nl) => "available in Dutch only",
        (Language::En, Language::Fr) => "available in French only",
        (Language::En, Language::En) => "available in English only",
    }
}

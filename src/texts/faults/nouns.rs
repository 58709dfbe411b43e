//! What can be missing or expected, with its article.

use super::Language;
use crate::model::Noun;

macro_rules! nouns {
    ($($noun:ident $nl:literal, $fr:literal, $en:literal;)+) => {
        pub(super) fn noun(noun: Noun, language: Language) -> &'static str {
            let [nl, fr, en] = match noun { $(Noun::$noun => [$nl, $fr, $en],)+ };
            match language {
                Language::Nl => nl,
                Language::Fr => fr,
                Language::En => en,
            }
        }
    };
}

nouns! {
    Address "het adres", "l’adresse", "the address";
    Addresses "de adressen", "les adresses", "the addresses";
    Association "de associatie", "l’association", "the association";
    Array "een lijst", "une liste", "an array";
    AwardingBody "de toekennende instelling", "l’organisme qui délivre", "the awarding body";
    BasisText "de grond van het oordeel in woorden", "le fondement en toutes lettres",
        "the basis in words";
    Boolean "true of false", "true ou false", "true or false";
    CertificateNumber "het nummer van het bewijs", "le numéro de l’attestation",
        "the certificate number";
    Choice "de keuze", "le choix", "the option";
    Code "de code", "le code", "the code";
    Date "de datum", "la date", "the date";
    Decision "de beslissing", "la décision", "the decision";
    Definition "de definitie", "la définition", "the definition";
    FirstDay "de eerste dag", "le premier jour", "the first day";
    FrameworkName "de naam van het competentieprofiel", "le nom du référentiel",
        "the framework’s name";
    FrameworkPage "de pagina van het competentieprofiel", "la page du référentiel",
        "the framework’s page";
    FrameworkVersion "de versie van het competentieprofiel", "la version du référentiel",
        "the framework’s version";
    Genre "de soort", "le genre", "the genre";
    Homepage "de website", "le site web", "the homepage";
    Kind "de soort bewijs", "le type d’attestation", "the kind";
    Kinds "de soorten bewijzen", "les types d’attestations", "the kinds it covers";
    Label "het label", "le libellé", "the label";
    Language "de taal", "la langue", "the language";
    LastDay "de laatste dag", "le dernier jour", "the last day";
    Licence "de licentie", "la licence", "the licence";
    Limit "de grens", "la limite", "the bound";
    Method "de methode", "la méthode", "the method";
    Name "de naam", "le nom", "the name";
    Number "een getal", "un nombre", "a number";
    Object "een object", "un objet", "an object";
    OrganisationKind "de soort organisatie", "le type d’organisation", "the kind of organisation";
    Page "de pagina", "la page", "the page";
    PartCertificate "het bewijs van het onderdeel", "l’attestation de la partie",
        "the part’s certificate";
    QualificationCode "de code van de kwalificatie", "le code de la qualification",
        "the qualification’s code";
    QualificationName "de naam van de kwalificatie", "le nom de la qualification",
        "the qualification’s name";
    QualificationPage "de pagina van de kwalificatie", "la page de la qualification",
        "the qualification’s page";
    QualityText "de kwaliteitszorg in woorden", "l’assurance qualité en toutes lettres",
        "quality assurance in words";
    QualityType "de soort kwaliteitszorg", "le type d’assurance qualité",
        "the type of quality assurance";
    Reference "de referentie", "la référence", "the reference";
    RegisterNumber "het register en het nummer", "le registre et le numéro",
        "the register and the number";
    Release "de uitgave", "la version publiée", "the release";
    Role "de rol", "le rôle", "the role";
    Rule "de regel", "la règle", "the rule";
    ScaleBound "de grens van de schaal", "la limite de l’échelle", "the bound of the scale";
    Scheme "het puntenstelsel", "le système de notation", "the scheme";
    Seals "of de organisatie verzegelt", "si l’organisation scelle", "whether it seals";
    ShortName "de korte naam", "le nom court", "the short name";
    SkillAddress "het adres van de vaardigheid", "l’adresse de l’aptitude",
        "the address of the skill";
    SkillLabel "het label van de vaardigheid", "le libellé de l’aptitude",
        "the label of the skill";
    Status "de status", "le statut", "the status";
    String "een tekst", "un texte", "a string";
    Text "de tekst", "le texte", "the text";
    Version "de versie", "la version", "the version";
    WholeNumber "een geheel getal", "un nombre entier", "a whole number";
}

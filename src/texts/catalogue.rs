//! Texts of the pages of the catalogue: definitions and their versions, concepts, mandates,
//! frameworks, issuers and profiles.

texts! {
    /// A text of a page of the catalogue.
    CatalogueText:
    Withdrawn { date }
        => "Deze versie wordt niet meer gebruikt sinds {date}. Bewijzen die ermee zijn uitgereikt, \
            blijven geldig.",
           "Cette version n’est plus utilisée depuis le {date}. Les attestations délivrées sous \
            cette version restent valables.",
           "This version is no longer used since {date}. Certificates that were issued under it \
            stay valid.";
    NewerVersion { version }
        => "Er is een nieuwere versie: {version}", "Il existe une version plus récente : {version}",
           "There is a newer version: {version}";
    IsTranslation
        => "Dit is een vertaling ter informatie. De oorspronkelijke tekst geldt.",
           "Ceci est une traduction à titre d’information. Le texte original fait foi.",
           "This is a translation for information. The original text counts.";
    Endorsed => "Gaat over", "Concerne", "About";
    Original => "De oorspronkelijke tekst", "Le texte original", "The original text";
    Versions => "Versies", "Versions", "Versions";
    ThisVersion => "deze versie", "cette version", "this version";
    PublishedOn { date } => "gepubliceerd op {date}", "publiée le {date}", "published on {date}";
    WithdrawnOn { date }
        => "niet meer gebruikt sinds {date}", "plus utilisée depuis le {date}",
           "no longer used since {date}";
    LanguagesOfText => "Talen van deze tekst", "Langues de ce texte", "Languages of this text";
    Authoritative => "oorspronkelijke tekst", "texte original", "original text";
    ForInformation
        => "vertaling ter informatie", "traduction à titre d’information",
           "translation for information";
    Translation
        => "Vertaling ter informatie", "Traduction à titre d’information",
           "Translation for information";
    NoTranslation
        => "geen vertaling beschikbaar", "aucune traduction disponible",
           "no translation available";
    ConceptLead
        => "Zo noemt deze dienst dit begrip. Bewijzen verwijzen naar dit adres.",
           "Voici comment ce service nomme cette notion. Des attestations renvoient à cette \
            adresse.",
           "This is how this service names the concept. Certificates refer to this address.";
    Names => "Benaming", "Dénomination", "Name";
    List => "Lijst", "Liste", "List";
    Code => "Code", "Code", "Code";
    EuropeanAddress => "Europees adres", "Adresse européenne", "European address";
    MandateTitle { reference }
        => "Opdracht om te verzegelen: {reference}", "Mandat de scellement : {reference}",
           "Mandate to seal: {reference}";
    MandateLead { mandator, sealer }
        => "{mandator} gaf {sealer} de opdracht om in haar naam bewijzen te verzegelen.",
           "{mandator} a mandaté {sealer} pour sceller des attestations en son nom.",
           "{mandator} mandated {sealer} to seal certificates in its name.";
    MandatePeriod => "Periode", "Période", "Period";
    MandateFrom { start } => "vanaf {start}", "à partir du {start}", "from {start}";
    MandateKinds => "Soorten bewijzen", "Types d’attestations", "Kinds of certificates";
    Sealer => "Verzegelt", "Scelle", "Seals";
    Mandator => "In opdracht van", "Sur mandat de", "On behalf of";
    IssuerLead
        => "Deze organisatie verzegelt hier bewijzen.",
           "Cette organisation scelle ici des attestations.",
           "This organisation seals certificates here.";
    IssuerIsTest
        => "TEST – de bewijzen van deze uitgever zijn geen echte bewijzen.",
           "TEST – les attestations de cet émetteur ne sont pas de vraies attestations.",
           "TEST – the certificates of this issuer are not real certificates.";
    Organisation => "Organisatie", "Organisation", "Organisation";
    LegalName => "Naam", "Nom", "Name";
    Place => "Plaats", "Lieu", "Place";
    Homepage => "Website", "Site web", "Website";
    RegisterNumbers
        => "Nummers in registers", "Numéros dans des registres", "Numbers in registers";
    Identifier => "Kenmerk als uitgever", "Identifiant d’émetteur", "Identifier as issuer";
    Mandates => "Opdrachten om te verzegelen", "Mandats de scellement", "Mandates to seal";
    Keys => "Sleutels om mee te controleren", "Clés de vérification", "Keys to check with";
    Definitions => "Soorten bewijzen", "Types d’attestations", "Kinds of certificates";
    Frameworks => "Competentiekaders", "Référentiels de compétences", "Competence frameworks";
    FrameworkLead
        => "Een competentiekader. Deze versie behoudt haar inhoud.",
           "Un référentiel de compétences. Cette version garde son contenu.",
           "A competence framework. This version keeps its content.";
    Competences => "Competenties", "Compétences", "Competences";
    Level => "Niveau", "Niveau", "Level";
    Licence => "Licentie", "Licence", "Licence";
    Source => "Bron", "Source", "Source";
    Version => "Versie", "Version", "Version";
    ProfileTitle { kind }
        => "Wat er op een bewijs moet staan: {kind}", "Mentions obligatoires : {kind}",
           "What a certificate must state: {kind}";
    ProfileLead
        => "Dit geldt voor elke uitgever van deze dienst.",
           "Ceci vaut pour chaque émetteur de ce service.",
           "This holds for every issuer of this service.";
    Required => "Verplicht", "Obligatoire", "Required";
    Optional => "Mogelijk", "Possible", "Optional";
    Refused => "Niet toegelaten", "Non admis", "Not allowed";
    OfDefinition => "In de beschrijving", "Dans la description", "In the definition";
    OfAward => "Bij de uitreiking", "Lors de la délivrance", "When it is issued";
}

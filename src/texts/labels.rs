//! Short labels of facts. Labels of closed lists are the vocabulary's, not these.

texts! {
    /// What stands before or above a fact.
    Label:
    AwardedBy => "Toegekend door", "Délivrée par", "Awarded by";
    AwardedByJointly => "Samen toegekend door", "Délivrée conjointement par", "Awarded jointly by";
    SealedBy => "Verzegeld door", "Scellée par", "Sealed by";
    OnBehalfOf { name } => "in opdracht van {name}", "sur mandat de {name}", "on behalf of {name}";
    TrainingProvider => "Opleiding gegeven door", "Formation assurée par", "Training given by";
    AssessedBy => "Beoordeeld door", "Évaluée par", "Assessed by";
    Holder => "Houder", "Titulaire", "Holder";
    HolderNotNamed
        => "De naam van de houder staat niet op dit bewijs.",
           "Le nom du titulaire ne figure pas sur cette attestation.",
           "The holder’s name is not on this certificate.";
    AskForIdentity
        => "Vraag een identiteitsbewijs als je wilt weten of dit de houder is.",
           "Demandez une pièce d’identité pour savoir s’il s’agit bien du titulaire.",
           "Ask for an identity document to know whether this is the holder.";
    IdentityCheckedBy
        => "Identiteit gecontroleerd", "Identité vérifiée", "Identity checked";
    WhatTheyCan
        => "Wat deze persoon kan", "Ce que cette personne sait faire", "What this person can do";
    Outcomes => "Leerresultaten", "Acquis d’apprentissage", "Learning outcomes";
    Competences
        => "Aangetoonde competenties", "Compétences démontrées", "Demonstrated competences";
    PartsOf => "Onderdelen", "Parties", "Parts";
    PartCertificate { number }
        => "Bewijs {number}", "Attestation {number}", "Certificate {number}";
    WhatItWasAbout => "Waarover het ging", "De quoi il s’agissait", "What it was about";
    Result => "Resultaat", "Résultat", "Result";
    Demonstrated => "Aangetoond", "Démontrée", "Demonstrated";
    Basis => "Gebaseerd op", "Sur la base de", "Based on";
    Experience => "Ervaring uit", "Expérience issue de", "Experience from";
    RelatedSkills => "Europese vaardigheden (ESCO)", "Aptitudes européennes (ESCO)",
        "European skills (ESCO)";
    RelatedOccupation => "Beroep (ESCO)", "Profession (ESCO)", "Occupation (ESCO)";
    LevelAndSize => "Niveau en omvang", "Niveau et volume", "Level and size";
    Level => "Niveau", "Niveau", "Level";
    LevelNotApplicable => "Geen niveau", "Pas de niveau", "No level";
    LevelIntroductory
        => "De niveaus lopen van 1 tot 8. Dit is het begin van de schaal.",
           "Les niveaux vont de 1 à 8. Celui-ci se situe au début de l’échelle.",
           "Levels run from 1 to 8. This is at the start of the scale.";
    LevelSecondary
        => "De niveaus lopen van 1 tot 8. Dit komt overeen met het secundair onderwijs.",
           "Les niveaux vont de 1 à 8. Celui-ci correspond à l’enseignement secondaire.",
           "Levels run from 1 to 8. This is the level of secondary education.";
    LevelShortCycle
        => "De niveaus lopen van 1 tot 8. Dit is het niveau van een graduaat.",
           "Les niveaux vont de 1 à 8. Celui-ci est le niveau d’un graduat (cycle court).",
           "Levels run from 1 to 8. This is the level of a short-cycle higher programme.";
    LevelBachelor
        => "De niveaus lopen van 1 tot 8. Dit is het niveau van een bachelor.",
           "Les niveaux vont de 1 à 8. Celui-ci est le niveau d’un bachelier.",
           "Levels run from 1 to 8. This is the level of a bachelor.";
    LevelMaster
        => "De niveaus lopen van 1 tot 8. Dit is het niveau van een master.",
           "Les niveaux vont de 1 à 8. Celui-ci est le niveau d’un master.",
           "Levels run from 1 to 8. This is the level of a master.";
    LevelDoctorate
        => "De niveaus lopen van 1 tot 8. Dit is het hoogste niveau.",
           "Les niveaux vont de 1 à 8. Celui-ci est le niveau le plus élevé.",
           "Levels run from 1 to 8. This is the highest level.";
    Cycle => "Cyclus", "Cycle", "Cycle";
    Credits => "Studiepunten", "Crédits", "Credits";
    CreditsEcts { number }
        => "{number} ECTS-studiepunten", "{number} crédits ECTS", "{number} ECTS credits";
    CreditsUnitNotStated { number }
        => "{number} (eenheid niet vermeld)", "{number} (unité non précisée)",
           "{number} (unit not stated)";
    Workload => "Tijd", "Temps", "Time";
    Hours { number } => "{number} uur", "{number} heures", "{number} hours";
    HowJudged => "Hoe er beoordeeld is", "Comment l’évaluation a eu lieu", "How it was judged";
    NotAssessed
        => "Er is niets beoordeeld. Dit bewijs zegt alleen dat iemand deelnam.",
           "Rien n’a été évalué. Cette attestation dit seulement que la personne a participé.",
           "Nothing was assessed. This certificate only says that somebody took part.";
    Assessment => "Beoordeling", "Évaluation", "Assessment";
    Supervision => "Toezicht", "Surveillance", "Supervision";
    Assessors => "Beoordelaars", "Évaluateurs", "Assessors";
    GuideSeparation => "Begeleiding", "Accompagnement", "Guidance";
    Framework => "Competentiekader", "Référentiel de compétences", "Competence framework";
    FrameworkVersion { name, version }
        => "{name}, versie {version}", "{name}, version {version}", "{name}, version {version}";
    Procedure => "Procedure", "Procédure", "Procedure";
    LegalBasis => "Wettelijke basis", "Base légale", "Legal basis";
    QualityAssurance => "Kwaliteitszorg", "Assurance qualité", "Quality assurance";
    Qualification => "Kwalificatie", "Qualification", "Qualification";
    Participation => "Deelname", "Participation", "Participation";
    Schedule => "Wanneer", "Horaire", "When";
    LanguageOfInstruction
        => "Taal van de opleiding", "Langue de la formation", "Language of instruction";
    Field => "Vakgebied", "Domaine", "Field";
    Prerequisites => "Voorwaarden vooraf", "Conditions préalables", "Prerequisites";
    Stacking => "Stapelen", "Cumul", "Stacking";
    DatesAndNumber => "Datums en nummer", "Dates et numéro", "Dates and number";
    DecisionDate => "Beslissing", "Décision", "Decision";
    IssuedOn => "Uitgereikt", "Délivrée", "Issued";
    ActivityPeriod => "Periode", "Période", "Period";
    AcademicYear => "Academiejaar", "Année académique", "Academic year";
    EndDate => "Einddatum", "Date de fin", "End date";
    NoEndDate => "Geen einddatum", "Pas de date de fin", "No end date";
    CertificateNumber => "Nummer", "Numéro", "Number";
    Definition => "Beschrijving van dit soort bewijs", "Description de ce type d’attestation",
        "Description of this kind of certificate";
    DefinitionVersion { version }
        => "Versie {version}", "Version {version}", "Version {version}";
    Replaces { number }
        => "Vervangt bewijs {number}", "Remplace l’attestation {number}",
           "Replaces certificate {number}";
    From { start, end } => "{start} tot {end}", "Du {start} au {end}", "{start} to {end}";
    Use => "Gebruik", "Utilisation", "Use";
    Other => "Andere gegevens", "Autres données", "Other facts";
    Inconsistent
        => "Dit bewijs spreekt zichzelf op een punt tegen. Vraag uitleg aan de uitgever.",
           "Cette attestation se contredit sur un point. Demandez des explications à l’émetteur.",
           "This certificate contradicts itself on a point. Ask the issuer to explain.";
    GradeOf { value, max } => "{value} op {max}", "{value} sur {max}", "{value} out of {max}";
    GradePass { pass }
        => "geslaagd vanaf {pass}", "réussite à partir de {pass}", "pass from {pass}";
    OnScale { scale } => "schaal: {scale}", "échelle : {scale}", "scale: {scale}";
    HowLearnt => "Opleiding", "Formation", "Learning";
    Setting => "Soort leren", "Type d’apprentissage", "Kind of learning";
    HandedIn => "Beoordeeld materiaal", "Éléments évalués", "What was assessed";
    StackRule => "Regel", "Règle", "Rule";
    StacksInto => "Telt mee voor", "Compte pour", "Counts towards";
}

//! Definitions: what a kind of certificate needs, refuses and finds odd (guide, sections 6 to 10).

faults! {
    DefinitionFault:
    TitleRequired
        nl "De titel ontbreekt." "Geef de titel.",
        fr "Le titre manque." "Indiquez le titre.",
        en "The title is missing." "Give the title.";
    DescriptionRequired
        nl "De beschrijving ontbreekt." "Geef de beschrijving.",
        fr "La description manque." "Indiquez la description.",
        en "The description is missing." "Give the description.";
    AwardingBodyRequired
        nl "De instelling die het bewijs toekent, ontbreekt."
           "Noem minstens één toekennende instelling.",
        fr "L’organisme qui délivre l’attestation manque."
           "Indiquez au moins un organisme qui délivre.",
        en "The awarding body is missing." "Give at least one awarding body.";
    OutcomesRequired
        nl "De leerresultaten ontbreken." "Geef minstens één leerresultaat.",
        fr "Les acquis d’apprentissage manquent." "Indiquez au moins un acquis d’apprentissage.",
        en "The learning outcomes are missing." "Give at least one learning outcome.";
    CompetenceRequired
        nl "De competenties ontbreken." "Geef minstens één competentie.",
        fr "Les compétences manquent." "Indiquez au moins une compétence.",
        en "The competences are missing." "Give at least one competence.";
    WorkloadRequired
        nl "De studieomvang ontbreekt." "Geef de uren, en de studiepunten als die er zijn.",
        fr "Le volume d’études manque." "Indiquez les heures, et les crédits s’il y en a.",
        en "The workload is missing." "Give the hours, and the credits if there are any.";
    HoursRequired
        nl "De studie-uren ontbreken." "Geef de studie-uren.",
        fr "Les heures d’études manquent." "Indiquez les heures d’études.",
        en "The hours of study are missing." "Give the hours of study.";
    HoursRange
        nl "Dit is geen aantal uren boven 0 en tot 10 000."
           "Geef de studie-uren, met hoogstens twee decimalen.",
        fr "Ce n’est pas un nombre d’heures supérieur à 0 et de 10 000 au plus."
           "Indiquez les heures d’études, avec deux décimales au plus.",
        en "This is not a number of hours above 0 and up to 10,000."
           "Give the hours of study, with at most two decimals.";
    LevelRequired
        nl "Het niveau ontbreekt." "Geef het niveau, of de reden waarom er geen is.",
        fr "Le niveau manque." "Indiquez le niveau, ou la raison pour laquelle il n’y en a pas.",
        en "The level is missing." "Give the level, or the reason why there is none.";
    LevelMemberRequired
        nl "Het niveau in dit raamwerk ontbreekt."
           "Geef het niveau, of null als dit raamwerk er geen heeft.",
        fr "Le niveau dans ce cadre manque." "Indiquez le niveau, ou null si ce cadre n’en a pas.",
        en "The level in this framework is missing."
           "Give the level, or null where this framework has none.";
    VksRequired
        nl "Een beroepskwalificatie heeft een niveau in de Vlaamse kwalificatiestructuur."
           "Geef het VKS-niveau.",
        fr "Une qualification professionnelle a un niveau dans la structure flamande."
           "Indiquez le niveau VKS.",
        en "A vocational qualification has a level in the Flemish structure." "Give the VKS level.";
    LevelReasonRequired { language }
        nl "Niet van toepassing vraagt een reden." "Geef de reden in de taal {language}.",
        fr "Sans objet demande une raison." "Indiquez la raison dans la langue {language}.",
        en "Not applicable needs a reason in the authoritative language."
           "Give the reason in the language {language}.";
    LevelContradiction
        nl "Een niveau en notApplicable sluiten elkaar uit."
           "Geef de niveaus, of de reden waarom er geen is.",
        fr "Un niveau et notApplicable s’excluent."
           "Indiquez les niveaux, ou la raison pour laquelle il n’y en a pas.",
        en "A level and notApplicable exclude each other."
           "Give the levels, or the reason why there is none.";
    LevelRange
        nl "De niveaus lopen van 1 tot 8." "Geef een niveau van 1 tot 8.",
        fr "Les niveaux vont de 1 à 8." "Indiquez un niveau de 1 à 8.",
        en "The framework has the levels 1 to 8." "Give a level from 1 to 8.";
    AssessmentTypeRequired
        nl "De manier van beoordelen ontbreekt." "Geef minstens één manier van beoordelen.",
        fr "Le mode d’évaluation manque." "Indiquez au moins un mode d’évaluation.",
        en "The type of assessment is missing." "Give at least one type of assessment.";
    ParticipationRequired
        nl "De vorm van deelname ontbreekt." "Geef minstens één vorm van deelname.",
        fr "La forme de participation manque." "Indiquez au moins une forme de participation.",
        en "The form of participation is missing." "Give at least one form of participation.";
    ScheduleRequired
        nl "Het lesmoment ontbreekt." "Geef aan wanneer de opleiding plaatsvindt.",
        fr "L’horaire manque." "Indiquez quand la formation a lieu.",
        en "The schedule is missing." "Give when it is given.";
    QualityAssuranceRequired
        nl "De kwaliteitszorg ontbreekt." "Beschrijf de kwaliteitszorg.",
        fr "L’assurance qualité manque." "Décrivez l’assurance qualité.",
        en "Quality assurance is missing." "Give quality assurance.";
    QualityAssuranceIncomplete { what }
        nl "Bij de kwaliteitszorg ontbreekt iets: {what}." "Geef {what}.",
        fr "Il manque à l’assurance qualité : {what}." "Indiquez {what}.",
        en "Missing in quality assurance: {what}." "Give {what}.";
    IscedRequired
        nl "Het studiegebied ontbreekt." "Geef het studiegebied (ISCED-F).",
        fr "Le domaine d’études manque." "Indiquez le domaine d’études (ISCED-F).",
        en "The field of education is missing." "Give the field of education (ISCED-F).";
    SupervisionRequired
        nl "Er staat niet bij hoe er toezicht was." "Geef het toezicht bij de beoordeling.",
        fr "La surveillance n’est pas indiquée." "Indiquez la surveillance lors de l’évaluation.",
        en "The supervision is missing." "Give the supervision.";
    FrameworkRequired
        nl "Het competentieprofiel ontbreekt." "Geef het competentieprofiel waaraan is beoordeeld.",
        fr "Le référentiel de compétences manque."
           "Indiquez le référentiel utilisé pour l’évaluation.",
        en "The framework is missing." "Give the framework.";
    FrameworkIncomplete { what }
        nl "Bij het competentieprofiel ontbreekt iets: {what}." "Geef {what}.",
        fr "Il manque au référentiel : {what}." "Indiquez {what}.",
        en "Missing in the framework: {what}." "Give {what}.";
    ProcedureRequired
        nl "De procedure ontbreekt." "Geef de procedure met haar pagina.",
        fr "La procédure manque." "Indiquez la procédure et sa page.",
        en "The procedure is missing." "Give the procedure and its page.";
    RecognitionNoteRequired
        nl "De zin over erkenning ontbreekt." "Zeg wat het bewijs wel en niet geeft.",
        fr "La phrase sur la reconnaissance manque."
           "Dites ce que l’attestation donne et ne donne pas.",
        en "The note on recognition is missing." "Give the note on recognition.";
    LegalBasisRequired
        nl "De wettelijke grond ontbreekt." "Geef de wettelijke grond met zijn pagina.",
        fr "La base légale manque." "Indiquez la base légale et sa page.",
        en "The legal basis is missing." "Give the legal basis and its page.";
    QualificationRequired
        nl "De kwalificatie ontbreekt." "Geef de kwalificatie.",
        fr "La qualification manque." "Indiquez la qualification.",
        en "The qualification is missing." "Give the qualification.";
    QualificationIncomplete { what }
        nl "Bij de kwalificatie ontbreekt iets: {what}." "Geef {what}.",
        fr "Il manque à la qualification : {what}." "Indiquez {what}.",
        en "Missing in the qualification: {what}." "Give {what}.";
    PartsRequired
        nl "De onderdelen ontbreken." "Geef de onderdelen.",
        fr "Les parties manquent." "Indiquez les parties.",
        en "The parts are missing." "Give the parts.";
    VersionFormat
        nl "Een versie is een deel van adressen en mag niet alles bevatten."
           "Schrijf 1 tot 32 tekens A-Z, a-z, 0-9, punt, _ en -.",
        fr "Une version fait partie d’adresses et ne peut pas tout contenir."
           "Écrivez 1 à 32 caractères A-Z, a-z, 0-9, point, _ et -.",
        en "A version is part of addresses."
           "Write it with 1 to 32 characters A-Z, a-z, 0-9, dot, _ and -.";
    UnknownKind { known }
        nl "Deze soort bewijs kennen we niet." "Kies een van deze: {known}.",
        fr "Ce type d’attestation n’est pas connu." "Choisissez l’un de ceux-ci : {known}.",
        en "This is not a kind of certificate." "Give one of: {known}.";
    AuthoritativeLanguageMissing { language }
        nl "De tekst ontbreekt in de taal die geldt." "Geef de tekst in de taal {language}.",
        fr "Le texte manque dans la langue qui fait foi."
           "Indiquez le texte dans la langue {language}.",
        en "The text is missing in the authoritative language."
           "Give it in the language {language}.";
    OrganisationUnknown
        nl "Het register kent deze organisatie niet."
           "Voeg de organisatie eerst toe, of verbeter haar naam.",
        fr "Le registre ne connaît pas cette organisation."
           "Ajoutez d’abord l’organisation, ou corrigez son nom.",
        en "The register has no such organisation."
           "Add the organisation first, or correct its name.";
    ParticipationNotAssessed { members }
        nl "Een deelnamebewijs is niet beoordeeld, en hier staan toch: {members}."
           "Laat ze weg, of kies een soort die wel beoordeeld is.",
        fr "Une attestation de participation n’est pas évaluée ; or on trouve ici : {members}."
           "Supprimez-les, ou choisissez un type qui est évalué.",
        en "A proof of participation is not assessed; here are: {members}."
           "Leave them out, or choose the kind that is assessed.";
    NoCreditsForPriorLearning
        nl "Een EVC-bewijs draagt geen studiepunten of studieomvang."
           "Laat dit weg; vrijstellingen worden elders beslist.",
        fr "Une attestation d’acquis de l’expérience ne porte ni crédits ni volume d’études."
           "Supprimez-le ; les dispenses se décident ailleurs.",
        en "A proof of prior learning carries no credits or study load."
           "Leave it out; exemptions are decided elsewhere.";
    NotADegreeRequired { words }
        nl "Een microdegree moet zeggen dat het geen graad is." "Gebruik deze woorden: {words}.",
        fr "Un microdegree doit dire qu’il n’est pas un grade." "Employez ces mots : {words}.",
        en "A microdegree must say that it is not a degree." "Use these words: {words}.";
    DegreeUnknown
        nl "Er is geen gepubliceerde microdegree met deze naam."
           "Publiceer beide in één invoer, of verbeter de naam.",
        fr "Aucun microdegree publié ne porte ce nom."
           "Publiez les deux en un seul envoi, ou corrigez le nom.",
        en "There is no published microdegree of this name."
           "Publish both in one import, or correct the name.";
    PreviousUnknown
        nl "Er is geen andere gepubliceerde versie met deze naam."
           "Geef de versie voor deze, of laat het veld weg.",
        fr "Aucune autre version publiée ne porte ce nom."
           "Indiquez la version qui précède celle-ci, ou omettez le champ.",
        en "There is no other published version of this name."
           "Give the version before this one, or leave it out.";
    EctsRange
        nl "Studiepunten liggen boven 0 en zijn hoogstens 300."
           "Geef de studiepunten, of laat ze weg en geef alleen uren.",
        fr "Les crédits sont supérieurs à 0 et de 300 au plus."
           "Indiquez les crédits, ou omettez-les et n’indiquez que les heures.",
        en "Credits are above 0 and at most 300."
           "Give the credits, or leave them out and give hours only.";
    EctsStep { step }
        nl "Deze uitgever geeft studiepunten in stappen van {step}."
           "Geef een veelvoud van {step}.",
        fr "Cet émetteur donne les crédits par pas de {step}." "Indiquez un multiple de {step}.",
        en "This issuer gives credits in steps of {step}." "Give a multiple of {step}.";
    GradeFormat
        nl "Dit is geen punt."
           "Schrijf een getal met hoogstens twee decimalen als tekst, zoals \"14\" of \"14.5\".",
        fr "Ce n’est pas une note."
           "Écrivez comme texte un nombre à deux décimales au plus, tel que \"14\" ou \"14.5\".",
        en "This is not a grade."
           "Write a decimal with at most two decimals as text, such as \"14\" or \"14.5\".";
    ScaleIncomplete { what }
        nl "Bij de puntenschaal ontbreekt iets: {what}." "Geef {what}.",
        fr "Il manque à l’échelle de notes : {what}." "Indiquez {what}.",
        en "Missing in the scale of grades: {what}." "Give {what}.";
    ScaleReversed
        nl "De schaal eindigt voor ze begint." "Geef een hoogste punt dat boven het laagste ligt.",
        fr "L’échelle finit avant de commencer."
           "Indiquez une note maximale supérieure à la minimale.",
        en "The scale ends before it begins." "Give a highest grade above the lowest.";
    PassOutsideScale
        nl "De slaaggrens ligt buiten de schaal."
           "Geef een slaaggrens tussen het laagste en het hoogste punt.",
        fr "Le seuil de réussite est hors de l’échelle."
           "Indiquez un seuil entre la note la plus basse et la plus haute.",
        en "The pass mark lies outside the scale."
           "Give a pass mark between the lowest and the highest grade.";
    TooFewParts
        nl "Een microdegree bestaat uit minstens twee onderdelen." "Geef minstens twee onderdelen.",
        fr "Un microdegree réunit au moins deux parties." "Indiquez au moins deux parties.",
        en "A microdegree is a stack of at least two parts." "Give at least two parts.";
    PartUnknown
        nl "Er is geen gepubliceerde microcredential met deze naam."
           "Publiceer eerst het onderdeel, of verbeter de naam.",
        fr "Aucune microcertification publiée ne porte ce nom."
           "Publiez d’abord la partie, ou corrigez le nom.",
        en "There is no published microcredential of this name."
           "Publish the part first, or correct its name.";
    PartNotADefinition
        nl "Het onderdeel noemt geen gepubliceerde definitie."
           "Schrijf het als uitgever/naam/versie.",
        fr "La partie ne nomme pas de définition publiée."
           "Écrivez-la sous la forme émetteur/nom/version.",
        en "The part names no published definition." "Write it as issuer/slug/version.";
    PartWithoutEcts
        nl "Een onderdeel zonder studiepunten kun je niet stapelen."
           "Kies een onderdeel met studiepunten.",
        fr "Une partie sans crédits ne peut pas être cumulée."
           "Choisissez une partie qui a des crédits.",
        en "A part without credits cannot be stacked." "Choose a part that has credits.";
    StackEctsMissing
        nl "De studiepunten van het geheel ontbreken." "Geef de studiepunten van het geheel.",
        fr "Les crédits de l’ensemble manquent." "Indiquez les crédits de l’ensemble.",
        en "The credits of the stack are missing." "Give the credits of the stack.";
    StackEctsSum { expected }
        nl "Onder deze regel zijn de onderdelen samen {expected} studiepunten waard."
           "Geef {expected}, of verbeter de onderdelen.",
        fr "Selon cette règle, les parties totalisent {expected} crédits."
           "Indiquez {expected}, ou corrigez les parties.",
        en "The parts make {expected} credits under this rule."
           "Give {expected}, or correct the parts.";
    StackEctsBetween { least, most }
        nl "Onder deze regel zijn de onderdelen samen {least} tot {most} studiepunten waard."
           "Geef een getal daartussen, of verbeter de onderdelen.",
        fr "Selon cette règle, les parties totalisent de {least} à {most} crédits."
           "Indiquez un nombre entre les deux, ou corrigez les parties.",
        en "The parts make {least} to {most} credits under this rule."
           "Give a number between them, or correct the parts.";
    StackRuleRange
        nl "Deze regel kan dit getal niet hebben."
           "Geef hoeveel onderdelen, of hoeveel studiepunten, er nodig zijn.",
        fr "Cette règle ne peut pas avoir ce nombre."
           "Indiquez combien de parties, ou de crédits, sont nécessaires.",
        en "The rule cannot have this number."
           "Give how many parts, or how many credits, are needed.";
    StackRuleUnreachable
        nl "De onderdelen kunnen deze regel niet halen."
           "Geef een getal dat de onderdelen kunnen bereiken.",
        fr "Les parties ne peuvent pas satisfaire cette règle."
           "Indiquez un nombre que les parties peuvent atteindre.",
        en "The parts cannot meet this rule." "Give a number that the parts can reach.";
    StackLevel { expected }
        nl "Dit niveau heeft het grootste deel van de studiepunten: {expected}."
           "Geef niveau {expected}, of verbeter de onderdelen.",
        fr "Ce niveau a la plus grande part des crédits : {expected}."
           "Indiquez le niveau {expected}, ou corrigez les parties.",
        en "Level {expected} has the largest share of the credits."
           "Give level {expected}, or correct the parts.";
    VersionFrozen
        nl "Deze versie is al gepubliceerd met een andere inhoud."
           "Publiceer de wijziging als een nieuwe versie.",
        fr "Cette version est déjà publiée avec un autre contenu."
           "Publiez la modification comme nouvelle version.",
        en "This version is published with other content." "Publish the change as a new version.";
    LevelsDiffer
        nl "De niveaus van de twee raamwerken dragen gewoonlijk hetzelfde getal."
           "Kijk beide niveaus na.",
        fr "Les niveaux des deux cadres portent normalement le même nombre."
           "Vérifiez les deux niveaux.",
        en "The levels of the two frameworks normally carry the same number." "Check both levels.";
    EctsBelowUsual { least }
        nl "Dat is minder dan de gebruikelijke {least} studiepunten."
           "Kijk het getal na; kleinere eenheden mogen.",
        fr "C’est moins que les {least} crédits habituels."
           "Vérifiez le nombre ; de plus petites unités sont permises.",
        en "Fewer than the usual {least} credits." "Check the number; smaller units are allowed.";
    EctsAboveUsual { most }
        nl "Dat is meer dan de gebruikelijke {most} studiepunten."
           "Kijk het getal na; dit is uitzonderlijk.",
        fr "C’est plus que les {most} crédits habituels."
           "Vérifiez le nombre ; c’est exceptionnel.",
        en "More than the usual {most} credits." "Check the number; this is exceptional.";
    HoursPerEcts { least, most }
        nl "Gewoonlijk telt een studiepunt {least} tot {most} uren."
           "Kijk de uren en de studiepunten na.",
        fr "Un crédit compte habituellement {least} à {most} heures."
           "Vérifiez les heures et les crédits.",
        en "Outside the usual band of {least} to {most} hours per credit."
           "Check hours and credits.";
    TranslationMissing
        nl "De tekst is in deze taal beloofd en ontbreekt."
           "Geef de vertaling, of haal de taal uit languageEditions.",
        fr "Le texte est promis dans cette langue et manque."
           "Indiquez la traduction, ou retirez la langue de languageEditions.",
        en "The text is promised in this language and missing."
           "Give the translation, or take the language out of languageEditions.";
    EscoNotInRelease { release }
        nl "ESCO {release} heeft dit begrip niet."
           "Kijk het adres na; we tonen het als niet nagekeken.",
        fr "ESCO {release} ne contient pas ce concept."
           "Vérifiez l’adresse ; elle est montrée comme non vérifiée.",
        en "ESCO {release} has no such concept." "Check the address; it is shown as not verified.";
}

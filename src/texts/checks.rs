//! The checks of a report in words: name, outcome, and what the outcome means (guide, section
//! 15.3).

texts! {
    /// The name of a check.
    CheckName:
    Conformance => "Opbouw", "Structure", "Structure";
    VerificationMethod => "Sleutel van de uitgever", "Clé de l’émetteur", "Issuer’s key";
    Proof => "Inhoud", "Contenu", "Content";
    ValidityPeriod => "Datums", "Dates", "Dates";
    Status => "Status", "État", "Status";
    RelatedResource => "Bijlagen", "Annexes", "Attachments";
    Contained => "Inhoud van de bundel", "Contenu du lot", "Contents of the bundle";
    IssuerRecognised => "Uitgever", "Émetteur", "Issuer";
    IssuerRecognisedToday => "Uitgever vandaag", "Émetteur aujourd’hui", "Issuer today";
    Endorsements => "Ondersteuning", "Soutiens", "Endorsements";
    Mandate => "Opdracht", "Mandat", "Mandate";
    Completeness => "Volledigheid", "Exhaustivité", "Completeness";
    Parts => "Onderdelen", "Parties", "Parts";
    Recipient => "Houder", "Titulaire", "Holder";
    Test => "Testbewijs", "Attestation de test", "Test certificate";
}

texts! {
    /// The word beside the icon of an outcome.
    OutcomeWord:
    Pass => "In orde", "En ordre", "OK";
    Fail => "Niet in orde", "Pas en ordre", "Not OK";
    Indeterminate => "Niet te controleren", "Non vérifiable", "Could not check";
    NotApplicable => "Niet van toepassing", "Sans objet", "Not applicable";
    NotRun => "Niet uitgevoerd", "Non effectué", "Not run";
}

texts! {
    /// What an outcome of a check means.
    CheckText:
    ConformancePass
        => "Het bestand volgt de standaard Open Badges 3.0.",
           "Le fichier suit la norme Open Badges 3.0.",
           "The file follows the Open Badges 3.0 standard.";
    ConformanceFail
        => "Het bestand volgt de standaard niet.",
           "Le fichier ne suit pas la norme.",
           "The file does not follow the standard.";
    ConformanceIndeterminate
        => "Het bestand gebruikt iets dat we niet kennen.",
           "Le fichier utilise un élément que nous ne connaissons pas.",
           "The file uses something we do not know.";
    MethodPass
        => "De sleutel hoort bij deze uitgever.",
           "La clé appartient à cet émetteur.",
           "The key belongs to this issuer.";
    MethodFail
        => "De sleutel hoort niet bij deze uitgever.",
           "La clé n’appartient pas à cet émetteur.",
           "The key does not belong to this issuer.";
    MethodIndeterminate
        => "De sleutel van de uitgever was niet bereikbaar.",
           "La clé de l’émetteur était inaccessible.",
           "The issuer’s key could not be reached.";
    ProofPass
        => "Niets is veranderd sinds de verzegeling.",
           "Rien n’a changé depuis le scellement.",
           "Nothing changed since sealing.";
    ProofFail
        => "De inhoud is veranderd.",
           "Le contenu a changé.",
           "The content was changed.";
    ProofIndeterminate
        => "We konden de handtekening niet nagaan.",
           "Nous n’avons pas pu vérifier la signature.",
           "We could not check the signature.";
    PeriodPass
        => "Het bewijs is vandaag binnen zijn datums.",
           "L’attestation est dans ses dates aujourd’hui.",
           "Today is within the dates of the certificate.";
    PeriodFail
        => "Vandaag valt buiten de datums van het bewijs.",
           "La date du jour est en dehors des dates de l’attestation.",
           "Today is outside the dates of the certificate.";
    PeriodIndeterminate
        => "De datums zijn niet te lezen.",
           "Les dates sont illisibles.",
           "The dates cannot be read.";
    StatusPass { moment }
        => "Niet ingetrokken (gecontroleerd op {moment}).",
           "Non retirée (vérifié le {moment}).",
           "Not withdrawn (checked {moment}).";
    StatusRevoked { date }
        => "Ingetrokken op {date}.",
           "Retirée le {date}.",
           "Withdrawn on {date}.";
    StatusRevokedUndated
        => "Ingetrokken.",
           "Retirée.",
           "Withdrawn.";
    StatusSuperseded
        => "Vervangen door een nieuwere versie.",
           "Remplacée par une version plus récente.",
           "Replaced by a newer version.";
    StatusSuspended
        => "Tijdelijk opgeschort.",
           "Temporairement suspendue.",
           "Suspended for the time being.";
    StatusListWrong
        => "De statuslijst zelf klopt niet.",
           "La liste d’état elle-même n’est pas correcte.",
           "The status list itself is not right.";
    StatusIndeterminate { moment }
        => "Status onbekend sinds {moment}.",
           "État inconnu depuis le {moment}.",
           "Status unknown since {moment}.";
    StatusNotApplicable
        => "Dit bewijs noemt geen plaats om de status na te gaan.",
           "Cette attestation n’indique pas où vérifier son état.",
           "This certificate names no place to check its status.";
    StatusWithheld
        => "De houder toont een deel van dit bewijs. Een plaats om de status na te gaan wordt niet getoond; ze kan weggelaten zijn.",
           "Le titulaire montre une partie de cette attestation. Aucun lieu où vérifier son état n’est montré ; il peut avoir été omis.",
           "The holder shows a part of this certificate. No place to check its status is shown; it may have been left out.";
    PeriodWithheld
        => "De houder toont een deel van dit bewijs. Een einddatum wordt niet getoond; ze kan weggelaten zijn.",
           "Le titulaire montre une partie de cette attestation. Aucune date de fin n’est montrée ; elle peut avoir été omise.",
           "The holder shows a part of this certificate. No end date is shown; it may have been left out.";
    RelatedPass
        => "De bijlagen zijn onveranderd.",
           "Les annexes sont inchangées.",
           "The attachments are unchanged.";
    RelatedFail
        => "Een bijlage is veranderd.",
           "Une annexe a changé.",
           "An attachment was changed.";
    RelatedIndeterminate
        => "Niet alle bijlagen waren te controleren.",
           "Certaines annexes n’ont pu être vérifiées.",
           "Some attachments could not be checked.";
    ContainedPass
        => "Elk bewijs in dit bestand is echt en geldig.",
           "Chaque attestation de ce fichier est authentique et valable.",
           "Every certificate in this file is genuine and valid.";
    ContainedFail
        => "Een bewijs in dit bestand klopt niet of geldt niet.",
           "Une attestation de ce fichier n’est pas correcte ou pas valable.",
           "A certificate in this file is not right or not valid.";
    ContainedIndeterminate
        => "Niet elk bewijs in dit bestand was te controleren.",
           "Certaines attestations de ce fichier n’ont pu être vérifiées.",
           "Some certificates in this file could not be checked.";
    ContainedNone
        => "Dit is één bewijs, geen bundel.",
           "Ceci est une seule attestation, pas un lot.",
           "This is one certificate, not a bundle.";
    IssuerPass { name }
        => "Verzegeld door {name}, hier gekend op de dag van uitreiking.",
           "Scellée par {name}, connu ici le jour de la délivrance.",
           "Sealed by {name}, known here on the day of issue.";
    IssuerFail
        => "Deze uitgever was niet erkend op de dag van uitreiking.",
           "Cet émetteur n’était pas reconnu le jour de la délivrance.",
           "This issuer was not recognised on the day of issue.";
    IssuerTodayPass { name }
        => "{name} is hier vandaag erkend.",
           "{name} est reconnu ici aujourd’hui.",
           "{name} is recognised here today.";
    IssuerTodayFail
        => "Deze uitgever is hier vandaag niet erkend.",
           "Cet émetteur n’est pas reconnu ici aujourd’hui.",
           "This issuer is not recognised here today.";
    IssuerIndeterminate
        => "Wij kennen deze uitgever niet.",
           "Émetteur inconnu ici.",
           "Issuer not known here.";
    EndorsementsPass
        => "De verklaringen van steun kloppen.",
           "Les déclarations de soutien sont correctes.",
           "The endorsements are correct.";
    EndorsementsFail
        => "Een verklaring van steun klopt niet.",
           "Une déclaration de soutien n’est pas correcte.",
           "An endorsement is not correct.";
    EndorsementsIndeterminate
        => "Niet alle verklaringen van steun waren te controleren.",
           "Certaines déclarations de soutien n’ont pu être vérifiées.",
           "Some endorsements could not be checked.";
    MandatePass { name, sealer }
        => "{name} gaf {sealer} de opdracht om te verzegelen.",
           "{name} a mandaté {sealer} pour sceller.",
           "{name} mandated {sealer} to seal.";
    MandatePassUnnamed
        => "De uitgever mocht dit bewijs verzegelen.",
           "L’émetteur pouvait sceller cette attestation.",
           "The issuer was entitled to seal this certificate.";
    MandateFail
        => "De opdracht gold niet op de datum van de beslissing.",
           "Le mandat ne couvrait pas la date de décision.",
           "The mandate did not cover the decision date.";
    MandateIndeterminate
        => "Er staat geen opdracht op dit bewijs.",
           "Aucun mandat n’est indiqué.",
           "No mandate is stated.";
    CompletenessPass
        => "Alle Europese elementen staan erop.",
           "Tous les éléments européens y figurent.",
           "All European elements are present.";
    CompletenessEvcPass
        => "Alles wat een EVC-bewijs moet vermelden, staat erop.",
           "Tout ce qu’une attestation des acquis doit mentionner y figure.",
           "All that a certificate of prior learning must state is present.";
    CompletenessFail { missing }
        => "Er ontbreken elementen: {missing}",
           "Il manque : {missing}",
           "Missing: {missing}";
    CompletenessFailUnnamed
        => "Er ontbreken verplichte elementen.",
           "Il manque des éléments obligatoires.",
           "Required elements are missing.";
    CompletenessIndeterminate
        => "We weten niet wat op dit soort bewijs moet staan.",
           "Nous ignorons ce que ce type d’attestation doit mentionner.",
           "We do not know what this kind of certificate must state.";
    PartsPass
        => "Alle onderdelen zijn geldig.",
           "Toutes les parties sont valables.",
           "All parts are valid.";
    PartsFail
        => "Een onderdeel is niet meer geldig.",
           "Une partie n’est plus valable.",
           "A part is no longer valid.";
    PartsIndeterminate
        => "Niet alle onderdelen waren te controleren.",
           "Certaines parties n’ont pu être vérifiées.",
           "Some parts could not be checked.";
    RecipientPass
        => "Het e-mailadres komt overeen.",
           "L’adresse correspond.",
           "The address matches.";
    RecipientFail
        => "Het e-mailadres komt niet overeen.",
           "L’adresse ne correspond pas.",
           "The address does not match.";
    RecipientIndeterminate
        => "Geen adres om mee te vergelijken.",
           "Aucune adresse à comparer.",
           "No address to compare.";
    TestPass
        => "Dit is geen testbewijs.",
           "Ceci n’est pas une attestation de test.",
           "This is not a test certificate.";
    TestFail
        => "Dit is een testbewijs. Het heeft geen waarde.",
           "Ceci est une attestation de test. Elle n’a aucune valeur.",
           "This is a test certificate. It has no value.";
    TestIndeterminate
        => "We weten niet of deze uitgever een testuitgever is.",
           "Nous ignorons si cet émetteur est un émetteur de test.",
           "We do not know whether this issuer is a test issuer.";
    RelatedNone
        => "Er zijn geen bijlagen.",
           "Il n’y a pas d’annexes.",
           "There are no attachments.";
    EndorsementsNone
        => "Er zijn geen verklaringen van steun bij dit bewijs.",
           "Cette attestation ne comporte pas de déclaration de soutien.",
           "This certificate carries no endorsements.";
    MandateNone
        => "De uitgever is zelf de toekenner. Een opdracht is niet nodig.",
           "L’émetteur est lui-même l’organisme qui délivre. Aucun mandat n’est nécessaire.",
           "The issuer is the awarding body itself. No mandate is needed.";
    CompletenessNone
        => "Dit soort bewijs kent geen vaste lijst van elementen.",
           "Ce type d’attestation n’a pas de liste fixe d’éléments.",
           "This kind of certificate has no fixed list of elements.";
    PartsNone
        => "Dit bewijs bestaat niet uit onderdelen.",
           "Cette attestation n’est pas composée de parties.",
           "This certificate is not made of parts.";
    RecipientNone
        => "Er is geen e-mailadres gegeven om te vergelijken.",
           "Aucune adresse n’a été donnée à comparer.",
           "No e-mail address was given to compare.";
    NotApplicable
        => "Deze controle past niet bij dit bewijs.",
           "Ce contrôle ne concerne pas cette attestation.",
           "This check does not concern this certificate.";
    NotRun
        => "Niet uitgevoerd, omdat een eerdere controle dit zinloos maakte.",
           "Non effectué, car un contrôle précédent l’a rendu inutile.",
           "Not run, because an earlier check made it pointless.";
}

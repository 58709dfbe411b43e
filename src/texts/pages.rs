//! Texts of the pages around the facts: headings, links, help.

texts! {
    /// A text of a page.
    PageText:
    SkipToContent => "Naar de inhoud", "Aller au contenu", "Skip to content";
    ServiceName => "Bewijzen", "Attestations", "Certificates";
    Languages => "Taal", "Langue", "Language";
    Checks => "Wat we hebben gecontroleerd", "Ce que nous avons vérifié", "What we checked";
    Contained => "Wat erin zit", "Ce qu’il contient", "What it contains";
    ContainedHelp
        => "Elk bewijs heeft een eigen oordeel. Het geheel is nooit beter dan wat erin zit.",
           "Chaque attestation a son propre verdict. L’ensemble ne vaut jamais mieux que ce qu’il contient.",
           "Each certificate has a verdict of its own. The whole is never better than what it contains.";
    Endorsements => "Verklaringen van steun", "Déclarations de soutien", "Endorsements";
    Endorsement => "Verklaring van steun", "Déclaration de soutien", "Endorsement";
    EndorsementFrom { name }
        => "Verklaring van steun van {name}", "Déclaration de soutien de {name}",
           "Endorsement by {name}";
    EndorsedBy { name } => "Ondersteund door {name}", "Soutenu par {name}", "Endorsed by {name}";
    DefinitionEndorsementsHelp
        => "Anderen steunen wat hier beschreven staat. Elke verklaring is nu apart gecontroleerd.",
           "D’autres soutiennent ce qui est décrit ici. Chaque déclaration vient d’être vérifiée à part.",
           "Others endorse what is described here. Each statement was checked by itself just now.";
    MoreEndorsements
        => "Er zijn er meer dan hier staan.", "Il y en a davantage que celles montrées ici.",
           "There are more than are shown here.";
    EndorsementsHelp
        => "Anderen steunen dit bewijs. Hun verklaringen zijn apart gecontroleerd en veranderen niets aan het bewijs.",
           "D’autres soutiennent cette attestation. Leurs déclarations ont été vérifiées à part et ne changent rien à l’attestation.",
           "Others endorse this certificate. Their statements were checked by themselves and change nothing about it.";
    EndorsementOfAnother
        => "Deze verklaring gaat over iets anders.",
           "Cette déclaration porte sur autre chose.",
           "This statement is about something else.";
    NotAnEndorsement
        => "Dit is geen verklaring van steun.",
           "Ceci n’est pas une déclaration de soutien.",
           "This is not an endorsement.";
    EndorsementByIssuer
        => "De uitgever steunt hier zichzelf.",
           "L’émetteur se soutient ici lui-même.",
           "Here the issuer endorses itself.";
    ChecksDeciding
        => "Deze controles bepalen het oordeel.",
           "Ces contrôles déterminent le verdict.",
           "These checks decide the verdict.";
    ChecksInforming
        => "Deze controles geven extra informatie. Ze veranderen het oordeel niet.",
           "Ces contrôles donnent des informations supplémentaires. Ils ne changent pas le verdict.",
           "These checks inform. They do not change the verdict.";
    TechnicalDetail => "Technische gegevens", "Données techniques", "Technical details";
    TechnicalProblem => "Melding", "Message", "Message";
    Keep => "Bewaren en elders controleren", "Conserver et vérifier ailleurs",
        "Keep and check elsewhere";
    KeepHelp
        => "Bewaar het bestand. Het blijft te controleren zonder deze website, behalve de status.",
           "Conservez le fichier. Il reste vérifiable sans ce site, sauf l’état.",
           "Keep the file. It can be checked without this website, apart from the status.";
    DownloadJson
        => "Ondertekend bestand (JSON)", "Fichier signé (JSON)", "Signed file (JSON)";
    DownloadJwt
        => "Zelfde bewijs als token (JWT)", "Même attestation sous forme de jeton (JWT)",
           "Same certificate as a token (JWT)";
    Address => "Adres van dit bewijs", "Adresse de cette attestation",
        "Address of this certificate";
    FileHash => "SHA-256 van het bestand", "SHA-256 du fichier", "SHA-256 of the file";
    SignedWith => "Verzegeld met", "Scellée avec", "Sealed with";
    NothingMore
        => "We tonen de inhoud niet, omdat we niet weten of hij klopt.",
           "Nous n’affichons pas le contenu, car nous ignorons s’il est exact.",
           "We do not show the content, because we do not know whether it is right.";
    OnlyInDutch
        => "alleen in het Nederlands beschikbaar", "disponible en néerlandais uniquement",
           "available in Dutch only";
    OnlyInFrench
        => "alleen in het Frans beschikbaar", "disponible en français uniquement",
           "available in French only";
    OnlyInEnglish
        => "alleen in het Engels beschikbaar", "disponible en anglais uniquement",
           "available in English only";
    TranslationFor { text }
        => "{text} – vertaling ter informatie", "{text} – traduction à titre d’information",
           "{text} – translation for information";
    IssuersLabel
        => "benaming van de uitgever", "dénomination de l’émetteur", "label of the issuer";
    ClosedTitle => "Gesloten pagina", "Page fermée", "Closed page";
    NotAvailableTitle => "Niet beschikbaar", "Pas disponible", "Not available";
    NotFoundTitle => "Pagina niet gevonden", "Page introuvable", "Page not found";
    NotFoundHelp
        => "Dit adres bestaat niet. Kijk of je het juist hebt overgenomen.",
           "Cette adresse n’existe pas. Vérifiez si vous l’avez bien recopiée.",
           "This address does not exist. Check whether you copied it correctly.";
    ProblemTitle => "Dat ging niet", "Cela n’a pas fonctionné", "That did not work";
    ProblemHelp
        => "De vraag kon niet worden uitgevoerd. Probeer het later opnieuw.",
           "La demande n’a pas pu être traitée. Réessayez plus tard.",
           "The request could not be handled. Try again later.";
    TooLargeHelp
        => "Dit bestand is te groot om een bewijs te zijn.",
           "Ce fichier est trop volumineux pour être une attestation.",
           "This file is too large to be a certificate.";
    StartTitle => "Bewijzen controleren", "Vérifier des attestations", "Check certificates";
    StartLead
        => "Hier controleer je microcredentials en EVC-bewijzen. Je hebt geen account nodig.",
           "Vérifiez ici des microcertifications et des attestations d’acquis de l’expérience. \
            Aucun compte n’est nécessaire.",
           "Check microcredentials and certificates of prior learning here. You need no account.";
    StartLink
        => "Heb je een link gekregen? Open die: de pagina toont of het bewijs echt en geldig is.",
           "Vous avez reçu un lien ? Ouvrez-le : la page montre si l’attestation est authentique \
            et valable.",
           "Did you get a link? Open it: the page shows whether the certificate is genuine and \
            valid.";
    StartFile
        => "Heb je een bestand gekregen? Controleer het hier.",
           "Vous avez reçu un fichier ? Vérifiez-le ici.",
           "Did you get a file? Check it here.";
    StartPrivacy
        => "We houden niet bij wie wat controleert.",
           "Nous n’enregistrons pas qui vérifie quoi.",
           "We keep no record of who checks what.";
    StartDevelopers
        => "Voor ontwikkelaars: de API als OpenAPI-document",
           "Pour les développeurs : l’API sous forme de document OpenAPI",
           "For developers: the API as an OpenAPI document";
    VerifyTitle => "Een bewijs controleren", "Vérifier une attestation", "Check a certificate";
    VerifyLead
        => "Kies het bestand dat je kreeg, of plak de inhoud. We bewaren het niet.",
           "Choisissez le fichier reçu, ou collez son contenu. Nous ne le conservons pas.",
           "Choose the file that you got, or paste its content. We do not keep it.";
    VerifyFile => "Bestand", "Fichier", "File";
    VerifyPaste => "Of plak hier de inhoud", "Ou collez ici le contenu",
        "Or paste the content here";
    VerifyRecipient
        => "E-mailadres van de houder (niet verplicht)",
           "Adresse e-mail du titulaire (facultatif)",
           "E-mail address of the holder (optional)";
    VerifyRecipientHelp
        => "We vergelijken het met het bewijs. We bewaren het niet en sturen het nergens heen.",
           "Nous la comparons à l’attestation. Nous ne la conservons pas et ne l’envoyons nulle part.",
           "We compare it with the certificate. We do not keep it and send it nowhere.";
    VerifyButton => "Controleer", "Vérifier", "Check";
    VerifyNothing
        => "Kies eerst een bestand of plak de inhoud.",
           "Choisissez d’abord un fichier ou collez le contenu.",
           "First choose a file or paste the content.";
    VerifyAgain => "Nog een bewijs controleren", "Vérifier une autre attestation",
        "Check another certificate";
    VerifyReport => "Uitslag", "Résultat", "Result";
    DefinitionTitle
        => "Beschrijving van een soort bewijs", "Description d’un type d’attestation",
           "Description of a kind of certificate";
    DefinitionHelp
        => "Dit adres behoudt zijn inhoud, ook als er later een nieuwe versie komt.",
           "Cette adresse garde son contenu, même si une nouvelle version paraît.",
           "This address keeps its content, also when a newer version appears.";
    AsJson => "Als JSON", "En JSON", "As JSON";
    ProblemPageLead
        => "Zo leg je deze melding van de API uit (in het Engels):",
           "Explication de ce message de l’API (en anglais) :",
           "What this message of the API means:";
    HttpStatus => "HTTP-status", "Statut HTTP", "HTTP status";
    CountsTitle
        => "Aantal uitgereikte bewijzen", "Nombre d’attestations délivrées",
           "Number of certificates issued";
    CountsLead
        => "Aantallen van 1 tot 4 tonen we niet precies. Een kwartaal dat nog loopt, tonen we in \
            stappen van vijf. Zo is niemand te herkennen.",
           "Les nombres de 1 à 4 ne sont pas affichés exactement. Un trimestre en cours est \
            affiché par tranches de cinq. Ainsi, personne n’est reconnaissable.",
           "Numbers from 1 to 4 are not shown exactly. A quarter that still runs is shown in steps \
            of five. So nobody can be recognised.";
    CountsNone
        => "Deze instelling reikte nog geen bewijzen uit.",
           "Cet établissement n’a pas encore délivré d’attestations.",
           "This institution has not issued certificates yet.";
    CountsQuarter => "Kwartaal", "Trimestre", "Quarter";
    CountsKind => "Soort bewijs", "Type d’attestation", "Kind of certificate";
    CountsNumber => "Aantal", "Nombre", "Number";
    CountsRunning => "loopt nog", "en cours", "still running";
    CountsTotal => "Samen", "Total", "Total";
    CountsTest
        => "TEST – dit zijn geen echte bewijzen.", "TEST – ce ne sont pas de vraies attestations.",
           "TEST – these are not real certificates.";
    Home => "Start", "Accueil", "Start";
}

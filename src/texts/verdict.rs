//! The verdict sentences of the guide, section 15.2, word for word, and what goes with them.

texts! {
    /// What a page says about a certificate, or about a page that is not shown.
    Sentence:
    Verified
        => "Dit bewijs is echt en geldig.",
           "Cette attestation est authentique et valable.",
           "This certificate is genuine and valid.";
    Indeterminate
        => "We konden niet alles controleren. Beschouw dit bewijs nog niet als bevestigd.",
           "Nous n’avons pas pu tout vérifier. Ne considérez pas encore cette attestation comme confirmée.",
           "We could not check everything. Do not treat this certificate as confirmed yet.";
    SignatureWrong
        => "De inhoud past niet bij de handtekening. Vertrouw dit bewijs niet.",
           "Le contenu ne correspond pas à la signature. Ne vous fiez pas à cette attestation.",
           "The content does not match the signature. Do not trust this certificate.";
    NotACertificate
        => "Dit is geen bewijs dat we kunnen lezen, of het voldoet niet aan de standaard. Vertrouw het niet.",
           "Ceci n’est pas une attestation lisible, ou elle n’est pas conforme à la norme. Ne vous y fiez pas.",
           "This is not a certificate we can read, or it does not follow the standard. Do not trust it.";
    KeyNotTheIssuers
        => "De sleutel hoort niet bij deze uitgever. Vertrouw dit bewijs niet.",
           "La clé n’appartient pas à cet émetteur. Ne vous fiez pas à cette attestation.",
           "The key does not belong to this issuer. Do not trust this certificate.";
    OtherFailure
        => "Een controle van dit bewijs is mislukt. Vertrouw dit bewijs niet.",
           "Un contrôle de cette attestation a échoué. Ne vous fiez pas à cette attestation.",
           "A check of this certificate failed. Do not trust this certificate.";
    Revoked { date }
        => "Dit bewijs is echt, maar de uitgever heeft het ingetrokken op {date}.",
           "Cette attestation est authentique, mais l’émetteur l’a retirée le {date}.",
           "This certificate is genuine, but the issuer withdrew it on {date}.";
    RevokedUndated
        => "Dit bewijs is echt, maar de uitgever heeft het ingetrokken.",
           "Cette attestation est authentique, mais l’émetteur l’a retirée.",
           "This certificate is genuine, but the issuer withdrew it.";
    Superseded { date }
        => "Er is een nieuwere versie van dit bewijs sinds {date}.",
           "Une version plus récente existe depuis le {date}.",
           "A newer version exists since {date}.";
    SupersededUndated
        => "Er is een nieuwere versie van dit bewijs.",
           "Une version plus récente existe.",
           "A newer version exists.";
    SeeSuccessor
        => "Bekijk de nieuwe versie",
           "Voir la nouvelle version",
           "See the new version";
    Suspended { date }
        => "Dit bewijs is tijdelijk opgeschort sinds {date}. Vraag het later opnieuw na.",
           "Cette attestation est suspendue depuis le {date}. Vérifiez à nouveau plus tard.",
           "This certificate is suspended since {date}. Check again later.";
    SuspendedUndated
        => "Dit bewijs is tijdelijk opgeschort. Vraag het later opnieuw na.",
           "Cette attestation est suspendue. Vérifiez à nouveau plus tard.",
           "This certificate is suspended. Check again later.";
    PastEndDate { date }
        => "Dit bewijs is echt. De einddatum was {date}.",
           "Cette attestation est authentique. Sa date de fin était le {date}.",
           "This certificate is genuine. Its end date was {date}.";
    NotYetValid { date }
        => "Dit bewijs is echt, maar geldt pas vanaf {date}.",
           "Cette attestation est authentique, mais elle n’est valable qu’à partir du {date}.",
           "This certificate is genuine, but only valid from {date}.";
    IssuerNotKnown
        => "De handtekening klopt, maar wij kennen deze uitgever niet. Ga zelf na wie dit is.",
           "La signature est correcte, mais nous ne connaissons pas cet émetteur. Vérifiez qui il est.",
           "The signature is correct, but we do not know this issuer. Find out who it is.";
    Test
        => "TEST – dit is geen echt bewijs.",
           "TEST – ceci n’est pas une vraie attestation.",
           "TEST – this is not a real certificate.";
    WithoutTest
        => "Bij een echt bewijs stond hier:",
           "Pour une vraie attestation, on lirait ici :",
           "For a real certificate this would read:";
    Closed
        => "De houder heeft deze pagina gesloten. Vraag de houder om ze te openen of om het bestand.",
           "Le titulaire a fermé cette page. Demandez-lui de l’ouvrir ou de vous donner le fichier.",
           "The holder keeps this page closed. Ask the holder to open it, or for the file.";
    NotAvailable
        => "Deze pagina is niet beschikbaar. Vraag de houder om een nieuwe link.",
           "Cette page n’est pas disponible. Demandez un nouveau lien au titulaire.",
           "This page is not available. Ask the holder for a new link.";
    BundleVerified
        => "Alles in deze bundel is echt en geldig.",
           "Tout ce que contient ce lot est authentique et valable.",
           "Everything in this bundle is genuine and valid.";
    BundleFailed
        => "Deze bundel, of iets erin, klopt niet of geldt niet. Vertrouw ze niet als geheel.",
           "Ce lot, ou un de ses éléments, n’est pas correct ou pas valable. Ne vous y fiez pas dans son ensemble.",
           "This bundle, or something in it, is not right or not valid. Do not trust it as a whole.";
    CheckedAt { moment }
        => "Gecontroleerd op {moment}.",
           "Vérifié le {moment}.",
           "Checked on {moment}.";
    RegisterKnows { date }
        => "Het register kent precies dit bestand sinds {date}, aan zijn vingerafdruk.",
           "Le registre connaît exactement ce fichier depuis le {date}, par son empreinte.",
           "The register knows exactly this file since {date}, by its fingerprint.";
    RegisterKnowsErased { date }
        => "Het register kent dit bestand aan zijn vingerafdruk. De persoonsgegevens zijn er gewist op {date}.",
           "Le registre connaît ce fichier par son empreinte. Les données personnelles y ont été effacées le {date}.",
           "The register knows this file by its fingerprint. The personal data was erased there on {date}.";
    RegisterErased { date }
        => "Het register kent dit bewijs, maar niet dit bestand. De persoonsgegevens zijn er gewist op {date}.",
           "Le registre connaît cette attestation, mais pas ce fichier. Les données personnelles y ont été effacées le {date}.",
           "The register knows this certificate, but not this file. The personal data was erased there on {date}.";
    AgeNote { years }
        => "Uitgereikt {years} jaar geleden. Er is geen einddatum. Beoordeel zelf of de inhoud nog actueel is.",
           "Délivrée il y a {years} ans. Il n’y a pas de date de fin. À vous de juger si le contenu est encore actuel.",
           "Issued {years} years ago. There is no end date. Judge for yourself whether the content is still current.";
}

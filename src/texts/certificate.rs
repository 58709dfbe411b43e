//! Texts of the employer's side: what a certificate is, whose it is, the facts for who decides on an
//! exemption, how to find a certificate by its number, and the public page of an issuer.

texts! {
    /// A text of the page of a certificate, of its facts, of the search and of the issuer's page.
    CertificateText:
    KindEvc
        => "Beoordeeld en aangetoond, waar het ook geleerd is.",
           "Évalué et démontré, quel que soit le lieu d’apprentissage.",
           "Assessed and demonstrated, wherever it was learnt.";
    KindMicrocredential
        => "Een kort leertraject, met een beoordeling.",
           "Un parcours d’apprentissage court, avec une évaluation.",
           "A short piece of learning, with an assessment.";
    KindMicrodegree
        => "Een geheel van microcredentials. Dit is geen diploma en geen graad.",
           "Un ensemble de microcertifications. Ce n’est ni un diplôme ni un grade.",
           "A set of microcredentials. It is not a diploma and not a degree.";
    KindParticipation
        => "Deze persoon nam deel. Er is niets beoordeeld.",
           "Cette personne a participé. Rien n’a été évalué.",
           "This person took part. Nothing was assessed.";
    KindOther
        => "Een ander soort bewijs, zoals de uitgever het noemt.",
           "Une attestation d’un autre type, telle que l’émetteur la nomme.",
           "A certificate of another kind, as its issuer names it.";
    KindEndorsement
        => "Iemand steunt wat een ander uitreikt. Dit is zelf geen bewijs van wat iemand kan.",
           "Quelqu’un soutient ce qu’un autre délivre. Ceci n’atteste pas ce qu’une personne sait faire.",
           "Somebody endorses what another issues. It does not certify what a person can do.";
    RecognisedBy => "Uitgever erkend door", "Émetteur reconnu par", "Issuer recognised by";
    ThisRegister => "deze dienst", "ce service", "this service";
    RecognisedThenAndNow
        => "op de dag van uitreiking en vandaag", "le jour de la délivrance et aujourd’hui",
           "on the day of issue and today";
    RecognisedThen
        => "op de dag van uitreiking, vandaag niet meer",
           "le jour de la délivrance, plus aujourd’hui", "on the day of issue, no longer today";
    RecognisedNow
        => "vandaag, nog niet op de dag van uitreiking",
           "aujourd’hui, pas encore le jour de la délivrance",
           "today, not yet on the day of issue";
    RecognisedNeither
        => "niet op de dag van uitreiking en niet vandaag",
           "ni le jour de la délivrance ni aujourd’hui", "not on the day of issue and not today";
    NotRecognised
        => "niemand die wij kennen", "personne que nous connaissions", "nobody that we know";
    Identity => "Identiteit", "Identité", "Identity";
    Status => "Status", "État", "Status";
    StateValid => "Geldig", "Valable", "Valid";
    StateRevoked { date } => "Ingetrokken op {date}", "Retirée le {date}", "Withdrawn on {date}";
    StateRevokedUndated => "Ingetrokken", "Retirée", "Withdrawn";
    StateSuperseded { date } => "Vervangen op {date}", "Remplacée le {date}", "Replaced on {date}";
    StateSupersededUndated => "Vervangen", "Remplacée", "Replaced";
    StateSuspended { date }
        => "Opgeschort sinds {date}", "Suspendue depuis le {date}", "Suspended since {date}";
    StateSuspendedUndated => "Opgeschort", "Suspendue", "Suspended";
    StateExpired => "Einddatum voorbij", "Date de fin dépassée", "Past its end date";
    StateNotYetValid => "Nog niet begonnen", "Pas encore commencée", "Not yet begun";
    StateUnknown
        => "Niet te controleren op dit moment", "Non vérifiable pour l’instant",
           "Could not be checked at this time";
    Age => "Ouderdom", "Ancienneté", "Age";
    AgeUnderAYear => "minder dan 1 jaar", "moins de 1 an", "less than 1 year";
    AgeOneYear => "1 jaar", "1 an", "1 year";
    AgeYears { years } => "{years} jaar", "{years} ans", "{years} years";
    PartCheck => "Controle", "Contrôle", "Check";
    PartValid => "nog geldig", "toujours valable", "still valid";
    PartNotValid => "niet meer geldig", "plus valable", "no longer valid";
    PartUnknown => "niet te controleren", "non vérifiable", "could not be checked";
    WhoseTitle
        => "Van wie is dit bewijs?", "À qui est cette attestation ?", "Whose certificate is it?";
    WhoseLead
        => "Vergelijk het e-mailadres van de persoon voor je met dat op het bewijs.",
           "Comparez l’adresse e-mail de la personne devant vous avec celle de l’attestation.",
           "Compare the e-mail address of the person in front of you with that of the certificate.";
    WhoseEmail => "E-mailadres", "Adresse e-mail", "E-mail address";
    WhoseButton => "Vergelijk", "Comparer", "Compare";
    WhosePass
        => "Het e-mailadres komt overeen met dat op het bewijs.",
           "L’adresse e-mail correspond à celle de l’attestation.",
           "The e-mail address matches that of the certificate.";
    WhoseFail
        => "Het e-mailadres komt niet overeen met dat op het bewijs.",
           "L’adresse e-mail ne correspond pas à celle de l’attestation.",
           "The e-mail address does not match that of the certificate.";
    WhoseNothing
        => "Typ een e-mailadres om te vergelijken.",
           "Tapez une adresse e-mail à comparer.",
           "Type an e-mail address to compare.";
    WhoseNone
        => "Op dit bewijs staat geen e-mailadres om mee te vergelijken.",
           "Cette attestation ne contient pas d’adresse e-mail à comparer.",
           "This certificate holds no e-mail address to compare with.";
    OfficerTitle
        => "Voor wie over een vrijstelling beslist",
           "Pour les personnes qui décident d’une dispense", "For those who decide on exemptions";
    OfficerLead
        => "Feiten uit het ondertekende bewijs en uit deze controle. De opleiding oordeelt zelf.",
           "Des faits tirés de l’attestation signée et de ce contrôle. La formation juge elle-même.",
           "Facts from the signed certificate and from this check. The programme judges by itself.";
    Authentic => "Authentiek", "Authentique", "Authentic";
    Current => "Actueel", "Actuel", "Current";
    Relevant => "Relevant", "Pertinent", "Relevant";
    Verdict => "Oordeel", "Verdict", "Verdict";
    Cite => "Om aan te halen", "Pour citer", "To cite";
    Citation { number, address, hash }
        => "Bewijs {number}, {address}, SHA-256 {hash}",
           "Attestation {number}, {address}, SHA-256 {hash}",
           "Certificate {number}, {address}, SHA-256 {hash}";
    CitationOfAddress { address, hash }
        => "Bewijs {address}, SHA-256 {hash}", "Attestation {address}, SHA-256 {hash}",
           "Certificate {address}, SHA-256 {hash}";
    CitationOfFile { hash }
        => "Bewijs met SHA-256 {hash}", "Attestation de SHA-256 {hash}",
           "Certificate of SHA-256 {hash}";
    AllFacts => "Alle feiten op één blad", "Tous les faits sur une feuille", "All facts on one sheet";
    FactsJson => "De feiten als JSON", "Les faits en JSON", "The facts as JSON";
    BackToCertificate => "Terug naar het bewijs", "Retour à l’attestation", "Back to the certificate";
    Kind => "Soort bewijs", "Type d’attestation", "Kind of certificate";
    Codes => "Codes", "Codes", "Codes";
    ElsewhereHelp
        => "Elk programma dat Open Badges 3.0 controleert, kan dit bestand lezen. Bewaar het JSON-bestand, \
            open het daar, en kijk of het dezelfde uitgever noemt.",
           "Tout programme qui vérifie les Open Badges 3.0 peut lire ce fichier. Enregistrez le fichier \
            JSON, ouvrez-le dans ce programme et regardez s’il nomme le même émetteur.",
           "Any program that verifies Open Badges 3.0 can read this file. Save the JSON file, open it \
            there, and see whether it names the same issuer.";
    DownloadPng
        => "Afbeelding met het bewijs erin (PNG)", "Image contenant l’attestation (PNG)",
           "Picture that carries the certificate (PNG)";
    DownloadSvg
        => "Afbeelding met het bewijs erin (SVG)", "Image contenant l’attestation (SVG)",
           "Picture that carries the certificate (SVG)";
    SealedWith => "Handtekening", "Signature", "Signature";
    IssuerKeys => "Sleutels van de uitgever", "Clés de l’émetteur", "Keys of the issuer";
    ReportConcern => "Meld een probleem met dit bewijs", "Signaler un problème avec cette attestation",
        "Report a concern about this certificate";
    ScanToCheck
        => "Scan de code of typ het adres om dit bewijs opnieuw te controleren:",
           "Scannez le code ou tapez l’adresse pour vérifier à nouveau cette attestation :",
           "Scan the code or type the address to check this certificate again:";
    CodeOfAddress
        => "QR-code met het adres van dit bewijs", "Code QR avec l’adresse de cette attestation",
           "QR code with the address of this certificate";
    HowWeCheck => "Hoe wij controleren", "Comment nous vérifions", "How we check";
    Accessibility => "Toegankelijkheid", "Accessibilité", "Accessibility";
    FooterPrivacy
        => "Geen cookies, geen scripts, niets van elders.",
           "Ni cookies, ni scripts, rien d’ailleurs.",
           "No cookies, no scripts, nothing from elsewhere.";
    FindTitle
        => "Heb je een nummer of een adres?", "Vous avez un numéro ou une adresse ?",
           "Do you have a number or an address?";
    FindLabel
        => "Nummer of adres van het bewijs", "Numéro ou adresse de l’attestation",
           "Number or address of the certificate";
    FindHelp
        => "Met een nummer vinden we alleen bewijzen die de houder heeft opengezet.",
           "Par un numéro, nous ne trouvons que les attestations que leur titulaire a ouvertes.",
           "By a number we only find certificates that their holder has opened.";
    FindButton => "Zoek het bewijs", "Chercher l’attestation", "Find the certificate";
    FindNothing
        => "Typ eerst een nummer of een adres.", "Tapez d’abord un numéro ou une adresse.",
           "First type a number or an address.";
    FindElsewhere
        => "Dit adres is niet van deze dienst. Open het zelf, of vraag de houder om het bestand.",
           "Cette adresse n’est pas de ce service. Ouvrez-la vous-même, ou demandez le fichier au titulaire.",
           "This address is not of this service. Open it yourself, or ask the holder for the file.";
    FindSeveral
        => "Verschillende uitgevers gebruiken dit nummer. Kies de uitgever die op het bewijs staat.",
           "Plusieurs émetteurs utilisent ce numéro. Choisissez l’émetteur nommé sur l’attestation.",
           "Several issuers use this number. Choose the issuer that is named on the certificate.";
    FileTitle => "Heb je een bestand?", "Vous avez un fichier ?", "Do you have a file?";
    FileHelp
        => "JSON, JWT, of een PDF, PNG of SVG met het bewijs erin. Sleep het hierheen of kies het.",
           "JSON, JWT, ou un PDF, PNG ou SVG contenant l’attestation. Glissez-le ici ou choisissez-le.",
           "JSON, JWT, or a PDF, PNG or SVG that carries the certificate. Drop it here or choose it.";
    SealsSince => "Verzegelt hier sinds", "Scelle ici depuis", "Seals here since";
    Figures => "Aantallen", "Chiffres", "Figures";
    MemberOf => "Lid van", "Membre de", "Member of";
    Contact => "Vragen", "Questions", "Questions";
    KeyHistory => "Sleutels door de tijd", "Clés au fil du temps", "Keys through time";
    KeyHistoryHelp
        => "Elke sleutel die ooit verzegelde, blijft hier staan. Zo blijft een oud bewijs te controleren.",
           "Toute clé qui a scellé un jour reste ici. Ainsi, une ancienne attestation reste vérifiable.",
           "Every key that ever sealed stays here. So an old certificate can still be checked.";
    KeyActive { date } => "in gebruik sinds {date}", "utilisée depuis le {date}", "in use since {date}";
    KeyRetired { from, until }
        => "gebruikt van {from} tot {until}", "utilisée du {from} au {until}",
           "used from {from} to {until}";
    KeyCompromised { date }
        => "niet meer te vertrouwen vanaf {date}", "plus fiable à partir du {date}",
           "not to be trusted from {date} on";
    HowMany
        => "Hoeveel bewijzen per kwartaal", "Combien d’attestations par trimestre",
           "How many certificates each quarter";
}

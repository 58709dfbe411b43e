//! Texts of the holder's page and of the page behind a share link (guide, sections 13 to 15.5):
//! short sentences, reading level B1, Dutch says *je*, French *vous*.

texts! {
    /// A text for the holder of a certificate, or for whom the holder shares it with.
    LearnerText:
    Title => "Jouw bewijs", "Votre attestation", "Your certificate";
    IssuedBy { name } => "Uitgereikt door {name}", "Délivrée par {name}", "Issued by {name}";
    InTheNameOf { name } => "Op naam van {name}", "Au nom de {name}", "In the name of {name}";
    Choices => "Wat wil je doen?", "Que voulez-vous faire ?", "What do you want to do?";
    Show => "Tonen", "Montrer", "Show";
    ShowHelp
        => "Bekijk je bewijs, of laat het zien op je scherm.",
           "Regardez votre attestation, ou montrez-la sur votre écran.",
           "Look at your certificate, or let someone see it on your screen.";
    Print => "Afdrukken", "Imprimer", "Print";
    PrintHelp
        => "Haal je bewijs op als PDF en druk het af.",
           "Téléchargez votre attestation en PDF et imprimez-la.",
           "Get your certificate as a PDF and print it.";
    Share => "Delen", "Partager", "Share";
    ShareHelp
        => "Geef iemand een link. Jij kiest wat die persoon ziet en hoe lang.",
           "Donnez un lien à quelqu’un. Vous choisissez ce que cette personne voit et combien de temps.",
           "Give someone a link. You choose what that person sees and for how long.";
    KeepToYourself
        => "Deze pagina is alleen voor jou. Wie het adres van deze pagina heeft, kan alles doen wat jij \
            hier kan. Bewaar het adres goed en geef het aan niemand.",
           "Cette page est pour vous seul. Qui possède l’adresse de cette page peut faire tout ce que \
            vous pouvez faire ici. Conservez bien l’adresse et ne la donnez à personne.",
           "This page is for you alone. Whoever has the address of this page can do everything that \
            you can do here. Keep the address safe and give it to nobody.";
    RevokedHelp
        => "Je kan dit bewijs niet meer gebruiken. Wil je weten waarom? Vraag het aan je instelling.",
           "Vous ne pouvez plus utiliser cette attestation. Vous voulez savoir pourquoi ? Demandez-le à \
            votre établissement.",
           "You cannot use this certificate any more. Do you want to know why? Ask your institution.";
    SupersededHelp
        => "Gebruik de nieuwe versie. Je instelling geeft je daarvoor een nieuwe link. Heb je die niet? \
            Vraag ernaar.",
           "Utilisez la nouvelle version. Votre établissement vous donne un nouveau lien pour celle-ci. \
            Vous ne l’avez pas ? Demandez-le.",
           "Use the new version. Your institution gives you a new link for it. You do not have it? Ask \
            for it.";
    SuspendedHelp
        => "Je kan dit bewijs nu even niet gebruiken. Vraag je instelling wanneer dat weer kan.",
           "Vous ne pouvez pas utiliser cette attestation pour le moment. Demandez à votre établissement \
            quand ce sera de nouveau possible.",
           "You cannot use this certificate for now. Ask your institution when you can again.";

    WhoSees => "Wie kan je bewijs zien?", "Qui peut voir votre attestation ?",
        "Who can see your certificate?";
    ClosedNow => "Je pagina is gesloten.", "Votre page est fermée.", "Your page is closed.";
    ClosedMeans { name }
        => "Alleen jij en {name} zien je bewijs, en wie van jou een link kreeg die nog werkt.",
           "Seuls vous et {name} voyez votre attestation, ainsi que les personnes à qui vous avez donné \
            un lien qui fonctionne encore.",
           "Only you and {name} see your certificate, and whoever has a link from you that still works.";
    OpenNow => "Je pagina is open.", "Votre page est ouverte.", "Your page is open.";
    OpenMeans
        => "Iedereen die het adres kent, kan je bewijs zien.",
           "Toute personne qui connaît l’adresse peut voir votre attestation.",
           "Everybody who knows the address can see your certificate.";
    OpenedByYou { date }
        => "Jij hebt de pagina geopend op {date}.", "Vous avez ouvert la page le {date}.",
           "You opened the page on {date}.";
    ClosedByYou { date }
        => "Jij hebt de pagina gesloten op {date}.", "Vous avez fermé la page le {date}.",
           "You closed the page on {date}.";
    OpenedByIssuer { name }
        => "{name} heeft deze pagina geopend. Jij kan ze sluiten.",
           "{name} a ouvert cette page. Vous pouvez la fermer.",
           "{name} opened this page. You can close it.";
    ClosedByIssuer { name }
        => "{name} heeft deze pagina gesloten. Jij kan ze weer openen.",
           "{name} a fermé cette page. Vous pouvez la rouvrir.",
           "{name} closed this page. You can open it again.";
    PublicAddress
        => "Het adres dat je aan anderen kan geven", "L’adresse que vous pouvez donner à d’autres",
           "The address that you can give to others";
    OpenButton => "Open mijn pagina", "Ouvrir ma page", "Open my page";
    CloseButton => "Sluit mijn pagina", "Fermer ma page", "Close my page";
    Consent
        => "Als je je pagina opent, kan iedereen met het adres je bewijs zien en het bestand ophalen. Je \
            kan de pagina altijd weer sluiten. Wat anderen dan al hebben bewaard of afgedrukt, kunnen \
            we niet terughalen. We bewaren wanneer je de pagina opende en sloot, en welke tekst je las.",
           "Si vous ouvrez votre page, toute personne qui a l’adresse peut voir votre attestation et \
            télécharger le fichier. Vous pouvez toujours refermer la page. Ce que d’autres ont déjà \
            conservé ou imprimé, nous ne pouvons pas le reprendre. Nous conservons le moment où vous \
            avez ouvert et fermé la page, et le texte que vous avez lu.",
           "When you open your page, everybody who has the address can see your certificate and fetch the \
            file. You can always close the page again. What others have kept or printed by then, we \
            cannot take back. We record when you opened and closed the page, and which text you read.";
    ConsentButton
        => "Met deze knop zeg je dat je dat goed vindt.",
           "Avec ce bouton, vous dites que vous êtes d’accord.",
           "With this button you say that you agree.";
    CloseMeans
        => "Als je de pagina sluit, werkt het adres niet meer voor anderen. Links die je hieronder \
            maakte, blijven werken.",
           "Si vous fermez la page, l’adresse ne fonctionne plus pour les autres. Les liens que vous avez \
            créés ci-dessous continuent de fonctionner.",
           "When you close the page, the address no longer works for others. Links that you made below \
            keep working.";
    Seen
        => "Dit zien anderen als je pagina open is",
           "Ce que voient les autres si votre page est ouverte",
           "What others see when your page is open";
    SeenName
        => "je naam, als die op het bewijs staat",
           "votre nom, s’il figure sur l’attestation",
           "your name, if it is on the certificate";
    SeenContent
        => "de titel, wie het bewijs gaf en wat je kan",
           "le titre, qui a délivré l’attestation et ce que vous savez faire",
           "the title, who gave the certificate and what you can do";
    SeenAttended
        => "de titel, wie het bewijs gaf en waaraan je deelnam",
           "le titre, qui a délivré l’attestation et ce à quoi vous avez participé",
           "the title, who gave the certificate and what you took part in";
    SeenJudged
        => "hoe je beoordeeld bent, de datums en het nummer",
           "comment vous avez été évalué, les dates et le numéro",
           "how you were assessed, the dates and the number";
    SeenDates => "de datums en het nummer", "les dates et le numéro", "the dates and the number";
    SeenState
        => "of het bewijs echt is en nog geldt",
           "si l’attestation est authentique et encore valable",
           "whether the certificate is genuine and still valid";
    Unseen => "Dit ziet niemand", "Ce que personne ne voit", "What nobody sees";
    UnseenAddress => "je e-mailadres", "votre adresse e-mail", "your e-mail address";
    UnseenLinks
        => "je links en wat je op deze pagina doet",
           "vos liens et ce que vous faites sur cette page",
           "your links and what you do on this page";
    UnseenReason
        => "waarom een bewijs werd ingetrokken of vervangen",
           "pourquoi une attestation a été retirée ou remplacée",
           "why a certificate was withdrawn or replaced";

    ShareTitle => "Een link geven aan iemand", "Donner un lien à quelqu’un",
        "Give a link to someone";
    ShareLead
        => "Maak een link voor één persoon of organisatie. De link werkt ook als je pagina gesloten is.",
           "Créez un lien pour une personne ou une organisation. Le lien fonctionne aussi quand votre \
            page est fermée.",
           "Make a link for one person or organisation. The link also works when your page is closed.";
    HowLong => "Hoe lang werkt de link?", "Combien de temps le lien fonctionne-t-il ?",
        "How long does the link work?";
    SevenDays => "7 dagen", "7 jours", "7 days";
    ThirtyDays => "30 dagen", "30 jours", "30 days";
    ThreeMonths => "3 maanden", "3 mois", "3 months";
    OneYear => "1 jaar", "1 an", "1 year";
    WhatShown => "Wat toon je?", "Que montrez-vous ?", "What do you show?";
    ShowAll => "Mijn hele bewijs", "Toute mon attestation", "My whole certificate";
    ShowChosen
        => "Alleen wat ik hieronder aankruis", "Seulement ce que je coche ci-dessous",
           "Only what I tick below";
    ChooseFrom => "Kies wat je toont", "Choisissez ce que vous montrez", "Choose what you show";
    ChosenHelp
        => "Wat je niet aankruist, staat niet op de pagina. Er staat wel dat jij gekozen hebt en dat er \
            meer op je bewijs kan staan.",
           "Ce que vous ne cochez pas n’est pas sur la page. La page dit que vous avez choisi et que \
            l’attestation peut contenir davantage.",
           "What you do not tick is not on the page. The page does say that you chose, and that your \
            certificate may hold more.";
    OpenWhileChosen
        => "Let op: je pagina is nu open. Wie het adres van je pagina kent, ziet daar toch alles.",
           "Attention : votre page est ouverte. Qui connaît l’adresse de votre page y voit quand même \
            tout.",
           "Note: your page is open now. Whoever knows the address of your page still sees everything \
            there.";
    MakeLink => "Maak de link", "Créer le lien", "Make the link";
    LinkMade => "Je link is klaar", "Votre lien est prêt", "Your link is ready";
    LinkMadeHelp { date }
        => "Kopieer deze link nu en stuur hem zelf door. Straks tonen we hem niet meer. Hij werkt tot \
            {date}.",
           "Copiez ce lien maintenant et envoyez-le vous-même. Nous ne le montrerons plus ensuite. Il \
            fonctionne jusqu’au {date}.",
           "Copy this link now and send it yourself. We will not show it again. It works until {date}.";
    QrHelp
        => "Of laat deze code scannen.", "Ou faites scanner ce code.", "Or let this code be scanned.";
    QrOf { address }
        => "QR-code met het adres {address}", "Code QR avec l’adresse {address}",
           "QR code with the address {address}";
    YourLinks => "Je links", "Vos liens", "Your links";
    NoLinks
        => "Je hebt nog geen links gemaakt.", "Vous n’avez pas encore créé de liens.",
           "You have not made any links yet.";
    LinkNumber { number } => "Link {number}", "Lien {number}", "Link {number}";
    LinkMadeOn { date } => "gemaakt op {date}", "créé le {date}", "made on {date}";
    LinkWorks { date } => "werkt tot {date}", "fonctionne jusqu’au {date}", "works until {date}";
    LinkStopped { date } => "gestopt op {date}", "arrêté le {date}", "stopped on {date}";
    LinkEnded { date } => "verlopen op {date}", "expiré le {date}", "ended on {date}";
    LinkShowsAll
        => "toont je hele bewijs", "montre toute votre attestation", "shows your whole certificate";
    LinkShows => "toont alleen:", "montre seulement :", "shows only:";
    StopLink { number } => "Stop link {number}", "Arrêter le lien {number}", "Stop link {number}";

    LinkedInTitle => "Op LinkedIn zetten", "Mettre sur LinkedIn", "Put it on LinkedIn";
    LinkedInWarning
        => "Let op: op LinkedIn is het adres van je pagina openbaar. Dan kan iedereen je bewijs zien, \
            met je naam als die erop staat.",
           "Attention : sur LinkedIn, l’adresse de votre page est publique. Tout le monde peut alors voir \
            votre attestation, avec votre nom s’il y figure.",
           "Note: on LinkedIn the address of your page is public. Then everybody can see your \
            certificate, with your name if it is on it.";
    LinkedInClosed
        => "Dit kan pas als je pagina open is.",
           "Ce n’est possible que si votre page est ouverte.",
           "This is possible only when your page is open.";
    LinkedInToOpen
        => "Ga naar Wie kan je bewijs zien?", "Aller à Qui peut voir votre attestation ?",
           "Go to Who can see your certificate?";
    LinkedInSent
        => "De knop opent LinkedIn. De titel, de uitgever, de datum, het nummer en het adres van je \
            pagina zijn daar al ingevuld. Jij beslist of je ze bewaart.",
           "Le bouton ouvre LinkedIn. Le titre, l’émetteur, la date, le numéro et l’adresse de votre page \
            y sont déjà remplis. Vous décidez de les enregistrer ou non.",
           "The button opens LinkedIn. The title, the issuer, the date, the number and the address of \
            your page are filled in there. You decide whether to save them.";
    LinkedInButton
        => "Naar LinkedIn", "Aller à LinkedIn", "Go to LinkedIn";

    KeepTitle => "Je bewijs bewaren", "Conserver votre attestation", "Keep your certificate";
    KeepHelp
        => "Bewaar het ondertekende bestand. Je kan het laten controleren, ook zonder deze website. \
            Alleen of het later werd ingetrokken, staat er niet in. Wie het bestand heeft, ziet alles.",
           "Conservez le fichier signé. Vous pouvez le faire vérifier, même sans ce site. Seul un retrait \
            ultérieur n’y figure pas. Qui possède le fichier voit tout.",
           "Keep the signed file. You can have it checked, also without this website. Only whether it was \
            withdrawn later is not in it. Whoever has the file sees everything.";

    OtherFiles
        => "Andere vormen, met het ondertekende bestand erin",
           "Autres formes, qui contiennent le fichier signé",
           "Other forms, with the signed file in them";
    FilePng => "Afbeelding (PNG)", "Image (PNG)", "Picture (PNG)";
    FileSvg => "Tekening (SVG)", "Dessin (SVG)", "Drawing (SVG)";
    FileJwt => "Token (JWT)", "Jeton (JWT)", "Token (JWT)";
    FilePdf => "Om af te drukken (PDF)", "À imprimer (PDF)", "To print (PDF)";

    WorthTitle
        => "Wat heb je aan je bewijs?", "À quoi sert votre attestation ?",
           "What is your certificate worth?";
    WorthAssessed
        => "Je bewijs zegt wat je kan en wie dat heeft beoordeeld. Je kan het tonen als je werk zoekt of \
            verder wil leren.",
           "Votre attestation dit ce que vous savez faire et qui l’a évalué. Vous pouvez la montrer si \
            vous cherchez un emploi ou voulez continuer à apprendre.",
           "Your certificate says what you can do and who assessed it. You can show it when you look for \
            work or want to go on learning.";
    WorthAttended
        => "Je bewijs zegt waaraan je deelnam. Er is niet beoordeeld wat je daarna kan.",
           "Votre attestation dit à quoi vous avez participé. Ce que vous savez faire ensuite n’a pas été \
            évalué.",
           "Your certificate says what you took part in. What you can do after it was not assessed.";
    WorthNoDegree
        => "Het is geen diploma.", "Ce n’est pas un diplôme.", "It is not a degree.";
    WorthExemption
        => "Je krijgt er niet automatisch een vrijstelling mee. De opleiding beslist. Vraag aan de \
            opleiding hoe je een vrijstelling aanvraagt, en toon dan je bewijs.",
           "Elle ne donne pas automatiquement droit à une dispense. C’est la formation qui décide. \
            Demandez à la formation comment introduire une demande de dispense, et montrez-lui alors \
            votre attestation.",
           "It does not give an exemption by itself. The programme decides. Ask the programme how to apply \
            for an exemption, and show your certificate then.";
    WorthMore
        => "Meer over wat je bewijs zegt", "En savoir plus sur votre attestation",
           "More about what your certificate says";

    HelpTitle
        => "Vragen, of klopt er iets niet?", "Des questions, ou une erreur ?",
           "Questions, or is something wrong?";
    HelpAsk { name }
        => "Vraag het aan {name}.", "Demandez à {name}.", "Ask {name}.";
    HelpSite { name }
        => "Website van {name}", "Site web de {name}", "Website of {name}";
    HelpLost
        => "Kent iemand anders het adres van deze pagina? Vraag je instelling om een nieuw adres. Dit \
            adres werkt dan niet meer. Stop ook de links die je niet kent.",
           "Quelqu’un d’autre connaît l’adresse de cette page ? Demandez une nouvelle adresse à votre \
            établissement. Celle-ci ne fonctionnera plus. Arrêtez aussi les liens que vous ne \
            connaissez pas.",
           "Does someone else know the address of this page? Ask your institution for a new address. This \
            one will stop working. Also stop the links that you do not know.";

    Opened => "Je pagina is nu open.", "Votre page est maintenant ouverte.", "Your page is open now.";
    Closed => "Je pagina is nu gesloten.", "Votre page est maintenant fermée.",
        "Your page is closed now.";
    Stopped => "De link werkt niet meer.", "Le lien ne fonctionne plus.", "The link no longer works.";
    FaultTitle => "Dat is niet gelukt", "Cela n’a pas fonctionné", "That did not work";
    FormStale
        => "Dit formulier was niet meer goed. Er is niets veranderd. Probeer het nog eens.",
           "Ce formulaire n’était plus valable. Rien n’a changé. Réessayez.",
           "This form was no longer right. Nothing was changed. Try again.";
    FaultExpiry
        => "Kies hoe lang de link werkt.", "Choisissez combien de temps le lien fonctionne.",
           "Choose how long the link works.";
    FaultWhat
        => "Kies wat je toont.", "Choisissez ce que vous montrez.", "Choose what you show.";
    FaultNoneChosen
        => "Kruis aan wat je toont, of kies je hele bewijs.",
           "Cochez ce que vous montrez, ou choisissez toute votre attestation.",
           "Tick what you show, or choose your whole certificate.";
    FaultTooMany { most }
        => "Je hebt al {most} links die werken. Stop er eerst één.",
           "Vous avez déjà {most} liens qui fonctionnent. Arrêtez-en d’abord un.",
           "You already have {most} links that work. Stop one first.";
    FaultNoLink
        => "Die link is er niet of werkt al niet meer.",
           "Ce lien n’existe pas ou ne fonctionne déjà plus.",
           "That link is not there or has stopped working already.";

    OwnView
        => "Alleen jij ziet deze pagina. Geef het adres niet door: maak een link om te delen.",
           "Vous seul voyez cette page. Ne donnez pas l’adresse : créez un lien à partager.",
           "Only you see this page. Do not pass on the address: make a link to share.";
    Back => "Terug naar jouw pagina", "Retour à votre page", "Back to your page";

    SharedUntil { date }
        => "De houder deelt dit bewijs met jou tot {date}.",
           "Le titulaire partage cette attestation avec vous jusqu’au {date}.",
           "The holder shares this certificate with you until {date}.";
    SharedChosen
        => "De houder koos wat hier staat. Op het bewijs kan meer staan.",
           "Le titulaire a choisi ce qui figure ici. L’attestation peut contenir davantage.",
           "The holder chose what is shown. The certificate may hold more.";
    SharedNoFile
        => "Wil je het ondertekende bestand, of een adres dat blijft? Vraag het aan de houder.",
           "Vous voulez le fichier signé, ou une adresse durable ? Demandez au titulaire.",
           "Do you want the signed file, or an address that stays? Ask the holder.";
    HolderAsksIssuer
        => "Is het jouw bewijs? Vraag je instelling om een nieuwe link.",
           "C’est votre attestation ? Demandez un nouveau lien à votre établissement.",
           "Is it your certificate? Ask your institution for a new link.";
}

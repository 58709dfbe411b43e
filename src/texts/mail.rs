//! Texts of mail: to learners, whose certificate is ready, and to issuers, about whom somebody has a
//! concern. Mail cannot be taken back, so it says no more than its reader needs.

texts! {
    /// A passage of a mail.
    MailText:
    Subject { title } => "Je bewijs: {title}", "Votre attestation : {title}",
        "Your certificate: {title}";
    TestMark => "TEST", "TEST", "TEST";
    Test
        => "TEST – dit is geen echt bewijs.", "TEST – ceci n’est pas une vraie attestation.",
           "TEST – this is not a real certificate.";
    Greeting => "Dag,", "Bonjour,", "Hello,";
    Given { issuer }
        => "Je hebt een digitaal bewijs gekregen van {issuer}.",
           "Vous avez reçu une attestation numérique de {issuer}.",
           "You have received a digital certificate from {issuer}.";
    Again
        => "Je krijgt deze link opnieuw, omdat daarom gevraagd is.",
           "Vous recevez à nouveau ce lien, parce qu’on l’a demandé.",
           "You are getting this link again because it was asked for.";
    Title => "Bewijs", "Attestation", "Certificate";
    Kind => "Soort", "Type", "Kind";
    Issuer => "Uitgever", "Émetteur", "Issuer";
    Open => "Open je bewijs", "Ouvrir votre attestation", "Open your certificate";
    WhatToDo
        => "Op die pagina kun je je bewijs bekijken, bewaren en afdrukken. Jij kiest wie het mag \
            zien. Je hebt geen account nodig.",
           "Sur cette page, vous pouvez voir, garder et imprimer votre attestation. Vous choisissez \
            qui peut la voir. Vous n’avez pas besoin de compte.",
           "On that page you can see, keep and print your certificate. You choose who may see it. \
            You need no account.";
    Secret
        => "De link is alleen voor jou. Wie de link heeft, kan doen wat jij kunt doen. Bewaar deze \
            mail en stuur hem niet door.",
           "Ce lien est pour vous seul. Qui possède le lien peut faire ce que vous pouvez faire. \
            Gardez ce message et ne le transférez pas.",
           "The link is for you alone. Whoever has it can do what you can do. Keep this mail and do \
            not forward it.";
    Questions { issuer, contact }
        => "Heb je een vraag, of verwachtte je geen bewijs? Schrijf naar {issuer}: {contact}",
           "Vous avez une question, ou vous n’attendiez pas d’attestation ? Écrivez à {issuer} : \
            {contact}",
           "Do you have a question, or did you not expect a certificate? Write to {issuer}: {contact}";
    QuestionsNoContact { issuer }
        => "Heb je een vraag, of verwachtte je geen bewijs? Vraag het aan {issuer}.",
           "Vous avez une question, ou vous n’attendiez pas d’attestation ? Adressez-vous à {issuer}.",
           "Do you have a question, or did you not expect a certificate? Ask {issuer}.";
    Automatic
        => "Deze mail is automatisch verstuurd.", "Ce message a été envoyé automatiquement.",
           "This mail was sent automatically.";

    ConcernSubject
        => "Een melding over een bewijs van jullie", "Un signalement sur une de vos attestations",
           "A concern about one of your certificates";
    ConcernLead { issuer }
        => "Iemand heeft een melding gedaan over een bewijs van {issuer}.",
           "Quelqu’un a fait un signalement sur une attestation de {issuer}.",
           "Somebody has reported a concern about a certificate of {issuer}.";
    ConcernKind => "Soort melding", "Type de signalement", "Kind of concern";
    ConcernCertificate => "Bewijs", "Attestation", "Certificate";
    ConcernNumber => "Nummer van het bewijs", "Numéro de l’attestation", "Certificate number";
    ConcernReference => "Nummer van de melding", "Numéro du signalement", "Number of the report";
    ConcernWords
        => "Wat de melder schreef, staat niet in deze mail. Jullie toepassing leest het in het \
            register, op dit adres:",
           "Ce que l’auteur a écrit ne figure pas dans ce message. Votre application le lit dans le \
            registre, à cette adresse :",
           "What was written is not in this mail. Your application reads it in the register, at this \
            address:";
}

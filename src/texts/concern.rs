//! Texts of the page on which anybody reports a concern about a certificate (story E10). They are
//! the same for every certificate: nothing on that page tells what it is.

texts! {
    /// A text about reports of concerns.
    ConcernText:
    Heading
        => "Een zorg over dit bewijs melden", "Signaler un problème avec cette attestation",
           "Report a concern about this certificate";
    Lead
        => "Klopt er iets niet aan dit bewijs? Schrijf het hier. Je melding gaat naar de uitgever van \
            het bewijs, samen met het nummer ervan. Je hebt geen account nodig.",
           "Quelque chose ne va pas avec cette attestation ? Écrivez-le ici. Votre signalement va à \
            l’émetteur de l’attestation, avec son numéro. Vous n’avez pas besoin de compte.",
           "Is something wrong with this certificate? Write it here. Your report goes to the issuer \
            of the certificate, with its number. You need no account.";
    KindLegend => "Waarover gaat het?", "De quoi s’agit-il ?", "What is it about?";
    NotGenuine
        => "Ik denk dat dit bewijs vervalst is", "Je pense que cette attestation est fausse",
           "I think that this certificate is forged";
    WrongContent
        => "Er staat iets verkeerds in", "Son contenu est inexact", "Something in it is wrong";
    Misuse
        => "Iemand gebruikt het verkeerd, bijvoorbeeld het bewijs van een ander",
           "Quelqu’un en fait mauvais usage, par exemple avec l’attestation d’une autre personne",
           "Somebody misuses it, for example somebody else’s certificate";
    Other => "Iets anders", "Autre chose", "Something else";
    TextLabel => "Wat is er aan de hand?", "Que se passe-t-il ?", "What is the matter?";
    TextHelp { most }
        => "Hoogstens {most} tekens. Schrijf niet meer over personen dan nodig is.",
           "{most} caractères au plus. N’écrivez pas plus que nécessaire sur des personnes.",
           "At most {most} characters. Write no more about people than is needed.";
    ContactLabel
        => "Hoe kan de uitgever je bereiken? (niet verplicht)",
           "Comment l’émetteur peut-il vous joindre ? (facultatif)",
           "How can the issuer reach you? (optional)";
    ContactHelp
        => "Een e-mailadres of telefoonnummer. Zonder kan de uitgever je niet antwoorden.",
           "Une adresse e-mail ou un numéro de téléphone. Sans cela, l’émetteur ne peut pas vous \
            répondre.",
           "An e-mail address or telephone number. Without one the issuer cannot answer you.";
    Trap
        => "Laat dit veld leeg", "Laissez ce champ vide", "Leave this field empty";
    Button => "Melding versturen", "Envoyer le signalement", "Send the report";
    FaultsHeading
        => "Je melding is nog niet verstuurd", "Votre signalement n’est pas encore envoyé",
           "Your report is not sent yet";
    KindMissing
        => "Kies waarover het gaat.", "Choisissez de quoi il s’agit.", "Choose what it is about.";
    TextMissing
        => "Schrijf wat er aan de hand is.", "Écrivez ce qui se passe.", "Write what is the matter.";
    TextTooLong { most }
        => "Je tekst is te lang: hoogstens {most} tekens.",
           "Votre texte est trop long : {most} caractères au plus.",
           "Your text is too long: at most {most} characters.";
    ContactTooLong { most }
        => "Wat je invulde om je te bereiken is te lang: hoogstens {most} tekens.",
           "Ce que vous avez écrit pour vous joindre est trop long : {most} caractères au plus.",
           "What you wrote to be reached is too long: at most {most} characters.";
    Characters
        => "Er staan tekens in die we niet kunnen bewaren.",
           "Il s’y trouve des caractères que nous ne pouvons pas conserver.",
           "There are characters in it that we cannot keep.";
    ReceivedTitle
        => "Je melding is verstuurd", "Votre signalement est envoyé", "Your report is sent";
    Received
        => "De uitgever van het bewijs kan je melding nu lezen.",
           "L’émetteur de l’attestation peut maintenant lire votre signalement.",
           "The issuer of the certificate can now read your report.";
    WhatFollows
        => "De uitgever beslist wat er gebeurt. Het bewijs verandert niet door je melding.",
           "L’émetteur décide de la suite. Votre signalement ne change rien à l’attestation.",
           "The issuer decides what happens. Your report does not change the certificate.";
    BackToCertificate
        => "Terug naar het bewijs", "Retour à l’attestation", "Back to the certificate";
    LinkText
        => "Een zorg over dit bewijs melden", "Signaler un problème avec cette attestation",
           "Report a concern about this certificate";
    TooManyTitle
        => "Te veel meldingen", "Trop de signalements", "Too many reports";
    TooMany
        => "Er kwamen te veel meldingen kort na elkaar. Probeer het over een uur opnieuw.",
           "Trop de signalements sont arrivés en peu de temps. Réessayez dans une heure.",
           "Too many reports came in a short time. Try again in an hour.";
}

impl ConcernText<'_> {
    /// The name of a kind of concern by its code.
    pub fn of(code: &str) -> Self {
        match code {
            "not-genuine" => Self::NotGenuine,
            "wrong-content" => Self::WrongContent,
            "misuse" => Self::Misuse,
            _ => Self::Other,
        }
    }
}

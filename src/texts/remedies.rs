//! What a reader can do about the outcome of a check. Outcomes that ask for nothing have none.

texts! {
    /// What to do.
    Remedy:
    AskForTheFile
        => "Vraag de houder of de uitgever om het bestand zelf: JSON, token, of een afbeelding of PDF waarin het zit.",
           "Demandez au titulaire ou à l’émetteur le fichier lui-même : JSON, jeton, ou une image ou un PDF qui le contient.",
           "Ask the holder or the issuer for the file itself: JSON, token, or a picture or PDF that carries it.";
    AskForTheOriginal
        => "Vertrouw deze versie niet. Vraag de houder om het oorspronkelijke bestand of de link.",
           "Ne vous fiez pas à cette version. Demandez au titulaire le fichier d’origine ou le lien.",
           "Do not trust this version. Ask the holder for the original file or the link.";
    AskTheIssuerForAnother
        => "Vraag de uitgever om een bewijs dat de standaard volgt.",
           "Demandez à l’émetteur une attestation qui suit la norme.",
           "Ask the issuer for a certificate that follows the standard.";
    TryAnotherVerifier
        => "Controleer het ook met een andere verifier, of vraag het aan de uitgever.",
           "Vérifiez-la aussi avec un autre vérificateur, ou demandez à l’émetteur.",
           "Check it with another verifier too, or ask the issuer.";
    ContactTheIssuer
        => "Vertrouw dit bewijs niet. Neem contact op met de uitgever via een adres dat je zelf opzoekt.",
           "Ne vous fiez pas à cette attestation. Contactez l’émetteur à une adresse que vous cherchez vous-même.",
           "Do not trust this certificate. Contact the issuer at an address that you look up yourself.";
    TryLater
        => "Probeer het later opnieuw. Lukt het dan niet, vraag het aan de uitgever.",
           "Réessayez plus tard. En cas d’échec, demandez à l’émetteur.",
           "Try again later. If it still fails, ask the issuer.";
    AskForANewer
        => "Vraag of er een nieuwer bewijs is. Oordeel zelf of de inhoud nog actueel is.",
           "Demandez s’il existe une attestation plus récente. Jugez vous-même si le contenu est encore actuel.",
           "Ask whether there is a newer certificate. Judge for yourself whether the content is still current.";
    WaitForTheStart
        => "Controleer opnieuw vanaf de begindatum.",
           "Vérifiez à nouveau à partir de la date de début.",
           "Check again from the start date on.";
    DoNotUse
        => "Gebruik dit bewijs niet. Vragen hierover zijn voor de uitgever.",
           "N’utilisez pas cette attestation. Pour toute question, adressez-vous à l’émetteur.",
           "Do not use this certificate. Questions about it are for the issuer.";
    SeeTheSuccessor
        => "Bekijk de nieuwe versie, of vraag ze aan de houder.",
           "Consultez la nouvelle version, ou demandez-la au titulaire.",
           "See the new version, or ask the holder for it.";
    AskAgainLater
        => "Vraag het later opnieuw na; een opschorting kan worden opgeheven.",
           "Vérifiez à nouveau plus tard ; une suspension peut être levée.",
           "Check again later; a suspension can be lifted.";
    AskTheIssuerForTheStatus
        => "Wil je zeker zijn, vraag dan de uitgever of het nog geldt.",
           "Pour en être certain, demandez à l’émetteur si elle est toujours valable.",
           "To be certain, ask the issuer whether it still stands.";
    LookAtEach
        => "Bekijk elk bewijs in dit bestand apart.",
           "Examinez séparément chaque attestation de ce fichier.",
           "Look at each certificate in this file by itself.";
    FindOutWhoItIs
        => "Ga zelf na wie deze uitgever is, via een weg die niet van hem komt.",
           "Vérifiez vous-même qui est cet émetteur, par une voie qui ne vient pas de lui.",
           "Find out for yourself who this issuer is, by a way that does not come from them.";
    AskWhyNotRecognised
        => "Vraag na wie de uitgever was op de dag van uitreiking, en of dat voor jou volstaat.",
           "Renseignez-vous sur l’émetteur au jour de la délivrance, et jugez si cela vous suffit.",
           "Find out who the issuer was on the day of issue, and whether that will do for you.";
    KeepTheDayOfIssue
        => "Voor dit bewijs telt de dag van uitreiking. Wees voorzichtig met nieuwe bewijzen van deze uitgever.",
           "Pour cette attestation, c’est le jour de la délivrance qui compte. Soyez prudent avec de nouvelles attestations de cet émetteur.",
           "For this certificate the day of issue counts. Be careful with new certificates of this issuer.";
    LeaveTheEndorsementOut
        => "Laat die verklaring buiten beschouwing. Het bewijs zelf staat er los van.",
           "Ne tenez pas compte de cette déclaration. L’attestation elle-même n’en dépend pas.",
           "Leave that endorsement out of account. The certificate itself does not depend on it.";
    AskForTheMandate
        => "Vraag de instelling die het bewijs toekende of zij dit liet verzegelen.",
           "Demandez à l’organisme qui a octroyé l’attestation s’il l’a fait sceller.",
           "Ask the body that awarded it whether it had this sealed.";
    AskForWhatIsMissing
        => "Vraag de uitgever naar wat ontbreekt.",
           "Demandez à l’émetteur ce qui manque.",
           "Ask the issuer for what is missing.";
    LookAtTheParts
        => "Vraag de houder om de onderdelen en controleer elk ervan.",
           "Demandez les parties au titulaire et vérifiez chacune d’elles.",
           "Ask the holder for the parts and check each of them.";
    AskForIdentity
        => "Vraag een identiteitsdocument, en vraag of er een ander adres is gebruikt.",
           "Demandez une pièce d’identité, et si une autre adresse a été utilisée.",
           "Ask for an identity document, and whether another address was used.";
    CompareTheHolder
        => "Typ het e-mailadres van de houder om te vergelijken, of vraag een identiteitsdocument.",
           "Saisissez l’adresse électronique du titulaire pour la comparer, ou demandez une pièce d’identité.",
           "Type the holder’s e-mail address to compare it, or ask for an identity document.";
    NotForUse
        => "Dit dient om te proberen. Vraag een echt bewijs.",
           "Ceci sert à des essais. Demandez une vraie attestation.",
           "This is for trying things out. Ask for a real certificate.";
    SolveWhatIsAbove
        => "Eerst moet in orde zijn wat hierboven niet in orde is.",
           "Il faut d’abord régler ce qui n’est pas en ordre ci-dessus.",
           "First what is not in order above has to be.";
}

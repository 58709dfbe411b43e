//! Endorsements: what another organisation says of a definition or a certificate.

faults! {
    EndorsementFault:
    TargetRequired
        nl "Er staat niet bij wat je steunt." "Geef definition of credential.",
        fr "Il n’est pas indiqué ce que vous soutenez." "Indiquez definition ou credential.",
        en "It does not say what is endorsed." "Give definition or credential.";
    TwoTargets
        nl "Een verklaring gaat over een definitie of over een bewijs, niet over allebei."
           "Geef definition of credential, en maak voor het andere een tweede verklaring.",
        fr "Une déclaration porte sur une définition ou sur une attestation, pas sur les deux."
           "Indiquez l’une des deux, et faites une seconde déclaration pour l’autre.",
        en "An endorsement is about a definition or about a certificate, not about both."
           "Give one of them, and make a second endorsement for the other.";
    CredentialUnknown
        nl "Hier is geen bewijs met dit adres." "Geef het volledige adres van het bewijs.",
        fr "Aucune attestation ne se trouve ici à cette adresse."
           "Indiquez l’adresse complète de l’attestation.",
        en "There is no certificate at this address here."
           "Give the whole address of the certificate.";
    EndReasonRequired
        nl "Er staat niet bij waarom de verklaring eindigt."
           "Geef de reden van de einddatum, of laat de einddatum weg.",
        fr "La raison pour laquelle la déclaration prend fin manque."
           "Indiquez cette raison, ou omettez la date de fin.",
        en "The reason why the endorsement ends is missing."
           "Give the reason, or leave the end date out.";
    EndBeforeIssue
        nl "De verklaring zou eindigen voor ze begint." "Geef een einddatum na vandaag, of geen.",
        fr "La déclaration prendrait fin avant de commencer."
           "Indiquez une date de fin après aujourd’hui, ou aucune.",
        en "The endorsement would end before it begins." "Give an end date after today, or none.";
}

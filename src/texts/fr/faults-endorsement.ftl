### Endorsements: what another organisation says of a definition or a certificate.

target-required = Il n’est pas indiqué ce que vous soutenez.
    .remedy = Indiquez definition ou credential.
two-targets = Une déclaration porte sur une définition ou sur une attestation, pas sur les deux.
    .remedy = Indiquez l’une des deux, et faites une seconde déclaration pour l’autre.
credential-unknown = Aucune attestation ne se trouve ici à cette adresse.
    .remedy = Indiquez l’adresse complète de l’attestation.
end-reason-required = La raison pour laquelle la déclaration prend fin manque.
    .remedy = Indiquez cette raison, ou omettez la date de fin.
end-before-issue = La déclaration prendrait fin avant de commencer.
    .remedy = Indiquez une date de fin après aujourd’hui, ou aucune.

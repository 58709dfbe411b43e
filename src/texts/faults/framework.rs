//! Frameworks of the register, and what definitions say of them (guide, section 10).

faults! {
    FrameworkFault:
    ReferenceFormat
        nl "Dit verwijst niet naar een raamwerk van het register."
           "Schrijf de verwijzing als uitgever/naam/versie.",
        fr "Ceci ne renvoie pas à un référentiel du registre."
           "Écrivez le renvoi sous la forme émetteur/nom/version.",
        en "This does not refer to a framework of the register."
           "Write the reference as issuer/slug/version.";
    Unknown
        nl "Het register heeft deze versie van een raamwerk niet."
           "Publiceer het raamwerk eerst, of verbeter uitgever/naam/versie.",
        fr "Le registre n’a pas cette version d’un référentiel."
           "Publiez d’abord le référentiel, ou corrigez émetteur/nom/version.",
        en "The register has no such version of a framework."
           "Publish the framework first, or correct issuer/slug/version.";
    OtherVersion
        nl "Dit is een andere versie dan die van het raamwerk waarnaar verwezen wordt."
           "Geef in beide dezelfde versie.",
        fr "Cette version n’est pas celle du référentiel auquel il est renvoyé."
           "Indiquez la même version aux deux endroits.",
        en "This is another version than that of the framework referred to."
           "Give the same version in both.";
    CodeUnknown
        nl "Het raamwerk heeft geen competentie met deze code."
           "Geef een code van het raamwerk, of laat de verwijzing ernaar weg.",
        fr "Le référentiel n’a pas de compétence portant ce code."
           "Indiquez un code du référentiel, ou omettez le renvoi.",
        en "The framework has no competence of this code."
           "Give a code of the framework, or leave out the reference to it.";
    NameDiffers
        nl "Het raamwerk heeft in het register een andere titel."
           "Kijk na of dit het bedoelde raamwerk is.",
        fr "Le référentiel porte un autre titre dans le registre."
           "Vérifiez que c’est bien le référentiel voulu.",
        en "The framework has another title in the register."
           "Check that this is the framework that is meant.";
    TextDiffers
        nl "Het raamwerk verwoordt deze competentie anders."
           "Kijk na of hetzelfde bedoeld is; het bewijs toont jouw verwoording.",
        fr "Le référentiel formule cette compétence autrement."
           "Vérifiez que le sens est le même ; l’attestation montre votre formulation.",
        en "The framework words this competence otherwise."
           "Check that the same is meant; the certificate shows your wording.";
    TranslationRequired
        nl "De tekst ontbreekt in deze taal." "Geef de tekst in nl, fr en en.",
        fr "Le texte manque dans cette langue." "Indiquez le texte en nl, fr et en.",
        en "The text is missing in this language." "Give the text in nl, fr and en.";
}

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
}

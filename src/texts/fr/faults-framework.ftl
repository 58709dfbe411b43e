### Frameworks of the register, and what definitions say of them (guide, section 10).

reference-format = Ceci ne renvoie pas à un référentiel du registre.
    .remedy = Écrivez le renvoi sous la forme émetteur/nom/version.
unknown = Le registre n’a pas cette version d’un référentiel.
    .remedy = Publiez d’abord le référentiel, ou corrigez émetteur/nom/version.
other-version = Cette version n’est pas celle du référentiel auquel il est renvoyé.
    .remedy = Indiquez la même version aux deux endroits.
code-unknown = Le référentiel n’a pas de compétence portant ce code.
    .remedy = Indiquez un code du référentiel, ou omettez le renvoi.
name-differs = Le référentiel porte un autre titre dans le registre.
    .remedy = Vérifiez que c’est bien le référentiel voulu.
text-differs = Le référentiel formule cette compétence autrement.
    .remedy = Vérifiez que le sens est le même ; l’attestation montre votre formulation.
translation-required = Le texte manque dans cette langue.
    .remedy = Indiquez le texte en nl, fr et en.

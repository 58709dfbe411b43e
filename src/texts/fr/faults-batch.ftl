### Lots, en lignes JSON ou en tableau.

encoding = Ceci n’est pas de l’UTF-8.
    .remedy = Enregistrez le fichier en UTF-8 et envoyez-le à nouveau.
broken-line = Cette ligne n’est pas du JSON, à son octet { $byte }.
    .remedy = Donnez un objet JSON entier par ligne. La fin du fichier manque peut-être.
member-twice = Le champ { $pointer } est donné deux fois.
    .remedy = Donnez chaque champ une seule fois.
not-an-object = Cette ligne n’est pas un objet.
    .remedy = Donnez un objet JSON par ligne, une attribution.
line-too-long = Cette ligne compte plus de { $most } octets.
    .remedy = Donnez une attribution par ligne.
key-format = Ceci n’est pas la clé d’un élément.
    .remedy = Donnez un texte de 1 à { $most } caractères sans caractères de contrôle. N’y mettez pas de qui il s’agit.
key-repeated = La clé figure deux fois dans ce lot : ligne { $first } et ligne { $line }.
    .remedy = Donnez à chaque élément sa propre clé, ou omettez les clés : le numéro de la ligne est alors la clé.
number-repeated = Le numéro de l’attestation figure deux fois dans ce lot : ligne { $first } et ligne { $line }.
    .remedy = Donnez à chaque attestation son propre numéro.
column-repeated = Deux colonnes mènent à ce champ.
    .remedy = Laissez-en une seule ; attribuez l’autre à - si elle ne compte pas.
path-unknown = Ceci n’est pas un champ d’une attribution.
    .remedy = Nommez un champ comme learner.email ou competences.1.code, ou - pour une colonne qui ne compte pas.
not-yes-or-no = Ceci n’est ni true ni false.
    .remedy = Écrivez true ou false, ou laissez la cellule vide.
not-this-issuers = Aucune définition publiée ne porte ce nom.
    .remedy = Écrivez-la sous la forme émetteur/nom/version.

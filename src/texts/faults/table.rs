//! Tables of outcomes, as spreadsheets write them.

faults! {
    TableFault:
    TooLarge { most }
        nl "De tabel heeft meer dan {most} bytes." "Geef de leerresultaten van één definitie.",
        fr "Le tableau dépasse {most} octets." "Indiquez les acquis d’une seule définition.",
        en "The table has more than {most} bytes." "Give the outcomes of one definition.";
    TooManyRows { most }
        nl "De tabel heeft meer dan {most} rijen." "Geef de leerresultaten van één definitie.",
        fr "Le tableau dépasse {most} lignes." "Indiquez les acquis d’une seule définition.",
        en "The table has more than {most} rows." "Give the outcomes of one definition.";
    HeadMissing
        nl "De regel met de namen van de kolommen ontbreekt." "Zet die regel bovenaan.",
        fr "La ligne qui nomme les colonnes manque." "Mettez cette ligne en tête.",
        en "The line that names the columns is missing." "Give that line first.";
    CodeColumnMissing
        nl "De kolom code ontbreekt." "Voeg de kolom code toe.",
        fr "La colonne code manque." "Ajoutez la colonne code.",
        en "The column code is missing." "Add the column code.";
    TextColumnMissing
        nl "Er is geen kolom met teksten." "Voeg text_nl, text_fr of text_en toe.",
        fr "Aucune colonne ne contient de textes." "Ajoutez text_nl, text_fr ou text_en.",
        en "There is no column of texts." "Add text_nl, text_fr or text_en.";
    UnknownColumn { row, column, known }
        nl "Rij {row}, kolom {column}: deze kolom is niet gekend." "Gebruik: {known}.",
        fr "Ligne {row}, colonne {column} : cette colonne est inconnue." "Employez : {known}.",
        en "Row {row}, column {column}: this is not a column that is known."
           "Use these: {known}.";
    DuplicateColumn { row, column }
        nl "Rij {row}, kolom {column}: deze kolom staat er al." "Geef elke kolom één keer.",
        fr "Ligne {row}, colonne {column} : cette colonne y est déjà."
           "Donnez chaque colonne une seule fois.",
        en "Row {row}, column {column}: this column is there already." "Give each column once.";
    TooManyCells { row }
        nl "Rij {row} heeft meer cellen dan er kolommen zijn."
           "Zet een tekst met scheidingstekens tussen aanhalingstekens.",
        fr "La ligne {row} a plus de cellules qu’il n’y a de colonnes."
           "Mettez entre guillemets un texte qui contient des séparateurs.",
        en "Row {row} has more cells than there are columns."
           "Put a text with separators between quotation marks.";
    CellMissing { row, column, what }
        nl "Rij {row}, kolom {column}: hier ontbreekt {what}." "Geef {what}.",
        fr "Ligne {row}, colonne {column} : il manque {what}." "Indiquez {what}.",
        en "Row {row}, column {column}: {what} is missing." "Give {what}.";
    TextMissing { row }
        nl "Rij {row}, kolom text_nl: er is geen tekst." "Geef een tekst in minstens één taal.",
        fr "Ligne {row}, colonne text_nl : il n’y a pas de texte."
           "Indiquez un texte dans une langue au moins.",
        en "Row {row}, column text_nl: there is no text."
           "Give a text in one language at least.";
    TextOrSkillMissing { row }
        nl "Rij {row}, kolom text_nl: er is geen tekst, en geen andere vaardigheid."
           "Geef een tekst, of nog een vaardigheid.",
        fr "Ligne {row}, colonne text_nl : il n’y a ni texte ni autre aptitude."
           "Indiquez un texte, ou une autre aptitude.",
        en "Row {row}, column text_nl: there is no text, and no other skill."
           "Give a text, or another skill.";
    CodeRepeated { row }
        nl "Rij {row}, kolom code: deze code staat al in de tabel." "Geef elke code één keer.",
        fr "Ligne {row}, colonne code : ce code figure déjà dans le tableau."
           "Indiquez chaque code une seule fois.",
        en "Row {row}, column code: this code stands in the table already."
           "Give each code once.";
    ValueCount { row, column, given, wanted }
        nl "Rij {row}, kolom {column}: {given} waarden, en esco_uri heeft er {wanted}."
           "Geef één waarde per adres, gescheiden door |.",
        fr "Ligne {row}, colonne {column} : {given} valeurs, et esco_uri en a {wanted}."
           "Indiquez une valeur par adresse, séparées par |.",
        en "Row {row}, column {column}: {given} values, esco_uri has {wanted}."
           "Give one value for each address, separated by |.";
    Quotation { row, column }
        nl "Rij {row}, kolom {column}: de aanhalingstekens kloppen niet."
           "Zet de hele cel tussen aanhalingstekens en schrijf die erbinnen dubbel.",
        fr "Ligne {row}, colonne {column} : les guillemets ne correspondent pas."
           "Mettez toute la cellule entre guillemets et doublez ceux qui s’y trouvent.",
        en "Row {row}, column {column}: quotation marks do not match."
           "Put the whole cell between quotation marks and write those inside it twice.";
}

### What a list of the register is asked for, in an address or in an export.

unknown = Ceci est inconnu ici ; connus : { $known }.
    .remedy = Corrigez le nom, ou omettez-le.
too-many = Au plus { $most } sont lus.
    .remedy = Omettez les autres.
repeated = Ceci est donné deux fois.
    .remedy = Donnez-le une seule fois.
not-one-of = Ce n’est aucun de { $known }.
    .remedy = Corrigez-le, ou omettez-le.
not-a-limit = Ce n’est pas un nombre de 1 à { $most }.
    .remedy = Corrigez-le, ou omettez-le.
not-a-definition = Ce n’est pas le nom d’une définition dans les adresses.
    .remedy = Corrigez-le, ou omettez-le.
not-a-version = Ce n’est pas la version d’une définition.
    .remedy = Corrigez-le, ou omettez-le.
not-a-moment = Ce n’est ni un jour (2026-01-31) ni un moment (2026-01-31T12:00:00Z).
    .remedy = Corrigez-le, ou omettez-le.
not-a-day = Ce n’est pas un jour tel que 2026-01-31.
    .remedy = Corrigez-le, ou omettez-le.
not-a-boolean = Ce n’est pas true ou false.
    .remedy = Corrigez-le, ou omettez-le.
not-a-cursor = Ce n’est pas une position qu’une réponse a donnée comme next.
    .remedy = Corrigez-le, ou omettez-le.
other-type = C’est d’un autre type.
    .remedy = Corrigez-le, ou omettez-le.

### The word beside the icon of an outcome.

pass = En ordre
fail = Pas en ordre
indeterminate = Non vérifiable
not-applicable = Sans objet
not-run = Non effectué

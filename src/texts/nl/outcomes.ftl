### The word beside the icon of an outcome.

pass = In orde
fail = Niet in orde
indeterminate = Niet te controleren
not-applicable = Niet van toepassing
not-run = Niet uitgevoerd

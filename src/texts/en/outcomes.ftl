### The word beside the icon of an outcome.

pass = OK
fail = Not OK
indeterminate = Could not check
not-applicable = Not applicable
not-run = Not run

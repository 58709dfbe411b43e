### A text about an institution that closed.

kept = { $keeper } has kept the records of this institution since { $since }.
kept-status = The institution that issued this certificate closed. { $keeper } answers in its place. The last status is of { $date }.
closed = This institution closed on { $date }. It issues nothing any more.
stays = What it issued can still be checked: ask the holder for the file.
keeper = Kept by
last-status = Last status
certificates = Certificates in the register
check = Check a file

### A text about an institution that closed.

kept = { $keeper } bewaart de gegevens van deze instelling sinds { $since }.
kept-status = De instelling die dit bewijs uitreikte, is gesloten. { $keeper } antwoordt in haar plaats. De laatste stand van zaken is van { $date }.
closed = Deze instelling is gesloten sinds { $date }. Ze reikt niets meer uit.
stays = Wat ze uitreikte, blijft te controleren: vraag de houder om het bestand.
keeper = Bewaard door
last-status = Laatste stand van zaken
certificates = Bewijzen in het register
check = Een bestand controleren

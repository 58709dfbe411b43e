### A passage of a mail.

subject = Je bewijs: { $title }
test-mark = TEST
test = TEST – dit is geen echt bewijs.
greeting = Dag,
given = Je hebt een digitaal bewijs gekregen van { $issuer }.
again = Je krijgt deze link opnieuw, omdat daarom gevraagd is.
title = Bewijs
kind = Soort
issuer = Uitgever
open = Open je bewijs
what-to-do = Op die pagina kun je je bewijs bekijken, bewaren en afdrukken. Jij kiest wie het mag zien. Je hebt geen account nodig.
secret = De link is alleen voor jou. Wie de link heeft, kan doen wat jij kunt doen. Bewaar deze mail en stuur hem niet door.
questions = Heb je een vraag, of verwachtte je geen bewijs? Schrijf naar { $issuer }: { $contact }
questions-no-contact = Heb je een vraag, of verwachtte je geen bewijs? Vraag het aan { $issuer }.
automatic = Deze mail is automatisch verstuurd.
concern-subject = Een melding over een bewijs van jullie
concern-lead = Iemand heeft een melding gedaan over een bewijs van { $issuer }.
concern-kind = Soort melding
concern-certificate = Bewijs
concern-number = Nummer van het bewijs
concern-reference = Nummer van de melding
concern-words = Wat de melder schreef, staat niet in deze mail. Jullie toepassing leest het in het register, op dit adres:

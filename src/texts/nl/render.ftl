### A text in a picture or paper.

qr-title = QR-code van dit bewijs
qr-about = Scan de code of typ het adres: { $address }
as-of = Stand op { $date }: { $sentence }
download-pdf = Om af te drukken, met het bewijs erin (PDF)
check-now = Controleer zelf of dit nog klopt. Scan de code of ga naar:
no-exemption = Dit bewijs geeft geen automatisch recht op een vrijstelling of op toegang tot een opleiding. Elke opleiding beslist daar zelf over.
attached = Het ondertekende bewijs zit als bijlage certificate.json in dit PDF-bestand en blijft zo te controleren. Een afdruk op papier bewijst op zich niets.
attached-about = Het ondertekende bewijs
more = En nog { $count }. De volledige lijst staat op het adres onderaan en in de bijlage.
shortened = Niet alles past op dit blad. De volledige tekst staat op het adres hieronder en in de bijlage.
name-in-other-script = De naam is geschreven in een schrift dat dit blad niet kan tonen. Hij staat op het adres onderaan en in de bijlage.
other-script = […] staat voor tekens die dit blad niet kan tonen. De volledige tekst staat op het adres hieronder en in de bijlage.

### A text in a picture or paper.

qr-title = Code QR de cette attestation
qr-about = Scannez le code ou tapez l’adresse : { $address }
as-of = Situation au { $date } : { $sentence }
download-pdf = À imprimer, avec l’attestation jointe (PDF)
check-now = Vérifiez vous-même si c’est toujours le cas. Scannez le code ou allez à :
no-exemption = Cette attestation ne donne pas automatiquement droit à une dispense ni à l’accès à une formation. Chaque établissement en décide.
attached = L’attestation signée est jointe à ce fichier PDF sous le nom certificate.json et reste ainsi vérifiable. Une impression sur papier ne prouve rien en soi.
attached-about = L’attestation signée
more = Et encore { $count }. La liste complète se trouve à l’adresse ci-dessous et dans la pièce jointe.
shortened = Tout ne tient pas sur cette feuille. Le texte complet se trouve à l’adresse ci-dessous et dans la pièce jointe.
name-in-other-script = Le nom est écrit dans une écriture que cette feuille ne peut pas afficher. Il se trouve à l’adresse ci-dessous et dans la pièce jointe.
other-script = […] remplace des caractères que cette feuille ne peut pas afficher. Le texte complet se trouve à l’adresse ci-dessous et dans la pièce jointe.

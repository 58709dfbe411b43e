### Organisations and their settings.

legal-name-required = Le nom officiel manque.
    .remedy = Indiquez le nom officiel dans au moins une langue.
country-required = Le pays manque.
    .remedy = Indiquez le pays de l’organisation.
country-format = Ce n’est pas un code de pays.
    .remedy = Indiquez les deux majuscules d’ISO 3166-1, par exemple BE.
region-format = Ce n’est pas un code de région.
    .remedy = Indiquez le code d’ISO 3166-2, par exemple BE-BRU.
region-mismatch = La région ne se trouve pas dans le pays.
    .remedy = Indiquez une région dont le code commence par celui du pays.
did-format = Un émetteur ne peut pas avoir cet identifiant.
    .remedy = Indiquez un did:web ou un did:key, ou laissez le service le choisir.
no-default-expiry = Il n’y a pas de date de fin par défaut : ancien ne veut pas dire périmé.
    .remedy = Laissez null et indiquez une date de fin motivée dans la demande.
colour-format = Une couleur ne s’écrit pas ainsi.
    .remedy = Écrivez-la sous la forme #RRGGBB, par exemple #1d4e89.
colour-contrast = Des lettres blanches se lisent mal sur cette couleur.
    .remedy = Choisissez une couleur plus foncée : le contraste avec le blanc est d’au moins 4,5.

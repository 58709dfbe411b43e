### A passage of a mail.

subject = Votre attestation : { $title }
test-mark = TEST
test = TEST – ceci n’est pas une vraie attestation.
greeting = Bonjour,
given = Vous avez reçu une attestation numérique de { $issuer }.
again = Vous recevez à nouveau ce lien, parce qu’on l’a demandé.
title = Attestation
kind = Type
issuer = Émetteur
open = Ouvrir votre attestation
what-to-do = Sur cette page, vous pouvez voir, garder et imprimer votre attestation. Vous choisissez qui peut la voir. Vous n’avez pas besoin de compte.
secret = Ce lien est pour vous seul. Qui possède le lien peut faire ce que vous pouvez faire. Gardez ce message et ne le transférez pas.
questions = Vous avez une question, ou vous n’attendiez pas d’attestation ? Écrivez à { $issuer } : { $contact }
questions-no-contact = Vous avez une question, ou vous n’attendiez pas d’attestation ? Adressez-vous à { $issuer }.
automatic = Ce message a été envoyé automatiquement.
concern-subject = Un signalement sur une de vos attestations
concern-lead = Quelqu’un a fait un signalement sur une attestation de { $issuer }.
concern-kind = Type de signalement
concern-certificate = Attestation
concern-number = Numéro de l’attestation
concern-reference = Numéro du signalement
concern-words = Ce que l’auteur a écrit ne figure pas dans ce message. Votre application le lit dans le registre, à cette adresse :

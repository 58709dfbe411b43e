//! The problems of the API in words: what each kind is called, what it means, and what a detail
//! says. The kinds, their addresses and statuses are in `http`; programs go by those.

texts! {
    /// What a kind of problem is called, the same for every occurrence.
    ProblemTitle:
    BadRequest => "De aanvraag is niet te begrijpen", "La demande est incompréhensible",
        "The request cannot be understood";
    BrokenJson => "De inhoud is geen JSON", "Le corps n’est pas du JSON",
        "The body is not JSON";
    Unauthorized => "Er is een geldig token nodig", "Un jeton valable est nécessaire",
        "A valid token is needed";
    InsufficientScope => "Het token geeft dit recht niet", "Le jeton ne donne pas ce droit",
        "The token does not give this right";
    ClosedByHolder => "De houder houdt deze pagina gesloten",
        "Le titulaire garde cette page fermée", "The holder keeps this page closed";
    NotFound => "Zoiets is hier niet", "Rien de tel ici", "There is no such thing here";
    MethodNotAllowed => "Deze methode gebruiken we hier niet",
        "Cette méthode ne s’emploie pas ici", "This method is not used here";
    ReleasedImmutable => "Een vrijgegeven bewijs verandert niet",
        "Une attestation publiée ne change pas", "A released certificate does not change";
    NotAcceptable => "Niet beschikbaar in dit mediatype",
        "Pas disponible dans ce type de média", "Not available in this media type";
    Timeout => "De aanvraag kwam niet op tijd aan", "La demande n’est pas arrivée à temps",
        "The request did not arrive in time";
    RequestInFlight => "Dezelfde aanvraag is in behandeling",
        "La même demande est en cours de traitement", "The same request is being handled";
    IdempotencyMismatch => "De Idempotency-Key werd met een andere aanvraag gebruikt",
        "L’Idempotency-Key a servi pour une autre demande",
        "The Idempotency-Key was used with another request";
    RevocationFinal => "Een herroeping is niet ongedaan te maken",
        "Une révocation est définitive", "A revocation cannot be undone";
    SuspensionNotEnabled => "Dit bewijs kan niet geschorst worden",
        "Cette attestation ne peut pas être suspendue", "This certificate cannot be suspended";
    Conflict => "Het spreekt tegen wat vastligt", "Cela contredit ce qui est enregistré",
        "It contradicts what is recorded";
    IssuerClosed => "De uitreiker is gesloten", "L’émetteur a cessé ses activités",
        "The issuer closed";
    VersionFrozen => "Deze versie is al gepubliceerd met een andere inhoud",
        "Cette version est déjà publiée avec un autre contenu",
        "This version is published with other content";
    NotErased => "Het bewijs is niet gewist", "L’attestation n’a pas été effacée",
        "The certificate was not erased";
    Retained => "De bewaartermijn is niet voorbij",
        "Le délai de conservation n’est pas écoulé", "The retention period is not over";
    CertificateErased => "Waartoe deze aanvraag leidde, is gewist",
        "Ce à quoi cette demande a mené a été effacé", "What this request led to was erased";
    TooLarge => "De inhoud is te groot", "Le corps est trop grand", "The body is too large";
    UnsupportedMediaType => "De inhoud heeft een ander mediatype",
        "Le corps est d’un autre type de média", "The body is of another media type";
    InvalidRequest => "De aanvraag schendt een of meer regels",
        "La demande enfreint une ou plusieurs règles",
        "The request breaks one or more rules";
    Internal => "Er ging bij ons iets mis", "Quelque chose a échoué de notre côté",
        "Something went wrong on our side";
    Busy => "Er wacht te veel werk", "Trop de travail est en attente",
        "Too much work is waiting";
    Unavailable => "De dienst kan dit nu niet", "Le service ne peut pas le faire maintenant",
        "The service cannot do this now";
}

texts! {
    /// What a kind of problem means and what to do about it.
    ProblemMeaning:
    BadRequest
        => "Een header of een deel van het adres klopt niet. Het detail zegt welk.",
           "Un en-tête ou une partie de l’adresse est incorrect. Le détail dit lequel.",
           "A header or a part of the address is malformed. The detail says which.";
    BrokenJson
        => "De inhoud is geen welgevormde JSON, herhaalt een veld of is te diep genest. Het detail zegt waar. Er is niets gedaan.",
           "Le corps n’est pas du JSON bien formé, répète un champ ou est trop imbriqué. Le détail dit où. Rien n’a été fait.",
           "The body is not well-formed JSON, repeats a member, or is nested too deeply. The detail says where. Nothing was done.";
    Unauthorized
        => "Stuur `Authorization: Bearer` met een token van deze installatie dat niet ingetrokken is.",
           "Envoyez `Authorization: Bearer` avec un jeton de cette installation qui n’est pas révoqué.",
           "Send `Authorization: Bearer` with a token of this installation that has not been revoked.";
    InsufficientScope
        => "Het token is geldig, maar de client mist het recht dat het detail noemt.",
           "Le jeton est valable, mais le client n’a pas le droit que le détail nomme.",
           "The token is valid, but its client lacks the scope that the detail names.";
    ClosedByHolder
        => "De houder beslist wie een bewijs ziet. Vraag de houder om het te openen, of om het bestand.",
           "Le titulaire décide qui voit une attestation. Demandez-lui de l’ouvrir, ou le fichier.",
           "The holder decides who sees a certificate. Ask the holder to open it, or for the file.";
    NotFound
        => "Het adres is onbekend, of wat het noemde is er niet, of niet voor deze client. Die gevallen krijgen met opzet hetzelfde antwoord.",
           "L’adresse est inconnue, ou ce qu’elle nommait n’est pas disponible, ou pas pour ce client. Ces cas reçoivent volontairement la même réponse.",
           "The address is unknown, or what it named is not available, or not to this client. These cases are answered alike on purpose.";
    MethodNotAllowed
        => "De header Allow noemt de methoden van dit adres.",
           "L’en-tête Allow énumère les méthodes de cette adresse.",
           "The header Allow lists the methods of this address.";
    ReleasedImmutable
        => "Ondertekende bytes geven we zoals ze vrijgegeven zijn. Reik een verbetering uit, die het bewijs vervangt, of verander de status.",
           "Les octets signés sont servis tels qu’ils ont été publiés. Délivrez une correction, qui remplace l’attestation, ou changez son état.",
           "Signed bytes are served as they were released. Issue a correction, which replaces the certificate, or change its status.";
    NotAcceptable
        => "Geen van de mediatypes in Accept is hier beschikbaar, of de uitgever heeft geen sleutel voor het gevraagde token. Het detail zegt wat je kunt doen.",
           "Aucun des types de média d’Accept n’est offert ici, ou l’émetteur n’a pas de clé pour le jeton demandé. Le détail dit que faire.",
           "None of the media types in Accept is offered here, or the issuer has no key for the token that was asked for. The detail says what to do.";
    Timeout
        => "De inhoud kwam te traag binnen. Er is niets gedaan. Stuur hem opnieuw.",
           "Le corps est arrivé trop lentement. Rien n’a été fait. Renvoyez-le.",
           "The body came too slowly. Nothing was done. Send it again.";
    RequestInFlight
        => "Een aanvraag met deze Idempotency-Key loopt nog. Probeer opnieuw na Retry-After; het antwoord is dan hetzelfde bewijs.",
           "Une demande avec cette Idempotency-Key est en cours. Réessayez après Retry-After ; la réponse sera la même attestation.",
           "A request with this Idempotency-Key is in flight. Try again after Retry-After; the answer will be the same certificate.";
    IdempotencyMismatch
        => "Een sleutel hoort bij één aanvraag. Gebruik een nieuwe sleutel voor een andere inhoud.",
           "Une clé désigne une seule demande. Employez une nouvelle clé pour un autre corps.",
           "A key names one request. Use a fresh key for another body.";
    RevocationFinal
        => "Het bewijs is herroepen of vervangen: `state` zegt welk van beide, `stateSince` sinds wanneer. Zo is het ook na een herroeping die opnieuw gestuurd is. Een verkeerde herroeping herstel je door een opvolger uit te reiken.",
           "L’attestation est révoquée ou remplacée : `state` dit laquelle des deux, `stateSince` depuis quand. Il en est ainsi aussi après une révocation renvoyée. Une révocation erronée se répare en délivrant une attestation qui succède.",
           "The certificate is revoked or superseded: `state` says which, `stateSince` since when. So it is after a revocation that was sent again, too. A wrong revocation is repaired by issuing a successor.";
    SuspensionNotEnabled
        => "Het heeft geen vermelding voor schorsing, omdat de uitgever schorsing niet had aangezet. Anderen die controleren, zouden een schorsing niet zien.",
           "Elle ne porte pas d’entrée de suspension, car son émetteur n’avait pas activé la suspension. Les autres vérificateurs ne verraient pas une suspension.",
           "It carries no suspension entry, because its issuer had not switched suspension on. A suspension would be invisible to other verifiers.";
    Conflict
        => "De toestand is niet wat de aanvraag veronderstelt. Lees de beheerweergave en beslis dan.",
           "L’état n’est pas celui que la demande suppose. Lisez la vue de gestion, puis décidez.",
           "The state is not what the request supposes. Read the management view, then decide.";
    IssuerClosed
        => "Sinds de sluiting wordt niets meer uitgereikt en verandert geen status meer. Wie de bewijzen bewaart, staat op de pagina van de uitreiker.",
           "Depuis la fermeture, rien n’est plus délivré et aucun statut ne change. La page de l’émetteur indique qui conserve les attestations.",
           "Since it closed nothing is issued and no status changes. Who keeps the certificates stands on the page of the issuer.";
    VersionFrozen
        => "Wat onder een versie gepubliceerd is, verandert nooit, omdat bewijzen ernaar verwijzen. Publiceer de wijziging als een nieuwe versie.",
           "Ce qui est publié sous une version ne change jamais, car des attestations y renvoient. Publiez la modification comme nouvelle version.",
           "What is published under a version never changes, because certificates refer to it. Publish the change as a new version.";
    NotErased
        => "Alleen wat eerst gewist is, kan daarna opgeruimd worden. Wis het eerst.",
           "Seul ce qui a d’abord été effacé peut être purgé. Effacez-la d’abord.",
           "Only what was erased before can be purged. Erase it first.";
    Retained
        => "`retainedUntil` is de eerste dag waarop de rest weg mag. Voor die dag is er een reden nodig.",
           "`retainedUntil` est le premier jour où le reste peut être purgé. Avant ce jour, il faut une raison.",
           "`retainedUntil` is the first day on which the rest may be purged. Before that day it needs a reason.";
    CertificateErased
        => "De Idempotency-Key leidde tot een bewijs waarvan de gegevens op vraag gewist zijn. Het wordt niet gegeven en niet opnieuw uitgereikt. Gebruik voor een andere toekenning een nieuwe sleutel.",
           "L’Idempotency-Key a mené à une attestation dont les données ont été effacées sur demande. Elle n’est ni donnée ni délivrée à nouveau. Pour une autre demande, employez une nouvelle clé.",
           "The Idempotency-Key led to a certificate whose data were erased on request. It is not given out and not issued again. For another award use a fresh key.";
    TooLarge
        => "Het detail zegt hoeveel bytes we aannemen.",
           "Le détail dit combien d’octets sont acceptés.",
           "The detail says how many bytes are taken.";
    UnsupportedMediaType
        => "Het detail noemt de mediatypes die we hier aannemen, of de Content-Encoding die we niet aannemen.",
           "Le détail énumère les types de média acceptés ici, ou nomme le Content-Encoding qui ne l’est pas.",
           "The detail lists the media types that are taken here, or names the Content-Encoding that is not.";
    InvalidRequest
        => "Elk element van `errors` noemt het veld, de regel, wat er fout is en wat je kunt doen. Alle fouten staan er samen. Er is niets ondertekend of vastgelegd.",
           "Chaque élément d’`errors` nomme le champ, la règle, ce qui ne va pas et que faire. Toutes les fautes y sont à la fois. Rien n’a été signé ni enregistré.",
           "Each entry of `errors` names the member, the rule, what is wrong and what to do. All faults are listed at once. Nothing was signed or recorded.";
    Internal
        => "Met het nummer van de aanvraag vindt de beheerder de oorzaak in het logboek.",
           "Le numéro de la demande mène l’exploitant à la cause dans son journal.",
           "The request id leads to the cause in the log of the operator.";
    Busy
        => "Probeer opnieuw na Retry-After, met dezelfde Idempotency-Key.",
           "Réessayez après Retry-After, avec la même Idempotency-Key.",
           "Try again after Retry-After, with the same Idempotency-Key.";
    Unavailable
        => "De opslag of de sleutels zijn niet beschikbaar. Probeer opnieuw na Retry-After, met dezelfde Idempotency-Key: dan staat vast of de aanvraag vastgelegd is.",
           "Le stockage ou les clés ne sont pas disponibles. Réessayez après Retry-After, avec la même Idempotency-Key : on saura alors si la demande a été enregistrée.",
           "Storage or keys are not available. Try again after Retry-After, with the same Idempotency-Key: whether the request was recorded is then settled.";
}

texts! {
    /// What a problem's detail says.
    ProblemDetail:
    BodyEnded => "De inhoud brak te vroeg af.", "Le corps s’est interrompu trop tôt.",
        "The body ended early.";
    MostBytes { limit } => "We nemen hoogstens {limit} bytes aan.",
        "Au plus {limit} octets sont acceptés.", "At most {limit} bytes are taken.";
    NoContentEncoding
        => "Content-Encoding nemen we hier niet aan. Stuur de inhoud zoals hij is, zonder.",
           "Content-Encoding n’est pas accepté ici. Envoyez le corps tel quel, sans lui.",
           "Content-Encoding is not taken here. Send the body as it is, without it.";
    MediaTypes { types } => "We nemen hier aan: {types}.", "Acceptés ici : {types}.",
        "Taken here: {types}.";
    ScopeNeeded { scope } => "Het recht {scope} is nodig.", "Le droit {scope} est nécessaire.",
        "The scope {scope} is needed.";
    IdempotencyKeyFormat { most }
        => "Geef Idempotency-Key één keer, met 1 tot {most} zichtbare ASCII-tekens.",
           "Donnez Idempotency-Key une fois, en 1 à {most} caractères ASCII visibles.",
           "Idempotency-Key is given once, as 1 to {most} visible ASCII characters.";
    JsonSyntax { offset } => "Dit is geen JSON bij byte {offset}.",
        "Ce n’est pas du JSON à l’octet {offset}.", "This is not JSON at byte {offset}.";
    JsonDuplicate { pointer, offset }
        => "Het veld {pointer} staat er twee keer (byte {offset}).",
           "Le champ {pointer} figure deux fois (octet {offset}).",
           "The member {pointer} is given twice (byte {offset}).";
    JsonTooDeep { pointer, limit }
        => "Bij {pointer} is het meer dan {limit} niveaus diep genest.",
           "À {pointer}, l’imbrication dépasse {limit} niveaux.",
           "Nested more than {limit} levels at {pointer}.";
    JsonInexact { pointer }
        => "Het geheel getal bij {pointer} past niet precies in een double.",
           "L’entier à {pointer} ne tient pas exactement dans un double.",
           "The integer at {pointer} is not exact as a double.";
    VersionFrozenAt { places } => "Bij {places}.", "À {places}.", "At {places}.";
    LimitRange { most } => "limit is een geheel getal van 1 tot {most}.",
        "limit est un nombre entier de 1 à {most}.",
        "limit is a whole number from 1 to {most}.";
    CursorUnknown
        => "after is een cursor die een antwoord van deze lijst als next gaf.",
           "after est un curseur qu’une réponse de cette liste a donné comme next.",
           "after is a cursor that an answer of this list gave as next.";
    ParametersRefused { names }
        => "Deze parameters van het adres nemen we niet aan: {names}.",
           "Ces paramètres de l’adresse ne sont pas acceptés : {names}.",
           "Parameters of the address cannot be taken: {names}.";
    NameTaken
        => "Deze naam is in deze installatie in gebruik. Kies een andere.",
           "Ce nom est utilisé dans cette installation. Choisissez-en un autre.",
           "The name is in use in this installation. Choose another one.";
    NoTokenKey { issuer, algorithm, command }
        => "De uitgever {issuer} heeft geen actieve sleutel voor {algorithm}-tokens. Neem een andere vorm, of vraag de beheerder: {command}.",
           "L’émetteur {issuer} n’a pas de clé active pour les jetons {algorithm}. Prenez une autre forme, ou demandez à l’exploitant : {command}.",
           "The issuer {issuer} has no active key for {algorithm} tokens. Take another form, or ask the operator: {command}.";
    FormFields { names }
        => "Dit formulier heeft hoogstens deze velden, elk één keer en hoogstens 1024 bytes lang: {names}. Een bestand of tekst hoort erbij.",
           "Ce formulaire a au plus ces champs, chacun une fois et d’au plus 1024 octets : {names}. Un fichier ou un texte est requis.",
           "This form has at most these fields, each once and at most 1024 bytes long: {names}. A file or a text belongs to it.";
    FormUnreadable => "Het formulier is niet te lezen.", "Le formulaire est illisible.",
        "The form cannot be read.";
}

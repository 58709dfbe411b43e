//! Awards: what is asked to be certified (guide, sections 6 to 10).

faults! {
    AwardFault:
    DefinitionFormat
        nl "Dit is niet de naam van een gepubliceerde definitie."
           "Schrijf ze als uitgever/naam/versie.",
        fr "Ce n’est pas le nom d’une définition publiée."
           "Écrivez-le sous la forme émetteur/nom/version.",
        en "This is not the name of a published definition." "Write it as issuer/slug/version.";
    DefinitionUnknown
        nl "Er is geen gepubliceerde versie van een definitie met deze naam."
           "Publiceer ze eerst, of verbeter de naam en de versie.",
        fr "Aucune version publiée d’une définition ne porte ce nom."
           "Publiez-la d’abord, ou corrigez le nom et la version.",
        en "There is no published definition version of this name."
           "Publish it first, or correct its name and version.";
    DefinitionWithdrawn
        nl "Deze versie van de definitie is ingetrokken: er wordt niets meer onder uitgereikt."
           "Noem een versie die nog in gebruik is.",
        fr "Cette version de la définition est retirée : plus rien n’est délivré selon elle."
           "Nommez une version encore en usage.",
        en "This definition version is withdrawn: nothing new is issued under it."
           "Name a version that is still issued.";
    LearnerRequired
        nl "De houder ontbreekt." "Geef een e-mailadres of een identificatie van de houder.",
        fr "Le titulaire manque."
           "Indiquez une adresse électronique ou un identifiant du titulaire.",
        en "The holder is missing." "Give an e-mail address or an identifier of the holder.";
    CertificateNumberTaken
        nl "Een ander bewijs van deze uitgever heeft dit nummer al."
           "Geef elk bewijs een eigen nummer, ook een verbetering.",
        fr "Une autre attestation de cet émetteur porte ce numéro."
           "Donnez à chaque attestation son propre numéro, même à une correction.",
        en "Another certificate of this issuer has this number."
           "Give every certificate a number of its own, also a correction.";
    NotASealer
        nl "Deze organisatie heeft hier geen sleutel om te verzegelen."
           "Noem de instelling die verzegelt.",
        fr "Cette organisation n’a pas ici de clé pour sceller."
           "Nommez l’établissement qui scelle.",
        en "This organisation has no signing key here." "Name the institution that seals.";
    SealerMismatch
        nl "De aanvraag noemt een andere verzegelaar dan de uitgever die ze kreeg."
           "Laat sealedBy weg, of stuur de aanvraag naar die uitgever.",
        fr "La demande nomme un autre scelleur que l’émetteur qui l’a reçue."
           "Omettez sealedBy, ou envoyez la demande à cet émetteur.",
        en "The award names another sealer than the issuer it was sent to."
           "Leave sealedBy out, or send the award to that issuer.";
    ActivityRequired
        nl "De periode ontbreekt." "Geef de periode van de procedure of de activiteit.",
        fr "La période manque." "Indiquez la période de la procédure ou de l’activité.",
        en "The period is missing." "Give the period of the procedure or the activity.";
    ActivityReversed
        nl "De activiteit eindigt voor ze begint." "Verbeter de datums van de activiteit.",
        fr "L’activité finit avant de commencer." "Corrigez les dates de l’activité.",
        en "The activity ends before it starts." "Correct the dates of the activity.";
    AcademicYear
        nl "Dit is geen academiejaar." "Schrijf het als 2025-2026.",
        fr "Ce n’est pas une année académique." "Écrivez-la sous la forme 2025-2026.",
        en "This is not an academic year." "Write it as 2025-2026.";
    OutcomeMissing
        nl "De uitkomst van de beslissing ontbreekt." "Geef passed, of reik niets uit.",
        fr "L’issue de la décision manque." "Indiquez passed, ou ne délivrez rien.",
        en "The outcome is missing." "Give passed, or issue nothing.";
    OnlyPassed
        nl "Een bewijs is er alleen na een positieve beslissing." "Geef passed, of reik niets uit.",
        fr "Une attestation n’est délivrée que pour une décision positive."
           "Indiquez passed, ou ne délivrez rien.",
        en "A certificate is issued for a positive decision only." "Give passed, or issue nothing.";
    ResultMissing
        nl "Het resultaat van deze competentie ontbreekt."
           "Geef demonstrated, of laat deze competentie weg.",
        fr "Le résultat de cette compétence manque."
           "Indiquez demonstrated, ou omettez cette compétence.",
        en "The result of this competence is missing."
           "Give demonstrated, or leave this competence out.";
    OnlyDemonstrated
        nl "Op een bewijs staan alleen aangetoonde competenties." "Laat deze competentie weg.",
        fr "Seules les compétences démontrées figurent sur une attestation."
           "Omettez cette compétence.",
        en "Only demonstrated competences stand on a certificate." "Leave this competence out.";
    BasisRequired
        nl "Er staat niet bij waarop het oordeel steunt."
           "Geef de grond van het oordeel: de methode en een zin.",
        fr "Le fondement du jugement manque." "Indiquez le fondement : la méthode et une phrase.",
        en "The basis of the judgement is missing." "Give the basis of the judgement.";
    EndReasonRequired
        nl "Er staat niet bij waarom het bewijs eindigt."
           "Geef de reden van de einddatum, of laat de einddatum weg.",
        fr "La raison de la date de fin manque."
           "Indiquez pourquoi l’attestation prend fin, ou omettez la date.",
        en "The reason why the certificate ends is missing."
           "Give the reason, or leave the end date out.";
    EndBeforeIssue
        nl "Het bewijs zou eindigen voor het uitgereikt is."
           "Geef een einddatum na vandaag, of geen.",
        fr "L’attestation prendrait fin avant sa délivrance."
           "Indiquez une date de fin après aujourd’hui, ou aucune.",
        en "The certificate would end before it is issued."
           "Give an end date after today, or none.";
    DecisionInFuture
        nl "De beslissing ligt in de toekomst." "Geef de datum van een beslissing die genomen is.",
        fr "La décision est dans le futur." "Indiquez la date d’une décision déjà prise.",
        en "The decision lies in the future." "Give the date of a decision that was taken.";
    DecisionBeforeEnd
        nl "De beslissing viel voor de activiteit eindigde."
           "Verbeter de datum van de beslissing of van de activiteit.",
        fr "La décision précède la fin de l’activité."
           "Corrigez la date de la décision ou de l’activité.",
        en "The decision was taken before the activity ended."
           "Correct the date of the decision or of the activity.";
    AppealPeriod { days }
        nl "De interne beroepstermijn van {days} dagen is niet voorbij."
           "Reik het bewijs uit na de beroepstermijn.",
        fr "Le délai de recours interne de {days} jours n’est pas écoulé."
           "Délivrez l’attestation après ce délai.",
        en "The internal appeal period of {days} days is not over."
           "Issue it after the appeal period.";
    AppealPeriodUntil { days, first }
        nl "De interne beroepstermijn van {days} dagen is niet voorbij."
           "Reik het bewijs uit vanaf {first}.",
        fr "Le délai de recours interne de {days} jours n’est pas écoulé."
           "Délivrez l’attestation à partir du {first}.",
        en "The internal appeal period of {days} days is not over." "Issue it from {first} on.";
    AppealPeriodOverridden { days }
        nl "De interne beroepstermijn van {days} dagen is niet voorbij."
           "Het bewijs wordt toch uitgereikt, om de reden die genoteerd is.",
        fr "Le délai de recours interne de {days} jours n’est pas écoulé."
           "L’attestation est tout de même délivrée, pour la raison qui est consignée.",
        en "The internal appeal period of {days} days is not over."
           "It is issued all the same, for the reason that is recorded.";
    MandateRequired
        nl "De instelling die verzegelt, kent het bewijs niet toe en toont geen opdracht."
           "Geef de referentie van haar opdracht.",
        fr "L’établissement qui scelle ne délivre pas l’attestation et n’indique aucun mandat."
           "Indiquez la référence de son mandat.",
        en "The sealing institution is not an awarding body and shows no mandate."
           "Give the reference of its mandate.";
    MandateUnknown
        nl "De instelling die verzegelt, heeft geen opdracht met deze referentie."
           "Registreer de opdracht eerst, of verbeter de referentie.",
        fr "L’établissement qui scelle n’a pas de mandat portant cette référence."
           "Enregistrez d’abord le mandat, ou corrigez sa référence.",
        en "The sealing institution has no mandate of this reference."
           "Register the mandate first, or correct its reference.";
    MandateBody
        nl "De opdracht komt niet van een toekennende instelling van deze definitie."
           "Noem een opdracht van een van die instellingen.",
        fr "Le mandat ne vient pas d’un organisme qui délivre selon cette définition."
           "Nommez un mandat de l’un de ces organismes.",
        en "The mandate was not given by an awarding body of this definition."
           "Name a mandate of one of the awarding bodies.";
    MandateKind
        nl "De opdracht dekt deze soort bewijs niet." "Noem een opdracht die deze soort dekt.",
        fr "Le mandat ne couvre pas ce type d’attestation." "Nommez un mandat qui le couvre.",
        en "The mandate does not cover this kind of certificate." "Name a mandate that covers it.";
    MandatePeriod
        nl "De opdracht gold niet op de datum van de beslissing."
           "Noem een opdracht die op die dag gold.",
        fr "Le mandat ne couvrait pas la date de la décision."
           "Nommez un mandat dont la période couvre ce jour.",
        en "The mandate did not run on the date of the decision."
           "Name a mandate whose period covers that day.";
    NotAssessed
        nl "Een deelnamebewijs is niet beoordeeld."
           "Laat dit weg, of gebruik een soort die wel beoordeeld is.",
        fr "Une attestation de participation n’est pas évaluée."
           "Omettez-le, ou utilisez un type qui est évalué.",
        en "A proof of participation is not assessed."
           "Leave it out, or use the kind that is assessed.";
    GradeNotExpected
        nl "Bewijzen onder deze definitie hebben geen punt." "Laat het punt weg.",
        fr "Les attestations de cette définition n’ont pas de note." "Omettez la note.",
        en "Certificates under this definition have no grade." "Leave the grade out.";
    GradeRequired
        nl "De definitie heeft een puntenschaal en het punt ontbreekt." "Geef het punt als tekst.",
        fr "La définition a une échelle de notes et la note manque."
           "Indiquez la note comme texte.",
        en "The definition has a scale of grades." "Give the grade as text.";
    GradeRange
        nl "Het punt ligt buiten de schaal." "Geef een punt op de schaal van de definitie.",
        fr "La note est hors de l’échelle." "Indiquez une note de l’échelle de la définition.",
        en "The grade lies outside the scale." "Give a grade on the definition’s scale.";
    GradeBelowPass
        nl "Het punt ligt onder de slaaggrens en de uitkomst is passed."
           "Verbeter het punt, of reik niets uit.",
        fr "La note est sous le seuil de réussite alors que l’issue est passed."
           "Corrigez la note, ou ne délivrez rien.",
        en "The grade is below the pass mark and the outcome is passed."
           "Correct the grade or issue nothing.";
    AssessmentRequired
        nl "De beoordeling ontbreekt." "Zeg hoe en door wie er beoordeeld is.",
        fr "L’évaluation manque." "Dites comment et par qui l’évaluation a été faite.",
        en "The assessment is missing." "Give the assessment.";
    CompetenceRequired
        nl "Er staat geen aangetoonde competentie." "Geef minstens één aangetoonde competentie.",
        fr "Aucune compétence démontrée n’est indiquée."
           "Indiquez au moins une compétence démontrée.",
        en "There is no demonstrated competence." "Give a demonstrated competence.";
    MethodRequired
        nl "De methode van beoordelen ontbreekt." "Geef minstens één methode.",
        fr "La méthode d’évaluation manque." "Indiquez au moins une méthode.",
        en "The method of assessment is missing." "Give a method of assessment.";
    SupervisionRequired
        nl "Er staat niet bij hoe er toezicht was." "Geef het toezicht bij de beoordeling.",
        fr "La surveillance n’est pas indiquée." "Indiquez la surveillance lors de l’évaluation.",
        en "The supervision is missing." "Give the supervision.";
    AssessorRequired
        nl "Er staat geen beoordelaar." "Geef de rol van minstens één beoordelaar.",
        fr "Aucun évaluateur n’est indiqué." "Indiquez le rôle d’au moins un évaluateur.",
        en "The assessor is missing." "Give the role of at least one assessor.";
    GuideStatementRequired
        nl "Er staat niet bij of de begeleider mee beoordeelde."
           "Zeg met true of false of de begeleider een beoordelaar was.",
        fr "Il n’est pas dit si l’accompagnateur a participé à l’évaluation."
           "Dites par true ou false si l’accompagnateur a été évaluateur.",
        en "The statement whether the guide was an assessor is missing."
           "Say with true or false whether the guide was an assessor.";
    GuideDecisionStatementRequired
        nl "Er staat niet bij of de begeleider meebesliste."
           "Zeg met true of false of de begeleider aan de beslissing deelnam.",
        fr "Il n’est pas dit si l’accompagnateur a pris part à la décision."
           "Dites par true ou false si l’accompagnateur a pris part à la décision.",
        en "The statement whether the guide took part in the decision is missing."
           "Say with true or false whether the guide took part in it.";
    GuideIsAssessor
        nl "Een begeleider mag niet oordelen over wie hij begeleidde."
           "Laat anderen oordelen; dit oordeel kan geen bewijs krijgen.",
        fr "L’accompagnateur ne peut pas évaluer la personne accompagnée."
           "Faites évaluer par d’autres ; cette évaluation ne peut pas être attestée.",
        en "The guide may not judge the person they guided."
           "Have it judged by others; this judgement cannot be certified.";
    GuideDecided
        nl "Een begeleider mag niet meebeslissen over wie hij begeleidde."
           "Laat anderen beslissen; deze beslissing kan geen bewijs krijgen.",
        fr "L’accompagnateur ne peut pas prendre part à la décision sur la personne accompagnée."
           "Faites décider par d’autres ; cette décision ne peut pas être attestée.",
        en "The guide may not take part in the decision about the person they guided."
           "Have it decided by others; this decision cannot be certified.";
    UnknownCompetence
        nl "Deze versie van de definitie heeft geen competentie met deze code."
           "Geef een code van de definitie.",
        fr "Cette version de la définition n’a pas de compétence portant ce code."
           "Indiquez un code de la définition.",
        en "The definition version has no competence of this code."
           "Give a code of the definition.";
    ProficiencyRequired
        nl "Het beheersingsniveau ontbreekt." "Geef een code van de schaal van de definitie.",
        fr "Le niveau de maîtrise manque." "Indiquez un code de l’échelle de la définition.",
        en "The level of proficiency is missing." "Give a code of the definition’s scale.";
    ProficiencyNotExpected
        nl "De definitie heeft geen schaal van beheersing." "Laat dit weg.",
        fr "La définition n’a pas d’échelle de maîtrise." "Omettez-le.",
        en "The definition has no scale of proficiency." "Leave it out.";
    ProficiencyUnknown
        nl "Dit niveau staat niet op de schaal van de definitie." "Geef een code van de schaal.",
        fr "Ce niveau ne figure pas sur l’échelle de la définition."
           "Indiquez un code de l’échelle.",
        en "This level is not on the definition’s scale." "Give a code of the scale.";
    ReplacesUnknown
        nl "Het register kent geen zo’n bewijs van deze uitgever."
           "Geef het adres van het bewijs dat je verbetert.",
        fr "Le registre ne connaît pas cette attestation de l’émetteur."
           "Indiquez l’adresse de l’attestation à corriger.",
        en "The register has no such certificate of this issuer."
           "Give the address of the certificate that is corrected.";
    ReplacesMismatch
        nl "Een verbetering vervangt een bewijs van dezelfde houder en dezelfde definitie."
           "Noem het bewijs dat je verbetert, of laat dit weg.",
        fr "Une correction remplace une attestation du même titulaire et de la même définition."
           "Nommez l’attestation à corriger, ou omettez ceci.",
        en "A correction replaces a certificate of the same learner and definition."
           "Name the certificate that is corrected, or leave this out.";
    ReplacesNotValid
        nl "Dat bewijs is al ingetrokken of vervangen."
           "Verbeter zijn opvolger, of reik een bewijs uit dat niets vervangt.",
        fr "Cette attestation est déjà retirée ou remplacée."
           "Corrigez celle qui lui succède, ou délivrez une attestation qui ne remplace rien.",
        en "That certificate is withdrawn or replaced already."
           "Correct its successor, or issue a certificate that replaces nothing.";
    PartCodeUnknown
        nl "De definitie heeft geen onderdeel met deze code."
           "Geef een code van de onderdelen van de definitie.",
        fr "La définition n’a pas de partie portant ce code."
           "Indiquez un code des parties de la définition.",
        en "The definition has no part of this code." "Give a code of the definition’s parts.";
    PartUnknown
        nl "Het register kent geen zo’n bewijs." "Geef het adres van het bewijs van het onderdeel.",
        fr "Le registre ne connaît pas cette attestation."
           "Indiquez l’adresse de l’attestation de la partie.",
        en "The register has no such certificate." "Give the address of the part’s certificate.";
    PartHolder
        nl "Een onderdeel is een bewijs van iemand anders."
           "Stapel alleen bewijzen van dezelfde houder.",
        fr "Une partie est l’attestation d’une autre personne."
           "Ne cumulez que des attestations du même titulaire.",
        en "A part is a certificate of another learner."
           "Stack certificates of the same learner only.";
    PartDefinition { definition }
        nl "Dit bewijs hoort bij een andere versie van een definitie dan het onderdeel."
           "Geef een bewijs onder {definition}.",
        fr "Cette attestation relève d’une autre version de définition que la partie."
           "Indiquez une attestation selon {definition}.",
        en "This certificate was issued under another definition version than the part’s."
           "Give a certificate under {definition}.";
    PartNotValid
        nl "Dit bewijs is ingetrokken, opgeschort of vervangen."
           "Stapel een geldig bewijs; van een vervangen bewijs de opvolger.",
        fr "Cette attestation est retirée, suspendue ou remplacée."
           "Cumulez une attestation valable ; si elle est remplacée, celle qui lui succède.",
        en "This certificate is withdrawn, suspended or replaced."
           "Stack a valid certificate; of a replaced one its successor.";
    PartTooOld
        nl "De beslissing over dit onderdeel is ouder dan de definitie toelaat."
           "Stapel een recenter bewijs.",
        fr "La décision sur cette partie est plus ancienne que la définition ne le permet."
           "Cumulez une attestation plus récente.",
        en "The decision of this part is older than the definition allows."
           "Stack a more recent certificate.";
    StackIncomplete { rule, missing }
        nl "De regel {rule} is niet gehaald; zonder bewijs: {missing}."
           "Geef de bewijzen die de regel vraagt.",
        fr "La règle {rule} n’est pas satisfaite ; sans attestation : {missing}."
           "Indiquez les attestations que la règle demande.",
        en "The rule {rule} is not met; without a certificate: {missing}."
           "Give the certificates that the rule asks for.";
    StackPart { part, definition }
        nl "Voor onderdeel {part} staat hier geen bewijs." "Geef een bewijs onder {definition}.",
        fr "Aucune attestation n’est indiquée ici pour la partie {part}."
           "Indiquez une attestation selon {definition}.",
        en "Part {part} has no certificate here." "Give a certificate under {definition}.";
    StackUnmet { rule }
        nl "De regel {rule} is niet gehaald." "Geef juist de bewijzen die de regel vraagt.",
        fr "La règle {rule} n’est pas satisfaite."
           "Indiquez exactement les attestations que la règle demande.",
        en "The rule {rule} is not met." "Give exactly the certificates that the rule asks for.";
    StackLevel
        nl "Niet het niveau van de microdegree heeft het grootste deel van deze onderdelen."
           "Stapel onderdelen waarvan de studiepunten bij het niveau van de microdegree passen.",
        fr "Un autre niveau que celui du microdegree a la plus grande part de ces parties."
           "Cumulez des parties dont les crédits correspondent au niveau du microdegree.",
        en "Another level than the microdegree’s has the largest share of these parts."
           "Stack parts whose credits fit the level of the microdegree.";
}

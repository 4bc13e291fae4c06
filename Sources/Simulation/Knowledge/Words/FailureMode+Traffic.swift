extension FailureMode {
    /// What goes in or out does not arrive.
    static let ofTraffic = [
        FailureMode(
            subjects: [
                "[export|download] of {object} [empty|fails]", "{object} cannot be exported",
                "empty file from {object}",
            ],
            complaints: [
                "the [export|download|extract] of the {object} is [empty|0 bytes|without content]",
                "[exporting|downloading] the {object} [gives|produces] an empty file",
                "we [cannot|can not|are unable to] [export|download|get out] the {object}",
                "the file we get from the {object} [has only a header|contains nothing]",
            ],
            errors: ["no rows for {object}", "export of {object} aborted", "could not write {object}"],
            causes: [
                "the export of the {object} [runs as|uses] a service user without {role}",
                "the [export|file] folder of {component} is [full|read-only]",
            ],
            remedies: [.assignRole, .raiseLimit, .moveJob, .setTo],
            german: "der Export von {object} ist leer, die Datei hat 0 Byte",
            spanish: "la exportación de {object} sale vacía"),
        FailureMode(
            subjects: [
                "{object} [sync|synchronisation] [stuck|stopped]", "{objects} not [synced|transferred]",
                "{object} waits forever",
            ],
            complaints: [
                "the {object} is not [synchronised|transferred|passed on] any more",
                "the sync of the {object} is [stuck|stopped|standing still]",
                "{objects} [stay|remain|hang] in the state [waiting|pending|in progress]",
                "[nothing|no {object}] [arrives|gets through] on the other side",
                "the {object} [arrives|is updated] [hours|many hours] late",
            ],
            errors: [
                "queue of {object} blocked", "{object} not acknowledged",
                "transfer of {object} stopped after 5 attempts",
            ],
            causes: [
                "one broken {object} [blocks|holds up] the queue of {job}",
                "the token of the {jargon} connector [has expired|was revoked]",
            ],
            remedies: [.clearJob, .reconnect, .renewCertificate, .mapField],
            german: "die Synchronisation von {object} hängt, alles steht auf wartend",
            spanish: "la sincronización de {object} está parada"),
        FailureMode(
            subjects: [
                "no [mail|notification] for {object}", "[mails|notifications] about {object} [missing|do not arrive]",
                "{object}: mail not sent",
            ],
            complaints: [
                "no [mail|notification|message] is sent for the {object}",
                "[nobody|none of us] [gets|receives] the [mails|notifications] about the {object} any more",
                "the [mail|message] with the {object} [never arrives|does not arrive]",
                "[customers|recipients] [complain|say] that they [got|received] no [mail|message] about the {object}",
            ],
            errors: [
                "no recipient for {object}", "mail relay refused {object}", "notification of {object} suppressed",
            ],
            causes: [
                "the sender [domain|address] for the {object} is [not verified|blocked by the relay]",
                "recipients of the {object} without {field} are [skipped|left out]",
            ],
            remedies: [.allowDomain, .renewCertificate, .fillIn, .switchOn],
            german: "für {object} wird keine Mail mehr verschickt",
            spanish: "no llegan los correos de {object}"),
        FailureMode(
            subjects: [
                "[flood|hundreds] of [mails|notifications] about {object}", "too many [mails|alerts] from {object}",
                "{object} sends again and again",
            ],
            complaints: [
                "we get [hundreds of|far too many|endless] [mails|notifications] about the {object}",
                "the {object} sends the same [mail|message|alert] [again and again|every minute]",
                "our inboxes are [full of|flooded with] messages from the {object}",
                "[one change|a single change] of the {object} [triggers|causes] [dozens of|countless] messages",
            ],
            errors: ["send loop for {object}", "rate of {object} messages exceeded", "{object} already notified"],
            causes: [
                "the mark that a message about the {object} was sent is [not stored|lost]",
                "a rule on {field} [fires|starts] on its own change of the {object}",
            ],
            remedies: [.switchOff, .setTo, .clearJob, .exempt],
            german: "wir bekommen hunderte Mails wegen {object}",
            spanish: "recibimos cientos de correos por {object}"),
        FailureMode(
            subjects: [
                "[upload|attachment] [to|in] {object} fails", "cannot [attach|upload] file to {object}",
                "{object}: upload [stops|breaks off]",
            ],
            complaints: [
                "[uploading|attaching|adding] a file to the {object} [fails|does not work|stops at 99 %]",
                "the [file|attachment|picture] [never reaches|is not stored in] the {object}",
                "we [cannot|can not] [upload|add] [documents|pictures] to the {object} any more",
                "the [upload|progress] bar of the {object} [runs back|breaks off|never ends]",
            ],
            errors: [
                "payload of {object} too large", "upload to {object} refused", "checksum of {object} part differs",
            ],
            causes: [
                "the gateway before {component} [cuts|limits] requests at {value} MB",
                "the virus scanner [times out|takes too long] on files of the {object}",
            ],
            remedies: [.raiseLimit, .exempt, .setTo, .allowDomain],
            german: "Dateien lassen sich nicht zu {object} hochladen",
            spanish: "no se pueden subir archivos a {object}"),
        FailureMode(
            subjects: [
                "import of {objects} [rejected|fails]", "{object} import [error|stops]",
                "cannot [import|load] {objects}",
            ],
            complaints: [
                "the import of {objects} [is rejected|fails|stops in the middle]",
                "we [cannot|can not] [import|load|read in] our {objects}",
                "[every|each] line of the {object} file is [refused|rejected|marked as wrong]",
                "the {object} file that [worked|was fine] last month is [refused|rejected] now",
            ],
            errors: ["unknown column in {object}", "line 1 of {object} is invalid", "{object} format not supported"],
            causes: [
                "the import of {objects} [expects|wants] {field} as the first column",
                "the file of the {object} has a byte order mark [that|which] {component} [does not skip|takes for data]",
            ],
            remedies: [.saveAsText, .mapField, .fillIn, .switchOff],
            german: "der Import von {object} wird abgelehnt",
            spanish: "la importación de {object} se rechaza"),
    ]
}

extension FailureMode {
    /// People are kept out, or things cannot be changed.
    static let ofAccess = [
        FailureMode(
            subjects: [
                "no [access|permission] to {object}", "access denied: {object}", "{object} [forbidden|not allowed]",
            ],
            complaints: [
                "we have no [access|permission|rights] to the {object} any more",
                "the {object} says we are not [allowed|authorised]",
                "[users|colleagues|some of us] are [locked out of|kept out of|denied] the {object}",
                "[opening|using] the {object} is [forbidden|refused|denied] although we [are admins|had the rights before]",
                "my team [cannot|can not] get [into|at] the {object}",
            ],
            errors: ["permission denied on {object}", "403 for {object}", "{role} required for {object}"],
            causes: [
                "{role} [lost|no longer has] the right on {field}",
                "the group of the directory is [not mapped|no longer mapped] to {role}",
            ],
            remedies: [.assignRole, .mapField, .switchOff],
            german: "wir haben keinen Zugriff mehr auf {object}, Berechtigung fehlt",
            spanish: "no tenemos acceso a {object}, permiso denegado"),
        FailureMode(
            subjects: [
                "[thrown|logged] out of {object}", "[login|sign-in] loop at {object}",
                "{object} asks for password again",
            ],
            complaints: [
                "the {object} [asks|keeps asking] for the password [again and again|over and over]",
                "we [land|end up] on the [login|sign-in] page [each time|whenever] we open the {object}",
                "the {object} [logs|signs] us out [every few minutes|all the time]",
                "[logging|signing] in works but the {object} [sends|throws] us back [to the start|to the login]",
            ],
            errors: ["session for {object} not found", "redirect loop at {object}", "token rejected by {object}"],
            causes: [
                "the cookie of the {object} is [set for|bound to] another [domain|path]",
                "the clocks of {component} and the [identity provider|login server] [differ|drift]",
            ],
            remedies: [.reconnect, .renewCertificate, .setTo, .allowDomain],
            german: "bei {object} muss man sich ständig neu anmelden",
            spanish: "{object} pide la contraseña una y otra vez"),
        FailureMode(
            subjects: [
                "cannot [delete|remove] {object}", "{object} [comes back|cannot be deleted]",
                "[delete|removal] of {object} refused",
            ],
            complaints: [
                "we [cannot|can not|are not able to] [delete|remove|get rid of] the {object}",
                "a deleted {object} [comes back|is there again|reappears]",
                "the {object} [refuses|resists] to be [deleted|removed]",
                "the [delete|bin] button of the {object} [does nothing|is grey]",
            ],
            errors: ["{object} is still referenced", "foreign key on {object}", "delete of {object} vetoed"],
            causes: [
                "a hidden [reference|entry] in {field} [still points|points] to the {object}",
                "{job} [restores|brings back] {objects} from the [other system|backup copy]",
            ],
            remedies: [.clearJob, .fillIn, .switchOff, .assignRole],
            german: "{object} lässt sich nicht löschen und kommt immer wieder",
            spanish: "no se puede borrar {object}, vuelve a aparecer"),
        FailureMode(
            subjects: [
                "{object} [locked|blocked]", "{object} in use by [another user|nobody]", "lock on {object} stays",
            ],
            complaints: [
                "the {object} is [locked|blocked|in use], but nobody [works|is] in it",
                "we [cannot|can not] [edit|change] the {object} because [it is locked|of a lock]",
                "the lock on the {object} [stays|never goes away|remains for hours]",
                "the {object} says that [another user|somebody else] is [editing|working on] it",
            ],
            errors: [
                "{object} locked by another user", "lock wait timeout on {object}",
                "could not obtain lock for {object}",
            ],
            causes: [
                "a session that [died|broke off] [keeps|never released] the lock on the {object}",
                "{job} [holds|takes] the lock of the {object} until it ends",
            ],
            remedies: [.releaseLock, .setTo, .moveJob],
            german: "{object} ist gesperrt, obwohl niemand darin arbeitet",
            spanish: "{object} está bloqueado aunque nadie lo usa"),
        FailureMode(
            subjects: [
                "[limit|quota] for {objects} reached", "no more {objects} possible", "{object}: limit [hit|exceeded]",
            ],
            complaints: [
                "we [cannot|can not] [add|create] [any more|further|new] {objects}, a limit is [reached|hit]",
                "the {object} says our [quota|limit|contingent] is used up",
                "the {object} [stops|refuses] at {count} [entries|items]",
                "[creating|adding] one more {object} is [refused|not possible] although we [pay for|have] more",
            ],
            errors: ["quota of {object} reached", "limit exceeded: {object}", "no {object} left in plan"],
            causes: [
                "[deleted|archived] {objects} [count|still count] towards the limit",
                "the plan of the account is [read|taken] from {field}, which is [old|out of date]",
            ],
            remedies: [.raiseLimit, .emptyCache, .switchOn, .merge],
            german: "wir können keine weiteren {objects} anlegen, Limit erreicht",
            spanish: "no podemos crear más {objects}, límite alcanzado"),
    ]
}

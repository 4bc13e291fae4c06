extension FailureMode {
    /// What is kept is wrong.
    static let ofData = [
        FailureMode(
            subjects: [
                "[changes|edits] in {object} [lost|not saved]", "{object} does not keep [data|input]",
                "saving {object} has no effect",
            ],
            complaints: [
                "[changes to|edits of|the changes we make in] the {object} [are not saved|get lost|do not stick]",
                "the {object} [goes|jumps|falls] back to [its old state|the old values|what it was before]",
                "we [save|store|confirm] the {object} and [a moment later|afterwards] [everything|all of it] is [gone|as before]",
                "the {object} [forgets|drops|loses] [my|our] [input|entries|work]",
                "[nothing we type into|none of our entries in] the {object} [is kept|survives]",
            ],
            errors: ["{object} was changed meanwhile", "write conflict on {object}", "stale version of {object}"],
            causes: [
                "two sessions [write|save] the same {object} and the [older|slower] one wins",
                "the draft of the {object} is [kept in|taken from] the cache and never [written back|flushed]",
            ],
            remedies: [.releaseLock, .switchOff, .setTo, .emptyCache],
            german: "Änderungen an {object} werden nicht gespeichert, nach dem Speichern ist alles wieder wie vorher",
            spanish: "los cambios en {object} no se guardan y vuelve el estado anterior"),
        FailureMode(
            subjects: ["[duplicate|double] {objects}", "{object} [shows up|created] twice", "{objects} doubled"],
            complaints: [
                "every {object} [shows up|appears|is listed] twice",
                "we get [duplicate|double|two identical] {objects}",
                "the same {object} is [created|booked|made] two times",
                "[since then|now] there are [two copies|copies] of [nearly|almost] every {object}",
                "one click [makes|creates] two {objects} with the same number",
            ],
            errors: ["duplicate key for {object}", "{object} exists already", "unique constraint violated: {object}"],
            causes: [
                "the request for the {object} is [sent again|retried] after a timeout although the first one [went through|was done]",
                "{job} picks up {objects} that it has [already done|processed before]",
            ],
            remedies: [.merge, .switchOn, .moveJob, .clearJob],
            german: "jeder Eintrag unter {object} wird doppelt angelegt",
            spanish: "cada {object} aparece dos veces, se crean duplicados"),
        FailureMode(
            subjects: [
                "[wrong|incorrect] [total|sum] in {object}", "{object} [adds up|calculates] wrong",
                "figures in {object} [off|do not match]",
            ],
            complaints: [
                "the [total|sum|amount] [on|in|of] the {object} is [wrong|incorrect|off by a few cents]",
                "the {object} does not add up",
                "the figures in the {object} [differ from|do not match] [our books|what we expect]",
                "the {object} [calculates|computes] [too much|too little]",
                "[adding up|summing] the lines by hand gives another [result|total] than the {object}",
            ],
            errors: [
                "rounding difference in {object}", "sum check failed for {object}", "control total of {object} differs",
            ],
            causes: [
                "{object} rounds [every line|each position] and not the [total|sum]",
                "[cancelled|deleted] lines [still count|are still counted] in the {object} until {job} has run",
            ],
            remedies: [.setTo, .switchOn, .recreate, .fillIn],
            german: "die Summe in {object} stimmt nicht, der Betrag ist falsch",
            spanish: "el total de {object} es incorrecto, las cifras no cuadran"),
        FailureMode(
            subjects: [
                "[missing|lost] [rows|entries|lines] in {object}", "{object} incomplete",
                "not all {objects} [visible|shown]",
            ],
            complaints: [
                "[some|several|a part] of the {objects} [are missing|have vanished|do not show]",
                "the {object} is [incomplete|not complete], [rows|entries|lines] are missing",
                "we [cannot find|miss|no longer see] {objects} that were there [yesterday|last week|before]",
                "the {object} [stops|ends] after the first [page|lines]",
                "[colleagues|others] see [more|other] entries in the {object} than [I|we] do",
            ],
            errors: ["partial result for {object}", "cursor of {object} closed early", "{object} truncated"],
            causes: [
                "the list of {objects} is cut at {value} [entries|rows]",
                "{objects} without {field} are [filtered out|left out] [silently|without a message]",
            ],
            remedies: [.raiseLimit, .fillIn, .rebuildIndex, .assignRole],
            german: "in {object} fehlen Einträge, die gestern noch da waren",
            spanish: "faltan entradas en {object} que ayer estaban"),
        FailureMode(
            subjects: [
                "[garbled|broken|strange] characters in {object}", "[special characters|umlauts] wrong in {object}",
                "{object} unreadable",
            ],
            complaints: [
                "the {object} shows [strange|garbled|broken] [characters|letters|signs]",
                "[accents|umlauts|special characters] are [wrong|destroyed|replaced by question marks] in the {object}",
                "the text of the {object} is [unreadable|scrambled|full of odd symbols]",
                "names in the {object} [look|come out] [corrupted|mangled]",
            ],
            errors: ["cannot decode {object}", "invalid byte in {object}", "unmappable character in {object}"],
            causes: [
                "the file behind the {object} is [read|taken] as Latin-1 [although|but] it is UTF-8",
                "{component} [drops|ignores] the character set of the {object}",
            ],
            remedies: [.saveAsText, .setTo, .recreate],
            german: "in {object} sind alle Umlaute kaputt, man kann es nicht lesen",
            spanish: "los acentos salen mal en {object}, no se puede leer"),
        FailureMode(
            subjects: [
                "[wrong|shifted] [time|date] in {object}", "{object} one [day|hour] off", "time zone of {object}",
            ],
            complaints: [
                "the {object} shows the wrong [time|date|day]",
                "[times|dates] in the {object} are [shifted by|off by] [one hour|a day]",
                "the {object} is [dated|booked] on the day [before|after]",
                "we [enter|type] the right [date|time] and the {object} [makes|turns it into] another one",
            ],
            errors: ["date of {object} out of range", "{object} lies in the future", "invalid time zone for {object}"],
            causes: [
                "{component} [takes|reads] the time of the {object} as local and not as UTC",
                "the [zone|time zone] of the workspace is [not set|empty] and {object} uses that of the server",
            ],
            remedies: [.setTo, .switchOff, .mapField],
            german: "das Datum in {object} ist um einen Tag verschoben",
            spanish: "la fecha de {object} sale con un día de diferencia"),
        FailureMode(
            subjects: [
                "[gap|jump] in numbers of {objects}", "numbering of {object} wrong", "{object} number used twice",
            ],
            complaints: [
                "the numbers of the {objects} [have gaps|jump|skip]",
                "a new {object} gets [an old|a used|somebody else's] number",
                "the counter of the {object} [starts again at one|is reset|runs backwards]",
                "the [numbering|sequence] of our {objects} is [broken|out of order]",
            ],
            errors: ["number range of {object} exhausted", "sequence gap in {object}", "no next number for {object}"],
            causes: [
                "each node [keeps|reserves] a block of numbers for {objects} and [loses|drops] it at a restart",
                "the number range of the {object} [ends at|stops at] {value}",
            ],
            remedies: [.setTo, .raiseLimit, .switchOff, .clearJob],
            german: "die Nummern von {object} springen, es gibt Lücken",
            spanish: "la numeración de {object} salta, hay huecos"),
    ]
}

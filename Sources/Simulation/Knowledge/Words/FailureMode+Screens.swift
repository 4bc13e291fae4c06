extension FailureMode {
    /// What is shown is wrong.
    static let ofScreens = [
        FailureMode(
            subjects: ["{object} [very slow|takes forever]", "[slow|poor] performance of {object}", "{object} hangs"],
            complaints: [
                "the {object} is [very slow|terribly slow|slower than ever]",
                "the {object} takes [minutes|ages|forever] to [load|open|come up]",
                "[opening|loading|calling up] the {object} [lasts|needs] more than {count} seconds",
                "we [wait and wait|sit and wait] for the {object}", "the {object} [hangs|freezes|just spins]",
            ],
            errors: ["{object} timed out", "deadline exceeded in {object}", "query of {object} cancelled after 30 s"],
            causes: [
                "the query behind the {object} [reads|scans] all of {field} because an index is missing",
                "{object} [asks|calls] {component} once for each line",
            ],
            remedies: [.rebuildIndex, .moveJob, .emptyCache, .setTo],
            german: "{object} ist extrem langsam und lädt minutenlang",
            spanish: "{object} va muy lento, tarda minutos en cargar"),
        FailureMode(
            subjects: [
                "{object} [stays blank|empty page]", "[white|blank] [screen|page] in {object}",
                "{object} shows nothing",
            ],
            complaints: [
                "the {object} [stays|remains|is] [blank|white|empty]",
                "we only see [a white page|an empty screen|nothing at all] instead of the {object}",
                "the {object} does not [come up|appear|render] any more",
                "[clicking|a click] on the {object} [opens|gives] an empty [page|window]",
                "there is nothing to see [in|on] the {object}",
            ],
            errors: ["{object} could not be rendered", "template of {object} missing", "null value in {object}"],
            causes: [
                "the layout of the {object} [refers to|needs] {field}, which [was removed|no longer exists]",
                "the script of the {object} is [blocked|stopped] by the [security|content] policy",
            ],
            remedies: [.recreate, .switchOff, .emptyCache, .allowDomain],
            german: "{object} bleibt leer, man sieht nur eine weiße Seite",
            spanish: "{object} se queda en blanco, no se ve nada"),
        FailureMode(
            subjects: [
                "[search|lookup] does not find {object}", "cannot find {objects}",
                "{object} [not in|missing from] search",
            ],
            complaints: [
                "the search does not [find|show|return] [any|the right] {object}",
                "[searching|looking] for the {object} [gives|brings] no [hits|results]",
                "the {object} is there but [search|the search box] [ignores|misses] it",
                "I [type|enter] the exact name of the {object} and get [nothing|zero results]",
            ],
            errors: ["index of {object} not ready", "{object} not indexed", "search shard of {object} offline"],
            causes: [
                "the index of {objects} [was not rebuilt|is out of date] since {job} [failed|stopped]",
                "{field} is not [part of|in] the index of the {object}",
            ],
            remedies: [.rebuildIndex, .fillIn, .clearJob],
            german: "die Suche findet {object} nicht, obwohl es da ist",
            spanish: "la búsqueda no encuentra {object} aunque existe"),
        FailureMode(
            subjects: [
                "[print|layout] of {object} [broken|cut off]", "{object} prints wrong",
                "{object} [page|margin] problem",
            ],
            complaints: [
                "the [print|printout|paper version] of the {object} is [cut off|broken|unusable]",
                "[printing|when we print] the {object} [pushes|moves] the [last column|footer] to a [second|new] page",
                "the {object} [looks fine|is fine] on screen but not on paper",
                "the [logo|header] [is missing|overlaps the text] on the printed {object}",
            ],
            errors: ["page overflow in {object}", "font missing for {object}", "layout of {object} does not fit"],
            causes: [
                "the [paper|page] format of the {object} is [Letter|fixed] and the printer has A4",
                "the template of the {object} [embeds|uses] a font that {component} does not have",
            ],
            remedies: [.paperFormat, .recreate, .switchOff],
            german: "der Ausdruck von {object} ist abgeschnitten",
            spanish: "la impresión de {object} sale cortada"),
        FailureMode(
            subjects: [
                "[preview|picture] of {object} [old|outdated]", "{object} shows old [state|version]",
                "{object} not refreshed",
            ],
            complaints: [
                "the {object} [shows|displays] [an old|yesterday's|the previous] [state|version]",
                "the [preview|picture] of the {object} is [outdated|not current|days old]",
                "the {object} does not [refresh|update] [by itself|any more]",
                "only after [reloading|pressing F5] several times the {object} [is|becomes] current",
            ],
            errors: ["cached copy of {object} served", "{object} revision mismatch", "refresh of {object} skipped"],
            causes: [
                "the [proxy|cache] keeps the {object} for {value} minutes",
                "{component} [does not hear|is not told] when the {object} changes",
            ],
            remedies: [.exempt, .emptyCache, .switchOn],
            german: "{object} zeigt noch den alten Stand und aktualisiert sich nicht",
            spanish: "{object} muestra una versión antigua y no se actualiza"),
        FailureMode(
            subjects: [
                "[app|program] [crashes|closes] with {object}", "crash in {object}", "{object} [quits|kicks us out]",
            ],
            complaints: [
                "the [app|program|window] [crashes|closes itself|quits] when we [open|touch|use] the {object}",
                "the {object} [kicks|throws] us out [without a word|with no message]",
                "[opening|using] the {object} [kills|crashes] [the app|everything]",
                "the {object} [dies|breaks down] after a few seconds",
            ],
            errors: ["unexpected end in {object}", "out of memory in {object}", "{object} stopped (signal 11)"],
            causes: [
                "the {object} [loads|holds] all [pictures|attachments] in memory",
                "{component} [cannot cope|does not cope] with {objects} that have no {field}",
            ],
            remedies: [.fillIn, .switchOff, .raiseLimit, .emptyCache],
            german: "die App stürzt ab, sobald man {object} öffnet",
            spanish: "la aplicación se cierra al abrir {object}"),
    ]
}

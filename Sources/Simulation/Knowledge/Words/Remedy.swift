/// What solves one problem and hardly another, and the ways to write it.
enum Remedy: CaseIterable, Sendable {
    case setTo, switchOff, switchOn, rebuildIndex, assignRole, clearJob, renewCertificate, raiseLimit, saveAsText,
        reconnect
    case mapField, releaseLock, fillIn, moveJob, exempt, recreate, emptyCache, allowDomain, paperFormat, merge

    /// The ways to write it; none is without.
    var forms: [Pattern] { Self.forms[self] ?? [] }

    private static let forms: [Remedy: [Pattern]] = [
        .setTo: [
            "[Set|Change] {setting} to {value} under {menu}.", "Under {menu}, [put|set] {setting} to {value}.",
            "Go to {menu} and [enter|choose] {value} for {setting}.",
        ],
        .switchOff: [
            "[Switch off|Disable|Turn off] {setting} in {menu}.", "In {menu}, [untick|clear] the box {setting}.",
            "{setting} must be off: [disable|deactivate] it under {menu}.",
        ],
        .switchOn: [
            "[Switch on|Enable|Activate] {setting} in {menu}.", "In {menu}, tick the box {setting}.",
            "{setting} must be on: [enable|activate] it under {menu}.",
        ],
        .rebuildIndex: [
            "[Rebuild|Recreate] the index {field} of the {object} under {menu}.",
            "Under {menu}, [start|run] the rebuild of the index {field}.",
            "Open {menu}, select the index {field} and [press|choose] Rebuild.",
        ],
        .assignRole: [
            "[Give|Assign] the role {role} to the [users|people affected] under {menu}.",
            "Open {menu} and add [them|the users] to {role}.", "The users need {role}; [assign|grant] it in {menu}.",
        ],
        .clearJob: [
            "[Delete|Remove] the stuck entry from {job} and start {job} again.",
            "Stop {job}, [delete|clear] its oldest entry and start it again.",
            "Open the queue of {job}, [remove|discard] the first entry, then run {job} once.",
        ],
        .renewCertificate: [
            "[Renew|Replace] the certificate of {component} and [upload|import] it under {menu}.",
            "Upload a new certificate for {component} in {menu}.",
            "Under {menu}, swap the expired certificate of {component} for a new one.",
        ],
        .raiseLimit: [
            "[Increase|Raise] {setting} to {value} in {menu}.", "In {menu}, raise the limit {setting} to {value}.",
            "The limit {setting} is too low: set it to {value} under {menu}.",
        ],
        .saveAsText: [
            "Save the file as UTF-8 with {value} columns and [import|load] it again through {menu}.",
            "Export the file once more as UTF-8, keep {value} columns and use {menu} to import it.",
        ],
        .reconnect: [
            "Reconnect the {jargon} connector: revoke the old token and [create|issue] a new one under {menu}.",
            "Under {menu}, delete the {jargon} token and connect {jargon} again with a new one.",
        ],
        .mapField: [
            "Map {field} to {target} in {menu}.", "Open {menu} and [connect|map] the field {field} with {target}.",
            "In the mapping under {menu}, choose {target} for {field}.",
        ],
        .releaseLock: [
            "[Release|Remove] the lock of the {object} under {menu}.",
            "Open {menu}, look for the {object} and [choose|press] Release lock.",
            "An admin can clear the lock of the {object} in {menu}.",
        ],
        .fillIn: [
            "[Fill in|Complete] {field} for all {objects} in {menu}.",
            "Every {object} needs {field}; use {menu} to fill it in [for all|in bulk].",
            "Run the bulk edit under {menu} and set {field}.",
        ],
        .moveJob: [
            "[Move|Shift] {job} to {hour} o'clock under {menu}.",
            "In {menu}, [plan|schedule] {job} for {hour} o'clock.",
            "{job} must not run in office hours: set it to {hour} o'clock in {menu}.",
        ],
        .exempt: [
            "[Exclude|Exempt] the {object} from the cache rule {setting} in {menu}.",
            "Add the {object} to the exceptions of {setting} under {menu}.",
        ],
        .recreate: [
            "[Recreate|Create anew] the {object} from the template {jargon} and [copy|carry over] {field}.",
            "Delete the {object}, make a new one from the template {jargon} and copy {field} by hand.",
        ],
        .emptyCache: [
            "[Clear|Empty] the {jargon} cache of {component} under {menu}.",
            "In {menu}, press Empty for the {jargon} cache.",
            "The {jargon} cache of {component} has to be emptied in {menu}.",
        ],
        .allowDomain: [
            "[Allow|Add] the {jargon} domain in the list {setting} under {menu}.",
            "Put the domain of {jargon} on the allow list {setting} ({menu}).",
        ],
        .paperFormat: [
            "[Change|Switch] the [page|paper] format to [A4|that of the printer] in {menu} and save the template {jargon} again.",
            "Open the template {jargon} in {menu}, choose A4 and save.",
        ],
        .merge: [
            "[Merge|Combine] the two {objects} with the {jargon} tool under {menu}; keep the one with {field}.",
            "Use {jargon} in {menu} to merge the {objects}, the one that has {field} stays.",
        ],
    ]
}

import Records

/// What became of the changes of a trial.
struct SyncResult: Encodable {
    var system: String
    var seed: UInt64
    var changes = 0
    var kills = 0
    /// What was changed on one side and is not there on the other.
    var lost = 0
    /// What is on one side more often than it was made.
    var duplicated = 0
    /// What came back as new to the side it came from.
    var echoed = 0
    /// The changes that a person on the other side overrode, or the system refused, with a reason that is kept.
    var overruled = 0
    var refused = 0
    /// The requests that casebook made for each change, or nil where nobody counts them.
    var requestsPerChange: Double?
    /// The seconds until nothing was left to be done, from the first change.
    var seconds = 0.0
    var timedChanges = 0
    var arrivalP50Seconds: Double?
    var arrivalP99Seconds: Double?
    var enrichP99Seconds: Double?
    /// What differs, of very much the first.
    var differences: [String] = []

    private enum CodingKeys: String, CodingKey {
        case system, seed, changes, kills, lost, duplicated, echoed, overruled, refused, requestsPerChange, seconds,
            timedChanges
        case arrivalP50Seconds, arrivalP99Seconds, enrichP99Seconds
    }

    mutating func differ(_ line: String) {
        if differences.count < 50 { differences.append(line) }
    }

    /// For people.
    var text: String {
        func shown(_ number: Double?) -> String { number.map { "\($0.rounded(places: 3))" } ?? "not measured" }
        return """
            \(system), seed \(seed): \(changes) changes, \(kills) kills, \(seconds.rounded()) s
            lost \(lost), duplicated \(duplicated), echoed \(echoed), overruled \(overruled), refused \(refused)
            requests a change \(shown(requestsPerChange))
            arrival of \(timedChanges) changes: median \(shown(arrivalP50Seconds)) s, 99 % \(shown(arrivalP99Seconds)) s
            from a change to the note in the ticket: 99 % \(shown(enrichP99Seconds)) s
            """
    }
}

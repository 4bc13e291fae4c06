internal import Features
internal import Records

/// Finds the account and the deployment of each line, as far as mentions, traces, keys and the use of deployments tell.
struct LineResolver: Sendable {
    private var traces = KeyOwners()
    private var keys = KeyOwners()
    /// For each deployment its account when it has but one, else -1.
    private let soleAccount: [Int32]
    /// For each account its deployment when it has but one, else -1.
    private let soleDeployment: [Int32]

    init(_ directory: CustomerDirectory) {
        func sole(_ indexes: [Int]) -> Int32 { indexes.count == 1 ? Int32(truncatingIfNeeded: indexes[0]) : -1 }
        soleAccount = directory.accountsOfDeployment.map(sole)
        soleDeployment = directory.deploymentsOfAccount.map(sole)
    }

    /// Learns from some lines whose their traces and their keys are.
    mutating func learn(_ sightings: LogSightings) {
        // Neither table needs the other one, and each fills as fast as memory answers.
        let known = [traces, keys]
        (traces, keys) = (KeyOwners(), KeyOwners())
        let owners = concurrently(2, by: 1) { table in
            var owners = known[table.lowerBound]
            for line in sightings.lines {
                if table == 0..<1 {
                    Self.learnTrace(of: line, sightings, into: &owners)
                } else {
                    Self.learnKeys(of: line, sightings, into: &owners)
                }
            }
            return owners
        }
        traces = owners[0]
        keys = owners[1]
    }

    private static func learnTrace(of line: LogSighting, _ sightings: LogSightings, into traces: inout KeyOwners) {
        guard line.trace != 0 else { return }
        traces.add(line.trace, account: soleMention(sightings.mentions(of: line)))
    }

    private static func learnKeys(of line: LogSighting, _ sightings: LogSightings, into keys: inout KeyOwners) {
        guard line.joinKeyCount > 0 else { return }
        let account = soleMention(sightings.mentions(of: line))
        for key in sightings.joinKeys(of: line) { keys.add(key, account: account) }
    }

    /// Learns from a line and finds its accounts by what was learnt so far.
    mutating func resolve(_ line: LogSighting, of sightings: LogSightings) -> [AccountLine] {
        Self.learnTrace(of: line, sightings, into: &traces)
        Self.learnKeys(of: line, sightings, into: &keys)
        var found: [AccountLine] = []
        let time = line.time == LogSighting.noTime ? line.observedTime : line.time
        append(line, of: sightings, index: 0, time: Double(time) / 1e9, to: &found)
        return found
    }

    /// Appends a line once for each account that it names surely, or else once.
    func append(
        _ sighting: LogSighting, of sightings: LogSightings, index: Int32, time: Double, to lines: inout [AccountLine]
    ) {
        var line = AccountLine(
            time: time, index: index, signature: sighting.signature, deployment: sighting.deployment, account: -1,
            place: sighting.place, version: sighting.version, severity: sighting.severity, via: .none, isRepeat: false,
            trace: sighting.trace,
            unit: sighting.trace != 0 ? sighting.trace : sightings.joinKeys(of: sighting).first ?? 0)
        for mention in sightings.mentions(of: sighting) where mention.form != .similar {
            line.account = mention.account
            line.via = mention.form == .id ? .id : mention.form == .alias ? .alias : .address
            place(&line)
            lines.append(line)
            line.isRepeat = true
        }
        if line.isRepeat { return }
        if sighting.trace != 0, let account = traces.account(of: sighting.trace) {
            line.account = account
            line.via = .trace
        } else if let account = sightings.joinKeys(of: sighting).lazy.compactMap(keys.account).first {
            line.account = account
            line.via = .joinKey
        } else if let mention = sightings.mentions(of: sighting).first {
            line.account = mention.account
            line.via = .similar
        } else if line.deployment >= 0, soleAccount[Int(line.deployment)] >= 0 {
            line.account = soleAccount[Int(line.deployment)]
            line.via = .soleAccount
        }
        place(&line)
        lines.append(line)
    }

    private func place(_ line: inout AccountLine) {
        if line.deployment < 0, line.account >= 0 { line.deployment = soleDeployment[Int(line.account)] }
    }

    /// The one account that a line names surely; -1 when it names none or several.
    private static func soleMention(_ mentions: ArraySlice<AccountMention>) -> Int32 {
        var account: Int32 = -1
        for mention in mentions where mention.form != .similar {
            if account >= 0, account != mention.account { return -1 }
            account = mention.account
        }
        return account
    }
}

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
        withUnsafeMutablePointer(to: &traces) { traces in
            withUnsafeMutablePointer(to: &keys) { keys in
                // Neither table needs the other one, and each fills as fast as memory answers; to change them where they stand copies neither.
                nonisolated(unsafe) let (traces, keys) = (traces, keys)
                _ = concurrently {
                    for line in sightings.lines { Self.learnTrace(of: line, sightings, into: &traces.pointee) }
                } _: {
                    for line in sightings.lines { Self.learnKeys(of: line, sightings, into: &keys.pointee) }
                }
            }
        }
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
            line.deployment = deployment(line.deployment, of: line.account)
            lines.append(line)
            line.isRepeat = true
        }
        if line.isRepeat { return }
        (line.account, line.via) = unnamed(sighting, of: sightings)
        line.deployment = deployment(line.deployment, of: line.account)
        lines.append(line)
    }

    /// The account of a line, of several that it names the first one, and its deployment; -1 where they are not known.
    @inline(__always)
    func first(_ sighting: LogSighting, of sightings: LogSightings) -> (account: Int32, deployment: Int32) {
        for place in sighting.mentionRange where sightings.mentions[place].form != .similar {
            let account = sightings.mentions[place].account
            return (account, deployment(sighting.deployment, of: account))
        }
        let account = unnamed(sighting, of: sightings).account
        return (account, deployment(sighting.deployment, of: account))
    }

    /// The account of a line that names none surely.
    private func unnamed(
        _ sighting: LogSighting, of sightings: LogSightings
    ) -> (account: Int32, via: AccountLine.Via) {
        if sighting.trace != 0, let account = traces.account(of: sighting.trace) { return (account, .trace) }
        if let account = sightings.joinKeys(of: sighting).lazy.compactMap(keys.account).first {
            return (account, .joinKey)
        }
        if let mention = sightings.mentions(of: sighting).first { return (mention.account, .similar) }
        if sighting.deployment >= 0, soleAccount[Int(sighting.deployment)] >= 0 {
            return (soleAccount[Int(sighting.deployment)], .soleAccount)
        }
        return (-1, .none)
    }

    /// The deployment of a line that says none is that of its account, where that has but one.
    private func deployment(_ deployment: Int32, of account: Int32) -> Int32 {
        deployment < 0 && account >= 0 ? soleDeployment[Int(account)] : deployment
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

internal import Records

/// The lines of a log in order of time, each with its account, as far as mentions, traces, keys and deployments tell.
struct AccountLines {
    /// The lines; one that names several accounts stands once for each.
    let lines: [AccountLine]
    /// The number of lines that were read.
    let count: Int

    init(_ sightings: LogSightings, _ directory: CustomerDirectory) {
        count = sightings.lines.count
        let clock = ClockOffsets(sightings)
        var traces = KeyOwners()
        var keys = KeyOwners()
        traces.reserve(sightings.lines.count / 2)
        keys.reserve(sightings.joinKeys.count / 4)
        for line in sightings.lines {
            guard line.trace != 0 || line.joinKeyCount > 0 else { continue }
            let account = Self.soleMention(sightings.mentions(of: line))
            if line.trace != 0 { traces.add(line.trace, account: account) }
            for key in sightings.joinKeys(of: line) { keys.add(key, account: account) }
        }
        let soleAccount = directory.accountsOfDeployment.map { $0.count == 1 ? Int32(truncatingIfNeeded: $0[0]) : -1 }
        let soleDeployment = directory.deploymentsOfAccount.map {
            $0.count == 1 ? Int32(truncatingIfNeeded: $0[0]) : -1
        }

        var lines: [AccountLine] = []
        lines.reserveCapacity(sightings.lines.count)
        for (index, sighting) in sightings.lines.enumerated() {
            var line = AccountLine(
                time: clock.seconds(of: sighting), index: Int32(truncatingIfNeeded: index),
                signature: sighting.signature, deployment: sighting.deployment, account: -1, place: sighting.place,
                severity: sighting.severity, via: .none, isRepeat: false, trace: sighting.trace)
            for mention in sightings.mentions(of: sighting) where mention.form != .similar {
                line.account = mention.account
                line.via = mention.form == .id ? .id : mention.form == .alias ? .alias : .address
                if line.deployment < 0 { line.deployment = soleDeployment[Int(mention.account)] }
                lines.append(line)
                line.isRepeat = true
            }
            if line.isRepeat { continue }
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
            if line.deployment < 0, line.account >= 0 { line.deployment = soleDeployment[Int(line.account)] }
            lines.append(line)
        }
        // Ties keep the order of arrival.
        lines.sort { ($0.time, $0.index) < ($1.time, $1.index) }
        self.lines = lines
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

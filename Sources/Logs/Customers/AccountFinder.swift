public import Records

/// Finds in log records whom they concern and where they come from.
///
/// Names of accounts are looked for in the values of attributes and of the resource and in the words of the message. Which places hold
/// names of accounts is learnt, not told (see ``PlaceEvidence``): an ordinary word or a number counts where the values of its place are
/// names of accounts more than chance explains; what says enough by itself counts anywhere but where it is contradicted.
///
/// What was found is settled by ``take()``, by all that was learnt until then: for a log once at its end, so that its first lines are
/// read by what the last ones taught, and it need be read but once; for a stream after each record. The price of it is the memory of the
/// names that wait: 20 bytes each, beside 64 of the record.
///
/// Memory besides: ``NamePlaces/most`` places of 170 bytes, ``SourcePlaces/most`` services and hosts, and tables of fixed size.
public struct AccountFinder: Sendable {
    /// The most pairs of service and host that are told apart.
    public static let mostPlaces = SourcePlaces.most

    private let directory: CustomerDirectory
    private let regions: RegionNames
    private var scan: RecordScan
    private var sources = SourcePlaces()
    private var versions = SourceVersions()
    private var usage: NameUsage
    private var sightings = LogSightings()
    private var candidates: [NameCandidate] = []
    /// The chance that an account uses a deployment, for each of them.
    private let chanceToAgree: [Float]
    /// The records so far.
    private var records = 0

    /// Looks for the accounts of a directory.
    public init(_ directory: CustomerDirectory) {
        self.init(directory, remembersForms: true)
    }

    /// - Parameter remembersForms: See ``RecordScan/init(_:_:remembersForms:)``.
    init(_ directory: CustomerDirectory, remembersForms: Bool) {
        self.directory = directory
        let regions = RegionNames(directory)
        self.regions = regions
        scan = RecordScan(AccountNames(directory), regions, remembersForms: remembersForms)
        usage = NameUsage(accounts: directory.accounts.count)
        chanceToAgree = directory.accountsOfDeployment.map {
            Float($0.count) / Float(max(1, directory.accounts.count))
        }
    }

    /// The records since the last call of ``take()``.
    var pending: Int { sightings.lines.count }

    /// Sets the signatures or shapes of the last records; -1 where one has none.
    mutating func setSignatures(_ numbers: [Int32]) {
        let first = sightings.lines.count - numbers.count
        for (index, number) in numbers.enumerated() { sightings.lines[first + index].signature = number }
    }

    /// Makes room for as many records between two calls of ``take()``.
    mutating func reserveCapacity(_ records: Int) {
        sightings.lines.reserveCapacity(records)
        candidates.reserveCapacity(records)
    }

    /// Takes the memory of sightings that ``take()`` has given and that nobody needs any more.
    mutating func reuse(_ taken: consuming LogSightings) {
        guard sightings.lines.isEmpty else { return }
        taken.removeAll()
        sightings = taken
    }

    /// Takes a record.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - batch: The batch that holds it.
    ///   - signature: The number of its signature or shape; -1 when it has none.
    public mutating func add(_ record: LogRecord, in batch: LogBatch, signature: Int32 = -1) {
        batch.bytes.withUnsafeBytes { bytes in
            batch.fields.withUnsafeBufferPointer { add(record, $0, bytes, signature) }
        }
    }

    /// Takes all records of a batch, whose signatures are set later.
    mutating func add(_ batch: LogBatch) {
        batch.bytes.withUnsafeBytes { bytes in
            batch.fields.withUnsafeBufferPointer { fields in
                for record in batch.records { add(record, fields, bytes, -1) }
            }
        }
    }

    private mutating func add(
        _ record: LogRecord, _ fields: UnsafeBufferPointer<LogField>, _ bytes: UnsafeRawBufferPointer,
        _ signature: Int32
    ) {
        records += 1
        var line = LogSighting(
            time: record.time == LogRecord.noTime ? LogSighting.noTime : record.time, observedTime: record.observedTime,
            trace: record.traceID.high &* 0x9E37_79B9_7F4A_7C15 ^ record.traceID.low, signature: signature,
            firstMention: UInt32(truncatingIfNeeded: candidates.count),
            firstJoinKey: UInt32(truncatingIfNeeded: sightings.joinKeys.count), severity: record.countedSeverity)
        scan.begin(records: records)
        scan.take(record.resource, fields, bytes, .resource)
        scan.take(record.fields, fields, bytes, .attribute)
        scan.takeText(of: record, bytes)
        line.place = sources.number(scan.service, scan.host, in: bytes)
        line.version = versions.number(scan.version, in: bytes)
        line.deployment = scan.deployment >= 0 ? scan.deployment : regions.deployment(scan.areas) ?? -1
        settleClaims(line.deployment)
        if !scan.found.isEmpty { learn(line.deployment) }
        if let account = soleAccount { scan.shortNumbers.learn(account) }
        line.mentionCount = UInt8(truncatingIfNeeded: scan.found.count)
        for candidate in scan.found { candidates.append(candidate) }
        line.joinKeyCount = UInt8(truncatingIfNeeded: scan.joinKeys.count)
        for key in scan.joinKeys { sightings.joinKeys.append(key) }
        sightings.lines.append(line)
    }

    /// The records since the last call with the accounts that they name, by what is known now.
    public mutating func take() -> LogSightings {
        var taken = LogSightings()
        swap(&taken, &sightings)
        var judgement = NameJudgement(scan.places, usage, remembering: candidates.count > 256)
        for index in taken.lines.indices {
            let first = Int(taken.lines[index].firstMention)
            let count = Int(taken.lines[index].mentionCount)
            taken.lines[index].firstMention = UInt32(truncatingIfNeeded: taken.mentions.count)
            var accepted = 0
            for place in first..<first + count where judgement.accepts(candidates[place], scan.names) {
                let mention = AccountMention(account: candidates[place].account, form: candidates[place].form)
                let known = taken.mentions.count - accepted..<taken.mentions.count
                if let same = known.first(where: { taken.mentions[$0].account == mention.account }) {
                    if mention.form.rawValue < taken.mentions[same].form.rawValue { taken.mentions[same] = mention }
                    continue
                }
                taken.mentions.append(mention)
                accepted += 1
            }
            taken.lines[index].mentionCount = UInt8(truncatingIfNeeded: accepted)
        }
        taken.services = sources.services
        taken.hosts = sources.hosts
        taken.versions = versions.names
        candidates.removeAll(keepingCapacity: true)
        return taken
    }

    /// The account that the record names beyond doubt; nil when it names none or several.
    private var soleAccount: Int32? {
        var account: Int32?
        for candidate in scan.found where candidate.distinction == .distinct && candidate.form != .similar {
            guard account == nil || account == candidate.account else { return nil }
            account = candidate.account
        }
        return account
    }

    /// A name that several accounts claim speaks weakly for the one of them that uses the deployment of the record.
    private mutating func settleClaims(_ deployment: Int32) {
        for claim in scan.claims {
            guard deployment >= 0 else { continue }
            let users = scan.names.claimants(claim.name).filter {
                directory.deploymentsOfAccount[Int($0)].contains(Int(deployment))
            }
            guard users.count == 1, let account = users.first else { continue }
            scan.addSettled(claim, account: account)
        }
    }

    /// Learns from the names of a record how well its places agree with its deployment and with each other.
    private mutating func learn(_ deployment: Int32) {
        for candidate in scan.found where candidate.form != .similar {
            let own = directory.deploymentsOfAccount[Int(candidate.account)]
            if deployment >= 0, !own.isEmpty {
                let agrees = own.contains(Int(deployment))
                let chance = chanceToAgree[Int(deployment)]
                scan.places.add(agrees: agrees, chance: chance, in: candidate.fine)
                if candidate.coarse != candidate.fine {
                    scan.places.add(agrees: agrees, chance: chance, in: candidate.coarse)
                }
                if candidate.distinction == .distinct, !candidate.isTold, !candidate.isCertain {
                    usage.add(candidate.account, deployment: deployment, agrees: agrees)
                }
            }
            for other in scan.found where other.fine != candidate.fine && other.isCertain {
                scan.places.add(isJoined: other.account == candidate.account, in: candidate.fine)
                break
            }
        }
    }
}

internal import Glibc
public import Records

/// Finds in log records whom they concern and where they come from.
///
/// Names of accounts are looked for in the values of attributes and of the resource and in the words of the message. Which places
/// hold names of accounts is learnt, not told: a name that says enough by itself counts anywhere but in a place that always says the same;
/// an ordinary word or a number counts where the values of its place (a key, or the n-th word of a shape) are names of accounts as a rule; see
/// ``NamePlaces``. What was found is settled by ``take()``, by all that was learnt until then: once at the end of a log, or after each
/// record of a stream.
///
/// Memory: 64 bytes a record until it is taken, at most ``NamePlaces/most`` places and ``mostPlaces`` services and hosts.
public struct AccountFinder: Sendable {
    /// The most pairs of service and host that are told apart.
    public static let mostPlaces = 65_536
    /// The most mentions of a record, and the most keys.
    static let most = (mentions: 8, keys: 4)

    /// An account that a record may name.
    struct Candidate: BitwiseCopyable {
        var name: AccountNames.Name
        /// The number of the place of the name, -1 when there was no room for it.
        var place: Int32
    }

    let names: AccountNames
    let directory: CustomerDirectory
    var places: NamePlaces
    var sightings = LogSightings()
    var candidates: [Candidate] = []
    private var keys = SourceKeys()
    private var placeNumbers: [String: Int32] = [:]
    private var placeNames = (services: [String](), hosts: [String]())
    private let regions: RegionNames

    /// Looks for the accounts of a directory.
    public init(_ directory: CustomerDirectory) {
        self.directory = directory
        names = AccountNames(directory)
        places = NamePlaces()
        regions = RegionNames(directory)
    }

    /// Takes a record.
    ///
    /// - Parameters:
    ///   - record: The record.
    ///   - batch: The batch that holds it.
    ///   - signature: The number of its signature or shape; -1 when it has none.
    public mutating func add(_ record: LogRecord, in batch: LogBatch, signature: Int32) {
        var line = LogSighting(
            time: record.time == LogRecord.noTime ? LogSighting.noTime : record.time, observedTime: record.observedTime,
            trace: record.traceID.high &* 0x9E37_79B9_7F4A_7C15 ^ record.traceID.low, signature: signature,
            firstMention: UInt32(truncatingIfNeeded: candidates.count),
            firstJoinKey: UInt32(truncatingIfNeeded: sightings.joinKeys.count), severity: record.severityNumber)
        batch.bytes.withUnsafeBytes { bytes in
            var scan = RecordScan(names: names, bytes: bytes, signature: signature)
            for range in [record.resource, record.fields] where range.count > 0 {
                for index in Int(range.start)..<Int(range.start) + Int(range.count) {
                    let field = batch.fields[index]
                    if field.scope == .used { continue }
                    scan.takeField(field, keys.facts(UnsafeRawBufferPointer(rebasing: bytes[batch.range(field.key)])))
                }
            }
            // Not the message alone: a header or what follows it may name the account.
            scan.takeMessage(batch.range(record.body))
            line.deployment = scan.deployment ?? regions.deployment(scan.areas) ?? -1
            line.place = place(scan.service.map { bytes[$0] }, scan.host.map { bytes[$0] })
            for var found in scan.found {
                found.candidate.place = places.note(
                    found, signature: signature, deployment: line.deployment, directory: directory)
                candidates.append(found.candidate)
            }
            line.mentionCount = UInt8(truncatingIfNeeded: scan.found.count)
            sightings.joinKeys += scan.keys
            line.joinKeyCount = UInt8(truncatingIfNeeded: scan.keys.count)
            places.count(signature: signature, keys: scan.keyPlaces)
        }
        sightings.lines.append(line)
    }

    /// The records since the last call with the accounts that they name, by what is known now.
    public mutating func take() -> LogSightings {
        var taken = sightings
        let rules = places.rules()
        for index in taken.lines.indices {
            let line = taken.lines[index]
            let first = Int(line.firstMention)
            taken.lines[index].firstMention = UInt32(truncatingIfNeeded: taken.mentions.count)
            var count: UInt8 = 0
            for candidate in candidates[first..<first + Int(line.mentionCount)] where rules.accept(candidate) {
                let mention = AccountMention(account: candidate.name.account, form: candidate.name.form)
                if taken.mentions.suffix(Int(count)).contains(where: { $0.account == mention.account }) { continue }
                taken.mentions.append(mention)
                count += 1
            }
            taken.lines[index].mentionCount = count
        }
        taken.services = placeNames.services
        taken.hosts = placeNames.hosts
        sightings = LogSightings()
        candidates.removeAll(keepingCapacity: true)
        return taken
    }

    private mutating func place(_ service: Slice<UnsafeRawBufferPointer>?, _ host: Slice<UnsafeRawBufferPointer>?)
        -> Int32
    {
        guard service != nil || host != nil else { return -1 }
        let serviceName = service.map { String(decoding: $0.prefix(128), as: UTF8.self) } ?? ""
        let hostName = host.map { String(decoding: $0.prefix(128), as: UTF8.self) } ?? ""
        let key = serviceName + "\u{1F}" + hostName
        if let known = placeNumbers[key] { return known }
        guard placeNumbers.count < Self.mostPlaces else { return -1 }
        let number = Int32(truncatingIfNeeded: placeNumbers.count)
        placeNumbers[key] = number
        placeNames.services.append(serviceName)
        placeNames.hosts.append(hostName)
        return number
    }
}

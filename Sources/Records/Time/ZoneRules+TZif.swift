extension ZoneRules {
    /// Where systems keep the zones of the IANA time zone database.
    public static let systemFolder = "/usr/share/zoneinfo"

    /// The zone with a name of the IANA time zone database, or with a fixed offset such as `+02:00`.
    ///
    /// The rules are read from the compiled files of the system (TZif, RFC 8536): the parser of FoundationEssentials
    /// knows no named zones without the whole of ICU, which would cost more start-up time than scoring.
    ///
    /// - Parameters:
    ///   - identifier: `UTC`, `GMT`, `Z`, an offset, or a name such as `Europe/Rome`.
    ///   - folder: The folder of the compiled database.
    /// - Throws: ``RecordError/unknownZone(_:)``.
    public init(identifier: String, folder: String = ZoneRules.systemFolder) throws(RecordError) {
        if ["UTC", "GMT", "Z", "Etc/UTC"].contains(identifier) {
            self = .utc
            return
        }
        if identifier.hasPrefix("+") || identifier.hasPrefix("-") {
            let example = "1970-01-02T00:00:00" + identifier
            guard let midnight = Instant(iso8601: example) else { throw .unknownZone(identifier) }
            self.init(offset: 86_400 - Int(midnight.seconds))
            return
        }
        let letters = identifier.utf8.allSatisfy { byte in
            UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 || UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
                || [UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "+")].contains(byte)
        }
        guard letters, !identifier.isEmpty, !identifier.hasPrefix("/"),
            let file = try? RecordFile(reading: folder + "/" + identifier), let rules = ZoneRules(tzif: file.bytes)
        else { throw .unknownZone(identifier) }
        self = rules
    }

    /// Reads compiled rules (TZif, RFC 8536, version 2 or later), and applies the footer's rule to the years up to
    /// 2200.
    ///
    /// - Returns: nil when the bytes are no such file.
    init?(tzif bytes: [UInt8]) {
        guard let first = TZifHeader(bytes, at: 0), first.version >= 2,
            let header = TZifHeader(bytes, at: first.end(timeSize: 4))
        else { return nil }
        let end = header.end(timeSize: 8)
        guard end <= bytes.count, header.typeCount > 0 else { return nil }
        let times = header.start
        let kinds = times + header.timeCount * 8
        let types = kinds + header.timeCount
        func offset(ofType type: Int) -> Int {
            Int(Int32(truncatingIfNeeded: TZifHeader.integer(bytes, at: types + type * 6, size: 4)))
        }
        var changes: [Double] = []
        var offsets = [offset(ofType: 0)]
        for index in 0..<header.timeCount {
            let type = Int(bytes[kinds + index])
            guard type < header.typeCount else { return nil }
            let offset = offset(ofType: type)
            // A change of the name or of the daylight flag alone leaves the clock as it is.
            if offset == offsets[offsets.count - 1] { continue }
            changes.append(Double(TZifHeader.integer(bytes, at: times + index * 8, size: 8)))
            offsets.append(offset)
        }
        let footer = String(decoding: bytes[end...].drop { $0 == 0x0A }.prefix { $0 != 0x0A }, as: UTF8.self)
        if let rule = PosixZoneRule(footer) {
            let last = changes.last ?? -Double.infinity
            let firstYear = last.isFinite ? min(2200, max(1970, CivilTime(localSeconds: last).year)) : 1970
            for change in rule.changes(years: firstYear...2200)
            where change.time > last && change.offset != offsets[offsets.count - 1] {
                changes.append(change.time)
                offsets.append(change.offset)
            }
        }
        guard zip(changes, changes.dropFirst()).allSatisfy({ $0 < $1 }) else { return nil }
        self.init(changes: changes, offsets: offsets)
    }
}

/// The header of one data block of a TZif file.
private struct TZifHeader {
    let version: Int
    /// Where the times of change begin.
    let start: Int
    let timeCount: Int
    let typeCount: Int
    private let tail: (letters: Int, leaps: Int, standards: Int, locals: Int)

    init?(_ bytes: [UInt8], at offset: Int) {
        guard offset >= 0, offset + 44 <= bytes.count, bytes[offset..<(offset + 4)].elementsEqual("TZif".utf8) else {
            return nil
        }
        version = bytes[offset + 4] == 0 ? 1 : Int(bytes[offset + 4]) - 48
        start = offset + 44
        func count(_ index: Int) -> Int { Self.integer(bytes, at: offset + 20 + index * 4, size: 4) }
        timeCount = count(3)
        typeCount = count(4)
        tail = (count(5), count(2), count(1), count(0))
    }

    func end(timeSize: Int) -> Int {
        start + timeCount * (timeSize + 1) + typeCount * 6 + tail.letters + tail.leaps * (timeSize + 4) + tail.standards
            + tail.locals
    }

    static func integer(_ bytes: [UInt8], at offset: Int, size: Int) -> Int {
        var word: UInt64 = 0
        for byte in bytes[offset..<(offset + size)] { word = word << 8 | UInt64(byte) }
        return Int(truncatingIfNeeded: word)
    }
}

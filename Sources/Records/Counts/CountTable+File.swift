internal import FoundationEssentials

/// The file of a table: eight bytes `CASECNT1`, the length of the names as a little-endian 64-bit number, the names as JSON, the number of cells,
/// the cells as differences in seven bits a byte (LEB128), and a checksum (FNV-1a, 64 bits) of all before it.
extension CountTable {
    private struct Names: Codable {
        var signatures: [Name]
        var accounts: [String]
        var deployments: [String]
        var versions: [String]
        var environments: [String]
        /// Files without them are of lines whose services were not counted.
        var services: [String]?
        /// The indexes of the account, the deployment, the version, the environment and, where there are services, the service.
        var scopes: [[Int32]]
        /// See ``CountTable/hasExposures``; files without it have none.
        var exposures: Bool?
    }

    private static let magic = Array("CASECNT1".utf8)

    /// The bytes of the file: about four a cell.
    public var fileBytes: [UInt8] {
        let names = Names(
            signatures: signatures, accounts: accounts, deployments: deployments, versions: versions,
            environments: environments, services: services.isEmpty ? nil : services,
            scopes: scopes.map {
                let parts = [$0.account, $0.deployment, $0.version, $0.environment]
                return services.isEmpty ? parts : parts + [$0.service]
            },
            exposures: hasExposures ? true : nil)
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        let json = (try? encoder.encode(names)) ?? Data()
        var bytes = Self.magic
        Self.append(UInt64(json.count), to: &bytes)
        bytes += json
        Self.append(UInt64(cells.count), to: &bytes)
        var last = Cell(signature: -1, hour: 0, scope: 0, count: 0)
        for cell in cells {
            let isNext = cell.signature != last.signature
            Self.appendVarint(UInt64(cell.signature - last.signature), to: &bytes)
            Self.appendVarint(Self.zigzag(Int64(cell.hour) - (isNext ? 0 : Int64(last.hour))), to: &bytes)
            Self.appendVarint(UInt64(cell.scope), to: &bytes)
            Self.appendVarint(UInt64(cell.count), to: &bytes)
            last = cell
        }
        Self.append(FNV1a.hash(bytes[...]), to: &bytes)
        return bytes
    }

    /// Reads the file of a table.
    ///
    /// - Throws: ``RecordError/unreadable(file:reason:)`` when it is no such file, damaged or cut off.
    public init(file: RecordFile) throws(RecordError) {
        func wrong(_ reason: String) -> RecordError { .unreadable(file: file.path, reason: reason) }
        let bytes = file.bytes
        guard bytes.count >= 32, Array(bytes[..<8]) == Self.magic else { throw wrong("it is no file of counts") }
        let body = bytes[..<(bytes.count - 8)]
        guard Self.number(bytes, at: bytes.count - 8) == FNV1a.hash(body) else {
            throw wrong("its checksum is wrong: it is damaged or cut off")
        }
        let length = Self.number(bytes, at: 8)
        guard length <= UInt64(body.count - 24), let names = Self.names(bytes[16..<16 + Int(length)]) else {
            throw wrong("its names cannot be read")
        }
        var place = 16 + Int(length)
        let count = Self.number(bytes, at: place)
        place += 8
        guard count <= UInt64(body.count - place) / 4 else { throw wrong("it holds fewer cells than it says") }
        var cells: [Cell] = []
        cells.reserveCapacity(Int(count))
        var last = Cell(signature: -1, hour: 0, scope: 0, count: 0)
        for _ in 0..<count {
            guard let step = Self.varint(body, &place), let hour = Self.varint(body, &place),
                let scope = Self.varint(body, &place), let lines = Self.varint(body, &place),
                let signature = Int32(exactly: Int64(last.signature) &+ Int64(truncatingIfNeeded: step)),
                let here = Int32(exactly: Self.unzigzag(hour) &+ (step == 0 ? Int64(last.hour) : 0)),
                let from = Int32(exactly: scope), let number = UInt32(exactly: lines)
            else { throw wrong("a cell is out of range") }
            last = Cell(signature: signature, hour: here, scope: from, count: number)
            cells.append(last)
        }
        let scopes = names.scopes.compactMap { parts in
            parts.count == (names.services == nil ? 4 : 5)
                ? Scope(
                    account: parts[0], deployment: parts[1], version: parts[2], environment: parts[3],
                    service: parts.count > 4 ? parts[4] : -1) : nil
        }
        guard scopes.count == names.scopes.count,
            let table = CountTable(
                signatures: names.signatures, accounts: names.accounts, deployments: names.deployments,
                versions: names.versions, environments: names.environments,
                services: names.services ?? [], scopes: scopes, cells: cells)
        else { throw wrong("an index has no name") }
        self = table
        hasExposures = names.exposures ?? false
    }

    private static func names(_ bytes: ArraySlice<UInt8>) -> Names? {
        try? JSONDecoder().decode(Names.self, from: Data(bytes))
    }

    private static func append(_ number: UInt64, to bytes: inout [UInt8]) {
        for shift in stride(from: 0, to: 64, by: 8) { bytes.append(UInt8(truncatingIfNeeded: number >> UInt64(shift))) }
    }

    private static func number(_ bytes: [UInt8], at place: Int) -> UInt64 {
        (0..<8).reduce(0) { $0 | UInt64(bytes[place + $1]) << UInt64(8 * $1) }
    }

    private static func appendVarint(_ number: UInt64, to bytes: inout [UInt8]) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    private static func varint(_ bytes: ArraySlice<UInt8>, _ place: inout Int) -> UInt64? {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            guard place < bytes.endIndex else { return nil }
            let byte = bytes[place]
            place += 1
            number |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return number }
        }
        return nil
    }

    private static func zigzag(_ number: Int64) -> UInt64 { UInt64(bitPattern: number << 1 ^ number >> 63) }
    private static func unzigzag(_ number: UInt64) -> Int64 {
        Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    }
}

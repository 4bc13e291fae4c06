internal import CSimdJSON

/// Reads signature observations from JSON lines, in chunks of bytes as they arrive.
///
/// Keys: `time` (ISO 8601) or `timeUnixNano` (number or text), `account` (or `customer`), `signature`, `severityNumber`
/// (1...24) and `count` (1 where it is missing). Other keys are passed over.
public struct SignatureObservationReader: ~Copyable {
    /// The name of the source in error messages.
    public let file: String
    /// What to do with a line that is wrong.
    public let badRows: BadRows
    /// The lines that were set aside so far.
    public private(set) var rejected: [RejectedRow] = []

    private let parser = JSONLineParser()
    private var splitter = LineSplitter()
    private var observations: [SignatureObservation] = []

    /// Creates a reader.
    public init(file: String, badRows: BadRows = .areErrors) {
        self.file = file
        self.badRows = badRows
    }

    /// Takes a chunk of bytes, cut anywhere, and returns the observations that it completes.
    ///
    /// - Throws: ``RecordError/invalidRow(_:)`` unless bad rows are set aside.
    public mutating func read(_ chunk: some Collection<UInt8>) throws(RecordError) -> [SignatureObservation] {
        observations = []
        var splitter = splitter
        self.splitter = LineSplitter()
        defer { self.splitter = splitter }
        try splitter.feed(chunk) { line throws(RecordError) in try take(line) }
        return observations
    }

    /// Ends the source and returns the observation of a last line without an end.
    ///
    /// - Throws: As ``read(_:)``.
    public mutating func finish() throws(RecordError) -> [SignatureObservation] {
        observations = []
        var splitter = splitter
        self.splitter = LineSplitter()
        try splitter.finish { line throws(RecordError) in try take(line) }
        return observations
    }

    private mutating func take(_ line: LineSplitter.Line) throws(RecordError) {
        guard let fields = parser.parse(line.bytes) else {
            return try reject(line, RowFault(file: file, unparsed: line))
        }
        do throws(JSONRefusal) {
            observations.append(try Self.observation(fields))
        } catch {
            let fault = RowFault(
                file: file, line: line.number, field: error.field, excerpt: error.excerpt, reason: error.reason)
            try reject(line, fault)
        }
    }

    private mutating func reject(_ line: LineSplitter.Line, _ fault: RowFault) throws(RecordError) {
        guard badRows == .areSetAside else { throw .invalidRow(fault) }
        rejected.append(RejectedRow(fault: fault, raw: [UInt8](line.bytes)))
    }

    private static func observation(
        _ fields: UnsafeBufferPointer<csimdjson_field>
    ) throws(JSONRefusal) -> SignatureObservation {
        var observation = SignatureObservation(time: .nan, customer: "", signature: "", severityNumber: 0)
        for field in fields where field.parent == 0 {
            let name = String(decoding: field.name, as: UTF8.self)
            let value = field.value
            switch name {
            case "time": observation.time = try value.seconds(named: name, zone: .utc) ?? .nan
            case "timeUnixNano":
                observation.time = Double(try value.wholeNumber(named: name, in: 0...Int.max)) / 1e9
            case "account", "customer": observation.customer = try value.words(named: name)
            case "signature": observation.signature = try value.words(named: name)
            case "severityNumber": observation.severityNumber = try value.wholeNumber(named: name, in: 1...24)
            case "count": observation.count = try value.wholeNumber(named: name, in: 1...Int(Int32.max))
            default: continue
            }
        }
        if observation.time.isNaN { throw JSONRefusal("time", .null, .missingValue) }
        if observation.customer.isEmpty { throw JSONRefusal("account", .null, .missingValue) }
        if observation.signature.isEmpty { throw JSONRefusal("signature", .null, .missingValue) }
        if observation.severityNumber == 0 { throw JSONRefusal("severityNumber", .null, .missingValue) }
        return observation
    }
}

internal import FoundationEssentials

/// What really happened at a desk, as `truth.json` has it; only evaluation reads it.
public struct ImpactTruth: Sendable, Hashable {
    /// One incident.
    public struct Incident: Sendable, Hashable {
        /// The id.
        public var id: String
        /// When it began.
        public var start: Instant
        /// When it ended.
        public var end: Instant
        /// 1 for the worst; nil when nobody says.
        public var rank: Int?
        /// The ids of the accounts that it hurt.
        public var accounts: [String]
        /// The ids of the tickets that it caused.
        public var tickets: [String]
        /// The index of its first line in the log; nil when the log does not show it.
        public var firstLine: Int?
        /// The indexes of all its lines; empty when nobody says.
        public var lines: [Int]

        /// Creates an incident.
        public init(
            id: String, start: Instant, end: Instant, rank: Int? = nil, accounts: [String], tickets: [String] = [],
            firstLine: Int? = nil, lines: [Int] = []
        ) {
            self.id = id
            self.start = start
            self.end = end
            self.rank = rank
            self.accounts = accounts
            self.tickets = tickets
            self.firstLine = firstLine
            self.lines = lines
        }
    }

    /// The incidents.
    public var incidents: [Incident]

    /// Creates a truth.
    public init(incidents: [Incident]) {
        self.incidents = incidents
    }

    private struct Stored: Decodable {
        struct Incident: Decodable {
            var id: String
            var start: String
            var end: String
            var rank: Int?
            var accounts: [String]
            var tickets: [String]?
            var firstLine: Int?
            var lines: [Int]?
        }

        var incidents: [Incident]
    }

    /// Reads the truth of a desk.
    ///
    /// - Throws: ``RecordError/invalidDescriptor(file:key:reason:)`` with the key that is wrong.
    public init(json file: RecordFile) throws(RecordError) {
        func refuse(_ key: String, _ reason: String) -> RecordError {
            .invalidDescriptor(file: file.path, key: key, reason: reason)
        }
        let stored: Stored
        do {
            stored = try JSONDecoder().decode(Stored.self, from: Data(file.bytes))
        } catch DecodingError.keyNotFound(let key, let context) {
            throw refuse(
                (context.codingPath.map(\.stringValue) + [key.stringValue]).joined(separator: "."), "is missing")
        } catch DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context) {
            throw refuse(context.codingPath.map(\.stringValue).joined(separator: "."), "has another type than expected")
        } catch {
            throw refuse("", "is not a JSON object")
        }
        var incidents: [Incident] = []
        for (index, item) in stored.incidents.enumerated() {
            guard let start = Instant(iso8601: item.start) else {
                throw refuse("incidents.\(index).start", "is not a time")
            }
            guard let end = Instant(iso8601: item.end), end >= start else {
                throw refuse("incidents.\(index).end", "is not a time from the start on")
            }
            if let rank = item.rank, rank < 1 { throw refuse("incidents.\(index).rank", "is below 1") }
            if let line = ([item.firstLine].compactMap { $0 } + (item.lines ?? [])).min(), line < 0 {
                throw refuse("incidents.\(index).lines", "has an index below 0")
            }
            incidents.append(
                Incident(
                    id: item.id, start: start, end: end, rank: item.rank, accounts: item.accounts,
                    tickets: item.tickets ?? [], firstLine: item.firstLine, lines: item.lines ?? []))
        }
        self.incidents = incidents
    }
}

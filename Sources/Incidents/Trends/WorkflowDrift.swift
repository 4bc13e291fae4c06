public import Records
internal import Statistics

/// How the words of a ticket system, and what people there use them for, have changed.
public struct WorkflowDrift: Sendable {
    /// The tickets that are compared with earlier ones: those that were opened last.
    public static let newest = 200
    /// The earlier tickets that they are compared with, at most.
    public static let earlier = 2_000
    /// The fewest tickets that say something, on either side.
    public static let fewest = 50
    /// The most values of a field that is one of a list.
    public static let mostValues = 50
    /// The share of tickets that must have moved to other values.
    public static let distance = 0.2
    /// The probability below which that is no accident, shared by all fields.
    public static let significance = 0.001

    /// What has changed, one line each.
    public let lines: [String]

    /// Fields that follow from the age of a ticket or from who works at present, and change without any change of meaning.
    private static let ageing: Set<String> = ["status", "resolution", "assignee", "links"]

    /// Compares.
    ///
    /// - Parameters:
    ///   - seen: The words when they were looked at last; of none nothing is said.
    ///   - words: The words now.
    ///   - before: The numbers of earlier tickets, and of those with each value, by field.
    ///   - after: The same of the tickets that were opened last.
    public init(
        seen: Set<SeenWord>, words: Set<SeenWord>, before: (tickets: Int, values: [String: [String: Int]]),
        after: (tickets: Int, values: [String: [String: Int]])
    ) {
        lines = Self.changes(seen, words) + Self.shifts(before, after)
    }

    private static func changes(_ seen: Set<SeenWord>, _ words: Set<SeenWord>) -> [String] {
        guard !seen.isEmpty else { return [] }
        func names(_ words: Set<SeenWord>, _ kind: SeenWord.Kind) -> [String: String] {
            Dictionary(
                words.filter { $0.kind == kind }.map { ($0.word, $0.name) }, uniquingKeysWith: { first, _ in first })
        }
        return SeenWord.Kind.allCases.flatMap { kind in
            let (before, now) = (names(seen, kind), names(words, kind))
            return Set(before.keys).union(now.keys).sorted().compactMap { word -> String? in
                switch (before[word], now[word]) {
                case (nil, let name?): "\(kind.rawValue) \"\(word)\" (\(name)) is new"
                case (let name?, nil): "\(kind.rawValue) \"\(word)\" (\(name)) is gone"
                case (let name?, let other?) where name != other:
                    "\(kind.rawValue) \"\(word)\" was called \"\(name)\" and is called \"\(other)\" now"
                default: nil
                }
            }
        }
    }

    private static func shifts(
        _ before: (tickets: Int, values: [String: [String: Int]]),
        _ after: (tickets: Int, values: [String: [String: Int]])
    ) -> [String] {
        guard min(before.tickets, after.tickets) >= fewest else { return [] }
        let fields = Set(before.values.keys).union(after.values.keys).subtracting(ageing).sorted()
        return fields.compactMap { field in
            guard
                let shift = CategoryShift(
                    whole(before.values[field], of: before.tickets), whole(after.values[field], of: after.tickets)),
                shift.distance >= distance, shift.pValue < significance / Double(fields.count)
            else { return nil }
            let share = Int((shift.distance * 100).rounded())
            return
                "\(field) is used in another way: of the last \(after.tickets) tickets \(share) % have moved to other values"
        }
    }

    /// The counts with that of the tickets that have no value.
    private static func whole(_ counts: [String: Int]?, of tickets: Int) -> [String: Int] {
        var counts = counts ?? [:]
        counts[""] = max(0, tickets - counts.values.reduce(0, +))
        return counts
    }
}

extension DeskState {
    /// The names of those who have a state of their own.
    public struct Names: Sendable, Codable, Equatable {
        var groups: StringList
        var assignees: StringList
        var customers: StringList
    }

    /// How many numbers a member's state is.
    private static let memberWidth = 5

    /// The names, in the order of ``numbers``.
    public var names: Names {
        Names(
            groups: StringList(groups.keys.sorted()), assignees: StringList(assignees.keys.sorted()),
            customers: StringList(customers.keys.sorted()))
    }

    /// The numbers by name, each with its shape: "members" (rows of five: the desk, then the groups, assignees and customers of
    /// ``names``), "arrivals", "resolutions" and "now".
    public var numbers: [String: (shape: [Int], values: [Double])] {
        let names = names
        var members = desk.numbers
        for (names, states) in [(names.groups, groups), (names.assignees, assignees), (names.customers, customers)] {
            for name in names.strings { members += (states[name] ?? Member()).numbers }
        }
        return [
            "members": ([members.count / Self.memberWidth, Self.memberWidth], members),
            "arrivals": ([arrivals.count], arrivals), "resolutions": ([resolutions.count], resolutions),
            "now": ([], [now]),
        ]
    }

    /// Puts a state together again.
    ///
    /// - Returns: `nil` where the names and the numbers do not fit together.
    public init?(names: Names, numbers: [String: [Double]]) {
        let lists = [names.groups.strings, names.assignees.strings, names.customers.strings]
        let count = 1 + lists.reduce(0) { $0 + $1.count }
        guard let members = numbers["members"], members.count == count * Self.memberWidth,
            let arrivals = numbers["arrivals"], let resolutions = numbers["resolutions"],
            let now = numbers["now"], now.count == 1,
            let desk = Member(members[..<Self.memberWidth])
        else { return nil }
        var start = Self.memberWidth
        var states: [[String: Member]] = []
        for list in lists {
            var state: [String: Member] = [:]
            state.reserveCapacity(list.count)
            for name in list {
                guard let member = Member(members[start..<(start + Self.memberWidth)]) else { return nil }
                state[name] = member
                start += Self.memberWidth
            }
            states.append(state)
        }
        self.init(
            now: now[0], desk: desk, groups: states[0], assignees: states[1], customers: states[2], arrivals: arrivals,
            resolutions: resolutions)
    }
}

extension DeskState: Codable {
    private enum CodingKeys: String, CodingKey {
        case names, numbers
    }

    /// Decodes what ``encode(to:)`` has written.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        let state = DeskState(
            names: try values.decode(Names.self, forKey: .names),
            numbers: try values.decode([String: [Double]].self, forKey: .numbers))
        guard let state else {
            throw DecodingError.dataCorruptedError(
                forKey: .numbers, in: values, debugDescription: "the names and the numbers do not fit together")
        }
        self = state
    }

    /// Encodes the names and the numbers.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(names, forKey: .names)
        try values.encode(numbers.mapValues(\.values), forKey: .numbers)
    }
}

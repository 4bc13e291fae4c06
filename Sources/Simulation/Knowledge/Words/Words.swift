/// What a word of a case is for.
enum Slot: String, CaseIterable, Sendable {
    /// What the customer works with, one and many of it.
    case object, objects
    case component, product, version
    /// Words of solutions and causes.
    case setting, value, menu, job, role, field, target, jargon, newVersion
    /// The number and the text of an error.
    case code, error
    /// Details of a customer's day.
    case browser, count, hour, day
    /// The people and the things of the customer.
    case person, first, agent, agentFirst, company, host, order
    case ticket, article

    static let places = Dictionary(uniqueKeysWithValues: allCases.enumerated().map { ($1, $0) })
    static let identifying: [Slot] = [.person, .first, .agent, .agentFirst, .company, .host, .order]
}

/// A word for each slot, empty until it is set.
struct Words: Sendable {
    private var values: [String] = Array(repeating: "", count: Slot.allCases.count)
    private var isUsed: UInt64 = 0

    subscript(slot: Slot) -> String {
        get { values[Slot.places[slot, default: 0]] }
        set { values[Slot.places[slot, default: 0]] = newValue }
    }

    mutating func use(_ slot: Slot) -> String {
        let place = Slot.places[slot, default: 0]
        isUsed |= 1 << UInt64(place)
        return values[place]
    }

    /// The identifying words that were used since the last call.
    mutating func takeIdentities() -> [String] {
        defer { isUsed = 0 }
        return Slot.identifying.filter { isUsed >> UInt64(Slot.places[$0, default: 0]) & 1 == 1 }.map { self[$0] }
    }
}

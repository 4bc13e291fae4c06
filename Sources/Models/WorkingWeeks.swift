internal import Features
internal import Glibc
internal import Records
internal import Statistics

/// The week of a desk and that of each of its groups, as clocks on which durations are modelled.
struct WorkingWeeks: Sendable, Equatable {
    /// The clock of the desk, for groups that are not known well.
    let desk: WeeklyClock
    /// The clocks of groups.
    let groups: [String: WeeklyClock]

    /// The latest tickets that are enough to know a week.
    private static let largestSample = 10_000
    /// The tickets that a group needs for a week of its own.
    private static let smallestGroup = 30
    /// The half-life in days of what a ticket says about the week.
    private static let halfLife = 800.0
    /// How far the hazard follows the work that is done: what is resolved by itself or on another desk does not wait for this one.
    private static let exponent = 0.75

    /// Puts stored weeks together; nil where the parts contradict each other.
    ///
    /// - Parameters:
    ///   - names: The groups with a week of their own.
    ///   - rates: The speeds of the desk's clock, then those of each group's, one row a clock.
    init?(groups names: [String], rates: Tensor?) {
        guard let rates, rates.shape == [names.count + 1, WeeklyClock.cells] else { return nil }
        let clocks = (0...names.count).compactMap { position in
            try? WeeklyClock(
                rates: Array(rates.values[(position * WeeklyClock.cells)..<((position + 1) * WeeklyClock.cells)]))
        }
        guard clocks.count == names.count + 1, Set(names).count == names.count else { return nil }
        desk = clocks[0]
        groups = Dictionary(uniqueKeysWithValues: zip(names, clocks.dropFirst()))
    }

    /// Fits the weeks to the tickets known on a day: first that of the desk, then that of each group, drawn to it.
    ///
    /// - Parameters:
    ///   - tickets: The history of the tickets.
    ///   - rows: The rows that have opened by then, of which the latest are read.
    ///   - day: The present in days since 1970 UTC.
    init(fitting tickets: TicketHistory, rows: Int, on day: Double) {
        var members: [String: [WeeklyClock.Stay]] = [:]
        var stays: [WeeklyClock.Stay] = []
        for row in max(0, rows - Self.largestSample)..<rows {
            let end = tickets.lastDay(of: row, knownOn: day)
            let stay = WeeklyClock.Stay(
                start: tickets.opened[row] * 86_400, end: end * 86_400, isEvent: tickets.closings[row] <= day,
                weight: exp2(-(day - end) / Self.halfLife))
            stays.append(stay)
            members[tickets.memberships[row].group, default: []].append(stay)
        }
        let desk = WeeklyClock(fitting: stays)
        self.desk = desk.tempered(Self.exponent)
        groups = members.filter { !$0.key.isEmpty && $0.value.count >= Self.smallestGroup }
            .mapValues { WeeklyClock(fitting: $0, prior: desk).tempered(Self.exponent) }
    }

    /// The clock of the tickets of a group.
    subscript(group: String) -> WeeklyClock { groups[group] ?? desk }
}

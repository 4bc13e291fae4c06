internal import Algorithms
internal import Features
internal import Records
internal import Statistics

/// When the tickets of a table opened and closed, in days since 1970 UTC, and to whom they belong.
struct TicketHistory: Sendable {
    /// The openings.
    let opened: [Double]
    /// The closings; infinite where none was seen.
    let closings: [Double]
    /// When an unresolved ticket was last seen to be open; infinite for the others.
    let lastSeen: [Double]
    /// Customer, group and assignee of each ticket.
    let memberships: Memberships

    init(_ table: TicketTable) {
        opened = table.openedAt.map { $0 / 86_400 }
        let ends = zip(table.openedAt, table.hours).map { ($0 + $1 * 3_600) / 86_400 }
        closings = ends.indices.map { table.resolved[$0] ? ends[$0] : .infinity }
        lastSeen = ends.indices.map { table.resolved[$0] || !table.hours[$0].isFinite ? .infinity : ends[$0] }
        memberships = Memberships(table)
    }

    /// The day until which a ticket has been seen, of what is known on a day.
    func lastDay(of row: Int, knownOn day: Double) -> Double { min(day, lastSeen[row], closings[row]) }

    /// The hours of a clock that a ticket has lived through, of what is known on a day: its duration if it is closed by then.
    func hours(of row: Int, knownOn day: Double, on clock: WeeklyClock) -> Double {
        max(0, clock.hours(from: opened[row] * 86_400, to: lastDay(of: row, knownOn: day) * 86_400))
    }

    /// The tickets that have opened before a day.
    func count(before day: Double) -> Int {
        // Unknown openings come last and are before no day.
        opened.partitioningIndex { !($0 < day) }
    }
}

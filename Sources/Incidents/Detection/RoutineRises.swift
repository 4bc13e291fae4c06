internal import Glibc

/// Tells rises that come every day at one time, such as those of a nightly job that always fails a little: nothing new goes wrong with them.
enum RoutineRises {
    /// Longer rises are no routine, in seconds.
    private static let longest = 5_400.0
    /// How far apart in the day their starts may lie, in seconds.
    private static let tolerance = 1_200.0
    /// The other days on which it must have come.
    private static let leastDays = 2
    private static let day = 86_400.0

    private struct Cell: Hashable {
        var signature: Int32
        var scope: Traffic.Scope
    }

    /// The rises without those that are routine.
    static func removed(from rises: [Rise]) -> [Rise] {
        var cells: [Cell: [Rise]] = [:]
        for rise in rises where rise.end - rise.start < longest {
            cells[Cell(signature: rise.signature, scope: rise.scope), default: []].append(rise)
        }
        return rises.filter { rise in
            guard rise.end - rise.start < longest else { return true }
            let others = cells[Cell(signature: rise.signature, scope: rise.scope)] ?? []
            var days: Set<Int> = []
            for other in others {
                let apart = other.start - rise.start
                let whole = (apart / day).rounded()
                if whole != 0, abs(apart - whole * day) <= tolerance { days.insert(Int(whole)) }
            }
            return days.count < leastDays
        }
    }
}

internal import Glibc
internal import Records

/// Tells rises that come every day at one time, such as those of a nightly job that always fails a little: nothing new goes wrong with them.
///
/// What counts is the signature at that time on other days, whoever it hits: the accounts of a job differ from day to day, and a day on which it
/// was less is no rise but still the same routine.
struct RoutineRises {
    /// Longer rises are no routine, in seconds.
    private static let longest = 5_400.0
    /// How far apart in the day their lines may lie, in seconds.
    private static let tolerance = 1_200.0
    /// The other days on which it must have come.
    private static let leastDays = 2
    /// The lines of another day that are a rise's as well: at least so many, and such a share of the rise's.
    private static let another = (lines: 3, share: 0.3)
    /// By how much the lines of another day must be denser at that time than over that day.
    private static let density = 3.0

    let lines: SignatureLines

    /// The rises without those that are routine.
    func removed(from rises: [Rise]) -> [Rise] {
        rises.filter { !isRoutine($0) }
    }

    private func isRoutine(_ rise: Rise) -> Bool {
        guard rise.end - rise.start < Self.longest, let start = lines.lines.first?.time,
            let end = lines.lines.last?.time
        else { return false }
        let least = max(Double(Self.another.lines), Self.another.share * rise.count)
        let first = -Int(((rise.start - start) / Instant.day).rounded(.down)) - 1
        let last = Int(((end - rise.end) / Instant.day).rounded(.down)) + 1
        var days = 0
        for offset in first...last where offset != 0 {
            let shift = Double(offset) * Instant.day
            let from = rise.start + shift - Self.tolerance
            let to = rise.end + shift + Self.tolerance
            let count = count(rise.signature, from: from, to: to)
            guard count >= least else { continue }
            let around = Instant.day / 2 - (to - from) / 2
            let ofDay = self.count(rise.signature, from: from - around, to: to + around)
            if count >= Self.density * ofDay * (to - from) / Instant.day { days += 1 }
        }
        return days >= Self.leastDays
    }

    private func count(_ signature: Int32, from: Double, to: Double) -> Double {
        Double(lines.positions(signature, from: from, to: to).count { !lines.lines[Int($0)].isRepeat })
    }
}

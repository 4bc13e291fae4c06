/// Lines whose clocks are wrong: few, and a long silence away from all others.
extension CountTable {
    /// The share of all lines, at either end, among which strays are looked for: more are no exception any more.
    private static let mostStrays = 0.01
    /// The hours without a line that are no silence yet: a weekend on which nothing runs.
    private static let quiet = 48.0
    /// A silence that holds more usual lines than come beyond it by this factor is more likely a wrong clock than a pause.
    private static let silence = 100.0

    /// The hours from the first to the last line whose clock is likely right; nil when nothing was counted.
    ///
    /// They are those of the 98 of 100 lines in the middle, and go on outwards up to a silence: more than 48 h without a line, beyond which there are
    /// fewer than a hundredth of the lines that usually come in as many hours. A product that was off for a week is so believed to be on again once it has
    /// written the lines of 1.7 usual hours, while one line a month ahead, or a few hundred of 1970, move nothing.
    ///
    /// - Complexity: O(cells).
    public var likelyHours: ClosedRange<Int32>? {
        let lines = linesOfHours
        let hours = lines.keys.sorted()
        guard var first = hours.indices.first, var last = hours.indices.last else { return nil }
        let counts = hours.map { Double(lines[$0] ?? 0) }
        let all = counts.reduce(0, +)
        var (before, after) = (0.0, 0.0)
        while first < last, before + counts[first] <= Self.mostStrays * all {
            before += counts[first]
            first += 1
        }
        while last > first, after + counts[last] <= Self.mostStrays * all {
            after += counts[last]
            last -= 1
        }
        func distance(_ place: Int, _ next: Int) -> Double { Double(hours[next]) - Double(hours[place]) }
        let rate = (all - before - after) / (distance(first, last) + 1)
        func isSilence(_ hours: Double, before lines: Double) -> Bool {
            hours > Self.quiet && lines * Self.silence < rate * hours
        }
        while first > 0, !isSilence(distance(first - 1, first), before: before) {
            first -= 1
            before -= counts[first]
        }
        while last < hours.count - 1, !isSilence(distance(last, last + 1), before: after) {
            last += 1
            after -= counts[last]
        }
        return hours[first]...hours[last]
    }

    /// The table without lines whose clocks are likely wrong (see ``likelyHours``), and how many these are.
    public func withoutStrays() -> (table: CountTable, lines: Int) {
        guard let hours, let likely = likelyHours, likely != hours else { return (self, 0) }
        let table = keeping { likely.contains($0.hour) }
        func lines(_ cells: [Cell]) -> Int { cells.reduce(0) { $0 + Int($1.count) } }
        return (table, lines(cells) - lines(table.cells))
    }

    private var linesOfHours: [Int32: Int] {
        var lines: [Int32: Int] = [:]
        guard var hour = cells.first?.hour else { return [:] }
        var count = 0
        // The cells of a signature and an hour follow each other, and are many.
        for cell in cells {
            if cell.hour != hour {
                lines[hour, default: 0] += count
                (hour, count) = (cell.hour, 0)
            }
            count += Int(cell.count)
        }
        lines[hour, default: 0] += count
        return lines
    }
}

/// Lines whose clocks are wrong.
extension CountTable {
    /// The hours from the first to the last line whose clock is likely right; nil when nothing was counted.
    ///
    /// Wrong are those of lines far from all others (``HourCounts/likely``), and of few places, deployments or else accounts, that go on after all others
    /// for longer than these were ever silent, having left out as many hours before.
    ///
    /// - Complexity: O(cells) and, where most places end before the others, O(places × hours).
    public var likelyHours: ClosedRange<Int32>? {
        guard let hours = HourCounts(linesOfHours).likely else { return nil }
        guard var ends = PlaceEnds(self, within: hours) else { return hours }
        return hours.lowerBound...ends.likely()
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

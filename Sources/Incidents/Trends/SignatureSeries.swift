internal import Records

/// The hours of a table of counts as series: the exposure, and of any signature its counts.
struct SignatureSeries {
    let table: CountTable
    /// The first hour, since 1970 UTC.
    let first: Int
    /// The number of hours.
    let count: Int
    /// How much could have gone wrong in each hour: its ordinary lines by their mean.
    let exposures: [Double]

    /// A tenth of the mean is there in any hour in which anything was logged, as failures need no ordinary line beside them.
    private static let least = 0.1

    init?(_ table: CountTable) {
        guard let hours = table.hours else { return nil }
        self.table = table
        first = Int(hours.lowerBound)
        count = min(hours.count, 24 * 3_660)
        var ordinary = [Double](repeating: 0, count: count)
        var isLogged = [Bool](repeating: false, count: count)
        for cell in table.cells {
            let hour = Int(cell.hour) - first
            guard hour < count else { continue }
            isLogged[hour] = true
            if cell.signature < 0 { ordinary[hour] += Double(cell.count) }
        }
        let logged = Double(isLogged.count { $0 })
        let mean = ordinary.reduce(0, +) / max(1, logged)
        exposures = ordinary.indices.map { hour in
            guard isLogged[hour] else { return 0 }
            return mean > 0 ? max(Self.least, ordinary[hour] / mean) : 1
        }
    }

    /// The counts of a signature, of some scopes alone where these are given.
    func counts(_ signature: Int32, where isWanted: (CountTable.Scope) -> Bool = { _ in true }) -> [Double] {
        var counts = [Double](repeating: 0, count: count)
        for cell in table.cells(of: signature) where isWanted(table.scopes[Int(cell.scope)]) {
            let hour = Int(cell.hour) - first
            if hour < count { counts[hour] += Double(cell.count) }
        }
        return counts
    }

    /// The lines of a signature in some hours by one part of their scopes, the most first; those of which it is not known are left out.
    func most(_ signature: Int32, hours: Range<Int>, _ part: (CountTable.Scope) -> Int32) -> [(
        index: Int32, lines: Int
    )] {
        var lines: [Int32: Int] = [:]
        for cell in table.cells(of: signature) where hours.contains(Int(cell.hour) - first) {
            let index = part(table.scopes[Int(cell.scope)])
            if index >= 0 { lines[index, default: 0] += Int(cell.count) }
        }
        return lines.map { ($0.key, $0.value) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    }
}

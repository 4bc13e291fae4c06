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

    init?(_ table: CountTable) {
        guard let hours = table.hours else { return nil }
        self.table = table
        first = Int(hours.lowerBound)
        count = min(hours.count, 24 * 3_660)
        var logged = LoggedHours(count: count)
        for cell in table.cells { logged.add(cell, at: Int(cell.hour) - first) }
        exposures = logged.exposures
    }

    /// The lines of a signature.
    func cells(of signature: Int32) -> SignatureCells {
        SignatureCells(cells: table.cells(of: signature), scopes: table.scopes, first: first, count: count)
    }

    /// The counts of a signature, of some scopes alone where these are given.
    func counts(_ signature: Int32, where isWanted: (CountTable.Scope) -> Bool = { _ in true }) -> [Double] {
        cells(of: signature).counts(where: isWanted)
    }

    /// The lines of a signature in some hours by one part of their scopes, the most first; those of which it is not known are left out.
    func most(_ signature: Int32, hours: Range<Int>, _ part: (CountTable.Scope) -> Int32) -> [(
        index: Int32, lines: Int
    )] {
        cells(of: signature).most(hours: hours, part)
    }
}

/// The ordinary lines of some hours, which tell how much could have gone wrong in each.
struct LoggedHours: Sendable {
    private var ordinary: [Double]
    private var isLogged: [Bool]

    /// A tenth of the mean is there in any hour in which anything was logged, as failures need no ordinary line beside them.
    private static let least = 0.1

    init(count: Int) {
        ordinary = [Double](repeating: 0, count: count)
        isLogged = [Bool](repeating: false, count: count)
    }

    var count: Int { ordinary.count }

    /// Adds lines of an hour; what lies outside is left out.
    mutating func add(_ cell: CountTable.Cell, at hour: Int) {
        guard ordinary.indices.contains(hour) else { return }
        isLogged[hour] = true
        if cell.signature < 0 { ordinary[hour] += Double(cell.count) }
    }

    /// Adds hours at the end.
    mutating func append(_ hours: Int) {
        ordinary += [Double](repeating: 0, count: hours)
        isLogged += [Bool](repeating: false, count: hours)
    }

    /// Takes hours away from the beginning.
    mutating func removeFirst(_ hours: Int) {
        ordinary.removeFirst(hours)
        isLogged.removeFirst(hours)
    }

    /// How much could have gone wrong in each hour: its ordinary lines by their mean.
    var exposures: [Double] {
        let logged = Double(isLogged.count { $0 })
        let mean = ordinary.reduce(0, +) / max(1, logged)
        return ordinary.indices.map { hour in
            guard isLogged[hour] else { return 0 }
            return mean > 0 ? max(Self.least, ordinary[hour] / mean) : 1
        }
    }
}

/// The lines of one signature in some hours.
struct SignatureCells {
    /// In order of hour.
    let cells: ArraySlice<CountTable.Cell>
    let scopes: [CountTable.Scope]
    /// The first hour, since 1970 UTC; cells before it are left out.
    let first: Int
    /// The number of hours.
    let count: Int

    /// The first hour with a line, from the first one; nil when there is none.
    var earliest: Int? { cells.first { Int($0.hour) >= first }.map { Int($0.hour) - first } }

    /// The counts of the hours, of some scopes alone where these are given.
    func counts(where isWanted: (CountTable.Scope) -> Bool = { _ in true }) -> [Double] {
        var counts = [Double](repeating: 0, count: count)
        for cell in cells where isWanted(scopes[Int(cell.scope)]) {
            let hour = Int(cell.hour) - first
            if hour >= 0, hour < count { counts[hour] += Double(cell.count) }
        }
        return counts
    }

    /// The sums of the counts before each hour, and before the one after the last.
    var sums: [Double] {
        [Double](unsafeUninitializedCapacity: count + 1) { buffer, initialized in
            var (place, sum) = (0, 0.0)
            for cell in cells {
                let hour = Int(cell.hour) - first
                guard hour >= 0 else { continue }
                guard hour < count else { break }
                while place <= hour {
                    buffer[place] = sum
                    place += 1
                }
                sum += Double(cell.count)
            }
            while place <= count {
                buffer[place] = sum
                place += 1
            }
            initialized = count + 1
        }
    }

    /// The lines in some hours by one part of their scopes, the most first; those of which it is not known are left out.
    func most(hours: Range<Int>, _ part: (CountTable.Scope) -> Int32) -> [(index: Int32, lines: Int)] {
        var lines: [Int32: Int] = [:]
        for cell in cells where hours.contains(Int(cell.hour) - first) {
            let index = part(scopes[Int(cell.scope)])
            if index >= 0 { lines[index, default: 0] += Int(cell.count) }
        }
        return lines.map { ($0.key, $0.value) }.sorted { ($1.1, $0.0) < ($0.1, $1.0) }
    }
}

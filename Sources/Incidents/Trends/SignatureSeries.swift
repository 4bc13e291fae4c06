public import Records
internal import Statistics

/// The hours of a table of counts as series: the exposure, and of any signature its counts.
public struct SignatureSeries: Sendable {
    let table: CountTable
    /// The first hour, since 1970 UTC.
    let first: Int
    /// The number of hours.
    let count: Int
    /// How much could have gone wrong in each hour.
    let exposure: HourlyExposure
    /// The days of the hours and of a week after them; nil without a calendar.
    let days: DayKinds?

    /// The hours whose ordinary lines are not believed, as they changed while failures did not.
    public var shiftedHours: Int { exposure.shiftedHours }

    /// The most hours, ten years; older ones are left out.
    private static let most = 24 * 3_660

    /// The hours of a table.
    ///
    /// - Parameters:
    ///   - table: The counts.
    ///   - calendar: When those who use the product rest, so that holidays are known; nil where that is not.
    /// - Returns: nil when nothing was counted.
    /// - Complexity: O(cells).
    public init?(_ table: CountTable, calendar: BusinessCalendar? = nil) {
        guard let hours = table.hours else { return nil }
        self.table = table
        count = min(hours.count, Self.most)
        first = Int(hours.upperBound) + 1 - count
        var logged = LoggedHours(count: count, signatures: LoggedHours.largest(of: table))
        for cell in table.cells { logged.add(cell, at: Int(cell.hour) - first) }
        days = calendar.map { [first, count] in DayKinds($0, from: first, count: count + 7 * 24) }
        exposure = logged.exposure(isTold: table.hasExposures)
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

    /// How much its hourly counts vary, from some hour on since 1970; nil when too few are known.
    func dispersion(from begin: Int) -> CountDispersion? {
        let lines = cells.reduce(0.0) { $0 + (Int($1.hour) >= begin ? Double($1.count) : 0) }
        guard lines >= CountDispersion.fewestCounts else { return nil }
        return CountDispersion(of: sums, in: min(max(0, begin - first), count)..<count)
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

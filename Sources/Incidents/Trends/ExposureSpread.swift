internal import Records
internal import Statistics

/// How far exposures that somebody knows reach.
public struct ExposureCoverage: Sendable, Hashable {
    /// The share, of the hours with lines or exposures within the log, of those with exposures, in 0...1.
    public let hours: Double
    /// Whether any of them names an account, a deployment or a version that is known.
    public let namesParts: Bool
    /// The parts that exposures are of, an account, a deployment, a version, or all.
    public let parts: Int
    /// Those whose exposures count on from row to row, so that what each adds to the one before was taken.
    public let counters: Int
}

/// Puts exposures that somebody knows in the place of ordinary lines.
///
/// Exposures say how much, ordinary lines say where, and when within the hours of an exposure: each is shared out over the ordinary lines of its account,
/// deployment and version, in proportion to them, so that versions and places are those of lines even where exposures name none. Where such a part has no
/// ordinary line in an hour, it counts for the version that any of its lines told last.
///
/// An exposure is of its hour or, where those of the same part are evenly apart, of all hours up to the next one. Where none is known, ordinary lines stand
/// for it, by the ratio of the two on the same deployment (account, where no deployment is known), shrunk to that of all. None at all while ordinary
/// lines came is a count that has not arrived. Where those of a part count on (see ``ExposureCounter``), what each adds to the one before stands for it.
///
/// Counts are hundredths of the unit of the exposures, so that fractions are not lost.
struct ExposureSpread {
    /// What was used of a part in an hour.
    struct Known: Sendable {
        /// What it is of, -1 for all.
        var part: CountTable.Scope
        /// In seconds since 1970 UTC.
        var time: Double
        /// How much, at least 0.
        var value: Double
        /// Where it counts when no line tells better.
        var scope: CountTable.Scope

        /// In hours since 1970 UTC.
        var hour: Int32 { Int32(clamping: Int64((time / 3_600).rounded(.down))) }
    }

    private static let unit = 100.0
    /// Ordinary lines that the ratio of all weighs as in that of a place.
    private static let prior = 100.0
    /// The hours that an exposure is of at most.
    private static let longest = 7 * 24

    private let hours: ClosedRange<Int32>
    private let table: CountTable
    private let ordinary: ArraySlice<CountTable.Cell>
    private let index: ScopeIndex
    /// For each ordinary cell what is known of it; nil where nothing is.
    private var told: [Double?]
    /// What is known of hours without an ordinary line.
    private var others: [CountTable.Scope: [Int32: Double]] = [:]

    /// The table with exposures for ordinary lines, and how far they reach; nil when nothing was counted.
    ///
    /// - Complexity: O(cells), and for each part that exposures are of O(cells of its account or deployment).
    static func table(_ table: CountTable, _ known: [Known]) -> (table: CountTable, coverage: ExposureCoverage)? {
        guard let hours = table.likelyHours else { return nil }
        var spread = ExposureSpread(table, hours)
        // In the order of the file, which hashes do not change.
        var parts: [CountTable.Scope] = []
        var ofPart: [CountTable.Scope: [Known]] = [:]
        for item in known {
            if ofPart[item.part] == nil { parts.append(item.part) }
            ofPart[item.part, default: []].append(item)
        }
        var counters = 0
        for part in parts {
            let known = ofPart[part] ?? []
            let increments = increments(known)
            if increments != nil { counters += 1 }
            spread.add(part, increments ?? known)
        }
        return (
            spread.exposed,
            ExposureCoverage(
                hours: spread.coverage,
                namesParts: parts.contains { $0.account >= 0 || $0.deployment >= 0 || $0.version >= 0 },
                parts: parts.count, counters: counters)
        )
    }

    /// What the exposures of a part add, each to the one before; nil where they do not count on.
    private static func increments(_ known: [Known]) -> [Known]? {
        // Rows of one time stay in the order of the file.
        let rows = known.enumerated().sorted { ($0.element.time, $0.offset) < ($1.element.time, $1.offset) }
            .map(\.element)
        guard let counter = ExposureCounter(rows.map(\.value)) else { return nil }
        return zip(rows.dropFirst(), counter.increments).map { row, increment in
            var row = row
            row.value = increment
            return row
        }
    }

    private init(_ table: CountTable, _ hours: ClosedRange<Int32>) {
        self.table = table
        self.hours = hours
        ordinary = table.cells(of: -1)
        told = [Double?](repeating: nil, count: ordinary.count)
        index = ScopeIndex(table)
    }

    /// Shares out all exposures of a part.
    private mutating func add(_ part: CountTable.Scope, _ known: [Known]) {
        var values: [Int32: Known] = [:]
        for item in known {
            if let value = values[item.hour]?.value {
                values[item.hour]?.value = value + item.value
            } else {
                values[item.hour] = item
            }
        }
        let items = values.values.sorted { $0.hour < $1.hour }
        let period = Self.period(items.map(\.hour))
        let cells = index.ordinaryCells(of: part)
        var next = 0
        for (place, item) in items.enumerated() {
            let end = min(
                Int(item.hour) + period, place + 1 < items.count ? Int(items[place + 1].hour) : .max)
            var ofHour = [[Int]](repeating: [], count: end - Int(item.hour))
            while next < cells.count, ordinary[ordinary.startIndex + cells[next]].hour < item.hour { next += 1 }
            while next < cells.count, Int(ordinary[ordinary.startIndex + cells[next]].hour) < end {
                ofHour[Int(ordinary[ordinary.startIndex + cells[next]].hour) - Int(item.hour)].append(cells[next])
                next += 1
            }
            share(item, over: ofHour)
        }
    }

    /// Shares out an exposure over hours with the ordinary cells of its part.
    private mutating func share(_ item: Known, over cells: [[Int]]) {
        func lines(_ cell: Int) -> Double { Double(ordinary[ordinary.startIndex + cell].count) }
        let ofHour = cells.map { $0.reduce(0) { $0 + lines($1) } }
        let all = ofHour.reduce(0, +)
        guard item.value > 0 || all == 0 else { return }
        // How busy an hour was its ordinary lines tell where each has some.
        let areAllTold = !ofHour.contains(0)
        for (step, own) in cells.enumerated() {
            let (hour, overflow) = item.hour.addingReportingOverflow(Int32(truncatingIfNeeded: step))
            guard !overflow, hours.contains(hour) else { continue }
            let value = areAllTold ? item.value * ofHour[step] / all : item.value / Double(cells.count)
            if own.isEmpty {
                let scope = index.lastScope(of: item.part, at: hour) ?? item.scope
                others[scope, default: [:]][hour, default: 0] += value
            }
            for cell in own { told[cell] = (told[cell] ?? 0) + value * lines(cell) / ofHour[step] }
        }
    }

    /// How many hours each of some exposures is of, that come at these hours.
    private static func period(_ hours: [Int32]) -> Int {
        let steps = zip(hours, hours.dropFirst()).map { Int($1) - Int($0) }
        guard steps.count > 1, let least = steps.min(), let median = steps.upperMedian else { return 1 }
        // Days are an hour shorter or longer where clocks are set to summer and back.
        return median - least <= 1 && median <= longest ? median : 1
    }

    /// See ``ExposureCoverage/hours``.
    private var coverage: Double {
        var known = Set(zip(ordinary, told).lazy.filter { $1 != nil }.map(\.0.hour))
        for (_, values) in others { known.formUnion(values.keys) }
        let all = known.union(table.cells.lazy.map(\.hour).filter(hours.contains))
        return Double(known.count) / Double(max(1, all.count))
    }

    /// The table with what is known, and ordinary lines where nothing is.
    private var exposed: CountTable {
        var scopes = table.scopes
        var values: [(hour: Int32, scope: Int32, value: Double)] = []
        let ratios = Ratios(zip(ordinary, told).map { ($0, $1) }, table.scopes, prior: Self.prior)
        for (cell, told) in zip(ordinary, told) {
            values.append((cell.hour, cell.scope, told ?? Double(cell.count) * ratios[table.scopes[Int(cell.scope)]]))
        }
        var numbers = Dictionary(
            scopes.enumerated().map { ($1, Int32(truncatingIfNeeded: $0)) }, uniquingKeysWith: { first, _ in first })
        for (scope, known) in others.sorted(by: { ScopeIndex.precedes($0.key, $1.key) }) {
            let number = numbers[scope] ?? Int32(truncatingIfNeeded: scopes.count)
            if numbers[scope] == nil { scopes.append(scope) }
            numbers[scope] = number
            values += known.map { ($0.key, number, $0.value) }
        }
        values.sort { ($0.hour, $0.scope) < ($1.hour, $1.scope) }
        // Very many are counted whole, as a cell holds no more than some billions.
        let isLarge = (values.map(\.value).max() ?? 0) * Self.unit > Double(UInt32.max)
        let unit = isLarge ? 1 : Self.unit
        // What is lost by rounding in one hour counts in the next one of its scope.
        var rests = [Double](repeating: 0, count: scopes.count)
        var cells = Array(table.cells[ordinary.endIndex...])
        for (hour, scope, value) in values {
            let wanted = rests[Int(scope)] + unit * value
            let count = min(max(0, wanted.rounded()), Double(UInt32.max))
            rests[Int(scope)] = count < Double(UInt32.max) ? wanted - count : 0
            guard count >= 1 else { continue }
            cells.append(CountTable.Cell(signature: -1, hour: hour, scope: scope, count: UInt32(count)))
        }
        var exposed =
            CountTable(
                signatures: table.signatures, accounts: table.accounts, deployments: table.deployments,
                versions: table.versions, environments: table.environments,
                services: table.services, scopes: scopes, cells: cells) ?? table
        exposed.hasExposures = true
        return exposed
    }

    /// Exposures by ordinary lines where both are known.
    private struct Ratios {
        private let all: Double
        private var ofPlace: [CountTable.Scope: (lines: Double, value: Double)] = [:]
        private let prior: Double

        init(_ cells: [(CountTable.Cell, Double?)], _ scopes: [CountTable.Scope], prior: Double) {
            var (lines, value) = (0.0, 0.0)
            for (cell, told) in cells {
                guard let told else { continue }
                lines += Double(cell.count)
                value += told
                let place = Self.place(scopes[Int(cell.scope)])
                let known = ofPlace[place] ?? (0, 0)
                ofPlace[place] = (known.lines + Double(cell.count), known.value + told)
            }
            all = lines > 0 && value > 0 ? value / lines : 1
            self.prior = prior
        }

        subscript(scope: CountTable.Scope) -> Double {
            guard let known = ofPlace[Self.place(scope)] else { return all }
            return (known.value + prior * all) / (known.lines + prior)
        }

        /// The deployment or, where none is known, the account.
        private static func place(_ scope: CountTable.Scope) -> CountTable.Scope {
            CountTable.Scope(account: scope.deployment < 0 ? scope.account : -1, deployment: scope.deployment)
        }
    }
}

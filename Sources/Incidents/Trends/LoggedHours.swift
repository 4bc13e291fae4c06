internal import Records

/// How much could have gone wrong in each of some hours.
struct HourlyExposure: Sendable {
    /// By the mean of all hours in which anything was logged; 0 in the others.
    let values: [Double]
    /// That mean, in ordinary lines.
    let mean: Double
    /// The hours whose ordinary lines were not believed, as they changed while failures did not; see ``ExposureShift``.
    let shiftedHours: Int

    init(_ shift: ExposureShift, logged: Int, least: Double) {
        let mean = shift.exposures.reduce(0, +) / Double(max(1, logged))
        self.mean = mean
        values = shift.exposures.map { $0 > 0 ? max(least, $0 / mean) : 0 }
        shiftedHours = shift.hours
    }
}

/// The ordinary lines of some hours, which tell how much could have gone wrong in each, and the failures that tell whether to believe them.
struct LoggedHours: Sendable {
    private var ordinary: [Double]
    private var isLogged: [Bool]
    /// For each signature its place in ``failures``; -1 where it has none.
    private var places: [Int32] = []
    private var failures: [[UInt32]] = []

    /// A tenth of the mean is there in any hour in which anything was logged, as failures need no ordinary line beside them.
    private static let least = 0.1
    /// The signatures whose failures are asked: more of them say nothing else.
    private static let mostSignatures = 100

    /// - Parameter signatures: Those whose failures are asked; others are as they come, while these are fewer than a hundred.
    init(count: Int, signatures: [Int32] = []) {
        ordinary = [Double](repeating: 0, count: count)
        isLogged = [Bool](repeating: false, count: count)
        for signature in signatures { _ = place(of: signature) }
    }

    var count: Int { ordinary.count }

    /// The signatures with the most lines.
    static func largest(of table: CountTable) -> [Int32] {
        var lines = [Int](repeating: 0, count: table.signatures.count)
        for cell in table.cells where cell.signature >= 0 { lines[Int(cell.signature)] += Int(cell.count) }
        let order = lines.indices.sorted { (lines[$1], $0) < (lines[$0], $1) }
        return order.prefix(mostSignatures).map { Int32(truncatingIfNeeded: $0) }
    }

    /// Adds lines of an hour; what lies outside is left out.
    mutating func add(_ cell: CountTable.Cell, at hour: Int) {
        guard ordinary.indices.contains(hour) else { return }
        isLogged[hour] = true
        if cell.signature < 0 {
            ordinary[hour] += Double(cell.count)
        } else if let place = place(of: cell.signature) {
            let (sum, overflow) = failures[place][hour].addingReportingOverflow(cell.count)
            failures[place][hour] = overflow ? .max : sum
        }
    }

    private mutating func place(of signature: Int32) -> Int? {
        let index = Int(signature)
        if index < places.count, places[index] >= 0 { return Int(places[index]) }
        guard failures.count < Self.mostSignatures else { return nil }
        places += [Int32](repeating: -1, count: max(0, index + 1 - places.count))
        places[index] = Int32(truncatingIfNeeded: failures.count)
        failures.append([UInt32](repeating: 0, count: ordinary.count))
        return failures.count - 1
    }

    /// Adds hours at the end.
    mutating func append(_ hours: Int) {
        ordinary += [Double](repeating: 0, count: hours)
        isLogged += [Bool](repeating: false, count: hours)
        for place in failures.indices { failures[place] += [UInt32](repeating: 0, count: hours) }
    }

    /// Takes hours away from the beginning.
    mutating func removeFirst(_ hours: Int) {
        ordinary.removeFirst(hours)
        isLogged.removeFirst(hours)
        for place in failures.indices { failures[place].removeFirst(hours) }
    }

    /// How much could have gone wrong in each hour.
    ///
    /// - Parameters:
    ///   - passed: The share of the last hour that is over, in 0...1.
    ///   - isTold: Whether it was told, and is not what ordinary lines make of it.
    func exposure(passed: Double = 1, isTold: Bool = false) -> HourlyExposure {
        let logged = isLogged.count { $0 }
        let mean = ordinary.reduce(0, +) / Double(max(1, logged))
        let known = ordinary.indices.map { hour in
            guard isLogged[hour] else { return 0.0 }
            return mean > 0 ? max(Self.least * mean, ordinary[hour]) : 1
        }
        let shift = ExposureShift(ordinary: known, failures: isTold ? [] : failures, passed: passed)
        return HourlyExposure(shift, logged: logged, least: Self.least)
    }
}

/// A series of counts with an outbreak that is known.
public struct LabelledSeries: Sendable, Hashable {
    /// What tells it from the other ones.
    public var name: String
    /// The number of its scenario; nil when none is given.
    public var scenario: Int?
    /// The counts in order of time.
    public var counts: [Double]
    /// The true means without the outbreak; empty when they are not known.
    public var means: [Double]
    /// The places of the outbreak, from 0; empty when it has none.
    public var outbreak: Range<Int>

    /// Takes a series.
    public init(name: String, scenario: Int?, counts: [Double], means: [Double], outbreak: Range<Int>) {
        self.name = name
        self.scenario = scenario
        self.counts = counts
        self.means = means
        self.outbreak = outbreak
    }

    /// Reads series from CSV or JSON lines with the columns `scenario` and `rep` (or `series`), `t`, `y`, `outbreakCurrent` (the cases of the
    /// outbreak that is to be found) and, where they are known, `mu` and `start` (the `t` with which the outbreak begins).
    ///
    /// - Throws: As every reader of rows; ``RecordError/invalidRow(_:)`` for a `t` that does not come after the one before.
    public static func read(_ file: RecordFile) throws(RecordError) -> [LabelledSeries] {
        var found: [LabelledSeries] = []
        var place: [String: Int] = [:]
        var times: [[Double]] = []
        var starts: [Double?] = []
        _ = try RecordRows.read(file, badRows: .areErrors) { row throws(JSONRefusal) in
            let scenario = try row.identifier("scenario")
            let repetition = try row.words("rep")
            let name = try row.identifier("series") ?? "\(scenario ?? "")/\(repetition)"
            let number = place[name] ?? found.count
            if number == found.count {
                place[name] = number
                found.append(
                    LabelledSeries(
                        name: name, scenario: scenario.flatMap { Int($0) }, counts: [], means: [], outbreak: 0..<0))
                times.append([])
                starts.append(try row.amount("start"))
            }
            func needed(_ field: String) throws(JSONRefusal) -> Double {
                guard let value = try row.amount(field) else { throw JSONRefusal(field, excerpt: "", .missingValue) }
                return value
            }
            let (time, count) = (try needed("t"), try needed("y"))
            if let last = times[number].last, time <= last { throw JSONRefusal("t", excerpt: "\(time)", .badNumber) }
            guard count >= 0 else { throw JSONRefusal("y", excerpt: "\(count)", .badNumber) }
            let here = found[number].counts.count
            times[number].append(time)
            found[number].counts.append(count)
            if let mean = try row.amount("mu") { found[number].means.append(mean) }
            let begins = starts[number].map { $0 == time } ?? false
            if try needed("outbreakCurrent") > 0 || begins {
                let outbreak = found[number].outbreak
                found[number].outbreak = (outbreak.isEmpty ? here : outbreak.lowerBound)..<here + 1
            }
        }
        return found
    }
}

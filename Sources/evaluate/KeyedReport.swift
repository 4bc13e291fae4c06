import Commands
import Records

/// Named figures of several data sets and their means, as text or as one object of JSON.
struct KeyedReport {
    private var sets: [(name: String, figures: [(key: String, value: Double)])] = []

    /// Whether no data set has figures.
    var isEmpty: Bool { sets.isEmpty }

    /// Adds the figures of a data set.
    mutating func add(_ name: String, _ figures: [(key: String, value: Double)]) {
        sets.append((name, figures))
    }

    /// The means over the sets that have a figure, and the figures of each set.
    func json() throws -> String {
        struct Object: Encodable {
            var figures: [String: Double]
            var sets: [String: [String: Double]]

            func encode(to encoder: any Encoder) throws {
                var container = encoder.container(keyedBy: Key.self)
                for (key, value) in figures where value.isFinite {
                    try container.encode(value, forKey: Key(stringValue: key))
                }
                try container.encode(sets, forKey: Key(stringValue: "sets"))
            }
        }
        struct Key: CodingKey {
            var stringValue: String
            var intValue: Int? { nil }
            init(stringValue: String) { self.stringValue = stringValue }
            init?(intValue: Int) { nil }
        }
        var means: [String: Double] = [:]
        var named: [String: [String: Double]] = [:]
        for key in keys {
            let values = sets.compactMap { set in set.figures.first { $0.key == key }?.value }
            means[key] = values.reduce(0, +) / Double(values.count)
        }
        for set in sets {
            named[set.name] = Dictionary(
                set.figures.filter { $0.value.isFinite }.map { ($0.key, $0.value) },
                uniquingKeysWith: { first, _ in first })
        }
        return try Object(figures: means, sets: named).jsonLine
    }

    /// A line a figure, a column a set.
    var text: String {
        var lines = ["".leftAligned(in: 24) + sets.map { $0.name.leftAligned(in: 18) }.joined()]
        for key in keys {
            lines.append(
                key.leftAligned(in: 24)
                    + sets.map { set in
                        let value = set.figures.first { $0.key == key }?.value
                        return (value.map { "\($0.rounded(places: 4))" } ?? "-").leftAligned(in: 18)
                    }.joined())
        }
        return lines.map { line in
            var line = line
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }

    private var keys: [String] {
        var seen: Set<String> = []
        return sets.flatMap { $0.figures.map(\.key) }.filter { seen.insert($0).inserted }
    }
}

internal import Algorithms
internal import Glibc
public import LinearAlgebra
public import Records

/// The declared and fitted translation of tickets into numeric vectors.
///
/// A schema is fitted once, saved with the model and applied unchanged when scoring. Its columns lie in blocks, one block a
/// source (a categorical column, the calendar, the state of the desk …); a model gives each block one variance, which makes a
/// categorical block a random effect: the effect of each level is drawn towards the mean of its column by how little is known of
/// it (partial pooling), and a level that was never seen has the effect 0. Numbers are standardised and bounded to ±4.
public struct FeatureSchema: Sendable, Codable {
    /// A part of the columns that shares one source and one variance.
    public struct Block: Sendable, Equatable {
        /// The source: the name of a column of the tickets, "calendar", "desk state" or "log signatures".
        public let name: String
        /// The kind of its columns.
        public let kind: Kind

        /// The kind of a block.
        public enum Kind: String, Sendable {
            /// One column a level.
            case levels
            /// One or two columns of a number.
            case number
            /// The directions of a text column.
            case text
            /// Hour and weekday.
            case calendar
            /// The state of the desk, of the group and of the customer.
            case desk
            /// The log signatures that the customer met before the ticket.
            case signatures
        }
    }

    struct Levels: Sendable {
        var block: Int
        /// The columns of the tickets: one, or two whose levels are taken together.
        var names: [String]
        var columns: [String: Int]

        var isPair: Bool { names.count > 1 }

        /// Two levels as one.
        static func pair(_ first: String, _ second: String) -> String { "\(first)\u{1F}\(second)" }
    }

    struct Number: Sendable {
        var block: Int
        var name: String
        var scale: Standardization
        var column: Int
    }

    struct Text: Sendable {
        var block: Int
        var encoding: TextEncoding
        var column: Int
    }

    struct Dense: Sendable {
        var block: Int
        var scales: [Standardization]
        var column: Int
    }

    /// The blocks, in the order of their first fit.
    public internal(set) var blocks: [Block]
    /// The block of each column.
    public internal(set) var blockOfColumn: [Int]

    var levels: [Levels]
    var numbers: [Number]
    var texts: [Text]
    var desk: Dense?
    var signatures: Dense?
    var calendarColumn: Int

    /// The number of tickets that a level needs to have a column of its own.
    public static let smallestLevel = 3
    /// The largest number of level columns; beyond it the smallest levels go without.
    public static let largestLevelCount = 1_200
    /// The largest number of columns of pairs of levels; beyond it the rarest pairs go without.
    public static let largestPairCount = 300
    /// The columns whose pairs have effects of their own: what is urgent in one group may wait in another.
    private static let paired = ["group", "category", "priority"]

    /// The number of columns.
    public var columnCount: Int { blockOfColumn.count }

    /// About how many columns of a ticket are not zero.
    public var typicalEntryCount: Int {
        let levelCount = levels.reduce(0) { $0 + $1.columns.count }
        return columnCount - levelCount + levels.count - numbers.count
    }

    /// Fits a schema.
    ///
    /// - Parameters:
    ///   - table: The tickets of the training window.
    ///   - context: What was known of the desk and of the logs when each ticket opened.
    ///   - generator: The source of the random start of the text encoding.
    public init(
        fitting table: TicketTable, context: TicketContext, using generator: inout some RandomNumberGenerator
    ) throws(LinearAlgebraError) {
        blocks = [Block(name: "calendar", kind: .calendar)]
        blockOfColumn = [Int](repeating: 0, count: Calendar.featureCount)
        calendarColumn = 0
        levels = []
        numbers = []
        texts = []
        if !context.desk.isEmpty { desk = addDense("desk state", .desk, context.desk) }
        if !context.signatures.isEmpty { signatures = addDense("log signatures", .signatures, context.signatures) }
        for column in table.numeric {
            let scale = Standardization(column.values)
            let block = addBlock(column.name, .number, columns: 2)
            numbers.append(Number(block: block, name: column.name, scale: scale, column: columnCount - 2))
        }
        for column in table.text {
            guard
                let encoding = try TextEncoding(
                    name: column.name, texts: column.values, dimensions: 24, using: &generator)
            else { continue }
            let block = addBlock(column.name, .text, columns: encoding.dimensions)
            texts.append(Text(block: block, encoding: encoding, column: columnCount - encoding.dimensions))
        }
        for column in table.categorical {
            levels.append(Levels(block: addBlock(column.name, .levels, columns: 0), names: [column.name], columns: [:]))
        }
        let paired = Self.paired.filter { table.categoricalColumn(named: $0) != nil }
        for names in paired.combinations(ofCount: 2) {
            let block = addBlock(names.joined(separator: " and "), .levels, columns: 0)
            levels.append(Levels(block: block, names: names, columns: [:]))
        }
        learnLevels(of: table, rows: 0..<table.count)
    }

    private mutating func addBlock(_ name: String, _ kind: Block.Kind, columns: Int) -> Int {
        blocks.append(Block(name: name, kind: kind))
        blockOfColumn += [Int](repeating: blocks.count - 1, count: columns)
        return blocks.count - 1
    }

    private mutating func addDense(_ name: String, _ kind: Block.Kind, _ values: [[Double]]) -> Dense {
        let width = values[0].count
        let block = addBlock(name, kind, columns: width)
        let scales = (0..<width).map { feature in Standardization(values.map { $0[feature] }, logarithmic: false) }
        return Dense(block: block, scales: scales, column: columnCount - width)
    }
}

/// The mean and the spread by which a number is standardised.
struct Standardization: Sendable {
    var mean: Double
    /// 0 for a constant column: an infinite spread could not be written as JSON.
    var inverseSpread: Double
    var logarithmic: Bool

    /// Measures a column; numbers that are never negative and widely spread are taken as logarithms.
    init(_ values: [Double], logarithmic: Bool? = nil) {
        let known = values.filter(\.isFinite)
        let positive = known.allSatisfy { $0 >= 0 }
        let mean = known.reduce(0, +) / Double(max(1, known.count))
        self.logarithmic = logarithmic ?? (positive && mean > 0 && (known.max() ?? 0) > 8 * mean)
        let transformed = self.logarithmic ? known.map { log1p($0) } : known
        let center = transformed.reduce(0, +) / Double(max(1, transformed.count))
        let variance =
            transformed.reduce(0) { $0 + ($1 - center) * ($1 - center) } / Double(max(1, transformed.count))
        self.mean = center
        inverseSpread = variance > 1e-12 ? 1 / variance.squareRoot() : 0
    }

    init(mean: Double, inverseSpread: Double, logarithmic: Bool) {
        self.mean = mean
        self.inverseSpread = inverseSpread
        self.logarithmic = logarithmic
    }

    func apply(_ value: Double) -> Double {
        let transformed = logarithmic ? log1p(max(0, value)) : value
        return min(4, max(-4, (transformed - mean) * inverseSpread))
    }
}

internal import Algorithms
internal import LinearAlgebra

extension FeatureSchema {
    /// The schema as it stands in a model file: lists of one kind each, which are read many times faster than a tree of objects.
    private struct Form: Codable {
        /// The blocks.
        var names: StringList
        var kinds: StringList
        var calendarColumn: Int
        var desk: Scales?
        var signatures: Scales?
        var numbers: Scales
        var texts: [TextEncoding]
        var textBlocks: [Int]
        var textColumns: [Int]
        /// The levels of all columns of words, one column after the other.
        var levels: StringList
        var levelColumns: NumberList
        /// The block of each column of words, and the number of its levels.
        var levelBlocks: NumberList
        var levelCounts: NumberList
        /// The two columns of each pair, one pair after the other, which are the last of the columns of words; absent from older files.
        var pairs: StringList?
    }

    /// Standardisations of numbers, each with its block and its first column.
    private struct Scales: Codable {
        var blocks: NumberList
        var columns: NumberList
        var means: NumberList
        var inverseSpreads: NumberList
        var logarithmic: NumberList

        init(_ scales: [(block: Int, column: Int, scale: Standardization)]) {
            blocks = NumberList(scales.map(\.block))
            columns = NumberList(scales.map(\.column))
            means = NumberList(scales.map(\.scale.mean))
            inverseSpreads = NumberList(scales.map(\.scale.inverseSpread))
            logarithmic = NumberList(scales.map { $0.scale.logarithmic ? 1 : 0 })
        }

        init(_ dense: Dense) {
            self.init(dense.scales.enumerated().map { (dense.block, dense.column + $0.offset, $0.element) })
        }

        /// One entry a number, or nil where the lists disagree.
        var entries: [(block: Int, column: Int, scale: Standardization)]? {
            guard let blocks = blocks.integers, let columns = columns.integers,
                [blocks.count, columns.count, inverseSpreads.values.count, logarithmic.values.count]
                    .allSatisfy({ $0 == means.values.count })
            else { return nil }
            return blocks.indices.map {
                let scale = Standardization(
                    mean: means.values[$0], inverseSpread: inverseSpreads.values[$0],
                    logarithmic: logarithmic.values[$0] == 1)
                return (blocks[$0], columns[$0], scale)
            }
        }

        var dense: Dense? {
            guard let entries, let first = entries.first else { return nil }
            return Dense(block: first.block, scales: entries.map(\.scale), column: first.column)
        }
    }

    /// Decodes all but the projections of the texts, which must be set before the schema is used.
    public init(from decoder: any Decoder) throws {
        let form = try Form(from: decoder)
        func damaged(_ part: String) -> DecodingError {
            DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath, debugDescription: "the \(part) do not fit together"))
        }
        let kinds = form.kinds.strings.map(Block.Kind.init(rawValue:))
        guard kinds.count == form.names.strings.count, !kinds.contains(nil) else { throw damaged("blocks") }
        blocks = zip(form.names.strings, kinds).compactMap { name, kind in kind.map { Block(name: name, kind: $0) } }
        calendarColumn = form.calendarColumn
        desk = try form.desk.map {
            guard let dense = $0.dense else { throw damaged("features of the desk") }
            return dense
        }
        signatures = try form.signatures.map {
            guard let dense = $0.dense else { throw damaged("features of the signatures") }
            return dense
        }
        let names = blocks.map(\.name)
        func name(_ block: Int, _ part: String) throws -> String {
            guard names.indices.contains(block) else { throw damaged(part) }
            return names[block]
        }
        guard let entries = form.numbers.entries else { throw damaged("numbers") }
        numbers = try entries.map {
            Number(block: $0.block, name: try name($0.block, "numbers"), scale: $0.scale, column: $0.column)
        }
        guard form.texts.count == form.textBlocks.count, form.texts.count == form.textColumns.count else {
            throw damaged("texts")
        }
        texts = form.texts.indices.map {
            Text(block: form.textBlocks[$0], encoding: form.texts[$0], column: form.textColumns[$0])
        }
        let words = form.levels.strings
        guard let columns = form.levelColumns.integers, words.count == columns.count,
            let levelBlocks = form.levelBlocks.integers, let counts = form.levelCounts.integers,
            levelBlocks.count == counts.count, counts.allSatisfy({ (0...words.count).contains($0) }),
            counts.reduce(0, +) == words.count
        else { throw damaged("levels") }
        let pairs = (form.pairs?.strings ?? []).chunks(ofCount: 2).map { Array($0) }
        guard pairs.allSatisfy({ $0.count == 2 }), pairs.count <= counts.count else { throw damaged("pairs") }
        let firstPair = counts.count - pairs.count
        var start = 0
        levels = try zip(levelBlocks, counts).enumerated().map { position, part in
            let (block, count) = part
            defer { start += count }
            let own = start..<(start + count)
            return Levels(
                block: block,
                names: position < firstPair ? [try name(block, "levels")] : pairs[position - firstPair],
                columns: Dictionary(zip(words[own], columns[own])) { first, _ in first })
        }
        blockOfColumn = []
        guard let blockOfColumn = assignedBlocks() else { throw damaged("columns") }
        self.blockOfColumn = blockOfColumn
    }

    /// Encodes all but the projections of the texts.
    public func encode(to encoder: any Encoder) throws {
        let ordered = levels.map { $0.columns.sorted { $0.value < $1.value } }
        let form = Form(
            names: StringList(blocks.map(\.name)), kinds: StringList(blocks.map(\.kind.rawValue)),
            calendarColumn: calendarColumn, desk: desk.map { Scales($0) }, signatures: signatures.map { Scales($0) },
            numbers: Scales(numbers.map { ($0.block, $0.column, $0.scale) }), texts: texts.map(\.encoding),
            textBlocks: texts.map(\.block), textColumns: texts.map(\.column),
            levels: StringList(ordered.flatMap { $0.map(\.key) }),
            levelColumns: NumberList(ordered.flatMap { $0.map(\.value) }),
            levelBlocks: NumberList(levels.map(\.block)), levelCounts: NumberList(ordered.map(\.count)),
            pairs: StringList(levels.filter(\.isPair).flatMap(\.names)))
        try form.encode(to: encoder)
    }

    /// The block of each column, or nil where a column has none or two or a block does not exist.
    private func assignedBlocks() -> [Int]? {
        var parts = [(block: 0, columns: calendarColumn..<(calendarColumn &+ Calendar.featureCount))]
        func add(_ block: Int, _ column: Int, _ count: Int) -> Bool {
            guard blocks.indices.contains(block), column >= 0, column <= Int(Int32.max), count >= 0 else {
                return false
            }
            parts.append((block, column..<(column + count)))
            return true
        }
        guard blocks.first?.kind == .calendar, calendarColumn == 0,
            [desk, signatures].allSatisfy({ $0.map { add($0.block, $0.column, $0.scales.count) } ?? true }),
            numbers.allSatisfy({ add($0.block, $0.column, 2) }),
            texts.allSatisfy({ add($0.block, $0.column, $0.encoding.dimensions) }),
            levels.allSatisfy({ known in known.columns.values.allSatisfy { add(known.block, $0, 1) } })
        else { return nil }
        let count = parts.reduce(0) { $0 + $1.columns.count }
        var result = [Int](repeating: -1, count: count)
        for part in parts {
            for column in part.columns {
                guard column < count, result[column] < 0 else { return nil }
                result[column] = part.block
            }
        }
        return result
    }
}

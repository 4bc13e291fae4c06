public import Records

extension FeatureSchema {
    /// Adds a column for each level that has become frequent; the columns that exist keep their places.
    ///
    /// - Parameters:
    ///   - table: The tickets.
    ///   - rows: The rows that are known by now.
    public mutating func learnLevels(of table: TicketTable, rows: Range<Int>) {
        learn(levels.indices.filter { !levels[$0].isPair }, atMost: Self.largestLevelCount) {
            Self.counts(of: $0, table, rows)
        }
        learn(levels.indices.filter { levels[$0].isPair }, atMost: Self.largestPairCount) {
            Self.pairCounts(of: $0, table, rows)
        }
    }

    private mutating func learn(_ positions: [Int], atMost most: Int, counts: (Levels) -> [String: Int]) {
        var candidates: [(count: Int, column: Int, level: String)] = []
        for position in positions {
            for (level, count) in counts(levels[position])
            where count >= Self.smallestLevel && levels[position].columns[level] == nil {
                candidates.append((count, position, level))
            }
        }
        let room = most - positions.reduce(0) { $0 + levels[$1].columns.count }
        candidates.sort { ($1.count, $0.column, $0.level) < ($0.count, $1.column, $1.level) }
        for candidate in candidates.prefix(max(0, room)) {
            levels[candidate.column].columns[candidate.level] = columnCount
            blockOfColumn.append(levels[candidate.column].block)
        }
    }

    private static func counts(of known: Levels, _ table: TicketTable, _ rows: Range<Int>) -> [String: Int] {
        guard let column = table.categoricalColumn(named: known.names[0]) else { return [:] }
        var counts = [Int](repeating: 0, count: column.levels.count)
        for row in rows where column.codes[row] >= 0 { counts[Int(column.codes[row])] += 1 }
        return Dictionary(zip(column.levels, counts)) { first, _ in first }
    }

    /// The pairs of levels that are met, without those that tell no more than one of both: it is always together with the other.
    private static func pairCounts(of known: Levels, _ table: TicketTable, _ rows: Range<Int>) -> [String: Int] {
        guard let first = table.categoricalColumn(named: known.names[0]),
            let second = table.categoricalColumn(named: known.names[1])
        else { return [:] }
        var firsts = [Int](repeating: 0, count: first.levels.count)
        var seconds = [Int](repeating: 0, count: second.levels.count)
        var pairs: [SIMD2<Int32>: Int] = [:]
        for row in rows where first.codes[row] >= 0 && second.codes[row] >= 0 {
            firsts[Int(first.codes[row])] += 1
            seconds[Int(second.codes[row])] += 1
            pairs[SIMD2(first.codes[row], second.codes[row]), default: 0] += 1
        }
        var counts: [String: Int] = [:]
        for (codes, count) in pairs {
            let (one, other) = (Int(codes.x), Int(codes.y))
            guard count < firsts[one] && count < seconds[other] else { continue }
            counts[Levels.pair(first.levels[one], second.levels[other])] = count
        }
        return counts
    }
}

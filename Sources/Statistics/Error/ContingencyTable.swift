/// How many items each group of one partition shares with each group of another one; only cells that are not empty are kept.
struct ContingencyTable {
    /// Items that two groups share.
    struct Cell {
        let row: Int
        let column: Int
        var count: Int
    }

    /// The number of items.
    let count: Int
    /// The sizes of the groups of the first partition.
    let rows: [Int]
    /// The sizes of the groups of the second one.
    let columns: [Int]
    /// In the order in which items first fall in them, so that sums over them have the same bits in every run.
    let cells: [Cell]

    /// Counts two partitions of the same items, in which nil stands for a group of its own.
    ///
    /// O(items).
    init<Row: Hashable, Column: Hashable>(_ rows: [Row?], _ columns: [Column?]) {
        precondition(rows.count == columns.count, "each item has a group in both")
        let rowNumbers = Self.numbered(rows)
        let columnNumbers = Self.numbered(columns)
        count = rows.count
        self.rows = Self.sizes(rowNumbers)
        self.columns = Self.sizes(columnNumbers)
        var cells: [Cell] = []
        var places: [Int: Int] = [:]
        for (row, column) in zip(rowNumbers, columnNumbers) {
            let key = row * self.columns.count + column
            if let place = places[key] {
                cells[place].count += 1
            } else {
                places[key] = cells.count
                cells.append(Cell(row: row, column: column, count: 1))
            }
        }
        self.cells = cells
    }

    /// Numbers from 0 for groups; each nil is a group of its own.
    private static func numbered<Group: Hashable>(_ groups: [Group?]) -> [Int] {
        var numbers: [Group: Int] = [:]
        var count = 0
        return groups.map { group in
            if let group, let number = numbers[group] { return number }
            if let group { numbers[group] = count }
            count += 1
            return count - 1
        }
    }

    private static func sizes(_ groups: [Int]) -> [Int] {
        var sizes = [Int](repeating: 0, count: (groups.max() ?? -1) + 1)
        for group in groups { sizes[group] += 1 }
        return sizes
    }
}

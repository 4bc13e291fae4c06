internal import Records

/// Which columns the headers of a log have, by how many lines with the same parts before have one there.
///
/// One line does not tell whether `DNS: no answer` begins with the name of a logger. A log does: a logger's name stands in
/// nearly all lines, and the subject of a message in some. The newest lines count most, and memory is bounded.
struct ColumnShares: Sendable {
    /// The most layouts that are told apart; candidates in others are columns.
    static let mostLayouts = 32
    /// All numbers of a layout are halved when it has so many lines.
    static let mostLines: UInt16 = 2_048

    var layouts: [LogCheckpoint.Layout] = []

    /// Where the message of a line begins, of which all candidates together end at `end`.
    func message(_ candidates: ColumnCandidates, end: Int) -> Int {
        var layout = candidates.layout
        for index in 0..<candidates.count {
            let (kind, start) = candidates[index]
            guard isColumn(kind, after: layout) else { return start }
            layout = ColumnCandidates.layout(layout, kind)
        }
        return end
    }

    /// Counts a line.
    mutating func count(_ candidates: ColumnCandidates) {
        var layout = candidates.layout
        guard layout > 0 else { return }
        for index in 0..<candidates.count {
            let kind = candidates[index].kind
            add(kind, after: layout)
            // What follows the start of a message is no column.
            guard isColumn(kind, after: layout) else { return }
            layout = ColumnCandidates.layout(layout, kind)
        }
        add(nil, after: layout)
    }

    /// Nearly all lines must have a tag, since messages, too, begin with a name and a colon; of the others most.
    private func isColumn(_ kind: ColumnCandidates.Kind, after layout: UInt32) -> Bool {
        guard let index = index(of: layout) else { return true }
        let known = layouts[index]
        let count = Int(known.linesWith[Int(kind.rawValue)])
        return kind == .tag ? 10 * count >= 9 * Int(known.lines) : 2 * count >= Int(known.lines)
    }

    private func index(of layout: UInt32) -> Int? {
        for index in layouts.indices where layouts[index].parts == layout { return index }
        return nil
    }

    private mutating func add(_ kind: ColumnCandidates.Kind?, after layout: UInt32) {
        let index = index(of: layout) ?? layouts.count
        if index == layouts.count {
            guard index < Self.mostLayouts else { return }
            layouts.append(LogCheckpoint.Layout(parts: layout))
        }
        layouts[index].lines += 1
        if let kind { layouts[index].linesWith[Int(kind.rawValue)] += 1 }
        guard layouts[index].lines >= Self.mostLines else { return }
        layouts[index].lines >>= 1
        layouts[index].linesWith &>>= 1
    }
}

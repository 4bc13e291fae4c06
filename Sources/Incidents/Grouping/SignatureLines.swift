/// The failing lines of each signature, in order of time.
struct SignatureLines {
    let lines: [AccountLine]
    /// For each signature the positions of its lines in ``lines``.
    private let positions: [[Int32]]

    init(_ lines: AccountLines, signatures: Int) {
        var positions = [[Int32]](repeating: [], count: signatures)
        for (position, line) in lines.lines.enumerated() where line.signature >= 0 && line.isFailure {
            positions[Int(line.signature)].append(Int32(truncatingIfNeeded: position))
        }
        self.lines = lines.lines
        self.positions = positions
    }

    /// The number of signatures.
    var count: Int { positions.count }

    /// The positions of the lines of a signature.
    func all(_ signature: Int32) -> [Int32] { positions[Int(signature)] }

    /// The positions of the lines of a signature from one time to another, both included.
    func positions(_ signature: Int32, from: Double, to: Double) -> ArraySlice<Int32> {
        let all = positions[Int(signature)]
        let begin = firstIndex(of: all) { $0 >= from }
        let end = firstIndex(of: all) { $0 > to }
        return all[begin..<max(begin, end)]
    }

    /// The positions of the lines of a rise.
    func positions(of rise: Rise) -> [Int32] {
        positions(rise.signature, from: rise.start, to: rise.end).filter { rise.scope.contains(lines[Int($0)]) }
    }

    private func firstIndex(of positions: [Int32], where isReached: (Double) -> Bool) -> Int {
        var low = 0
        var high = positions.count
        while low < high {
            let middle = (low + high) / 2
            if isReached(lines[Int(positions[middle])].time) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension Traffic.Scope {
    /// Whether a line is of the scope.
    func contains(_ line: AccountLine) -> Bool {
        switch self {
        case .everything: !line.isRepeat
        case .deployment(let index): line.deployment == index && !line.isRepeat
        case .account(let index): line.account == index
        }
    }
}

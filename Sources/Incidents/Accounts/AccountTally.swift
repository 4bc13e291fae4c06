/// The lines of an incident that are one account's, by how that is known.
struct AccountTally {
    private var counts = InlineArray<8, Int>(repeating: 0)
    private(set) var first = Double.infinity

    mutating func add(_ line: AccountLine) {
        counts[Int(line.via.rawValue)] += 1
        first = min(first, line.time)
    }

    var lines: Int { counts.indices.reduce(0) { $0 + counts[$1] } }

    func share(_ ways: AccountLine.Via...) -> Double {
        lines == 0 ? 0 : Double(ways.reduce(0) { $0 + counts[Int($1.rawValue)] }) / Double(lines)
    }

    /// What the lines say, the surest first.
    var evidence: [LinkEvidence] {
        AccountLine.Via.allCases.compactMap { via in
            let lines = counts[Int(via.rawValue)]
            guard lines > 0 else { return nil }
            return switch via {
            case .id: .id(lines: lines)
            case .alias: .alias(lines: lines)
            case .address: .address(lines: lines)
            case .trace: .trace(lines: lines)
            case .joinKey: .joinKey(lines: lines)
            case .similar: .similar(lines: lines)
            case .soleAccount: .soleAccount(lines: lines)
            case .none: nil
            }
        }
    }
}

import Logs
import Records
import Storage

/// What a miner has learnt from messages, and which lines they took.
struct LearntLines {
    /// Some lines of one record, or a line with nothing in it.
    struct Row {
        let shape: SignatureMiner.Shape
        let lines: Int32
    }

    /// The miner.
    private(set) var miner = SignatureMiner()
    /// The rows in order of the lines; empty unless they are kept.
    private(set) var rows: [Row] = []
    private let keepsRows: Bool
    /// The lines of records beyond their first one.
    private var further: [SignatureMiner.Shape: Int] = [:]

    init(keepsRows: Bool) {
        self.keepsRows = keepsRows
    }

    /// The lines of each signature beyond the first ones of its records.
    func furtherLines(_ set: SignatureSet) -> [Int: Int] {
        further.reduce(into: [:]) { sums, item in
            if let signature = set.index(of: item.key) { sums[signature, default: 0] += item.value }
        }
    }

    /// Takes what a store has kept.
    mutating func take(_ store: TenantStore) throws {
        miner.merge(
            SignatureMiner(
                redactor: nil, shapes: try store.shapes(), linesWithoutDetail: try store.recordsWithoutShape()))
    }

    /// Learns a message that takes so many lines.
    mutating func learn(_ message: Span<UInt8>, lines: Int32) {
        let shape = miner.learn(message)
        if keepsRows { rows.append(Row(shape: shape, lines: lines)) }
        if lines != 1 { further[shape, default: 0] += Int(lines) - 1 }
    }
}

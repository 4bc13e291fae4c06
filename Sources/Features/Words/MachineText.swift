internal import Records

/// Tells lines that a machine wrote from lines that people write: by their first bytes, and by how few of their words are words.
enum MachineText {
    /// How sure it is that a machine wrote a line.
    enum Likelihood {
        case unlikely, likely, certain
    }

    /// The bytes of a line that are looked at.
    private static let looked = 240

    /// Judges a line by itself.
    ///
    /// - Parameter whole: The line without the blanks around it, not empty.
    static func judge(_ whole: UnsafeBufferPointer<UInt8>) -> Likelihood {
        let line = UnsafeBufferPointer(rebasing: whole.prefix(looked))
        let opening = MachineOpening.judge(line)
        return opening == .certain ? .certain : max(opening, LineTally(line, of: whole.count).likelihood)
    }

    private static func max(_ one: Likelihood, _ other: Likelihood) -> Likelihood {
        one == .certain || other == .certain ? .certain : one == .likely ? one : other
    }

    /// Settles the lines that were left open: blocks that are set apart are a machine's, and so is a line that may be one beside a line
    /// of a machine, and an indented line below one.
    static func settle(_ lines: inout [MessageLine], in bytes: UnsafeBufferPointer<UInt8>) {
        for place in lines.indices {
            let before = place > 0 ? lines[place - 1].kind : .blank
            let after = place + 1 < lines.count ? lines[place + 1].kind : .blank
            switch lines[place].kind {
            case .perhapsPasted:
                let isBeside = [before, after].contains { $0 == .pasted || $0 == .perhapsPasted }
                lines[place].kind =
                    isBeside ? .pasted : MessageLine.spoken(UnsafeBufferPointer(rebasing: bytes[lines[place].words]))
            case .said:
                // A message of several lines goes on below its first.
                if before == .pasted, lines[place].isIndented || after == .pasted { lines[place].kind = .pasted }
            default: break
            }
        }
        CodeFence.settle(&lines, in: bytes)
        settleArmour(&lines, bytes)
    }

    /// Keys and certificates, between `-----BEGIN` and `-----END`.
    private static func settleArmour(_ lines: inout [MessageLine], _ bytes: UnsafeBufferPointer<UInt8>) {
        var opened: Int?
        for place in lines.indices where lines[place].kind == .pasted {
            let line = UnsafeBufferPointer(rebasing: bytes[lines[place].words])
            if line.starts(with: "-----BEGIN ") {
                opened = place
            } else if line.starts(with: "-----END "), let start = opened {
                for inner in start..<place where lines[inner].kind != .blank { lines[inner].kind = .pasted }
                opened = nil
            }
        }
    }
}

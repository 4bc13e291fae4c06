internal import Algorithms

/// The failing lines of each signature, in order of time.
struct SignatureLines {
    let lines: [AccountLine]
    /// For each signature the positions of its lines in ``lines``.
    private let positions: [[Int32]]
    /// The same for each deployment and each account.
    private let ofDeployment: [Int32: [Int32]]
    private let ofAccount: [Int32: [Int32]]

    /// No lines.
    init() {
        lines = []
        positions = []
        ofDeployment = [:]
        ofAccount = [:]
    }

    init(_ lines: AccountLines, signatures: Int) {
        var positions = [[Int32]](repeating: [], count: signatures)
        var ofDeployment: [Int32: [Int32]] = [:]
        var ofAccount: [Int32: [Int32]] = [:]
        for (position, line) in lines.lines.enumerated() where line.signature >= 0 && line.isFailure {
            let position = Int32(truncatingIfNeeded: position)
            positions[Int(line.signature)].append(position)
            if line.deployment >= 0 { ofDeployment[line.deployment, default: []].append(position) }
            if line.account >= 0 { ofAccount[line.account, default: []].append(position) }
        }
        self.lines = lines.lines
        self.positions = positions
        self.ofDeployment = ofDeployment
        self.ofAccount = ofAccount
    }

    /// The times of the first and of the last line; nil of no lines.
    var span: ClosedRange<Double>? {
        guard let first = lines.first, let last = lines.last else { return nil }
        return first.time...last.time
    }

    /// The number of signatures.
    var count: Int { positions.count }

    /// The positions of the lines of a signature.
    func all(_ signature: Int32) -> [Int32] { positions[Int(signature)] }

    /// The positions of the lines of a signature from one time to another, both included.
    func positions(_ signature: Int32, from: Double, to: Double) -> ArraySlice<Int32> {
        slice(positions[Int(signature)], from: from, to: to)
    }

    /// The positions of the lines of a rise.
    func positions(of rise: Rise) -> [Int32] {
        let all = positions(near: rise)
        return slice(all, from: rise.start, to: rise.end).filter {
            let line = lines[Int($0)]
            return line.signature == rise.signature && rise.scope.contains(line)
        }
    }

    /// The positions of the signature or of the scope, whichever are fewer.
    private func positions(near rise: Rise) -> [Int32] {
        let ofSignature = positions[Int(rise.signature)]
        guard let ofScope = positions(in: rise.scope), ofScope.count < ofSignature.count else { return ofSignature }
        return ofScope
    }

    private func positions(in scope: Traffic.Scope) -> [Int32]? {
        switch scope {
        case .everything: nil
        case .deployment(let index): ofDeployment[index] ?? []
        case .account(let index): ofAccount[index] ?? []
        }
    }

    /// The positions of the lines of a deployment or an account from one time to another, both included.
    func positions(in scope: Traffic.Scope, from: Double, to: Double) -> [Int32] {
        slice(positions(in: scope) ?? [], from: from, to: to).filter { scope.contains(lines[Int($0)]) }
    }

    private func slice(_ all: [Int32], from: Double, to: Double) -> ArraySlice<Int32> {
        let begin = all.partitioningIndex { lines[Int($0)].time >= from }
        let end = all.partitioningIndex { lines[Int($0)].time > to }
        return all[begin..<max(begin, end)]
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

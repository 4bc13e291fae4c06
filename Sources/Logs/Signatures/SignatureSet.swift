/// What stays the same in a log message, and how many lines said it.
public struct Signature: Sendable, Hashable {
    /// Derived from the words and marks of the template: no restart, order or sharding changes it.
    public let id: SignatureID
    /// The message with `<*>` for each variable. It may hold what is constant in the lines, people's data included, so it
    /// goes through the redactor before it is kept.
    public let template: String
    /// The number of lines.
    public let lines: Int
    /// The identifiers of the parts that were merged into this signature because they differ only in values, its own
    /// included where nothing was merged. They stay what they are when more lines merge more of them.
    public let parts: [SignatureID]
}

/// The signatures of all lines that a miner has learnt.
public struct SignatureSet: Sendable {
    /// The signatures, those with the most lines first, ties in the order of their templates.
    public let signatures: [Signature]
    /// For each shape of the miner the index of its signature.
    private let signatureOfShape: [Int32]
    private let withoutDetail: Int32?

    init(_ miner: SignatureMiner) {
        let grouping = SignatureGrouping(miner.table)
        var found: [(signature: Signature, shapes: [Int])] = grouping.rows.map { template, rows in
            let shapes = rows.map(\.shape)
            return (
                Signature(
                    id: grouping.id(of: template), template: TemplateText.text(template, rows, grouping.tokens),
                    lines: shapes.reduce(0) { $0 + miner.table.lines[$1] },
                    parts: Set(shapes.map { grouping.bases[$0] }).sorted()),
                shapes
            )
        }
        if miner.linesWithoutDetail > 0 {
            let rest = Signature(
                id: SignatureID(template: "<*>".utf8), template: "<*>", lines: miner.linesWithoutDetail, parts: [])
            found.append((rest, [-1]))
        }
        found.sort { left, right in
            (right.signature.lines, left.signature.template, left.signature.id)
                < (left.signature.lines, right.signature.template, right.signature.id)
        }
        var signatureOfShape = [Int32](repeating: 0, count: miner.table.count)
        var withoutDetail: Int32?
        for (index, member) in found.enumerated() {
            for shape in member.shapes {
                if shape < 0 {
                    withoutDetail = Int32(truncatingIfNeeded: index)
                } else {
                    signatureOfShape[shape] = Int32(truncatingIfNeeded: index)
                }
            }
        }
        signatures = found.map(\.signature)
        self.signatureOfShape = signatureOfShape
        self.withoutDetail = withoutDetail
    }

    /// The signature of a shape that the miner gave before this set was made, or nil for one that came later.
    public func index(of shape: SignatureMiner.Shape) -> Int? {
        if shape == .withoutDetail { return withoutDetail.map(Int.init) }
        guard signatureOfShape.indices.contains(Int(shape.index)) else { return nil }
        return Int(signatureOfShape[Int(shape.index)])
    }
}

extension SignatureMiner {
    /// The signatures of everything learnt so far.
    ///
    /// - Complexity: O(n log n) for n shapes.
    public func signatures() -> SignatureSet { SignatureSet(self) }
}

/// The signatures of all lines that a miner has learnt.
public struct SignatureSet: Sendable {
    /// The signatures, those with the most lines first, ties in the order of their templates.
    public let signatures: [Signature]
    /// The decisions that name a signature which has not been seen.
    public let openDecisions: [SignatureDecision]
    /// For each shape of the miner the index of its signature.
    public let signatureOfShape: [Int32]
    private let withoutDetail: Int32?
    private let tree: TemplateTree

    init(_ miner: SignatureMiner, _ decisions: [SignatureDecision]) {
        let grouping = SignatureGrouping(miner.table)
        var clusters = SignatureClusters(grouping)
        openDecisions = decisions.filter { !clusters.apply($0) }
        var found = clusters.signatures(lines: miner.table.lines)
        if miner.linesWithoutDetail > 0 {
            let id = SignatureID(template: "<*>".utf8)
            found.append(
                (Signature(id: id, template: "<*>", lines: miner.linesWithoutDetail, parts: []), SignatureCluster()))
        }
        found.sort { left, right in
            (right.signature.lines, left.signature.template, left.signature.id)
                < (left.signature.lines, right.signature.template, right.signature.id)
        }
        var signatureOfShape = [Int32](repeating: 0, count: miner.table.count)
        var withoutDetail: Int32?
        var tree = TemplateTree()
        for (index, member) in found.enumerated() {
            let index = Int32(truncatingIfNeeded: index)
            if member.cluster.templates.isEmpty { withoutDetail = index }
            for (template, rows) in member.cluster.templates {
                tree.insert(template, grouping.tokens, signature: index)
                for row in rows { signatureOfShape[row.shape] = index }
            }
        }
        // A variable of the tree is one element: values of several words are known one by one.
        var tokens = grouping.tokens
        for row in found.lazy.flatMap(\.cluster.templates).flatMap(\.rows) where row.isJoined {
            let elements = ElementParser.elements(of: miner.table.shape(row.shape), &tokens)
            tree.insert(
                elements.map { $0.isLoose ? .variable : $0 }, tokens, signature: signatureOfShape[row.shape])
        }
        signatures = found.map(\.signature)
        self.signatureOfShape = signatureOfShape
        self.withoutDetail = withoutDetail
        self.tree = tree
    }

    /// The signature of a shape that the miner gave before this set was made, or nil for one that came later.
    public func index(of shape: SignatureMiner.Shape) -> Int? {
        if shape == .withoutDetail { return withoutDetail.map(Int.init) }
        guard signatureOfShape.indices.contains(Int(shape.index)) else { return nil }
        return Int(signatureOfShape[Int(shape.index)])
    }

    /// The signature of any message, without learning: one whose template the message fits.
    ///
    /// Where constants and variables both fit, the constant is preferred. A message that a miner knows is found faster
    /// by ``SignatureMiner/shape(of:)`` and ``index(of:)``.
    ///
    /// - Returns: nil when no template fits.
    public func index(matching message: Span<UInt8>) -> Int? {
        var tokens = TokenTable()
        let elements = ElementParser.elements(of: MessageShape(message).bytes[...], &tokens)
        return tree.signature(of: elements, tokens).map(Int.init)
    }
}

extension SignatureMiner {
    /// The signatures of everything learnt so far.
    ///
    /// - Parameter decisions: What people decided, in the order in which they did.
    /// - Complexity: O(n log n) for n shapes.
    public func signatures(decisions: [SignatureDecision] = []) -> SignatureSet { SignatureSet(self, decisions) }
}

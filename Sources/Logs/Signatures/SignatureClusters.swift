/// The templates of one signature: one, unless a person merged several; none for lines without detail.
struct SignatureCluster {
    var templates: [(template: [Element], rows: [ShapeRow])] = []
}

/// The signatures of a grouping, after what people decided.
struct SignatureClusters {
    private let grouping: SignatureGrouping
    private var clusters: [SignatureCluster]

    init(_ grouping: SignatureGrouping) {
        self.grouping = grouping
        clusters = grouping.rows
            .map { (id: grouping.id(of: $0.key), cluster: SignatureCluster(templates: [($0.key, $0.value)])) }
            .sorted { $0.id < $1.id }
            .map(\.cluster)
    }

    /// Applies a decision; returns false when a signature that it names is not there.
    mutating func apply(_ decision: SignatureDecision) -> Bool {
        switch decision {
        case .merge(let ids):
            let indices = ids.map { index(of: $0) }
            guard !indices.contains(nil) else { return false }
            var distinct: [Int] = []
            for case let index? in indices where !distinct.contains(index) { distinct.append(index) }
            guard let first = distinct.first else { return false }
            for index in distinct.dropFirst() { clusters[first].templates += clusters[index].templates }
            for index in distinct.dropFirst().sorted(by: >) { clusters.remove(at: index) }
        case .split(let id):
            guard let index = index(of: id) else { return false }
            let parts = clusters[index].templates.flatMap { template, rows in
                Dictionary(grouping: rows) { grouping.bases[$0.shape] }
                    .sorted { $0.key < $1.key }
                    .map { (template: narrowed(template, $0.value), rows: $0.value) }
            }
            clusters.remove(at: index)
            clusters += parts.map { SignatureCluster(templates: [$0]) }
        }
        return true
    }

    /// A template for some of its rows: a word that they all share is a constant again.
    private func narrowed(_ template: [Element], _ rows: [ShapeRow]) -> [Element] {
        grouping.settled(template, rows)
    }

    private func index(of id: SignatureID) -> Int? {
        clusters.firstIndex { self.id(of: $0) == id }
            ?? clusters.firstIndex { cluster in
                cluster.templates.contains { $0.rows.contains { grouping.bases[$0.shape] == id } }
            }
    }

    private func id(of cluster: SignatureCluster) -> SignatureID {
        grouping.id(of: cluster.templates.first?.template ?? [])
    }

    /// The signatures with their lines.
    ///
    /// - Parameter lines: The number of lines of each shape.
    func signatures(lines: [Int]) -> [(signature: Signature, cluster: SignatureCluster)] {
        clusters.map { cluster in
            let shapes = cluster.templates.flatMap { $0.rows.map(\.shape) }
            let texts = cluster.templates.map { TemplateText.text($0.template, $0.rows, grouping.tokens) }
            let signature = Signature(
                id: id(of: cluster), template: TemplateText.alignment(of: texts),
                lines: shapes.reduce(0) { $0 + lines[$1] }, parts: Set(shapes.map { grouping.bases[$0] }).sorted())
            return (signature, cluster)
        }
    }
}

import Records
import Statistics

/// The redactor on labelled texts.
struct LabelledRedaction {
    let accuracy: SpanAccuracy
    let texts: Int
    let megabytes: Double
    let spansCSV: String

    /// Redacts the texts and compares.
    ///
    /// - Parameter types: For each label, the kinds that answer to it. A finding whose kind answers to several is of the one that it covers the most of, and the
    ///   first by name where it covers none.
    init(of redactor: Redactor, on texts: [SpanText], types: [String: [String]]) {
        var labelsOf: [String: [String]] = [:]
        for (label, kinds) in types.sorted(by: { $0.key < $1.key }) {
            for kind in kinds { labelsOf[kind, default: []].append(label) }
        }
        var csv = "text_index,entity_type,start,end\n"
        var found: [[TypedSpan]] = []
        for (index, text) in texts.enumerated() {
            let spans = redactor.findings(in: text.text).map { finding in
                let labels = labelsOf[finding.kind.name] ?? [finding.kind.name]
                let covered = text.labels.filter { labels.contains($0.type) && $0.range.overlaps(finding.range) }
                let most = covered.max {
                    $0.range.clamped(to: finding.range).count < $1.range.clamped(to: finding.range).count
                }
                return TypedSpan(type: most?.type ?? labels[0], range: finding.range)
            }
            for span in spans {
                csv +=
                    "\(index),\(span.type),\(text.character(at: span.range.lowerBound)),\(text.character(at: span.range.upperBound))\n"
            }
            found.append(spans)
        }
        accuracy = SpanAccuracy(
            labelled: texts.map { $0.labels.map { TypedSpan(type: $0.type, range: $0.range) } }, found: found,
            types: Set(types.keys))
        self.texts = texts.count
        megabytes = Double(texts.reduce(0) { $0 + $1.text.count }) / 1e6
        spansCSV = csv
    }
}

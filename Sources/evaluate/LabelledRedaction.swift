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
    /// - Parameter types: For each label, the kinds that answer to it.
    init(of redactor: Redactor, on texts: [SpanText], types: [String: [String]]) {
        var labelOf: [String: String] = [:]
        for (label, kinds) in types { for kind in kinds { labelOf[kind] = label } }
        var csv = "text_index,entity_type,start,end\n"
        var found: [[TypedSpan]] = []
        for (index, text) in texts.enumerated() {
            let spans = redactor.findings(in: text.text).map { finding in
                TypedSpan(type: labelOf[finding.kind.name] ?? finding.kind.name, range: finding.range)
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

import Models
import Records

/// Findings as lines of JSON.
enum FindingLines {
    /// Writes a finding.
    static func write(_ finding: AnomalyFinding, to output: inout JSONLineWriter) {
        output.literal("{\"session\":")
        output.value(finding.session)
        output.literal(",\"score\":")
        output.value(finding.score)
        output.literal(",\"pValue\":")
        output.value(finding.pValue)
        if finding.isAnomaly { output.literal(",\"isAnomaly\":true") } else { output.literal(",\"isAnomaly\":false") }
        output.literal(",\"contributions\":[")
        for (position, contribution) in finding.contributions.enumerated() {
            output.literal(position == 0 ? "{\"signature\":" : ",{\"signature\":")
            output.value(contribution.signature)
            if let template = contribution.template {
                output.literal(",\"template\":")
                output.value(template)
            }
            output.literal(",\"lines\":[")
            for (place, line) in contribution.lines.enumerated() {
                if place > 0 { output.literal(",") }
                output.value(Double(line))
            }
            output.literal("],\"why\":")
            output.value(contribution.why.description)
            output.literal(",\"weight\":")
            output.value(contribution.weight)
            output.literal("}")
        }
        output.literal("]}\n")
    }
}

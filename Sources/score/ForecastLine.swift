import Models
import Records
import Statistics

/// The answer to a ticket as a line of JSON.
enum ForecastLine {
    /// The numbers in a ticket that ask for more than the forecast.
    static let questions = ["ageHours", "slaHours", "customerImpact"]

    /// The answers to the tickets of a reading that ask for nothing impossible.
    static func lines(
        of reading: TicketReading, by model: ResolutionTimeModel, observations: [SignatureObservation]
    ) -> [UInt8] {
        let refused = Set(faults(in: reading).map(\.line))
        let table =
            refused.isEmpty
            ? reading.table : reading.table.rows(reading.lines.indices.filter { !refused.contains(reading.lines[$0]) })
        var output = JSONLineWriter()
        for (row, forecast) in model.forecasts(of: table, observations: observations).enumerated() {
            let asked = questions.map { question -> Double? in
                let value = table.numericColumn(named: question)?.values[row] ?? .nan
                return value.isNaN ? nil : value
            }
            write(forecast, age: asked[0], deadline: asked[1], impact: asked[2], to: &output)
        }
        return output.bytes
    }

    /// The questions that cannot be answered: a negative age or deadline, an impact outside 0 to 1.
    static func faults(in reading: TicketReading) -> [RowFault] {
        var faults: [RowFault] = []
        for (question, range) in zip(questions, ["from 0", "from 0", "from 0 to 1"]) {
            guard let values = reading.table.numericColumn(named: question)?.values else { continue }
            for (row, value) in values.enumerated()
            where value < 0 || value.isInfinite || (question == "customerImpact" && value > 1) {
                faults.append(
                    RowFault(
                        file: "standard input", line: reading.lines[row], field: question, excerpt: "\(value)",
                        reason: .outOfRange(range)))
            }
        }
        return faults
    }

    private static func write(
        _ forecast: ResolutionTimeForecast, age: Double?, deadline: Double?, impact: Double?,
        to output: inout JSONLineWriter
    ) {
        output.open("{")
        output.field("id", forecast.id)
        output.field("predictedHours", forecast.predictedHours)
        output.field("meanLogHours", forecast.distribution.meanLogHours)
        intervals(of: forecast, age: 0, to: &output)
        output.key("survival")
        output.open("[")
        let grid = forecast.distribution.grid
        for boundary in grid.boundaries.dropFirst() {
            output.open("{")
            output.field("hours", boundary)
            output.field("probability", forecast.distribution.survival(atHours: boundary))
            output.close("}")
        }
        output.close("]")
        output.field("tier", forecast.tier.rawValue)
        output.field("expertise", forecast.expertise.rawValue)
        output.field("relativeEffort", forecast.relativeEffort)
        output.field("priority", forecast.priority(impact: impact ?? 0.5))
        if let age {
            output.key("remaining")
            output.open("{")
            output.field("predictedHours", forecast.distribution.quantile(0.5, afterHours: age) - max(0, age))
            intervals(of: forecast, age: max(0, age), to: &output)
            output.close("}")
        }
        if let deadline {
            output.field("breachProbability", forecast.breachProbability(deadline: deadline, afterHours: age ?? 0))
        }
        output.key("contributions")
        output.open("[")
        for contribution in forecast.contributions.sorted(by: { abs($0.hours) > abs($1.hours) }) {
            output.open("{")
            output.field("feature", contribution.feature)
            output.field("hours", contribution.hours)
            output.close("}")
        }
        output.close("]")
        output.key("missing")
        output.open("[")
        for missing in forecast.missing { output.value(missing) }
        output.close("]")
        output.close("}")
        output.endLine()
    }

    private static func intervals(of forecast: ResolutionTimeForecast, age: Double, to output: inout JSONLineWriter) {
        output.key("intervals")
        output.open("{")
        for (name, coverage) in [("50", 0.5), ("80", 0.8), ("90", 0.9)] {
            let (lower, upper) = forecast.interval(coverage, afterHours: age)
            output.key(name)
            output.open("[")
            output.value(lower - age)
            output.value(upper - age)
            output.close("]")
        }
        output.close("}")
    }
}

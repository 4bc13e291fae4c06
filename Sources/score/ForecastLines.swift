import Models
import Records
import Statistics

/// Answers to tickets as lines of JSON.
struct ForecastLines: Sendable {
    /// The numbers in a ticket that ask for more than the forecast.
    static let questions = ["ageHours", "slaHours", "customerImpact"]

    private let model: ResolutionTimeModel
    private let observations: [SignatureObservation]
    /// What stands before each probability of the survival curve: the same for every ticket.
    private let survivalPoints: [[UInt8]]

    /// Prepares answers of a model.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - observations: Log signatures in the order of time.
    init(of model: ResolutionTimeModel, observations: [SignatureObservation]) {
        self.model = model
        self.observations = observations
        survivalPoints = model.ageBoundaries.dropFirst().enumerated().map { position, hours in
            var point = JSONLineWriter(capacity: 64)
            point.literal(position == 0 ? "{\"hours\":" : "},{\"hours\":")
            point.value(hours)
            point.literal(",\"probability\":")
            return point.bytes
        }
    }

    /// The answers to the tickets of a reading that ask for nothing impossible.
    func lines(of reading: TicketReading) -> [UInt8] {
        let refused = Set(Self.faults(in: reading).map(\.line))
        let table =
            refused.isEmpty
            ? reading.table : reading.table.rows(reading.lines.indices.filter { !refused.contains(reading.lines[$0]) })
        let asked = Self.questions.map { table.numericColumn(named: $0)?.values }
        var output = JSONLineWriter(capacity: 4_096 * table.count)
        for (row, forecast) in model.forecasts(of: table, observations: observations).enumerated() {
            func answer(_ question: Int) -> Double? {
                guard let value = asked[question]?[row], !value.isNaN else { return nil }
                return value
            }
            write(forecast, age: answer(0), deadline: answer(1), impact: answer(2), to: &output)
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

    private func write(
        _ forecast: ResolutionTimeForecast, age: Double?, deadline: Double?, impact: Double?,
        to output: inout JSONLineWriter
    ) {
        output.literal("{\"id\":")
        output.value(forecast.id)
        output.literal(",\"predictedHours\":")
        output.value(forecast.predictedHours)
        output.literal(",\"meanLogHours\":")
        output.value(forecast.meanLogHours)
        intervals(of: forecast, age: 0, to: &output)
        output.literal(",\"survival\":[")
        for (point, survival) in zip(survivalPoints, forecast.survivals.dropFirst()) {
            point.withUnsafeBufferPointer { output.literal($0) }
            output.value(survival)
        }
        output.literal("}],\"tier\":")
        output.value(forecast.tier.rawValue)
        output.literal(",\"expertise\":")
        output.value(forecast.expertise.rawValue)
        output.literal(",\"relativeEffort\":")
        output.value(forecast.relativeEffort)
        output.literal(",\"priority\":")
        output.value(Double(forecast.priority(impact: impact ?? 0.5)))
        if let age {
            output.literal(",\"remaining\":{\"predictedHours\":")
            output.value(forecast.distribution.quantile(0.5, afterHours: age) - max(0, age))
            intervals(of: forecast, age: max(0, age), to: &output)
            output.literal("}")
        }
        if let deadline {
            output.literal(",\"breachProbability\":")
            output.value(forecast.breachProbability(deadline: deadline, afterHours: age ?? 0))
        }
        output.literal(",\"contributions\":[")
        for (position, contribution) in forecast.leadingContributions().enumerated() {
            output.literal(position == 0 ? "{\"feature\":" : ",{\"feature\":")
            output.value(contribution.feature)
            output.literal(",\"hours\":")
            output.value(contribution.hours)
            output.literal("}")
        }
        output.literal("],\"missing\":[")
        for (position, missing) in forecast.missing.enumerated() {
            if position > 0 { output.literal(",") }
            output.value(missing)
        }
        output.literal("]}\n")
    }

    private func intervals(of forecast: ResolutionTimeForecast, age: Double, to output: inout JSONLineWriter) {
        output.literal(",\"intervals\":")
        let levels: [(StaticString, Double)] = [("{\"50\":[", 0.5), (",\"80\":[", 0.8), (",\"90\":[", 0.9)]
        for (key, coverage) in levels {
            let (lower, upper) = forecast.interval(coverage, afterHours: age)
            output.literal(key)
            output.value(lower - age)
            output.literal(",")
            output.value(upper - age)
            output.literal("]")
        }
        output.literal("}")
    }
}

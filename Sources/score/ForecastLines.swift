import Models
import Records
import Statistics

/// Answers to tickets as lines of JSON.
struct ForecastLines: Sendable {
    private let model: ResolutionTimeModel
    private let observations: [SignatureObservation]
    private let calendar: BusinessCalendar?
    /// What stands before each probability of the survival curve: the same for every ticket.
    private let survivalPoints: [[UInt8]]

    /// Prepares answers of a model.
    ///
    /// - Parameters:
    ///   - model: The model.
    ///   - observations: Log signatures in the order of time.
    ///   - calendar: The calendar of business hours, if they are asked for.
    init(of model: ResolutionTimeModel, observations: [SignatureObservation], calendar: BusinessCalendar?) {
        self.model = model
        self.observations = observations
        self.calendar = calendar
        survivalPoints = model.ageBoundaries.dropFirst().enumerated().map { position, hours in
            var point = JSONLineWriter(capacity: 64)
            point.literal(position == 0 ? "{\"hours\":" : "},{\"hours\":")
            point.value(hours)
            point.literal(",\"probability\":")
            return point.bytes
        }
    }

    /// The answers to the tickets of a reading, and what is wrong with those that ask for something impossible.
    func answers(to reading: TicketReading) -> (lines: [UInt8], faults: [RowFault]) {
        var (table, questions) = (reading.table, TicketQuestions(of: reading.table))
        let faults = faults(of: questions, in: reading)
        if !faults.isEmpty {
            let refused = Set(faults.map(\.line))
            table = table.rows(reading.lines.indices.filter { !refused.contains(reading.lines[$0]) })
            questions = TicketQuestions(of: table)
        }
        var output = JSONLineWriter(capacity: 4_096 * table.count)
        for (row, forecast) in model.forecasts(of: table, observations: observations).enumerated() {
            write(forecast, questions[row], to: &output)
        }
        return (output.bytes, faults)
    }

    private func faults(of questions: TicketQuestions, in reading: TicketReading) -> [RowFault] {
        reading.lines.indices.compactMap { row in
            guard let fault = questions[row].fault(hasCalendar: calendar != nil) else { return nil }
            return RowFault(
                file: "standard input", line: reading.lines[row], field: fault.field, excerpt: "\(fault.value)",
                reason: fault.reason)
        }
    }

    private func write(
        _ forecast: ResolutionTimeForecast, _ question: TicketQuestion, to output: inout JSONLineWriter
    ) {
        output.literal("{\"id\":")
        output.value(forecast.id)
        output.literal(",\"predictedHours\":")
        output.value(forecast.predictedHours)
        output.literal(",\"meanLogHours\":")
        output.value(forecast.meanLogHours)
        intervals(to: &output) { forecast.distribution.interval($0) }
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
        output.value(Double(forecast.priority(impact: question.customerImpact ?? 0.5)))
        let remaining = forecast.remaining(
            afterHours: question.ageHours ?? 0, pausedHours: question.pausedHours ?? 0)
        if question.ageHours != nil { write(remaining, to: &output) }
        if let hours = question.slaHours {
            output.literal(",\"breachProbability\":")
            output.value(remaining.breachProbability(deadline: remaining.deadline(hours: hours)))
        }
        if let hours = question.slaBusinessHours, let calendar {
            write(remaining, deadline: remaining.deadline(businessHours: hours, on: calendar), to: &output)
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

    private func write(_ remaining: RemainingTime, to output: inout JSONLineWriter) {
        output.literal(",\"remaining\":{\"predictedHours\":")
        output.value(remaining.predictedHours)
        intervals(to: &output) { remaining.interval($0) }
        if let calendar {
            output.literal(",\"businessHours\":")
            output.value(remaining.businessHours(in: remaining.predictedHours, on: calendar))
            intervals(named: ",\"businessIntervals\":", to: &output) { coverage in
                let (lower, upper) = remaining.interval(coverage)
                return (
                    remaining.businessHours(in: lower, on: calendar), remaining.businessHours(in: upper, on: calendar)
                )
            }
        }
        output.literal("}")
    }

    private func write(_ remaining: RemainingTime, deadline: Instant?, to output: inout JSONLineWriter) {
        output.literal(",\"deadline\":")
        if let deadline { output.value(deadline.iso8601) } else { output.literal("null") }
        output.literal(",\"breachProbability\":")
        output.value(deadline.map { remaining.breachProbability(at: $0) } ?? 0)
    }

    private func intervals(
        named name: StaticString = ",\"intervals\":", to output: inout JSONLineWriter,
        _ interval: (Double) -> (lower: Double, upper: Double)
    ) {
        output.literal(name)
        let levels: [(StaticString, Double)] = [("{\"50\":[", 0.5), (",\"80\":[", 0.8), (",\"90\":[", 0.9)]
        for (key, coverage) in levels {
            let (lower, upper) = interval(coverage)
            output.literal(key)
            output.value(lower)
            output.literal(",")
            output.value(upper)
            output.literal("]")
        }
        output.literal("}")
    }
}

import Glibc
import Records
import Statistics
import Testing

@testable import Models

/// The measures, worked by hand on distributions that are exponential on the clock of ln(1 + hours).
///
/// With the cumulative hazard r·ln(1 + hours) and r = c·ln 2 the quantile p lies at ln(1 + hours) = -log2(1 - p) / c.
struct ResolutionTimeEvaluationTests {
    private typealias Prediction = ResolutionTimeTraining.Prediction

    /// Three resolved tickets, one of them of another group and a later week, and one that is still open.
    private let table = TicketTable(
        ids: ["A", "B", "C", "open"],
        openedAt: [0, 1, 7, 8].map { (19_702 + $0) * 86_400 },  // 19,702 is a Monday.
        hours: [exp(0.25) - 0.76, expm1(0.45), exp(0.5), 1], resolved: [true, true, true, false],
        categorical: [CategoricalColumn(name: "group", values: ["x", "x", "y", "y"])])

    private func predictions() throws -> [Prediction] {
        // Nothing lives as long as the first interval, so that the bound on the hazard of the last one plays no part.
        let grid = try AgeGrid(boundaries: [0, expm1(100), expm1(101)])
        return [4.0, 8, 2, 4].enumerated().map { row, c in
            Prediction(row: row, distribution: DurationDistribution(grid: grid, hazards: [100 * c * M_LN2, c * M_LN2]))
        }
    }

    private func quantile(_ p: Double, _ c: Double) -> Double { expm1(-log2(1 - p) / c) }

    private func isNear(_ value: Double?, _ expected: Double) -> Bool {
        abs((value ?? .nan) - expected) <= 1e-12 * max(1, abs(expected))
    }

    @Test func `Errors of the median are those worked out by hand`() throws {
        let evaluation = try ResolutionTimeEvaluation(predictions(), of: table, protocol: "fixed")
        #expect(evaluation.protocol == "fixed")
        #expect(evaluation.n == 3)
        #expect(evaluation.open == 1)
        // The medians are e^0.25 - 1, e^0.125 - 1 and e^0.5 - 1; the hours of A and B are less than one.
        let missOfB = exp(0.45) - exp(0.125)
        #expect(isNear(evaluation.maeHours, (0.24 + missOfB + 1) / 3))
        #expect(isNear(evaluation.medianAbsoluteErrorHours, missOfB))
        #expect(isNear(evaluation.mape, (0.24 + missOfB + 1 / exp(0.5)) / 3))
        // A before B is the wrong order, A before C and B before C are right.
        #expect(isNear(evaluation.concordance, 2.0 / 3))
    }

    @Test func `The logarithmic error is that of the mean of the logarithm`() throws {
        let evaluation = try ResolutionTimeEvaluation(predictions(), of: table, protocol: "fixed")
        // The mean of ln(1 + hours) is 1 / (c ln 2).
        let errors = [log(exp(0.25) + 0.24) - 0.25 / M_LN2, 0.45 - 0.125 / M_LN2, log1p(exp(0.5)) - 0.5 / M_LN2]
        #expect(isNear(evaluation.rmsle, (errors.reduce(0) { $0 + $1 * $1 } / 3).squareRoot()))
    }

    @Test func `Intervals cover and are as wide as worked out by hand`() throws {
        let evaluation = try ResolutionTimeEvaluation(predictions(), of: table, protocol: "fixed")
        // B lies at 0.45; its intervals end at 0.25, log2(10) / 8 = 0.415 and log2(20) / 8 = 0.54. A and C lie in all.
        #expect(isNear(evaluation.coverage["50"], 2.0 / 3))
        #expect(isNear(evaluation.coverage["80"], 2.0 / 3))
        #expect(evaluation.coverage["90"] == 1)
        // The distribution of A is the middle one.
        #expect(isNear(evaluation.widthHours["50"], quantile(0.75, 4) - quantile(0.25, 4)))
        #expect(isNear(evaluation.widthHours["80"], quantile(0.9, 4) - quantile(0.1, 4)))
        #expect(isNear(evaluation.widthHours["90"], quantile(0.95, 4) - quantile(0.05, 4)))
    }

    @Test func `Pinball loss is the mean over three levels`() throws {
        let evaluation = try ResolutionTimeEvaluation(predictions(), of: table, protocol: "fixed")
        var sum = 0.0
        for (hours, c) in [(exp(0.25) - 0.76, 4), (expm1(0.45), 8), (exp(0.5), 2)] as [(Double, Double)] {
            for level in [0.1, 0.5, 0.9] {
                let miss = hours - quantile(level, c)
                sum += miss > 0 ? level * miss : (level - 1) * miss
            }
        }
        #expect(isNear(evaluation.pinballHours, sum / 9))
    }

    @Test func `Cohorts compare the mean hours of a week with the true mean`() throws {
        let evaluation = try ResolutionTimeEvaluation(predictions(), of: table, protocol: "fixed")
        // The mean is the integral of e^x e^(-c ln 2 x).
        func mean(_ c: Double) -> Double { 1 / (c * M_LN2 - 1) }
        let (hoursOfA, hoursOfB) = (exp(0.25) - 0.76, expm1(0.45))
        let first = abs((mean(4) + mean(8)) / (hoursOfA + hoursOfB) - 1)
        let second = abs(mean(2) / exp(0.5) - 1)
        #expect(isNear(evaluation.cohortMeanError, (2 * first + second) / 3))

        // Sunday ends a week: with B opened on the last day nothing changes, with A a day earlier all three are apart.
        var sunday = table
        sunday.openedAt[1] = (19_702 + 6.99) * 86_400
        #expect(
            try ResolutionTimeEvaluation(predictions(), of: sunday, protocol: "").cohortMeanError
                == evaluation.cohortMeanError)
        var apart = table
        apart.openedAt[0] = (19_702 - 0.01) * 86_400
        let (a, b) = (abs(mean(4) / hoursOfA - 1), abs(mean(8) / hoursOfB - 1))
        #expect(
            isNear(
                try ResolutionTimeEvaluation(predictions(), of: apart, protocol: "").cohortMeanError,
                (a + b + second) / 3))
    }

    @Test func `Groups come largest first and are measured alone`() throws {
        let groups = try ResolutionTimeEvaluation(predictions(), of: table, protocol: "fixed").groups
        #expect(groups.map(\.name) == ["x", "y"])
        #expect(groups.map(\.n) == [2, 1])
        #expect(isNear(groups[0].maeHours, (0.24 + exp(0.45) - exp(0.125)) / 2))
        #expect(isNear(groups[1].maeHours, 1))
        #expect(groups.map { $0.coverage["80"] } == [0.5, 1])
        #expect(isNear(groups[1].widthHours["50"], quantile(0.75, 2) - quantile(0.25, 2)))
    }

    @Test func `Groups add up to the whole`() throws {
        let predictions = try SharedTraining.training.warmUp
        let evaluation = try ResolutionTimeEvaluation(predictions, of: SharedTraining.table, protocol: "prequential")
        #expect(evaluation.n == predictions.count)
        #expect(evaluation.groups.count == 3)
        #expect(evaluation.groups.reduce(0) { $0 + $1.n } == evaluation.n)
        let hours = evaluation.groups.reduce(0) { $0 + Double($1.n) * $1.maeHours }
        #expect(abs(hours / Double(evaluation.n) / evaluation.maeHours - 1) < 1e-12)
        for level in ["50", "80", "90"] {
            let inside = evaluation.groups.reduce(0) { $0 + Double($1.n) * ($1.coverage[level] ?? .nan) }
            #expect(abs(inside / Double(evaluation.n) - (evaluation.coverage[level] ?? .nan)) < 1e-12)
        }
        #expect(try #require(evaluation.concordance) > 0.6)
    }

    @Test func `Where all tickets took equally long there is no order to be right about`() throws {
        var even = table
        even.hours = [2, 2, 2, 1]
        let evaluation = try ResolutionTimeEvaluation(predictions(), of: even, protocol: "fixed")
        #expect(evaluation.concordance == nil)
        #expect(evaluation.description.contains("\nconcordance           -\n"))
    }

    @Test func `Tickets that are still open are told of`() throws {
        let text = try ResolutionTimeEvaluation(predictions(), of: table, protocol: "fixed").description
        #expect(
            text.hasPrefix("protocol              fixed\ntickets               3\nstill open            1, left out"))
        let closed = Array(try predictions().prefix(3))
        #expect(try !ResolutionTimeEvaluation(closed, of: table, protocol: "fixed").description.contains("still open"))
    }

    @Test func `Without a resolved ticket there is nothing to measure`() throws {
        let open = Array(try predictions().suffix(1))
        #expect(throws: ResolutionTimeError.nothingHeldOut) {
            try ResolutionTimeEvaluation(open, of: table, protocol: "fixed")
        }
        #expect(throws: ResolutionTimeError.nothingHeldOut) {
            try ResolutionTimeEvaluation([], of: table, protocol: "fixed")
        }
    }

    @Test func `A CSV file quotes identifiers where it must`() throws {
        var odd = table
        odd.ids = ["plain", "a,b", "say \"so\"", "two\nlines"]
        let text = ResolutionTimeEvaluation.csv(of: try predictions(), table: odd)
        #expect(
            text.hasPrefix(
                "id,predicted_hours,lower80,upper80,lower90,upper90,median,lower50,upper50,mean_log_hours,mean_hours\n"
                    + "plain,"))
        for id in ["\n\"a,b\",", "\n\"say \"\"so\"\"\",", "\n\"two\nlines\","] { #expect(text.contains(id)) }
        #expect(text.hasSuffix("\n"))
        #expect(text.split(separator: "\n").count == 6)
    }

    @Test func `A line of CSV holds the quantiles and means under their names`() throws {
        let lines = ResolutionTimeEvaluation.csv(of: Array(try predictions().prefix(1)), table: table)
            .split(separator: "\n")
        #expect(lines.count == 2)
        let fields = Dictionary(
            uniqueKeysWithValues: zip(
                lines[0].split(separator: ",").map(String.init), lines[1].split(separator: ",").map { Double($0) }))
        let wanted: [String: Double] = [
            "predicted_hours": expm1(0.25), "median": expm1(0.25), "lower80": quantile(0.1, 4),
            "upper80": quantile(0.9, 4), "lower90": quantile(0.05, 4), "upper90": quantile(0.95, 4),
            "lower50": quantile(0.25, 4), "upper50": quantile(0.75, 4), "mean_log_hours": 0.25 / M_LN2,
            "mean_hours": 1 / (4 * M_LN2 - 1),
        ]
        for (name, value) in wanted { #expect(isNear(fields[name] ?? nil, value), "\(name)") }
        #expect(fields.count == wanted.count + 1)
    }

    @Test func `The table for people shows rounded figures and groups of twenty tickets`() throws {
        let row = try predictions()[0]
        let tickets = [Int](repeating: 0, count: 21) + [2]
        let repeated = tickets.map { Prediction(row: $0, distribution: row.distribution) }
        let text = try ResolutionTimeEvaluation(repeated, of: table, protocol: "fixed").description
        // The misses are 0.24 h and e^0.5 - e^0.25 + 1 = 1.36 h: (21 · 0.24 + 1.36) / 22 = 0.29.
        #expect(text.hasPrefix("protocol              fixed\ntickets               22\nMAE                   0.3 h\n"))
        #expect(text.contains("\nmedian absolute error 0.2 h\n"))
        #expect(text.contains("\nconcordance           0.500\n"))
        // e^0.830 - e^0.038 = 1.26, and the one long ticket lies outside.
        #expect(text.contains("\n80 % interval         covers 95.5 %, median width 1.3 h\n"))
        #expect(text.hasSuffix("\nx" + String(repeating: " ", count: 39) + "21      0.2  100.0  100.0  100.0"))
    }
}

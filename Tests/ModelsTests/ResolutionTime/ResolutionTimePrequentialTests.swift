import Glibc
import Records
import Statistics
import Testing

@testable import Models

/// Predictions of tickets one after the other, each with what was known when it opened.
struct ResolutionTimePrequentialTests {
    /// The mean of ln(true hours / predicted median).
    private func bias(_ predictions: ArraySlice<ResolutionTimeTraining.Prediction>, _ table: TicketTable) -> Double {
        predictions.reduce(0) { $0 + log(table.hours[$1.row] / $1.distribution.quantile(0.5)) }
            / Double(predictions.count)
    }

    @Test(arguments: [9.0, 1.0 / 9])
    func `After durations change by a factor of nine predictions follow and intervals keep their promise`(
        factor: Double
    ) throws {
        let (cut, drift) = (120, 300)
        // A desk that has met a few very long tickets, so that the ages after the change are not beyond all that was seen.
        let desk = GeneratedDesk(count: 600, seed: 3) {
            $0 >= drift ? factor : $0 % 30 == 7 ? 20 : 1
        }
        let table = desk.table
        var settings = ResolutionTimeSettings.small
        settings.intervals = 44
        let training = try ResolutionTimeTraining.small(table, knownOn: desk.day(of: cut), settings: settings)
        let predictions = try training.prequentialPredictions()
        let first = try #require(predictions.first).row
        #expect(abs(first - cut) <= 1)

        let before = bias(predictions[(drift - first - 60)..<(drift - first)], table)
        #expect(abs(before) < 0.4)
        // The first tickets after the change cannot be predicted; sixty tickets later they can.
        let surprised = bias(predictions[(drift - first)..<(drift - first + 5)], table)
        #expect(abs(surprised) > log(4))
        let followed = bias(predictions[(drift - first + 60)...], table)
        #expect(abs(followed) < 0.3)

        let later = predictions[(predictions.count / 2)...]
        let inside = later.count {
            let hours = table.hours[$0.row]
            return $0.distribution.quantile(0.1) <= hours && hours <= $0.distribution.quantile(0.9)
        }
        let coverage = Double(inside) / Double(later.count)
        #expect(coverage >= 0.72 && coverage <= 0.88)

        // The model as it was at the cut stays where it was.
        let fixed = training.fixedPredictions()
        #expect(fixed.map(\.row) == predictions.map(\.row))
        #expect(abs(bias(fixed[(drift - first + 60)...], table)) > log(4))
    }

    @Test func `A prediction does not change when labels of later days do`() throws {
        let desk = GeneratedDesk(count: 240)
        let table = desk.table
        let (cut, middle) = (desk.day(of: 120), desk.day(of: 180))
        var other = table
        for row in 0..<table.count where table.openedAt[row] / 86_400 + table.hours[row] / 24 > middle {
            other.hours[row] = table.hours[row] * 5 + 200
            other.resolved[row] = row.isMultiple(of: 2)
        }
        let one = try ResolutionTimeTraining.small(table, knownOn: cut).prequentialPredictions()
        let two = try ResolutionTimeTraining.small(other, knownOn: cut).prequentialPredictions()
        #expect(one.map(\.row) == two.map(\.row))
        let earlier = one.count { table.openedAt[$0.row] / 86_400 <= middle }
        #expect((55..<65).contains(earlier))
        #expect(one.prefix(earlier).map(\.distribution) == two.prefix(earlier).map(\.distribution))
        #expect(one.last?.distribution != two.last?.distribution)
    }

    @Test func `A ticket that brings little news does not refit the base models`() throws {
        let desk = GeneratedDesk(count: 240)
        let table = desk.table
        let training = try ResolutionTimeTraining.small(table, knownOn: desk.day(of: 180))
        var learner = training.learner
        let row = try #require((0..<table.count).first { table.openedAt[$0] / 86_400 >= training.day })
        try learner.advance(to: table.openedAt[row] / 86_400)
        let distribution = learner.open(row: row)
        #expect(learner.fits.map(\.coefficients) == training.learner.fits.map(\.coefficients))
        #expect(learner.fits.map(\.logBaselines) == training.learner.fits.map(\.logBaselines))
        let prequential = try training.prequentialPredictions()
        #expect(prequential.first?.distribution == distribution)

        // A day on which nothing opened and nothing closed is no reason either, and enough news on a later day is.
        var patient = learner
        patient.refitGrowth = 10
        try patient.advance(to: training.day + 60)
        #expect(patient.fits.map(\.logBaselines) == training.learner.fits.map(\.logBaselines))
        try learner.advance(to: training.day + 60)
        #expect(learner.fits.map(\.logBaselines) != training.learner.fits.map(\.logBaselines))
    }

    @Test func `Predicting a ticket leaves the learner as it was`() throws {
        let learner = try SharedTraining.training.learner
        let once = learner.prediction(row: 100, on: SharedTraining.day)
        _ = learner.prediction(row: 101, on: SharedTraining.day + 50)
        #expect(learner.prediction(row: 100, on: SharedTraining.day) == once)
    }
}

import Features
import Glibc
import Records
import Statistics
import Testing

@testable import Models

/// Making a model of a data set.
struct ResolutionTimeTrainingTests {
    private let folder = ModelFolder()

    /// A data set whose one file holds a line.
    private func dataset() throws -> TicketDataset {
        folder.write("tickets.csv", "id,opened,resolved\n")
        folder.write(
            "dataset.json",
            """
            {"name": "generated", "kind": "tickets", "format": "csv", "files": ["tickets.csv"], "timeZone": "UTC",
             "source": {"title": "", "url": "", "licence": ""}, "columns": {"id": "id", "openedAt": "opened", "resolvedAt": "resolved"}}
            """)
        return try TicketDataset(at: folder.path)
    }

    private func model(seed: UInt64) throws -> ResolutionTimeModel {
        let desk = GeneratedDesk(count: 100)
        let day = desk.day(of: 90)
        return try ResolutionTimeModel(
            training: ResolutionTimeTraining.known(desk.table, on: day), knownOn: day, source: dataset(), seed: seed)
    }

    @Test func `The same seed gives the same bytes and another seed another model`() throws {
        let registry = folder.registry
        for seed in [4, 4, 5] { _ = try model(seed: UInt64(seed)).store(in: registry) }
        let weights = (1...3).map { folder.read("resolution-time/\($0)/model.safetensors") }
        #expect(weights[0].count > 1_000)
        #expect(weights[0] == weights[1])
        #expect(weights[0] != weights[2])
        // The descriptions differ by the number of the version and by the checksum that covers it.
        func lines(_ version: Int) -> [Substring] {
            folder.text("resolution-time/\(version)/model.json").split(whereSeparator: { "\n,".contains($0) })
                .filter { !$0.contains("\"version\"") && !$0.contains("\"descriptionSHA256\"") }
        }
        #expect(lines(1) == lines(2))
        #expect(lines(1) != lines(3))
    }

    @Test func `A model says where it comes from`() throws {
        let provenance = try model(seed: 4).provenance
        let table = GeneratedDesk(count: 100).table
        let day = GeneratedDesk(count: 100).day(of: 90)
        let known = (0..<100).filter { table.openedAt[$0] / 86_400 < day }
        #expect(provenance.dataset == "generated")
        // The output of printf 'id,opened,resolved\n' | sha256sum.
        #expect(
            provenance.dataSHA256 == [
                "tickets.csv": "dc8cc018d2874204200cd9cc582d766e8b739df5b833148b3bcc1ecbef58c2e3"
            ])
        #expect(provenance.tickets == known.count)
        #expect(
            provenance.resolvedTickets
                == known.count { table.openedAt[$0] / 86_400 + table.hours[$0] / 24 <= day })
        #expect(provenance.resolvedTickets < provenance.tickets)
        #expect(provenance.seed == 4)
        #expect(provenance.codeVersion == ResolutionTimeModel.codeVersion)
        #expect(provenance.trainingWindow.first.hasPrefix("2023-12-09T"))
        #expect(provenance.knownUntil.hasPrefix("2023-12-24T00:00:00"))
        #expect(
            Set(provenance.heldOut.keys) == [
                "tickets", "maeHours", "rmsle", "concordance", "coverage50", "coverage80", "coverage90",
            ])
    }

    @Test func `A desk whose tickets all take equally long is learned and stored`() throws {
        var table = GeneratedDesk(count: 100).table
        table.hours = [Double](repeating: 24, count: table.count)
        let model = try ResolutionTimeModel(
            training: table, knownOn: ResolutionTimeTraining.lastDay(of: table), source: dataset(), seed: 4)
        #expect(model.provenance.heldOut["concordance"] == nil)
        #expect(try model.store(in: folder.registry) == 1)
    }

    @Test func `A forecast does not drift with the weeks since the training`() throws {
        let table = GeneratedDesk(count: 200).table
        let model = try ResolutionTimeModel(
            training: table, knownOn: ResolutionTimeTraining.lastDay(of: table), source: dataset(), seed: 4)
        let last = try #require(table.openedAt.last?.rounded(.up))
        func hours(_ weeks: Double) -> [Double] {
            var later = table.rows(Array(0..<7))
            later.openedAt = (0..<7).map { last + (7 * weeks + Double($0)) * 86_400 }
            return model.forecasts(of: later).map(\.predictedHours)
        }
        let next = hours(1)
        for weeks in [2.0, 10, 50] {
            #expect(zip(hours(weeks), next).allSatisfy { abs($0 - $1) < 1e-6 * (1 + $1) })
        }
        #expect(
            zip(hours(0), next).dropFirst().allSatisfy { abs($0 - $1) < 1e-6 * (1 + $1) },
            "the first week after the last opening is no exception")
    }

    @Test func `The closings after the last opening do not empty the desk`() throws {
        var table = GeneratedDesk(count: 200).table
        let day = try #require(table.openedAt.last) / 86_400
        table.hours[199] += 24 * 365
        let training = try ResolutionTimeTraining.small(table, knownOn: ResolutionTimeTraining.lastDay(of: table))
        let nobody = DeskState.Membership(customer: "", group: "", assignee: "")
        let features = training.desk.features(for: nobody, at: (day + 400) * 86_400)
        #expect(features[0] > 0, "open tickets")
        #expect(features[2] == log1p(Double(table.openedAt.count { $0 / 86_400 >= day - 7 })), "arrivals in 7 days")
    }

    @Test func `Too few resolved tickets are refused with their number`() throws {
        let table = GeneratedDesk(count: 29).table
        let day = ResolutionTimeTraining.lastDay(of: table) + 1
        #expect(throws: ResolutionTimeError.tooFewResolved(29, needed: 30)) {
            try ResolutionTimeTraining.small(table, knownOn: day)
        }
        #expect(throws: ResolutionTimeError.tooFewResolved(0, needed: 30)) {
            try ResolutionTimeTraining.small(TicketTable(), knownOn: day)
        }
    }

    @Test func `Thirty resolved tickets are enough`() throws {
        let table = GeneratedDesk(count: 30).table
        let day = ResolutionTimeTraining.lastDay(of: table) + 1
        let training = try ResolutionTimeTraining.small(table, knownOn: day)
        #expect(training.model.forecasts(of: table).allSatisfy { $0.predictedHours.isFinite })
        #expect(training.warmUp.map(\.row) == Array(15..<30))
    }

    @Test func `Only resolutions before the cut count`() throws {
        let desk = GeneratedDesk(count: 200)
        #expect(throws: ResolutionTimeError.tooFewResolved(0, needed: 30)) {
            try ResolutionTimeTraining.small(desk.table, knownOn: GeneratedDesk.firstDay)
        }
    }

    @Test func `Tickets of which none was ever resolved are refused`() throws {
        var table = GeneratedDesk(count: 200).table
        table.resolved = [Bool](repeating: false, count: 200)
        #expect(throws: ResolutionTimeError.tooFewResolved(0, needed: 30)) {
            try ResolutionTimeTraining.small(table, knownOn: GeneratedDesk.firstDay + 100)
        }
    }

    @Test func `With the cut behind the last ticket there is nothing left to predict`() throws {
        let training = try SharedTraining.training
        #expect(try training.prequentialPredictions().isEmpty)
        #expect(training.fixedPredictions().isEmpty)
    }
}

import Features
import Glibc
import Models
@_spi(Stored) import Records
import Statistics

/// Tickets of a small desk, generated from a seed: log-normal durations with effects of priority, group and customer.
struct GeneratedDesk {
    /// The day of the first opening.
    static let firstDay = 19_700.0

    var count = 360
    var perDay = 6.0
    var seed: UInt64 = 1
    /// The factor of the duration of each ticket.
    var factor: (Int) -> Double = { _ in 1 }

    var table: TicketTable {
        var generator = SplitMix64(seed: seed)
        let priorities = ["urgent", "normal", "low"]
        let topics = ["printer jams on floor", "password reset for", "invoice is missing from", "network is slow in"]
        var (openedAt, hours, users): ([Double], [Double], [Double]) = ([], [], [])
        var words: [[String]] = [[], [], []]
        var subjects: [String] = []
        for row in 0..<count {
            openedAt.append((Self.firstDay + (Double(row) + generator.uniform()) / perDay) * 86_400)
            let priority = Int(generator.next() % 3)
            let group = Int(generator.next() % 3)
            let customer = Int(generator.next() % 8)
            let topic = Int(generator.next() % 4)
            let effect = 0.8 * Double(priority - 1) + 0.3 * Double(group - 1) + 0.1 * Double(customer - 4)
            hours.append(
                factor(row) * generator.logNormal(logMean: log(10) + effect, logStandardDeviation: 0.8))
            words[0].append(priorities[priority])
            words[1].append("team \(group)")
            words[2].append("customer \(customer)")
            subjects.append("\(topics[topic]) unit \(generator.next() % 5)")
            users.append((50 * generator.uniform()).rounded())
        }
        return TicketTable(
            ids: (0..<count).map { "T\($0)" }, openedAt: openedAt, hours: hours,
            resolved: [Bool](repeating: true, count: count),
            categorical: zip(["priority", "group", "customer"], words).map {
                CategoricalColumn(name: $0, values: $1)
            },
            numeric: [NumericColumn(name: "users", values: users)],
            text: [TextColumn(name: "subject", values: subjects.map(RedactedText.init(stored:)))])
    }

    /// The day on which a ticket opens, about.
    func day(of row: Int) -> Double { Self.firstDay + Double(row) / perDay }
}

extension ResolutionTimeSettings {
    /// Fewer intervals, bands and base models than the product's, so that a test takes a second.
    static var small: ResolutionTimeSettings {
        var settings = ResolutionTimeSettings()
        settings.intervals = 16
        settings.bands = 3
        settings.halfLives = [60, 3_000]
        settings.precisionScales = [1, 0.2]
        settings.varianceRounds = 2
        return settings
    }
}

extension ResolutionTimeTraining {
    /// Trains with small settings and a fixed seed.
    static func small(
        _ table: TicketTable, knownOn day: Double, seed: UInt64 = 7,
        settings: ResolutionTimeSettings = .small
    ) throws -> ResolutionTimeTraining {
        var generator = SplitMix64(seed: seed)
        return try ResolutionTimeTraining(table, knownOn: day, settings: settings, using: &generator)
    }

    /// The model at the cut, without a desk.
    var model: ResolutionTimeModel {
        let provenance = ResolutionTimeModel.Provenance(
            dataset: "generated", dataSHA256: [:], trainingWindow: TrainingWindow(from: "", to: ""), knownUntil: "",
            tickets: 0,
            resolvedTickets: 0, seed: 7, codeVersion: ResolutionTimeModel.codeVersion, heldOut: [:])
        return learner.model(
            provenance: provenance, predictions: warmUp.map(\.distribution), desk: DeskState(), day: day)
    }
}

/// One training that many tests look at.
enum SharedTraining {
    static let table = GeneratedDesk().table
    static let day = ResolutionTimeTraining.lastDay(of: table)
    static let result = Result { try ResolutionTimeTraining.small(table, knownOn: day) }
    static var training: ResolutionTimeTraining { get throws { try result.get() } }
}

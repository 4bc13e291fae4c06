import ArgumentParser
import Commands
import Dispatch
import Glibc
import LinearAlgebra
import Models
import Records
import Synchronization

/// Forecasts the resolution time of tickets.
struct ScoreResolutionTime: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "resolution-time", abstract: "Forecast resolution times: JSON lines in, JSON lines out.",
        discussion: """
            A ticket has the keys id and openedAt, and any of customer, organization, group, assignee, priority, category, \
            subject, body and the attributes of the model. With ageHours the answer holds the time that remains, with slaHours \
            the probability of a breach; the clock stood still for the latest pausedHours of the age, which also move the deadline. With --calendar the time \
            that remains is also given in business hours, and slaBusinessHours asks for the deadline and the probability of \
            its breach. customerImpact from 0 to 1 moves the recommended priority. Of the contributions the ten largest are \
            named, and "other" is the sum of the rest.

            A calendar is JSON; a weekday that it does not name is a day off, and times are UTC if it names no zone:
            {"timeZone": "Europe/Rome", "week": {"monday": ["09:00-13:00", "14:00-18:00"]}, "holidays": ["2026-12-25"]}
            """)

    @Option(help: ArgumentHelp("The folder of the models.", valueName: "dir"))
    var models = "models"

    @Option(help: "The version of the model; the current one by default.")
    var version: Int?

    @Option(help: ArgumentHelp("Log signatures by customer as JSON lines.", valueName: "file"))
    var signatures: String?

    @Option(help: ArgumentHelp("The business hours of the desk as JSON.", valueName: "file"))
    var calendar: String?

    @OptionGroup
    var redaction: RedactionOptions

    @Option(help: ArgumentHelp("The threads to use; one a processor by default.", valueName: "n"))
    var threads: Int?

    /// The bytes of the input that a thread works on at a time.
    private static let blockSize = 1 << 21
    /// The tickets that are encoded and answered together.
    private static let batchSize = 512

    func validate() throws {
        guard threads ?? 1 >= 1 else { throw ValidationError("--threads: at least one thread is needed") }
    }

    func run() throws {
        setLinearAlgebraThreads(1)
        try program.run(score)
    }

    private func score() throws {
        let model = try ResolutionTimeModel(from: ModelRegistry(path: models), version: version)
        let redactor = try redaction.redactor()
        let observations =
            try signatures.map { try SignatureObservationReader.read(file: $0, redactor: redactor) } ?? []
        let calendar = try calendar.map { try BusinessCalendar(json: RecordFile(reading: $0)) }
        var kinds = model.sourceColumns
        for name in TicketQuestions.columns { kinds[name] = .numeric }
        let columns = kinds
        let forecasts = ForecastLines(of: model, observations: observations, calendar: calendar)
        let threads = threads ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))

        let input = Mutex((reader: LineBlockReader(size: Self.blockSize), count: 0, isOpen: true))
        let output = Mutex((answers: OrderedAnswers(), rejected: 0))
        let outcome = Mutex(Result<Void, any Error>.success(()))
        // Bounds how far the other threads run ahead of one that is slow.
        let room = DispatchSemaphore(value: 2 * threads)
        DispatchQueue.concurrentPerform(iterations: threads) { _ in
            var reader = TicketLineReader(
                file: "standard input", columns: columns, batchSize: Self.batchSize, badRows: .areSetAside,
                redactor: redactor)
            do {
                while true {
                    room.wait()
                    let taken = try input.withLock { input -> (number: Int, block: LineBlock)? in
                        guard input.isOpen, let block = try input.reader.next(fill) else { return nil }
                        input.count += 1
                        return (input.count - 1, block)
                    }
                    guard let taken else { break }
                    var answer = OrderedAnswers.Answer()
                    for reading in try reader.read(taken.block) {
                        let (lines, faults) = forecasts.answers(to: reading)
                        answer.complaints += (reading.rejected.map(\.fault) + faults).map(\.description)
                        answer.lines.append(lines)
                    }
                    let written = try output.withLock { output in
                        let ready = output.answers.add(answer, at: taken.number)
                        for answer in ready {
                            for complaint in answer.complaints { program.report(complaint) }
                            output.rejected += answer.complaints.count
                            for lines in answer.lines { try write(lines) }
                        }
                        return ready.count
                    }
                    for _ in 0..<written { room.signal() }
                }
            } catch {
                input.withLock { $0.isOpen = false }
                outcome.withLock { if case .success = $0 { $0 = .failure(error) } }
                // Those who wait for room find the input closed.
                for _ in 0..<(2 * threads) { room.signal() }
            }
            room.signal()
        }
        try outcome.withLock(\.self).get()
        let rejected = output.withLock(\.rejected)
        if rejected > 0 { throw program.failure("\(rejected) lines were not scored", EX_DATAERR) }
    }
}

import Glibc
import Records
import Simulation
import Testing

struct DeskFileTests {
    private let repository = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()

    private func lines(_ file: DeskFile) -> [Substring] { file.contents.split(separator: "\n") }

    @Test(arguments: DeskGrade.allCases)
    func `what is written is read back as the same tickets`(grade: DeskGrade) throws {
        let desk = try DeskScenario(grade: grade, ticketCount: 300).simulated(seed: 2)
        let files = desk.files(named: "desk", origin: "a test")
        let descriptor = try DatasetDescriptor(
            json: RecordFile(path: files[0].name, bytes: Array(files[0].contents.utf8)))
        #expect(descriptor.name == "desk" && descriptor.files == [files[1].name])
        #expect(descriptor.source?.title == "a test")
        let redactor = try #require(Redactor(key: Array("a key of twenty bytes".utf8)))
        let reader = CSVReader(columns: descriptor.columns, redactor: redactor)
        let read = try reader.read([RecordFile(path: files[1].name, bytes: Array(files[1].contents.utf8))]).table
        #expect(read.ids == desk.tickets.ids)
        #expect(read.openedAt == desk.tickets.openedAt)
        #expect(read.resolved == desk.tickets.resolved)
        #expect(zip(read.hours, desk.tickets.hours).allSatisfy { abs($0 - $1) <= 0.00005 + 1e-9 })
        for column in desk.tickets.categorical {
            let found = try #require(read.categoricalColumn(named: column.name))
            #expect((0..<300).allSatisfy { found[$0] == column[$0] }, "\(column.name)")
        }
        #expect(read.text == desk.tickets.text)
    }

    @Test func `the truth has a line a ticket`() throws {
        let desk = try DeskScenario(grade: .easy, ticketCount: 3).simulated(seed: 2)
        let truth = lines(desk.files(named: "desk", origin: "a test")[2])
        #expect(truth.first == "id,medianHours,sigma,fastProbability")
        #expect(truth.dropFirst().map { $0.prefix(8) } == ["T000001,", "T000002,", "T000003,"])
        #expect(truth.dropFirst().allSatisfy { $0.hasSuffix(",0.2,0.000") })
    }

    @Test func `an observation is a line of JSON with the names of its properties`() throws {
        let desk = try DeskScenario(grade: .realistic, ticketCount: 60).simulated(seed: 2)
        let seen = try #require(desk.signatures.first)
        let first = try #require(lines(desk.files(named: "desk", origin: "a test")[3]).first)
        #expect(
            first
                == """
                {"time":"\(Instant(seconds: seen.time).iso8601)","customer":"\(seen.customer)","signature":"\(seen.signature)",\
                "severityNumber":\(seen.severityNumber),"count":\(seen.count)}
                """)
    }

    @Test(arguments: [("synthetic-desk", DeskGrade.realistic), ("synthetic-desk-easy", .easy)])
    func `the desk that is shipped is what its seed gives`(name: String, grade: DeskGrade) throws {
        let origin = "Made by casebook simulate --scenario desk --grade \(grade.rawValue) --seed 1 --tickets 5000"
        let desk = try DeskScenario(grade: grade, ticketCount: 5_000).simulated(seed: 1)
        for file in desk.files(named: name, origin: origin) {
            let shipped = try RecordFile(reading: "\(repository)/datasets/\(name)/\(file.name)")
            // Given both sides, a failure would describe the difference of half a million bytes for minutes.
            let isSame = shipped.bytes == Array(file.contents.utf8)
            #expect(isSame, "\(name)/\(file.name)")
        }
    }

    @Test func `an oracle's percentage error on the shipped easy desk is about 16`() throws {
        let desk = try DeskScenario(grade: .easy, ticketCount: 5_000).simulated(seed: 1)
        let test = (3_500..<5_000).filter { desk.tickets.resolved[$0] }
        let errors = test.map { row in
            abs(desk.tickets.hours[row] - desk.truth[row].medianHours) / max(1, desk.tickets.hours[row])
        }
        // The mean for a log-normal residual of standard deviation 0.2 is 0.163; tickets below an hour have less.
        #expect((0.145...0.175).contains(errors.reduce(0, +) / Double(errors.count)))
    }
}

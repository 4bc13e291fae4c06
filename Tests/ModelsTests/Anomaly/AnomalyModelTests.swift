import Models
import Records
import Statistics
import Testing

struct AnomalyModelTests {
    func model(_ sessions: [LogSession], alarmRate: Double? = nil) throws -> AnomalyModel {
        try AnomalyModel(
            training: sessions, source: .init(name: "generated", templates: ["corrupt": "block <*> corrupt"]),
            alarmRate: alarmRate)
    }

    @Test func `anomalies are found though some were learned from unknowingly`() throws {
        let mixed = GeneratedSessions.ordinary(3_000, seed: 1) + GeneratedSessions.anomalous(60, seed: 2)
        let model = try model(mixed)
        let missed = GeneratedSessions.anomalous(200, seed: 3).filter { !model.finding(for: $0).isAnomaly }
        #expect(missed.isEmpty)
        let alarms = GeneratedSessions.ordinary(2_000, seed: 4).count { model.finding(for: $0).isAnomaly }
        #expect(alarms <= 20)
    }

    /// 4 models of 500 sessions, 500 new sessions each: the rate is 5 % at most, up to 5 standard deviations of chance and
    /// the spread of the 4 thresholds.
    @Test func `the rate of false alarms that was asked for is kept`() throws {
        var alarms = 0
        for seed in UInt64(1)...4 {
            let model = try model(GeneratedSessions.ordinary(500, seed: seed), alarmRate: 0.05)
            #expect(model.promisedRate <= 0.05)
            alarms += GeneratedSessions.ordinary(500, seed: 100 + seed).count { model.finding(for: $0).isAnomaly }
        }
        #expect(alarms <= 100 + 5 * 14)
    }

    @Test func `a p-value is never below what the number of sessions can tell`() throws {
        let model = try model(GeneratedSessions.ordinary(9, seed: 5), alarmRate: 0.05)
        let finding = model.finding(for: LogSession(id: "x", signatures: ["boom", "boom", "bang"]))
        #expect(finding.pValue == 0.1)
        #expect(model.threshold == nil)
        #expect(!finding.isAnomaly)
        #expect(model.promisedRate == 0)
    }

    @Test func `the lines that cause a score are named, the worst first`() throws {
        let model = try model(GeneratedSessions.ordinary(3_000, seed: 1))
        let session = LogSession(id: "s", signatures: ["open", "begin", "write", "end", "corrupt", "close"])
        let finding = model.finding(for: session)
        let first = try #require(finding.contributions.first)
        #expect(finding.session == "s" && finding.isAnomaly && finding.score >= 1)
        #expect(first.signature == "corrupt" && first.template == "block <*> corrupt")
        #expect(first.lines == [5] && first.why == .neverSeen)
        #expect(finding.contributions.map(\.weight) == finding.contributions.map(\.weight).sorted(by: >))
    }

    @Test func `what is missing is named too`() throws {
        let model = try model(GeneratedSessions.ordinary(3_000, seed: 1))
        let finding = model.finding(for: LogSession(id: "s", signatures: ["open", "begin", "write", "end"]))
        #expect(finding.isAnomaly)
        let missing = finding.contributions.first { $0.signature == "close" }
        #expect(missing?.lines == [] && missing?.why == .count(0, usual: 1))
        #expect(missing?.why.description == "missing, usually 1")
    }

    @Test func `an order never seen is found where counts say nothing`() throws {
        let model = try model(GeneratedSessions.ordinary(6_000, seed: 1))
        let finding = model.finding(for: LogSession(id: "s", signatures: ["open", "write", "begin", "end", "close"]))
        #expect(finding.isAnomaly)
        #expect(
            finding.contributions.contains { $0.signature == "write" && $0.why == .follows("open") && $0.lines == [2] })
    }

    /// Each of four things is there or not, independently, but the fifth is there exactly when the first is.
    @Test func `counts that do not go together are found where each alone is usual`() throws {
        let sessions = (0..<8_000).map { number in
            let names = ["a", "b", "c", "d"].enumerated().filter { number >> $0.offset & 1 == 1 }.map(\.element)
            return LogSession(id: "\(number)", signatures: names + (number & 1 == 1 ? ["e"] : []))
        }
        let model = try model(sessions)
        let finding = model.finding(for: LogSession(id: "s", signatures: ["e"]))
        #expect(finding.isAnomaly)
        #expect(Set(finding.contributions.filter { $0.why == .mixture }.map(\.signature)) == ["a", "e"])
        #expect(!model.finding(for: LogSession(id: "t", signatures: ["a", "c", "e"])).isAnomaly)
    }

    @Test func `a signature never seen is remarkable where counts vary too much to tell`() throws {
        var generator = SplitMix64(seed: 6)
        let sessions = (0..<400).map { number in
            LogSession(
                id: "\(number)",
                signatures: (0..<60).map { _ in "s\(Int.random(in: 0..<20, using: &generator))" })
        }
        let model = try model(sessions)
        let finding = model.finding(for: LogSession(id: "s", signatures: sessions[0].signatures + ["boom"]))
        #expect(finding.isAnomaly)
        #expect(finding.contributions.contains { $0.signature == "boom" && $0.why == .neverSeen && $0.lines == [61] })
    }

    @Test func `a session of nothing is answered`() throws {
        let model = try model(GeneratedSessions.ordinary(300, seed: 1))
        let finding = model.finding(for: LogSession(id: "empty", signatures: []))
        #expect(finding.isAnomaly)
        #expect(finding.contributions.flatMap(\.lines).isEmpty)
    }

    @Test func `too few sessions are refused`() {
        #expect(throws: AnomalyError.tooFewSessions(1, needed: 2)) {
            try model([LogSession(id: "1", signatures: ["a"])])
        }
    }

    @Test func `a scorer says what the model says`() throws {
        let model = try model(GeneratedSessions.ordinary(300, seed: 1))
        var scorer = AnomalyScorer(model)
        for session in GeneratedSessions.ordinary(200, seed: 9) + GeneratedSessions.anomalous(20, seed: 9) {
            #expect(scorer.finding(for: session) == model.finding(for: session))
        }
    }

    @Test func `where order is regular a wrong order is found among few sessions, though it was learned from`() throws {
        let steps = ["open", "check", "write", "sync", "close"]
        func sessions(_ count: Int, _ signatures: [String]) -> [LogSession] {
            (0..<count).map { LogSession(id: "\($0)", signatures: signatures) }
        }
        let wrong = ["open", "write", "check", "sync", "close"]
        let model = try model(sessions(300, steps) + sessions(2, wrong))
        #expect(model.provenance.isOrdered)
        #expect(model.finding(for: LogSession(id: "w", signatures: wrong)).isAnomaly)
        #expect(!model.finding(for: LogSession(id: "s", signatures: steps)).isAnomaly)
    }

    /// One to five rounds, five in every sixth session.
    @Test func `a loop that does not end is found, though order is regular and a few were learned from`() throws {
        func session(_ rounds: Int) -> LogSession {
            LogSession(
                id: "\(rounds)",
                signatures: ["open"] + (0..<rounds).flatMap { _ in ["request", "response"] } + ["close"])
        }
        let ordinary = (0..<3_000).map { session([1, 1, 2, 2, 3, 5][$0 % 6]) }
        for model in [try model(ordinary), try model(ordinary + (12...26).map(session))] {
            #expect(model.provenance.isOrdered)
            for rounds in [15, 40, 80, 1_000] {
                let finding = model.finding(for: session(rounds))
                #expect(finding.isAnomaly)
                let named = finding.contributions.filter { $0.signature == "request" }
                #expect(named.count == 1 && named[0].why.description.hasPrefix("\(rounds) times, usually "))
            }
            #expect((1...5).allSatisfy { !model.finding(for: session($0)).isAnomaly })
        }
        let clean = try model(ordinary)
        #expect((6...10).allSatisfy { clean.finding(for: session($0)).isAnomaly })
    }

    /// A tenth of the sessions have an event in any of ten places.
    @Test func `a common event in any place is no anomaly where order is regular`() throws {
        let steps = (0..<11).map { "step \($0)" }
        func session(_ place: Int) -> LogSession {
            LogSession(id: "\(place)", signatures: Array(steps[...place]) + ["event"] + Array(steps[(place + 1)...]))
        }
        let plain = LogSession(id: "p", signatures: steps)
        let model = try model(Array(repeating: plain, count: 1_800) + (0..<200).map { session($0 % 10) })
        #expect(model.provenance.isOrdered)
        #expect((0..<10).allSatisfy { !model.finding(for: session($0)).isAnomaly })
        let swapped = Array(steps[..<4]) + [steps[5], steps[4]] + Array(steps[6...])
        #expect(model.finding(for: LogSession(id: "w", signatures: swapped)).isAnomaly)
    }

    @Test func `where lines come as they come order decides nothing`() throws {
        var generator = SplitMix64(seed: 8)
        let sessions = (0..<500).map { number in
            LogSession(id: "\(number)", signatures: ["a", "b", "c", "d", "e", "f"].shuffled(using: &generator))
        }
        let model = try model(sessions)
        #expect(!model.provenance.isOrdered)
        #expect(sessions.count { model.finding(for: $0).isAnomaly } == 0)
    }
}

import Features
import Glibc
import Records
import Testing

struct SignatureHistoryTests {
    private static let hour = 3_600.0
    private static let now = 1e9

    private func seen(
        _ hoursAgo: Double, _ signature: String, _ severity: Int, _ count: Int = 1, customer: String = "ada"
    ) -> SignatureObservation {
        SignatureObservation(
            time: Self.now - hoursAgo * Self.hour, customer: customer, signature: signature, severityNumber: severity,
            count: count)
    }

    private func features(_ observations: [SignatureObservation], of customer: String = "ada") -> [Double] {
        var history = SignatureHistory()
        for observation in observations { history.note(observation) }
        return history.features(of: customer, at: Self.now)
    }

    @Test func `counts by severity, window and novelty by hand`() {
        let observations = [
            seen(24 * 8, "disk full", 21, 50),  // beyond the week
            seen(24 * 7, "disk full", 17, 5),  // the far end of the week belongs to it
            seen(30, "slow query", 13, 8, customer: "bob"),  // another customer's, known to the desk
            seen(24, "slow query", 16, 4),  // the far end of the day belongs to it; new to the customer only
            seen(3, "out of memory", 17, 3),  // an error, new to both
            seen(2, "disk full", 18, 2),  // an error, not new
            seen(2, "started", 9, 7),  // information counts as a signature alone
            seen(1, "out of memory", 24, 1),
        ]
        // Errors 1, 3 + 2 + 1 and 5 more, warnings, distinct signatures and the new ones, the worst severity 24.
        let counts: [Double] = [1, 6, 11, 4, 4, 3, 2]
        let expected: [Double] = counts.map { log1p($0) } + [1]
        #expect(SignatureHistory.featureNames.count == expected.count)
        #expect(features(observations) == expected)
        #expect(features(observations, of: "bob") == [Double](repeating: 0, count: 8), "nothing within the day")
    }

    @Test(arguments: [(12, 0.0, 0.0), (13, 0, 1), (16, 0, 1), (17, 1, 0), (24, 1, 0)])
    func `severities 13 to 16 are warnings, from 17 on errors`(severity: Int, errors: Double, warnings: Double) {
        let features = features([seen(1, "x", severity)])
        #expect(features[...3] == [log1p(errors), log1p(errors), log1p(errors), log1p(warnings)])
        #expect(features[7] == Double(severity) / 24)
    }

    @Test func `a customer without logs has zeros`() {
        #expect(features([]) == [Double](repeating: 0, count: 8))
        #expect(features([seen(1, "x", 17)], of: "nobody") == [Double](repeating: 0, count: 8))
    }

    @Test func `a long history gives the same as its last week`() {
        let old = (0..<400).map { seen(Double(600 - $0), "s\($0 % 7)", 17, 1 + $0 % 3) }
        let week = Array(old.filter { $0.time >= Self.now - 168 * Self.hour })
        let (long, short) = (features(old), features(week))
        #expect(long[...4] == short[...4] && long[7] == short[7])
    }

    @Test func `tickets see the observations up to their opening`() {
        let table = TicketTable(
            ids: ["1", "2"], openedAt: [Self.now - 2 * Self.hour, Self.now], hours: [1, 1], resolved: [true, true],
            categorical: [CategoricalColumn(name: "customer", values: ["ada", "ada"])])
        let observations = [seen(2, "x", 17), seen(1.5, "y", 13), seen(0, "z", 18), seen(-1, "late", 24)]
        var state = DeskState()
        let context = TicketContext(replaying: table, from: &state, observations: observations)
        #expect(context.signatures.map { $0[1] } == [log1p(1), log1p(2)])
        #expect(context.signatures.map { $0[7] } == [17 / 24, 18 / 24])
        #expect(context.prefix(1).signatures == [context.signatures[0]] && context.prefix(1).desk == [context.desk[0]])
        #expect(TicketContext.signatures(of: table, observations: observations) == context.signatures)
        #expect(
            TicketContext.signatures(of: table.rows([1, 0]), observations: observations)
                == context.signatures.reversed())
        #expect(TicketContext.signatures(of: table, observations: []).isEmpty)
    }
}

import Foundation
import Models
import Statistics
import Testing

struct LinkModelTests {
    @Test func `without evidence it is even, as far as there is an incident at all`() {
        #expect(LinkModel.prior.probability(LinkModel.Evidence()) == LinkModel.certainty / 2)
    }

    @Test func `by the priors log odds add up`() {
        let probability = LinkModel.prior.probability(LinkModel.Evidence(exposure: -1, lines: 3))
        #expect(abs(probability - LinkModel.certainty / (1 + exp(-2.0))) < 1e-12)
    }

    @Test func `what is only similar counts for less`() {
        let own = LinkModel.Evidence(lines: 2)
        let similar = LinkModel.Evidence(lines: 2, similar: 1)
        #expect(LinkModel.prior.probability(similar) < LinkModel.prior.probability(own))
    }

    @Test func `no term outweighs all others`() {
        let huge = LinkModel.Evidence(exposure: -3, lines: 1e9)
        #expect(LinkModel.prior.probability(huge) < LinkModel.certainty)
    }

    @Test func `nothing learnt is the prior`() throws {
        #expect(try LinkModel(learning: []) == .prior)
    }

    @Test func `decisions that contradict the prior move it towards them and no further than they can carry`() throws {
        // Links by likeness that people confirmed every time.
        let evidence = LinkModel.Evidence(lines: 1, similar: 1)
        let few = try LinkModel(learning: [.init(evidence: evidence, isHurt: true)])
        let many = try LinkModel(
            learning: [LinkModel.Decision](repeating: .init(evidence: evidence, isHurt: true), count: 200))
        let before = LinkModel.prior.probability(evidence)
        #expect(before < few.probability(evidence))
        #expect(few.probability(evidence) < many.probability(evidence))
        #expect(many.probability(evidence) > 0.9)
        #expect(many.decisions == 200)
    }

    @Test func `what was learnt is calibrated on what it was learnt from`() throws {
        let evidence = LinkModel.Evidence(exposure: 1, lines: 2)
        let decisions = (0..<400).map { LinkModel.Decision(evidence: evidence, isHurt: $0 % 4 != 0) }
        #expect(abs(try LinkModel(learning: decisions).probability(evidence) - 0.75) < 0.03)
    }

    @Test func `one rejection of what all evidence speaks for moves little`() throws {
        let evidence = LinkModel.Evidence(exposure: 8, lines: 8, tickets: 8, change: 8)
        let other = LinkModel.Evidence(exposure: -1, lines: 3)
        let learnt = try LinkModel(learning: [.init(evidence: evidence, isHurt: false)])
        #expect(abs(learnt.probability(other) - LinkModel.prior.probability(other)) < 0.02)
    }

    @Test func `rejections of what all evidence speaks for are believed when they come again and again`() throws {
        let evidence = LinkModel.Evidence(exposure: 8, lines: 8)
        let rejected = [LinkModel.Decision](repeating: .init(evidence: evidence, isHurt: false), count: 100)
        #expect(try LinkModel(learning: rejected).probability(evidence) < 0.5)
    }

    @Test func `evidence that is no number is refused`() {
        let decision = LinkModel.Decision(evidence: LinkModel.Evidence(similar: .nan), isHurt: true)
        #expect(throws: RegressionError.self) { try LinkModel(learning: [decision]) }
    }

    @Test func `it keeps its coefficients as JSON`() throws {
        let model = try LinkModel(learning: [.init(evidence: .init(lines: 1), isHurt: true)])
        #expect(try JSONDecoder().decode(LinkModel.self, from: JSONEncoder().encode(model)) == model)
    }

    @Test func `evidence is kept as six values`() {
        let evidence = LinkModel.Evidence(exposure: 1, lines: -2, tickets: 0.5, change: 3, similar: 0.25, joined: 1)
        #expect(LinkModel.Evidence(values: evidence.values) == evidence)
        #expect(LinkModel.Evidence(values: [1, 2]) == nil)
    }
}

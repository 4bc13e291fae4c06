import Foundation
import Models
import Statistics
import Testing

struct AnswerModelTests {
    /// Two values: the first speaks for an answer, the second for nothing.
    private func learnt(_ seed: UInt64 = 1) throws -> AnswerModel {
        var generator = SplitMix64(seed: seed)
        var evidence: [[Double]] = []
        var isAnswered: [Bool] = []
        for _ in 0..<400 {
            let likeness = generator.uniform()
            evidence.append([likeness, generator.uniform()])
            isAnswered.append(generator.uniform() < likeness)
        }
        return try #require(AnswerModel(evidence: evidence, isAnswered: isAnswered))
    }

    @Test func `before anything is learnt the likeness alone counts, with even odds where it is said`() {
        let prior = AnswerModel.prior(3, even: 0.4)
        #expect(prior.count == 3)
        #expect(abs(prior.probability([0.4, 7, -7]) - 0.5) < 1e-12)
        #expect(abs(prior.probability([0.6, 0, 0]) - 1 / (1 + exp(-3.0))) < 1e-12)
        #expect(prior.probability([0.2, 0, 0]) < 0.5)
    }

    @Test func `what speaks for an answer raises its probability, and what says nothing does not`() throws {
        let model = try learnt()
        let probabilities = stride(from: 0.0, through: 1, by: 0.1).map { model.probability([$0, 0.5]) }
        #expect(zip(probabilities, probabilities.dropFirst()).allSatisfy { $0 < $1 })
        #expect(probabilities[0] > 0 && probabilities[10] < 1)
        // The probability is the likeness itself.
        #expect(abs(model.probability([0.5, 0.5]) - 0.5) < 0.1)
        #expect(probabilities[0] < 0.2 && probabilities[10] > 0.8)
        #expect(abs(model.probability([0.5, 0]) - model.probability([0.5, 1])) < 0.2)
    }

    @Test func `nothing is learnt where all questions were answered, or none, or there are none`() {
        #expect(AnswerModel(evidence: [[1], [2]], isAnswered: [true, true]) == nil)
        #expect(AnswerModel(evidence: [[1], [2]], isAnswered: [false, false]) == nil)
        #expect(AnswerModel(evidence: [], isAnswered: []) == nil)
    }

    @Test func `a value that is always the same says nothing`() throws {
        let model = try #require(
            AnswerModel(evidence: [[1, 5], [2, 5], [3, 5], [4, 5]], isAnswered: [false, true, false, true]))
        #expect(model.probability([1, 5]) < model.probability([4, 5]))
        #expect(abs(model.probability([2, 5]) - model.probability([2, 6])) < 1e-6)
    }

    @Test func `questions that are told apart with certainty keep a doubt`() throws {
        let model = try #require(AnswerModel(evidence: [[0], [0], [1], [1]], isAnswered: [false, false, true, true]))
        #expect(model.probability([0]) > 0.001 && model.probability([1]) < 0.999)
        #expect(model.probability([0]) < 0.5 && model.probability([1]) > 0.5)
    }

    @Test func `the same questions give the same model`() throws {
        #expect(try learnt() == learnt())
        #expect(try learnt(1) != learnt(2))
    }

    @Test func `a model is written and read without a change`() throws {
        for model in [try learnt(), .prior(14)] {
            let data = try JSONEncoder().encode(model)
            #expect(try JSONDecoder().decode(AnswerModel.self, from: data) == model)
        }
    }
}

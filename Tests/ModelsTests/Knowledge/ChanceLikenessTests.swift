import Foundation
import Testing

@testable import Models

struct ChanceLikenessTests {
    private let chance = ChanceLikeness([
        .init(terms: 1, mean: 0.6, deviation: 0.1), .init(terms: 4, mean: 0.4, deviation: 0.05),
        .init(terms: 16, mean: 0.3, deviation: 0),
    ])

    @Test
    func `a question no more like its nearest case than by chance is as likely as the densities say`() throws {
        let chance = try #require(chance)
        let peak = 1 / (0.05 * (2 * Double.pi).squareRoot())
        #expect(abs(chance.probabilityMet(resemblance: 0.4, terms: 4) - 0.8 / (0.8 + peak)) < 1e-12)
        #expect(abs(chance.probabilityMet(resemblance: 0.1, terms: 4) - 0.2 / (0.2 + peak)) < 1e-12)
        #expect(chance.probabilityMet(resemblance: 0.6, terms: 4) > 0.99)
    }

    @Test(arguments: [1, 4, 16])
    func `what resembles no case was not met`(terms: Int) throws {
        let chance = try #require(chance)
        #expect(chance.probabilityMet(resemblance: 0, terms: terms) == 0)
    }

    @Test(arguments: [1, 3, 40])
    func `more resemblance never speaks against a question`(terms: Int) throws {
        let chance = try #require(chance)
        let probabilities = (0...100).map { chance.probabilityMet(resemblance: Double($0) / 100, terms: terms) }
        #expect(probabilities == probabilities.sorted())
        #expect(probabilities.allSatisfy { (0...1).contains($0) })
    }

    @Test
    func `between two lengths the moments are those between, and beyond the last ones those of the last`() throws {
        let chance = try #require(chance)
        let between = try #require(ChanceLikeness([.init(terms: 2, mean: 0.5, deviation: 0.075)]))
        for resemblance in [0.5, 0.55, 0.7] {
            #expect(
                abs(
                    chance.probabilityMet(resemblance: resemblance, terms: 2)
                        - between.probabilityMet(resemblance: resemblance, terms: 2)) < 1e-9)
            #expect(
                chance.probabilityMet(resemblance: resemblance, terms: 16)
                    == chance.probabilityMet(resemblance: resemblance, terms: 1_000))
            #expect(
                chance.probabilityMet(resemblance: resemblance, terms: 0)
                    == chance.probabilityMet(resemblance: resemblance, terms: 1))
        }
    }

    @Test
    func `what is not known for growing numbers of terms is refused`() {
        #expect(ChanceLikeness([]) == nil)
        #expect(
            ChanceLikeness([.init(terms: 4, mean: 0.4, deviation: 0.1), .init(terms: 1, mean: 0.6, deviation: 0.1)])
                == nil)
        #expect(ChanceLikeness([.init(terms: 1, mean: .nan, deviation: 0.1)]) == nil)
    }
}

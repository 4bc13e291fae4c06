import Foundation
import Statistics
import Testing

struct CountExcessTests {
    @Test func `a count at or below its mean is no surprise`() {
        #expect(CountExcess.surprise(count: 3, mean: 3) == 0)
        #expect(CountExcess.surprise(count: 0, mean: 3, size: 2) == 0)
    }

    @Test func `the bound of Poisson is n ln n over mean less the excess`() {
        let surprise = CountExcess.surprise(count: 10, mean: 2)
        #expect(abs(surprise - (10 * log(5.0) - 8)) < 1e-12)
    }

    @Test(arguments: [(5, 1.0, 0.5), (20, 4.0, 2.0), (100, 30.0, 5.0), (7, 0.02, 0.1)])
    func `it never overstates how improbable a count is`(count: Int, mean: Double, size: Double) throws {
        let tail = try NegativeBinomial(mean: mean, size: size).survival(count - 1)
        #expect(CountExcess.surprise(count: Double(count), mean: mean, size: size) <= -log(tail))
        let poisson = try Poisson(mean: mean).survival(count - 1)
        #expect(CountExcess.surprise(count: Double(count), mean: mean) <= -log(poisson))
    }

    @Test func `a ratio of likelihoods is that of the distributions`() throws {
        for count in [0, 1, 5, 40] {
            let ratio = CountExcess.logLikelihoodRatio(
                count: Double(count), mean: 6, size: 1, otherMean: 0.5, otherSize: 0.25)
            let hit = try NegativeBinomial(mean: 6, size: 1).probability(count)
            let other = try NegativeBinomial(mean: 0.5, size: 0.25).probability(count)
            #expect(abs(ratio - log(hit / other)) < 1e-9)
        }
    }
}

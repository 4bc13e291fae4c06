import Glibc
import LinearAlgebra
import Statistics
import Testing

/// A regression estimator as the laws see it.
enum Estimator: CaseIterable, CustomTestStringConvertible {
    case linear, ridge, logistic, penalizedLogistic, poisson, quantile

    static let penalties = [0.0, 0.7, 3]

    var testDescription: String { "\(self)" }

    /// Whether a row of weight 2 is two rows in the covariance too.
    var weightsAreCounts: Bool { [.logistic, .penalizedLogistic, .poisson].contains(self) }

    func responses(_ data: LawData) -> [Double] {
        switch self {
        case .linear, .ridge, .quantile: data.hours
        case .logistic, .penalizedLogistic: data.outcomes
        case .poisson: data.counts
        }
    }

    func fit(
        _ design: Matrix, _ responses: [Double], weights: [Double]? = nil, penalties: [Double] = Self.penalties
    ) throws -> (coefficients: [Double], covariance: Matrix, standardErrors: [Double], predictions: [Double]) {
        switch self {
        case .linear:
            let fit = try LinearRegression().fit(design, responses, weights: weights)
            return (fit.coefficients, fit.covariance, fit.standardErrors, fit.predict(design))
        case .ridge:
            let fit = try RidgeRegression(penalties: penalties).fit(design, responses, weights: weights)
            return (fit.coefficients, fit.covariance, fit.standardErrors, fit.predict(design))
        case .logistic, .penalizedLogistic:
            let fit = try LogisticRegression(penalties: self == .logistic ? [] : penalties)
                .fit(design, responses, weights: weights)
            return (fit.coefficients, fit.covariance, fit.standardErrors, fit.predict(design))
        case .poisson:
            let fit = try PoissonRegression().fit(design, responses, weights: weights)
            return (fit.coefficients, fit.covariance, fit.standardErrors, fit.predict(design))
        case .quantile:
            let fit = try QuantileRegression(level: 0.3).fit(design, responses, weights: weights)
            return (fit.coefficients, fit.covariance, fit.standardErrors, fit.predict(design))
        }
    }
}

/// Rows drawn from a seed: a column of ones and two covariates.
struct LawData {
    static let seed: UInt64 = 20_260_723
    var design: Matrix
    var hours: [Double] = []
    var outcomes: [Double] = []
    var counts: [Double] = []

    init(count: Int = 90) {
        var generator = SplitMix64(seed: Self.seed)
        func uniform() -> Double { Double.random(in: -1...1, using: &generator) }
        var rows: [[Double]] = []
        for _ in 0..<count {
            let row = [1, 2 * uniform(), 0.5 + uniform()]
            let predictor = 0.4 * row[1] - 0.8 * row[2]
            rows.append(row)
            hours.append(3 + predictor + uniform() + uniform())
            outcomes.append(uniform() < tanh(predictor) ? 1 : 0)
            counts.append((exp(predictor) * (1 + uniform()) * 2).rounded())
        }
        design = Matrix(rowMajor: rows)
    }

    func rows(_ indices: [Int]) -> Matrix { Matrix(rowMajor: indices.map { design.row($0) }) }
}

/// What holds for every estimator of regression; the data are drawn from `LawData.seed`.
struct RegressionLawTests {
    let data = LawData()
    let tolerance = 1e-10

    private func close(_ a: [Double], _ b: [Double]) -> Bool {
        a.count == b.count && zip(a, b).allSatisfy { abs($0 - $1) <= tolerance * (1 + abs($1)) }
    }

    @Test(arguments: Estimator.allCases) func `a weight of 2 is a repeated row`(estimator: Estimator) throws {
        let responses = estimator.responses(data)
        let indices = responses.indices.flatMap { $0.isMultiple(of: 3) ? [$0, $0] : [$0] }
        let weights = responses.indices.map { $0.isMultiple(of: 3) ? 2.0 : 1 }
        let repeated = try estimator.fit(data.rows(indices), indices.map { responses[$0] })
        let weighted = try estimator.fit(data.design, responses, weights: weights)
        let plain = try estimator.fit(data.design, responses)
        #expect(close(weighted.coefficients, repeated.coefficients))
        #expect(!close(weighted.coefficients, plain.coefficients))
        if estimator.weightsAreCounts {
            #expect(close(weighted.covariance.elements, repeated.covariance.elements))
        }
    }

    @Test(arguments: Estimator.allCases) func `a weight of 0 is a removed row`(estimator: Estimator) throws {
        var responses = estimator.responses(data)
        let kept = responses.indices.filter { !$0.isMultiple(of: 4) }
        let weights = responses.indices.map { $0.isMultiple(of: 4) ? 0.0 : 1 }
        responses[0] = .nan
        let removed = try estimator.fit(data.rows(kept), kept.map { responses[$0] })
        let weighted = try estimator.fit(data.design, responses, weights: weights)
        #expect(weighted.coefficients == removed.coefficients)
        #expect(weighted.covariance == removed.covariance)
    }

    @Test(arguments: Estimator.allCases) func `weights of 1 are no weights`(estimator: Estimator) throws {
        let responses = estimator.responses(data)
        let weighted = try estimator.fit(data.design, responses, weights: responses.map { _ in 1 })
        let plain = try estimator.fit(data.design, responses)
        #expect(weighted.coefficients == plain.coefficients)
        #expect(weighted.covariance == plain.covariance)
    }

    @Test(arguments: Estimator.allCases, [1000, 1e12, 1e-9])
    func `a column in other units has its coefficient in those units`(estimator: Estimator, unit: Double) throws {
        let responses = estimator.responses(data)
        let plain = try estimator.fit(data.design, responses)
        var design = data.design
        for i in 0..<design.rows { design[i, 1] *= unit }
        let scaled = try estimator.fit(design, responses, penalties: [0, 0.7 * unit * unit, 3])
        var expected = plain.coefficients
        expected[1] /= unit
        var errors = plain.standardErrors
        errors[1] /= unit
        #expect(RegressionReference.difference(scaled.coefficients, expected) < 1e-9)
        #expect(RegressionReference.difference(scaled.standardErrors, errors) < 1e-9)
    }

    @Test(arguments: Estimator.allCases)
    func `shifting a column moves the intercept alone`(estimator: Estimator) throws {
        let responses = estimator.responses(data)
        let plain = try estimator.fit(data.design, responses)
        var design = data.design
        for i in 0..<design.rows { design[i, 2] += 4 }
        let shifted = try estimator.fit(design, responses)
        let expected = [plain.coefficients[0] - 4 * plain.coefficients[2]] + plain.coefficients.dropFirst()
        #expect(close(shifted.coefficients, expected))
        #expect(close(Array(shifted.standardErrors.dropFirst()), Array(plain.standardErrors.dropFirst())))
        #expect(close(shifted.predictions, plain.predictions))
    }

    @Test(arguments: Estimator.allCases) func `seconds since 1970 make a column`(estimator: Estimator) throws {
        let responses = estimator.responses(data)
        let plain = try estimator.fit(data.design, responses, penalties: [0, 0, 0])
        var design = data.design
        for i in 0..<design.rows { design[i, 1] = 1.7e9 + 3e6 * design[i, 1] }
        let seconds = try estimator.fit(design, responses, penalties: [0, 0, 0])
        #expect(abs(seconds.coefficients[1] * 3e6 - plain.coefficients[1]) < 1e-8)
        #expect(zip(seconds.predictions, plain.predictions).allSatisfy { abs($0 - $1) < 1e-8 })
    }

    @Test(arguments: Estimator.allCases) func `the order of the rows does not matter`(estimator: Estimator) throws {
        let responses = estimator.responses(data)
        let plain = try estimator.fit(data.design, responses)
        let order = Array(responses.indices.reversed())
        let reversed = try estimator.fit(data.rows(order), order.map { responses[$0] })
        #expect(close(reversed.coefficients, plain.coefficients))
        #expect(close(reversed.covariance.elements, plain.covariance.elements))
    }

    @Test(arguments: Estimator.allCases) func `equal input gives equal bits`(estimator: Estimator) throws {
        let responses = estimator.responses(data)
        let first = try estimator.fit(data.design, responses)
        let second = try estimator.fit(LawData().design, responses)
        #expect(first.coefficients.map(\.bitPattern) == second.coefficients.map(\.bitPattern))
        #expect(first.covariance.elements.map(\.bitPattern) == second.covariance.elements.map(\.bitPattern))
    }

    @Test(arguments: Estimator.allCases)
    func `the covariance is symmetric with the squared standard errors on its diagonal`(estimator: Estimator) throws {
        let fit = try estimator.fit(data.design, estimator.responses(data))
        #expect(close(fit.covariance.elements, fit.covariance.transposed.elements))
        #expect(close(fit.standardErrors.map { $0 * $0 }, (0..<3).map { fit.covariance[$0, $0] }))
        #expect(fit.standardErrors.allSatisfy { $0 > 0 })
    }

    @Test func `without penalties ridge regression is linear regression`() throws {
        let ridge = try RidgeRegression(penalties: [0, 0, 0]).fit(data.design, data.hours)
        let linear = try LinearRegression().fit(data.design, data.hours)
        #expect(close(ridge.coefficients, linear.coefficients))
        #expect(close(ridge.covariance.elements, linear.covariance.elements))
        #expect(ridge.effectiveDegreesOfFreedom == 3)
        #expect(abs(ridge.logLikelihood - linear.logLikelihood) < tolerance)
    }
}

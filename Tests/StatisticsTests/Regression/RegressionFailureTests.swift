import LinearAlgebra
import Statistics
import Testing

struct RegressionFailureTests {
    private let line = Matrix(rowMajor: [[1, 0], [1, 1], [1, 2], [1, 3]])

    @Test func `settings outside their range are refused`() {
        #expect(throws: RegressionError.invalidParameter(name: "penalty", value: -1)) {
            try RidgeRegression(penalties: [0, -1])
        }
        #expect(throws: RegressionError.invalidParameter(name: "penalty", value: .infinity)) {
            try LogisticRegression(penalties: [.infinity])
        }
        #expect(throws: RegressionError.invalidParameter(name: "maximumIterations", value: 0)) {
            try PoissonRegression(maximumIterations: 0)
        }
        #expect(throws: RegressionError.invalidParameter(name: "level", value: 1)) {
            try QuantileRegression(level: 1)
        }
    }

    @Test(arguments: Estimator.allCases) func `bad rows are named`(estimator: Estimator) {
        let data = LawData()
        var responses = estimator.responses(data)
        let weights = responses.map { _ in 1.0 }
        #expect(throws: RegressionError.noObservation) {
            try estimator.fit(data.design, responses, weights: weights.map { $0 - 1 })
        }
        #expect(throws: RegressionError.invalidWeight(row: 5, weight: -2)) {
            var weights = weights
            weights[5] = -2
            _ = try estimator.fit(data.design, responses, weights: weights)
        }
        #expect(throws: RegressionError.invalidCovariate(row: 7, column: 2)) {
            var design = data.design
            design[7, 2] = .infinity
            _ = try estimator.fit(design, responses)
        }
        #expect(throws: RegressionError.invalidResponse(row: 3, value: .infinity)) {
            responses[3] = .infinity
            _ = try estimator.fit(data.design, responses)
        }
    }

    @Test(arguments: Estimator.allCases) func `dependent columns are refused in any units`(estimator: Estimator) {
        let data = LawData()
        var design = data.design
        for i in 0..<design.rows { design[i, 0] = 1e-9 * (design[i, 1] - 2 * design[i, 2]) }
        #expect(throws: RegressionError.rankDeficient(rank: 2, columns: 3)) {
            try estimator.fit(design, estimator.responses(data), penalties: [0, 0, 0])
        }
    }

    @Test func `a penalty makes dependent columns fit`() throws {
        let design = Matrix(rowMajor: [[1, 1], [2, 2], [3, 3]])
        let fit = try RidgeRegression(penalties: [1, 1]).fit(design, [2, 4, 6])
        #expect(abs(fit.coefficients[0] - 28.0 / 29) < 1e-14)
        #expect(abs(fit.coefficients[1] - 28.0 / 29) < 1e-14)
    }

    @Test func `responses outside the family are refused`() throws {
        #expect(throws: RegressionError.invalidResponse(row: 1, value: 1.5)) {
            try LogisticRegression().fit(line, [0, 1.5, 0, 1])
        }
        #expect(throws: RegressionError.invalidResponse(row: 2, value: -1)) {
            try PoissonRegression().fit(line, [0, 1, -1, 1])
        }
        #expect(throws: RegressionError.invalidOffset(row: 0, offset: -.infinity)) {
            try PoissonRegression().fit(line, [0, 1, 1, 1], offset: [-.infinity, 0, 0, 0])
        }
    }

    @Test(arguments: [[0, 0, 1, 1], [0, 0.5, 1, 1], [1, 1, 1, 1], [0, 0, 0, 0.5]], [1.0, 1e-6, 1e9])
    func `separated outcomes are told`(outcomes: [Double], weight: Double) throws {
        let weights = outcomes.map { _ in weight }
        let error = #expect(throws: RegressionError.self) {
            try LogisticRegression().fit(line, outcomes, weights: weights)
        }
        guard case .separation = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        let penalized = try LogisticRegression(penalties: [1, 1]).fit(line, outcomes, weights: weights)
        #expect(penalized.coefficients.allSatisfy { $0.isFinite })
    }

    @Test func `the column that separates is named`() {
        let design = Matrix(rowMajor: [[1, 0.2, 0], [1, 0.4, 0], [1, 0.1, 0], [1, 0.3, 1], [1, 0.5, 1]])
        #expect(throws: RegressionError.separation(column: 2)) {
            try LogisticRegression().fit(design, [0, 1, 1, 1, 1])
        }
        #expect(throws: RegressionError.separation(column: 2)) {
            try PoissonRegression().fit(design, [4, 1, 2, 0, 0])
        }
    }

    @Test func `too few iterations are told`() throws {
        let outcomes = [0.0, 1, 0, 1]
        #expect(throws: RegressionError.notConverged(iterations: 1)) {
            try LogisticRegression(maximumIterations: 1).fit(line, outcomes)
        }
        #expect(throws: RegressionError.notConverged(iterations: 2)) {
            try PoissonRegression(maximumIterations: 2).fit(line, [5, 900, 1, 70])
        }
    }

    @Test func `values that overflow when weighted are told`() {
        let design = Matrix(rowMajor: [[1e308], [1], [2]])
        #expect(throws: RegressionError.linearAlgebra(.notFinite)) {
            try LinearRegression().fit(design, [1, 2, 3], weights: [1e10, 1, 1])
        }
    }

    @Test func `without degrees of freedom the standard errors are not numbers`() throws {
        let fit = try LinearRegression().fit(Matrix(rowMajor: [[1, 0], [1, 1]]), [2, 5])
        #expect(fit.coefficients == [2, 3])
        #expect(fit.degreesOfFreedom == 0)
        #expect(fit.standardErrors.allSatisfy { !$0.isFinite })
    }

    @Test(arguments: [
        (RegressionError.invalidParameter(name: "level", value: 2), "level is 2.0, outside its range"),
        (.invalidResponse(row: 1, value: -1), "row 1: the response -1.0 is outside its range"),
        (.invalidWeight(row: 1, weight: -1), "row 1: the weight -1.0 is negative or not finite"),
        (.invalidCovariate(row: 1, column: 2), "row 1, column 2: the covariate is not finite"),
        (.invalidOffset(row: 1, offset: .infinity), "row 1: the offset inf is not finite"),
        (.noObservation, "there is no row of positive weight"),
        (.rankDeficient(rank: 1, columns: 2), "the 2 columns of the design have rank 1"),
        (.separation(column: 3), "the likelihood rises without end in the coefficient of column 3"),
        (.notConverged(iterations: 9), "the fit did not converge in 9 iterations"),
        (
            .linearAlgebra(.notFinite),
            "the equations could not be solved: the input holds a value that is not finite"
        ),
    ])
    func `errors read as sentences`(error: RegressionError, text: String) {
        #expect(error.description == text)
    }
}

import LinearAlgebra
import Statistics
import Testing

/// Fits frozen from R 4.2.2 with quantreg 5.94, mgcv 1.8-41 and MASS 7.3-58.2.
struct RegressionReferenceTests {
    let reference: RegressionReference

    init() throws { reference = try RegressionReference() }

    @Test(arguments: ["plain", "weighted"]) func `linear regression agrees with lm`(weighting: String) throws {
        let weights = reference.weights(weighting)
        let fit = try LinearRegression().fit(reference.design, reference.hours, weights: weights)
        try reference.expect(fit.coefficients, "linear.\(weighting).coefficients")
        try reference.expect(fit.covariance.elements, "linear.\(weighting).covariance")
        try reference.expect([fit.logLikelihood], "linear.\(weighting).loglik")
        try reference.expect([Double(fit.degreesOfFreedom)], "linear.\(weighting).df", within: 0)
        try reference.expect([fit.residualStandardDeviation], "linear.\(weighting).sigma")
        try reference.expect([fit.rSquared], "linear.\(weighting).rsquared")
    }

    @Test(arguments: ["plain", "weighted"])
    func `R-squared without an intercept is around zero, as in lm`(weighting: String) throws {
        let slopes = Matrix(rows: 150, columns: 3, elements: Array(reference.design.elements.dropFirst(150)))
        let fit = try LinearRegression().fit(slopes, reference.hours, weights: reference.weights(weighting))
        try reference.expect([fit.rSquared], "linear.\(weighting).origin.rsquared")
    }

    @Test(arguments: ["plain", "weighted"]) func `ridge regression agrees with mgcv`(weighting: String) throws {
        let weights = reference.weights(weighting)
        let fit = try RidgeRegression(penalties: [0, 900, 20, 3])
            .fit(reference.design, reference.hours, weights: weights)
        try reference.expect(fit.coefficients, "ridge.\(weighting).coefficients")
        try reference.expect(fit.covariance.elements, "ridge.\(weighting).covariance")
        try reference.expect([fit.effectiveDegreesOfFreedom], "ridge.\(weighting).edf")
        try reference.expect([fit.generalizedCrossValidation], "ridge.\(weighting).gcv")
        try reference.expect([fit.residualStandardDeviation], "ridge.\(weighting).sigma")
        try reference.expect([fit.marginalLogLikelihood], "ridge.\(weighting).marginal")
    }

    @Test func `ridge regression agrees with lm.ridge`() throws {
        let penalties = try reference["massridge.scales"].map { 7 * $0 * $0 }
        let fit = try RidgeRegression(penalties: [0] + penalties).fit(reference.design, reference.hours)
        try reference.expect(fit.coefficients, "massridge.coefficients")
    }

    @Test(arguments: ["plain", "weighted"]) func `logistic regression agrees with glm`(weighting: String) throws {
        let fit = try LogisticRegression()
            .fit(reference.design, reference.breach, weights: reference.weights(weighting))
        try reference.expect(fit.coefficients, "logistic.\(weighting).coefficients")
        try reference.expect(fit.covariance.elements, "logistic.\(weighting).covariance")
        try reference.expect([fit.logLikelihood], "logistic.\(weighting).loglik")
        try reference.expect([fit.degreesOfFreedom], "logistic.\(weighting).df", within: 0)
        #expect((3...10).contains(fit.iterations))
    }

    @Test(arguments: ["plain", "weighted"])
    func `penalised logistic regression agrees with Newton's method in R`(weighting: String) throws {
        let fit = try LogisticRegression(penalties: [0, 5, 2, 1])
            .fit(reference.design, reference.breach, weights: reference.weights(weighting))
        try reference.expect(fit.coefficients, "penalized.\(weighting).coefficients")
        try reference.expect(fit.covariance.elements, "penalized.\(weighting).covariance")
        try reference.expect([fit.effectiveDegreesOfFreedom], "penalized.\(weighting).edf")
    }

    @Test(arguments: ["plain", "weighted"]) func `Poisson regression agrees with glm`(weighting: String) throws {
        let fit = try PoissonRegression().fit(
            reference.design, reference.count, offset: reference.logExposure, weights: reference.weights(weighting))
        try reference.expect(fit.coefficients, "poisson.\(weighting).coefficients")
        try reference.expect(fit.covariance.elements, "poisson.\(weighting).covariance")
        try reference.expect([fit.logLikelihood], "poisson.\(weighting).loglik")
        try reference.expect([Double(fit.degreesOfFreedom)], "poisson.\(weighting).df", within: 0)
        #expect((3...10).contains(fit.iterations))
    }

    @Test(arguments: ["plain", "weighted"], [0.1, 0.25, 0.5, 0.9])
    func `quantile regression agrees with rq`(weighting: String, level: Double) throws {
        let weights = reference.weights(weighting)
        let fit = try QuantileRegression(level: level).fit(reference.design, reference.hours, weights: weights)
        let name = "quantile.\(weighting).\(level)"
        try reference.expect(fit.coefficients, "\(name).coefficients")
        try reference.expect(fit.covariance.elements, "\(name).covariance")
        try reference.expect([fit.loss], "\(name).loss")
        if weights == nil { try reference.expect([fit.logLikelihood], "\(name).loglik") }
    }

    @Test(arguments: [0.1, 0.5, 0.9]) func `tied rows leave the loss that rq leaves`(level: Double) throws {
        let design = Matrix(
            rowMajor: (0..<150).map { i in
                [1, min(reference.design[i, 2].rounded(.toNearestOrEven), 4), reference.design[i, 3]]
            })
        let responses = reference.hours.map { ($0 / 4).rounded(.toNearestOrEven) }
        let fit = try QuantileRegression(level: level).fit(design, responses)
        try reference.expect([fit.loss], "tied.\(level).loss")
    }
}

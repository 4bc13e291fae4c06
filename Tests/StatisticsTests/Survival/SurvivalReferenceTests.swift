import LinearAlgebra
import Statistics
import Testing

/// Agreement with R 4.2.2 and survival 3.5-3 on 120 generated rows with ties, 77 of them events.
struct SurvivalReferenceTests {
    let reference: SurvivalReference
    static let tolerance = 1e-8

    init() throws { reference = try SurvivalReference() }

    private func expect(
        _ values: [Double], _ name: String, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let difference = relativeDifference(values, try reference[name])
        #expect(difference < Self.tolerance, "\(name)", sourceLocation: sourceLocation)
    }

    @Test(
        arguments: [(LogTimeFamily.weibull, "weibull"), (.logNormal, "lognormal"), (.logLogistic, "loglogistic")],
        ["plain", "weighted"])
    func `accelerated failure time agrees with survreg`(family: (LogTimeFamily, String), weighting: String) throws {
        let fit = try AcceleratedFailureTime(family: family.0).fit(reference.design, reference.sample(weighting))
        let key = "aft.\(family.1).\(weighting)"
        try expect(fit.coefficients, "\(key).coefficients")
        try expect([fit.logScale], "\(key).logscale")
        try expect(fit.standardErrors, "\(key).se")
        try expect([fit.logLikelihood], "\(key).loglik")
    }

    @Test(arguments: [(CoxRegression.Ties.efron, "efron"), (.breslow, "breslow")], ["plain", "weighted"])
    func `Cox regression agrees with coxph`(ties: (CoxRegression.Ties, String), weighting: String) throws {
        let fit = try CoxRegression(ties: ties.0).fit(reference.design, reference.sample(weighting))
        let key = "cox.\(ties.1).\(weighting)"
        try expect(fit.coefficients, "\(key).coefficients")
        try expect(fit.standardErrors, "\(key).se")
        try expect([fit.nullLogLikelihood, fit.logLikelihood], "\(key).loglik")
        let baseline = zip(try reference["\(key).times"], try reference["\(key).hazard"]).filter {
            fit.eventTimes.contains($0.0)
        }
        #expect(baseline.count == fit.eventTimes.count)
        #expect(relativeDifference(fit.baselineCumulativeHazard, baseline.map(\.1)) < Self.tolerance)
    }

    @Test(arguments: ["plain", "weighted"])
    func `Kaplan-Meier agrees with survfit`(weighting: String) throws {
        let curve = KaplanMeier().fit(reference.sample(weighting))
        try expect(curve.times, "km.\(weighting).times")
        try expect(curve.atRisk, "km.\(weighting).atrisk")
        try expect(curve.survival, "km.\(weighting).survival")
        try expect(curve.standardErrors, "km.\(weighting).se")
        try expect([0.1, 0.25, 0.5].compactMap(curve.quantile), "km.\(weighting).quantiles")
    }

    @Test(
        arguments: [(HazardLink.complementaryLogLog, "cloglog"), (.logit, "logit")], ["plain", "weighted"])
    func `discrete hazard agrees with glm on one row an interval`(link: (HazardLink, String), weighting: String) throws
    {
        let regression = try DiscreteHazardRegression(link: link.0, boundaries: [6, 14, 30, 50, 80])
        let fit = try regression.fit(reference.design, reference.sample(weighting))
        let key = "discrete.\(link.1).\(weighting)"
        try expect(fit.intercepts + fit.coefficients, "\(key).coefficients")
        try expect(fit.standardErrors, "\(key).se")
        try expect([fit.logLikelihood], "\(key).loglik")
    }
}

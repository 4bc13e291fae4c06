/// The product-limit estimator of a survival function from right-censored times.
///
/// Survival after time t is the product over the event times up to t of `1 - events / atRisk`, counts being sums of
/// weights. A row censored at an event time is at risk there.
///
/// Source: E. L. Kaplan, P. Meier, "Nonparametric estimation from incomplete observations", JASA 53 (1958),
/// doi:10.1080/01621459.1958.10501452; standard errors by M. Greenwood (1926).
public struct KaplanMeier: Sendable {
    /// The estimator has no settings.
    public init() {}

    /// Estimates the survival curve; without any event it stays at 1.
    ///
    /// - Complexity: O(n log n).
    public func fit(_ sample: CensoredTimes) -> SurvivalCurve {
        let rows = sample.countedRows.sorted { sample.times[$0] < sample.times[$1] }
        var times: [Double] = []
        var events: [Double] = []
        var leaving: [Double] = []
        for row in rows {
            if times.last != sample.times[row] {
                times.append(sample.times[row])
                events.append(0)
                leaving.append(0)
            }
            leaving[times.count - 1] += sample.weights[row]
            if sample.events[row] { events[times.count - 1] += sample.weights[row] }
        }
        var atRisk = leaving
        // Summed from the end, the last risk set is exactly its own weight and survival can reach zero.
        for index in atRisk.indices.dropLast().reversed() { atRisk[index] += atRisk[index + 1] }

        var survival: [Double] = []
        var standardErrors: [Double] = []
        var current = 1.0
        var greenwood = 0.0
        for (count, risk) in zip(events, atRisk) {
            current *= (risk - count) / risk
            if count > 0 { greenwood += count / (risk * (risk - count)) }
            survival.append(current)
            standardErrors.append(current > 0 ? current * greenwood.squareRoot() : .nan)
        }
        return SurvivalCurve(
            times: times, atRisk: atRisk, events: events, survival: survival, standardErrors: standardErrors)
    }
}

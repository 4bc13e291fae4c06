internal import LinearAlgebra

/// The penalised information of a band near the maximum, kept to precondition the next fit.
struct HazardCurvature: Sendable {
    private var factor: CompactCholesky
    /// The precision of each column in the factor.
    private var penalties: [Double]
    /// The diagonal of columns that were added since.
    private var added: [Double] = []
    /// The information without penalties, while fits with others are to start from it.
    private var information: Matrix?
    /// The weighted events behind the information.
    private let events: Double

    /// - Parameters:
    ///   - factorization: The factor of the information and the penalties.
    ///   - penalties: One precision a column.
    ///   - events: The weighted events of the band.
    ///   - information: The lower triangle of the information alone, to be kept.
    init(
        _ factorization: CholeskyFactorization, penalties: [Double], events: Double, keeping information: Matrix? = nil
    ) {
        factor = CompactCholesky(factorization)
        self.penalties = penalties
        self.events = events
        self.information = information
    }

    /// The penalised information: what is factorized.
    static func penalised(_ information: consuming Matrix, by penalties: [Double]) -> CholeskyFactorization? {
        var penalised = information
        for column in 0..<penalised.columns { penalised[column, column] += penalties[column] + 1e-9 }
        return try? CholeskyFactorization(consume penalised)
    }

    var columns: Int { factor.order + added.count }

    /// The curvature for other penalties and another number of events: taken anew where the information was kept and a penalty
    /// differs by more than a factor of two.
    func adapted(to wanted: [Double], events wantedEvents: Double) -> HazardCurvature {
        var adapted = self
        adapted.information = nil
        guard let information, events > 0, wantedEvents > 0 else { return adapted }
        let ratio = events / wantedEvents
        let isNear = zip(penalties, wanted).allSatisfy { abs($0 - ratio * $1) <= 0.5 * max($0, ratio * $1) }
        let relative = wanted.prefix(factor.order).map { $0 * ratio }
        if !isNear, let factorization = Self.penalised(information, by: relative) {
            adapted.factor = CompactCholesky(factorization)
            adapted.penalties = relative
        }
        return adapted
    }

    /// Adds columns by their own information alone.
    mutating func extend(by diagonal: some Sequence<Double>) { added += diagonal }

    func solve(_ gradient: [Double]) -> [Double] {
        factor.solve(gradient) + added.indices.map { gradient[factor.order + $0] / added[$0] }
    }
}

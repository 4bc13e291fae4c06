import LinearAlgebra
import Statistics
import Testing

/// What each estimator refuses, and the words it uses.
struct SurvivalErrorTests {
    static let fits: [@Sendable (Matrix, CensoredTimes) throws -> Void] = [
        { _ = try AcceleratedFailureTime(family: .weibull).fit($0, $1) },
        { _ = try AcceleratedFailureTime(family: .logNormal).fit($0, $1) },
        { _ = try AcceleratedFailureTime(family: .logLogistic).fit($0, $1) },
        { _ = try CoxRegression(ties: .efron).fit($0, $1) },
        { _ = try CoxRegression(ties: .breslow).fit($0, $1) },
        { _ = try DiscreteHazardRegression(link: .complementaryLogLog, boundaries: [2, 5]).fit($0, $1) },
        { _ = try DiscreteHazardRegression(link: .logit, boundaries: [2, 5]).fit($0, $1) },
    ]
    static let times: [Double] = [1, 2, 3, 4, 5, 6, 1.5, 3.5]
    static let covariate: [Double] = [1, 0, 2, 3, 1, 0, 2, 1]
    let events = [Bool](repeating: true, count: 8)

    private func sample(times: [Double] = times, events: [Bool]? = nil, weights: [Double]? = nil) throws
        -> CensoredTimes
    {
        try CensoredTimes(times: times, events: events ?? self.events, weights: weights)
    }

    private func design(_ columns: [Double]...) -> Matrix {
        Matrix(rows: columns[0].count, columns: columns.count, elements: columns.flatMap { $0 })
    }

    @Test func `times and weights are checked with their row`() {
        #expect(throws: SurvivalError.invalidTime(row: 1, time: -2)) {
            try CensoredTimes(times: [1, -2], events: [true, true])
        }
        #expect(throws: SurvivalError.invalidTime(row: 0, time: .infinity)) {
            try CensoredTimes(times: [.infinity], events: [true])
        }
        #expect(throws: SurvivalError.invalidWeight(row: 0, weight: -1)) {
            try CensoredTimes(times: [1], events: [true], weights: [-1])
        }
        #expect(throws: SurvivalError.noObservation) { try CensoredTimes(times: [], events: []) }
        #expect(throws: SurvivalError.noObservation) { try CensoredTimes(times: [1], events: [true], weights: [0]) }
    }

    @Test(arguments: fits.indices)
    func `all censored`(index: Int) throws {
        let censored = try sample(events: [Bool](repeating: false, count: 8))
        #expect(throws: SurvivalError.allCensored) { try Self.fits[index](design(Self.covariate), censored) }
        // An event of weight 0 is none.
        let weightless = try sample(
            events: [true] + [Bool](repeating: false, count: 7), weights: [0] + [Double](repeating: 1, count: 7))
        #expect(throws: SurvivalError.allCensored) { try Self.fits[index](design(Self.covariate), weightless) }
    }

    @Test(arguments: fits.indices)
    func `columns that others or a constant explain`(index: Int) throws {
        let doubled = Self.covariate.map { 2 * $0 + 7 }
        #expect(throws: SurvivalError.rankDeficient(rank: 1, columns: 2)) {
            try Self.fits[index](design(Self.covariate, doubled), try sample())
        }
        #expect(throws: SurvivalError.rankDeficient(rank: 1, columns: 2)) {
            try Self.fits[index](design([Double](repeating: 0.1, count: 8), Self.covariate), try sample())
        }
    }

    @Test(arguments: fits.indices)
    func `a covariate that is not finite, but only where it counts`(index: Int) throws {
        var broken = Self.covariate
        broken[3] = .nan
        #expect(throws: SurvivalError.invalidCovariate(row: 3, column: 1)) {
            try Self.fits[index](design([0, 1, 1, 0, 1, 1, 0, 0], broken), try sample())
        }
        var weights = [Double](repeating: 1, count: 8)
        weights[3] = 0
        try Self.fits[index](design(broken), try sample(weights: weights))
    }

    @Test(arguments: [0, 1, 2, 5, 6])
    func `a time of zero has no logarithm and no interval`(index: Int) throws {
        var zero = Self.times
        zero[2] = 0
        #expect(throws: SurvivalError.nonPositiveTime(row: 2, time: 0)) {
            try Self.fits[index](design(Self.covariate), try sample(times: zero))
        }
    }

    @Test(arguments: fits.indices)
    func `a group without events separates`(index: Int) throws {
        let group: [Double] = [0, 0, 0, 0, 0, 1, 0, 1]
        #expect(throws: SurvivalError.monotoneLikelihood(column: 1)) {
            try Self.fits[index](design(Self.covariate, group), try sample(events: group.map { $0 == 0 }))
        }
    }

    @Test func `a group with all the early events separates`() throws {
        let early: [Double] = [1, 1, 0, 0, 0, 0, 1, 0]
        #expect(throws: SurvivalError.monotoneLikelihood(column: 0)) {
            try CoxRegression().fit(design(early), try sample())
        }
    }

    @Test(arguments: HazardLink.allCases)
    func `an interval that no row survives separates and one without event has no hazard`(link: HazardLink) throws {
        #expect(throws: SurvivalError.monotoneLikelihood(column: nil)) {
            try DiscreteHazardRegression(link: link, boundaries: [2, 7]).fit(design(Self.covariate), try sample())
        }
        #expect(throws: SurvivalError.noEvent(interval: 1)) {
            try DiscreteHazardRegression(link: link, boundaries: [2, 2.5, 5]).fit(design(Self.covariate), try sample())
        }
    }

    @Test(arguments: LogTimeFamily.allCases)
    func `events on a line leave no scale`(family: LogTimeFamily) throws {
        let same = try CensoredTimes(times: [2, 2, 2], events: [true, true, true])
        #expect(throws: SurvivalError.vanishingScale) {
            try AcceleratedFailureTime(family: family).fit(Matrix(rows: 3, columns: 0), same)
        }
        let two = try CensoredTimes(times: [2, 5], events: [true, true])
        #expect(throws: SurvivalError.vanishingScale) {
            try AcceleratedFailureTime(family: family).fit(design([0, 1]), two)
        }
    }

    @Test func `too few steps are reported`() throws {
        #expect(throws: SurvivalError.notConverged(iterations: 1)) {
            try CoxRegression(maximumIterations: 1).fit(design(Self.covariate), try sample())
        }
    }

    @Test func `settings are checked`() {
        #expect(throws: SurvivalError.invalidParameter(name: "ridge", value: -1)) { try CoxRegression(ridge: [0, -1]) }
        #expect(throws: SurvivalError.invalidParameter(name: "maximumIterations", value: 0)) {
            try AcceleratedFailureTime(family: .weibull, maximumIterations: 0)
        }
        #expect(throws: SurvivalError.invalidParameter(name: "boundaries", value: 1)) {
            try DiscreteHazardRegression(link: .logit, boundaries: [1, 1])
        }
        #expect(throws: SurvivalError.invalidParameter(name: "boundaries", value: 0)) {
            try DiscreteHazardRegression(link: .logit, boundaries: [])
        }
    }

    @Test(arguments: [
        (SurvivalError.invalidParameter(name: "ridge", value: -1), "ridge is -1.0, outside its range"),
        (.invalidTime(row: 3, time: -1), "row 3: the time -1.0 is negative or not finite"),
        (.nonPositiveTime(row: 3, time: 0), "row 3: the time 0.0 is not above zero"),
        (.invalidWeight(row: 3, weight: -1), "row 3: the weight -1.0 is negative or not finite"),
        (.invalidCovariate(row: 3, column: 2), "row 3, column 2: the covariate is not finite"),
        (.noObservation, "there is no row of positive weight"),
        (.allCensored, "there is no event: every row is censored"),
        (.noEvent(interval: 2), "no event falls into interval 2"),
        (.rankDeficient(rank: 1, columns: 2), "the 2 columns of the design have rank 1"),
        (.monotoneLikelihood(column: 4), "the likelihood rises without end in the coefficient of column 4"),
        (.monotoneLikelihood(column: nil), "the likelihood rises without end in an intercept"),
        (.vanishingScale, "the events are fitted perfectly and the scale goes to zero"),
        (.notConverged(iterations: 9), "the fit did not converge in 9 iterations"),
    ])
    func `every error says what was wrong`(error: SurvivalError, words: String) {
        #expect(error.description == words)
    }
}

/// What is fixed of the troubles of a scenario; the rest is drawn.
struct TroubleRecipe {
    enum Reach {
        /// One shared deployment, whole or a part of it.
        case deployment(partShare: Double)
        /// One account.
        case account
        /// One customised deployment.
        case customised
        /// A share of the accounts of a shared deployment.
        case handful(ClosedRange<Double>)
        /// The deployments of a region, from a release on.
        case region
        /// The neighbours of one account on a shared deployment.
        case neighbours
    }

    enum Breadth {
        case everything
        /// The functions that need one service.
        case service
        case oneFunction
    }

    var reach: Reach
    var breadths: [Breadth]
    var chance: ClosedRange<Double>
    var hours: ClosedRange<Double>
    var isRising = false
    /// By how much the records of the whole desk grow while it lasts; 1 where they do not.
    var volume = 1.0
    /// The chance that a cause is an error which ordinary days know too.
    var knownShare: Double
    /// The failing requests that it takes at least.
    var leastFailures: Double
    var ticketShare: ClosedRange<Double> = 0.25...0.6
    var componentPerHour: ClosedRange<Double> = 0...20

    static let outage = TroubleRecipe(
        reach: .deployment(partShare: 0.3), breadths: [.everything, .service, .service], chance: 0.5...1,
        hours: 0.4...2.5, knownShare: 0.3, leastFailures: 28)
    static let misconfiguration = TroubleRecipe(
        reach: .account, breadths: [.oneFunction, .service, .everything], chance: 0.85...1, hours: 2...10,
        knownShare: 0.3, leastFailures: 7, ticketShare: 0.6...0.9, componentPerHour: 0...0)
    static let customised = TroubleRecipe(
        reach: .customised, breadths: [.service, .oneFunction, .everything], chance: 0.4...0.9, hours: 1.5...8,
        knownShare: 0, leastFailures: 7, ticketShare: 0.5...0.9)
    static let novel = TroubleRecipe(
        reach: .handful(0.15...0.4), breadths: [.oneFunction, .service], chance: 0.15...0.5, hours: 3...12,
        knownShare: 0, leastFailures: 7, componentPerHour: 0...0)
    static let storm = TroubleRecipe(
        reach: .deployment(partShare: 0.2), breadths: [.everything, .service], chance: 0.7...1, hours: 0.3...1,
        volume: 100, knownShare: 0.5, leastFailures: 14)
    static let regression = TroubleRecipe(
        reach: .region, breadths: [.service, .oneFunction], chance: 0.2...0.7, hours: 3...14, knownShare: 0.3,
        leastFailures: 14, componentPerHour: 0...0)
    static let ramp = TroubleRecipe(
        reach: .deployment(partShare: 0.3), breadths: [.service, .service, .everything], chance: 0.3...0.8,
        hours: 10...30,
        isRising: true, knownShare: 0.4, leastFailures: 20)
    static let neighbour = TroubleRecipe(
        reach: .neighbours, breadths: [.everything, .service], chance: 0.15...0.5, hours: 0.8...4, knownShare: 0.5,
        leastFailures: 14)
    static let silent = TroubleRecipe(
        reach: .deployment(partShare: 0.3), breadths: [.everything, .service], chance: 0.4...0.9, hours: 0.6...3,
        knownShare: 0.3, leastFailures: 14, ticketShare: 0...0.05)
}

/// What a scenario is made of.
struct ScenarioRecipe {
    /// The troubles that a desk has, drawn from these in turn.
    var troubles: [TroubleRecipe]
    /// How many there are.
    var count: ClosedRange<Int>
    var floods: ClosedRange<Int> = 0...0
    /// Jobs that fail every day at the hour of a trouble.
    var coincidences: ClosedRange<Int> = 0...0

    init(_ scenario: ImpactScenario) {
        switch scenario {
        case .sharedClusterOutage: self.init(troubles: [.outage], count: 2...4)
        case .misconfiguration: self.init(troubles: [.misconfiguration], count: 3...6)
        case .customisedDeployment: self.init(troubles: [.customised], count: 2...4)
        case .missingIds: self.init(troubles: [.outage, .misconfiguration, .outage], count: 3...4)
        case .novelError: self.init(troubles: [.novel], count: 2...4)
        case .storm: self.init(troubles: [.storm, .outage, .novel], count: 2...3)
        case .regionalRegression: self.init(troubles: [.regression], count: 2...2)
        case .slowRamp: self.init(troubles: [.ramp], count: 2...3)
        case .noisyNeighbour: self.init(troubles: [.neighbour], count: 2...4)
        case .coincidence: self.init(troubles: [.outage, .misconfiguration], count: 2...4, coincidences: 2...4)
        case .silentSufferers: self.init(troubles: [.silent], count: 2...4)
        case .ticketFlood: self.init(troubles: [.outage], count: 2...2, floods: 2...3)
        case .clockSkew: self.init(troubles: [.outage, .misconfiguration, .outage], count: 3...4)
        }
    }

    private init(
        troubles: [TroubleRecipe], count: ClosedRange<Int>, floods: ClosedRange<Int> = 0...0,
        coincidences: ClosedRange<Int> = 0...0
    ) {
        (self.troubles, self.count, self.floods, self.coincidences) = (troubles, count, floods, coincidences)
    }
}

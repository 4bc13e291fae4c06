internal import Glibc

/// An online mixture of hazard experts that follows drift.
///
/// Each base model gives, for each ticket, the cumulative hazard of every interval of age. An expert is a base model together
/// with a fading ratio of observed to expected events in each interval (a standardised event ratio with a gamma prior, smoothed
/// over neighbouring intervals); half-lives from days to none give experts that follow fast and experts that stay. The experts of
/// an interval are mixed with weights from their discounted predictive likelihood in that band of intervals (dynamic model
/// averaging: Raftery, Kárný and Ettler 2010, Technometrics 52(1)). The mixture is corrected once more by fading ratios of each
/// group within each band.
///
/// All learning is by exposure: a subject teaches each interval as soon as it has left it, whether or not its event has been seen.
public struct HazardMixture: Sendable {
    /// What the mixture learns from: one interval of one subject.
    public struct Exposure: Sendable {
        /// The interval.
        public var interval: Int
        /// The part of the interval that was lived through, from 0; more than 1 only in the last interval.
        public var part: Double
        /// Whether the event was seen in it.
        public var event: Bool
        /// When it ended, in days.
        public var day: Double

        /// Creates an exposure.
        public init(interval: Int, part: Double, event: Bool, day: Double) {
            self.interval = interval
            self.part = part
            self.event = event
            self.day = day
        }
    }

    /// The settings of the mixture.
    public struct Settings: Sendable, Codable, Equatable {
        /// The half-lives of the ratios in days; an expert without ratio is always present besides.
        public var halfLives: [Double] = [4, 12, 40]
        /// The pseudo events of the prior of a ratio.
        public var strength = 4.0
        /// The half-life in days of the discounted likelihood.
        public var weightHalfLife = 30.0
        /// The power of the likelihood in the weights.
        public var learningRate = 1.0
        /// The half-life in days of the ratios of a group.
        public var groupHalfLife = 40.0
        /// The pseudo events of the prior of a group's ratio.
        public var groupStrength = 15.0

        /// The settings chosen on training windows; see the notebook of resolution times.
        public init() {}
    }

    /// The settings.
    public let settings: Settings
    let bandOfInterval: [Int]
    let baseModels: Int
    private(set) var ratios: [FadingCounts]
    private(set) var losses: [Double]
    private(set) var lossDay: Double?
    private(set) var groups: [String: FadingCounts] = [:]
    private(set) var cachedDay = -Double.greatestFiniteMagnitude
    /// The ratios of each base model and half-life in each interval, as of the last ``refresh(_:)``.
    private(set) var cachedRatios: [[Double]] = []

    private static let kernel = [1, 0.5, 0.25]
    /// Groups beyond this number share the desk's ratios.
    private static let largestGroupCount = 5_000

    /// Creates a mixture that has seen nothing.
    ///
    /// - Parameters:
    ///   - bands: The bands of intervals, in order.
    ///   - baseModels: The number of base models.
    ///   - settings: The settings.
    public init(bands: [Range<Int>], baseModels: Int, settings: Settings) {
        self.settings = settings
        self.baseModels = baseModels
        bandOfInterval = bands.enumerated().flatMap { [Int](repeating: $0.offset, count: $0.element.count) }
        let intervals = bandOfInterval.count
        ratios = (0..<baseModels).flatMap { _ in
            settings.halfLives.map { FadingCounts(cells: intervals, halfLife: $0) }
        }
        losses = [Double](repeating: 0, count: bands.count * baseModels * (settings.halfLives.count + 1))
    }

    init(
        settings: Settings, bandOfInterval: [Int], baseModels: Int, ratios: [FadingCounts], losses: [Double],
        lossDay: Double?, groups: [String: FadingCounts], cachedDay: Double, cachedRatios: [[Double]]
    ) {
        self.settings = settings
        self.bandOfInterval = bandOfInterval
        self.baseModels = baseModels
        self.ratios = ratios
        self.losses = losses
        self.lossDay = lossDay
        self.groups = groups
        self.cachedDay = cachedDay
        self.cachedRatios = cachedRatios
    }

    /// Whether the mixture was made for these numbers of intervals, bands and base models.
    public func fits(intervals: Int, bands: Int, baseModels: Int) -> Bool {
        self.intervals == intervals && bandOfInterval.last == bands - 1 && self.baseModels == baseModels
            && losses.count == bands * experts && ratios.count == baseModels * settings.halfLives.count
            && zip(bandOfInterval, bandOfInterval.dropFirst()).allSatisfy { $1 - $0 == 0 || $1 - $0 == 1 }
            && bandOfInterval.first == 0 && ratios.allSatisfy { $0.cellCount == intervals }
            && groups.values.allSatisfy { $0.cellCount == bands }
            && (cachedRatios.isEmpty
                || cachedRatios.count == ratios.count && cachedRatios.allSatisfy { $0.count == intervals })
    }

    var expertsPerBase: Int { settings.halfLives.count + 1 }
    var experts: Int { baseModels * expertsPerBase }
    var intervals: Int { bandOfInterval.count }

    /// The cumulative hazard of each interval for a subject.
    ///
    /// - Parameters:
    ///   - base: The cumulative hazards of the base models, one list of intervals each.
    ///   - group: The group of the subject; empty for none.
    ///   - day: The present in days.
    public mutating func predict(base: [[Double]], group: String, day: Double) -> [Double] {
        refresh(day)
        let bandCount = (bandOfInterval.last ?? 0) + 1
        let weights = (0..<bandCount).map { mixtureWeights(band: $0) }
        let groupRatios = groups[group]?.ratios(at: day, strength: settings.groupStrength, kernel: [1])
        return (0..<intervals).map { interval in
            let band = bandOfInterval[interval]
            var survival = 0.0
            for expert in 0..<experts {
                survival += weights[band][expert] * exp(-hazard(expert, interval, base))
            }
            return -log(max(survival, 1e-300)) * (groupRatios?[band] ?? 1)
        }
    }

    /// The weight of each base model in each band at the present, each band summing to 1.
    public var baseWeights: [[Double]] {
        (0...(bandOfInterval.last ?? 0)).map { band in
            let weights = mixtureWeights(band: band)
            return (0..<baseModels).map { model in
                weights[(model * expertsPerBase)..<((model + 1) * expertsPerBase)].reduce(0, +)
            }
        }
    }

    /// Learns from one exposure.
    ///
    /// - Parameters:
    ///   - exposure: What was seen.
    ///   - base: The cumulative hazards that the base models gave when the subject entered.
    ///   - mixture: The cumulative hazards that ``predict(base:group:day:)`` gave when the subject entered.
    ///   - group: The group of the subject.
    public mutating func learn(_ exposure: Exposure, base: [[Double]], mixture: [Double], group: String) {
        refresh(exposure.day)
        let band = bandOfInterval[exposure.interval]
        let event = exposure.event ? 1.0 : 0.0
        discountLosses(to: exposure.day)
        for expert in 0..<experts {
            let hazard = max(1e-12, hazard(expert, exposure.interval, base))
            losses[band * experts + expert] += hazard * exposure.part - event * log(hazard)
        }
        for model in 0..<baseModels {
            let expected = base[model][exposure.interval] * exposure.part
            for position in 0..<settings.halfLives.count {
                ratios[model * settings.halfLives.count + position]
                    .add(cell: exposure.interval, events: event, exposure: expected, at: exposure.day)
            }
        }
        guard !group.isEmpty, groups[group] != nil || groups.count < Self.largestGroupCount else { return }
        groups[group, default: FadingCounts(cells: (bandOfInterval.last ?? 0) + 1, halfLife: settings.groupHalfLife)]
            .add(cell: band, events: event, exposure: mixture[exposure.interval] * exposure.part, at: exposure.day)
    }

    private func hazard(_ expert: Int, _ interval: Int, _ base: [[Double]]) -> Double {
        let (model, ratio) = expert.quotientAndRemainder(dividingBy: expertsPerBase)
        let hazard = base[model][interval]
        return ratio == 0 ? hazard : hazard * cachedRatios[model * settings.halfLives.count + ratio - 1][interval]
    }

    /// The weight of each expert in a band at the present; they sum to 1.
    func mixtureWeights(band: Int) -> [Double] {
        let own = losses[(band * experts)..<((band + 1) * experts)]
        let best = own.min() ?? 0
        let weights = own.map { exp(-settings.learningRate * ($0 - best)) }
        let total = weights.reduce(0, +)
        return weights.map { $0 / total }
    }

    /// Takes the ratios anew for a day, at most every quarter of an hour: they cost more than a prediction.
    public mutating func refresh(_ day: Double) {
        guard cachedRatios.isEmpty || day >= cachedDay + 1.0 / 96 else { return }
        cachedDay = day
        cachedRatios = ratios.map { $0.ratios(at: day, strength: settings.strength, kernel: Self.kernel) }
    }

    private mutating func discountLosses(to day: Double) {
        let last = lossDay ?? day
        guard day > last + 1.0 / 24 else {
            lossDay = last
            return
        }
        let keep = exp(-log(2) * (day - last) / settings.weightHalfLife)
        for position in losses.indices { losses[position] *= keep }
        lossDay = day
    }
}

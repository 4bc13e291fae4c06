internal import Glibc
internal import LinearAlgebra

/// Sums of events and of exposure that fade exponentially with time.
///
/// Weights grow with the time of the observation instead of shrinking afterwards (forward decay: Cormode et al. 2009, ICDE), so
/// that observations may come in any order and an addition costs one exponential.
public struct FadingCounts: Sendable, Equatable {
    private let rate: Double
    private var origin: Double?
    private var events: [Double]
    private var exposures: [Double]

    /// Creates empty sums.
    ///
    /// - Parameters:
    ///   - cells: The number of cells.
    ///   - halfLife: The time after which an observation counts half, above 0.
    public init(cells: Int, halfLife: Double) {
        precondition(halfLife > 0, "a half-life is positive")
        rate = log(2) / halfLife
        events = [Double](repeating: 0, count: cells)
        exposures = events
    }

    /// The number of cells.
    public var cellCount: Int { min(events.count, exposures.count) }

    /// Adds events and exposure to a cell.
    ///
    /// - Parameters:
    ///   - cell: The cell.
    ///   - events: The events seen, not negative.
    ///   - exposure: The events expected, not negative.
    ///   - time: The time of the observation.
    public mutating func add(cell: Int, events: Double, exposure: Double, at time: Double) {
        var start = origin ?? time
        if rate * (time - start) > 60 {
            let factor = exp(-rate * (time - start))
            for cell in 0..<self.events.count {
                self.events[cell] *= factor
                exposures[cell] *= factor
            }
            start = time
        }
        origin = start
        let weight = exp(rate * (time - start))
        self.events[cell] += weight * events
        exposures[cell] += weight * exposure
    }

    /// The ratio of events to exposure in each cell, drawn to the ratio of its neighbours and to 1.
    ///
    /// The result is `(events + strength) / (exposure + strength)` with both sums smoothed over neighbouring cells: the posterior
    /// mean of a rate with a gamma prior of mean 1.
    ///
    /// - Parameters:
    ///   - now: The present, at which an observation of weight 1 would be added.
    ///   - strength: The pseudo exposure of the prior.
    ///   - kernel: The weights of the neighbours at distance 0, 1, 2 …
    public func ratios(at now: Double, strength: Double, kernel: [Double]) -> [Double] {
        let scale = exp(-rate * (now - (origin ?? now)))
        return (0..<events.count).map { cell in
            var observed = strength
            var expected = strength
            func add(_ neighbour: Int, _ weight: Double) {
                guard neighbour >= 0 && neighbour < events.count else { return }
                observed += weight * events[neighbour]
                expected += weight * exposures[neighbour]
            }
            for (distance, factor) in kernel.enumerated() {
                add(cell - distance, scale * factor)
                if distance > 0 { add(cell + distance, scale * factor) }
            }
            return observed / expected
        }
    }
}

extension FadingCounts: Codable {
    private enum CodingKeys: String, CodingKey {
        case rate, origin, events, exposures
    }

    /// Decodes the sums.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        rate = try values.decode(Double.self, forKey: .rate)
        origin = try values.decodeIfPresent(Double.self, forKey: .origin)
        events = try values.decode(NumberList.self, forKey: .events).values
        exposures = try values.decode(NumberList.self, forKey: .exposures).values
        guard events.count == exposures.count else {
            throw DecodingError.dataCorruptedError(
                forKey: .exposures, in: values, debugDescription: "there is one exposure a cell")
        }
    }

    /// Encodes the sums.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(rate, forKey: .rate)
        try values.encodeIfPresent(origin, forKey: .origin)
        try values.encode(NumberList(events), forKey: .events)
        try values.encode(NumberList(exposures), forKey: .exposures)
    }
}

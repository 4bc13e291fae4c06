internal import Algorithms
internal import Glibc

/// How rare it is that a thing is repeated so often: a loop that does not end, a retry that does not stop.
///
/// The rarity of *c* times a thing is `ln((n + 1) / (n_c + 1))`, where *n* cases have the thing and `n_c` of them at least *c* times. Once is no
/// repetition. It is remarkable from the ``threshold`` on, which few ordinary cases reach, or, beyond what the cases can tell, where
/// *c* is more than twice what all but ``farShare`` of them have: where counts fall off exponentially, the square of that share has more.
/// Cases so far out do not raise the threshold, so that a few anomalies among the ordinary cases do not hide others.
public struct RepetitionRarity: Sendable, Equatable {
    /// How many cases have a thing at least so often.
    public struct Tail: Sendable, Equatable {
        /// The thing.
        public var thing: Int32
        /// How often, at least 1.
        public var count: Int32
        /// The cases that have it so often or more often.
        public var support: Int

        /// Describes a tail.
        public init(thing: Int32, count: Int32, support: Int) {
            self.thing = thing
            self.count = count
            self.support = support
        }
    }

    /// The tails of each count that occurs, by thing and then by count.
    public let tails: [Tail]
    /// The rarity from which a repetition is remarkable, positive.
    public private(set) var threshold: Double
    /// Where the tails of each thing are.
    private let places: [Int32: Range<Int>]

    /// More than twice the count that no more than this share of the cases exceeds is remarkable whatever the ``threshold``.
    public static let farShare = 0.01

    /// Learns from ordinary cases.
    ///
    /// - Parameters:
    ///   - vectors: Distinct vectors and how many cases have each, not negative.
    ///   - rate: The share of the cases that reach the threshold, which is never below `−ln` ``RareShare/ceiling``.
    /// - Complexity: O(*n* log *n*) for *n* entries of all vectors.
    public init(_ vectors: [(vector: CountVector, count: Int)], rate: Double) {
        let ordinary = vectors.filter { $0.count > 0 }
        var tails: [Tail] = []
        let entries = ordinary.flatMap { entry in
            zip(entry.vector.columns, entry.vector.counts).map { Tail(thing: $0, count: $1, support: entry.count) }
        }
        for entry in entries.sorted(by: { ($0.thing, $1.count) < ($1.thing, $0.count) }) {
            guard let last = tails.last, last.thing == entry.thing else {
                tails.append(entry)
                continue
            }
            let support = last.support + entry.support
            if last.count == entry.count {
                tails[tails.count - 1].support = support
            } else {
                tails.append(Tail(thing: entry.thing, count: entry.count, support: support))
            }
        }
        tails.sort { ($0.thing, $0.count) < ($1.thing, $1.count) }
        self.init(tails: tails, threshold: -log(RareShare.ceiling))
        let near = ordinary.compactMap { vector, count -> (score: Double, count: Int)? in
            let parts = rarities(in: vector, isLeftOut: true)
            guard parts.allSatisfy({ $0.ofHalf < -log(Self.farShare) }) else { return nil }
            return (parts.reduce(0) { max($0, $1.rarity) }, count)
        }
        let cases = near.reduce(0) { $0 + $1.count }
        threshold = max(threshold, ConformalCalibration(near).threshold(rate: max(rate, 1 / Double(cases + 1))))
    }

    /// Restores what was learned.
    ///
    /// - Parameters:
    ///   - tails: By thing and then by count, none twice.
    ///   - threshold: Positive.
    public init(tails: [Tail], threshold: Double) {
        self.tails = tails
        self.threshold = threshold
        var places: [Int32: Range<Int>] = [:]
        for (place, tail) in tails.enumerated() {
            places[tail.thing] = (places[tail.thing]?.lowerBound ?? place)..<(place + 1)
        }
        self.places = places
    }

    /// What each repeated thing of a vector scores, 1 or more where it is remarkable; things never seen are passed over.
    ///
    /// - Parameters:
    ///   - vector: The vector.
    ///   - isLeftOut: Whether it is one of those learnt from, which then does not count.
    /// - Complexity: O(*m* log *n*) for *m* entries of the vector and *n* tails of a thing.
    public func scores(in vector: CountVector, isLeftOut: Bool = false) -> [(thing: Int32, score: Double)] {
        rarities(in: vector, isLeftOut: isLeftOut).map { thing, rarity, ofHalf in
            (thing, max(rarity / threshold, ofHalf / -log(Self.farShare)))
        }
    }

    /// The highest of the ``scores(in:isLeftOut:)``; 0 where nothing is repeated.
    public func score(of vector: CountVector, isLeftOut: Bool = false) -> Double {
        scores(in: vector, isLeftOut: isLeftOut).reduce(0) { max($0, $1.score) }
    }

    private func rarities(in vector: CountVector, isLeftOut: Bool) -> [(thing: Int32, rarity: Double, ofHalf: Double)] {
        zip(vector.columns, vector.counts).compactMap { thing, count in
            guard count > 1, let place = places[thing] else { return nil }
            let own = tails[place]
            func rarity(_ count: Int32) -> Double {
                let tail = own.partitioningIndex { $0.count >= count }
                let support = tail < own.endIndex ? own[tail].support : 0
                // Left out of those that have it so often, not of those that have it: what nobody else has is then just as rare as what
                // nobody has, and a threshold that ordinary cases have raised to that holds for both.
                let others = max(0, support - (isLeftOut ? 1 : 0))
                return max(0, log(Double(own[own.startIndex].support + 1) / Double(others + 1)))
            }
            return (thing, rarity(count), rarity(count - count / 2))
        }
    }
}

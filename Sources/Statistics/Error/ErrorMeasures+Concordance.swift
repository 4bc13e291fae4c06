extension ErrorMeasures {
    /// The share of pairs with different observations that the predictions put in the right order; a tied prediction is ½.
    ///
    /// One half if all predictions are equal; NaN if no pair can be compared.
    ///
    /// - Complexity: O(n log n).
    public static func concordance(_ observed: [Double], _ predicted: [Double]) -> Double {
        concordance(observed, events: [Bool](repeating: true, count: observed.count), predicted)
    }

    /// Harrell's concordance of predicted with censored times.
    ///
    /// A pair can be compared if the shorter time ended in an event, or if the times are equal and one of them alone did: the censored
    /// one is then the longer. It counts 1 if the longer time has the larger prediction, ½ if the predictions are tied. One half if
    /// all predictions are equal; NaN if no pair can be compared.
    ///
    /// Source: F. E. Harrell et al., "Evaluating the yield of medical tests", JAMA 247 (1982), with ties as in R's `survival`; the
    /// counts by a Fenwick tree, P. M. Fenwick, Software: Practice and Experience 24 (1994), doi:10.1002/spe.4380240306.
    ///
    /// - Parameters:
    ///   - times: The time of each observation.
    ///   - events: Whether the time ended in an event; false if it is censored.
    ///   - predicted: The predicted times, or anything that grows with them.
    /// - Complexity: O(n log n).
    public static func concordance(_ times: [Double], events: [Bool], _ predicted: [Double]) -> Double {
        precondition(times.count == predicted.count, "there is one prediction an observation")
        precondition(times.count == events.count, "there is one event indicator an observation")
        guard let first = predicted.first, predicted.contains(where: { $0 != first }) else {
            return predicted.isEmpty ? .nan : 0.5
        }
        let ranks = denseRanks(predicted)
        // In order of time; at equal times events come first, for a censored time is longer than an event's.
        let order = times.indices.sorted { left, right in
            if times[left] != times[right] { return times[left] < times[right] }
            return events[left] && !events[right]
        }
        var seen = FenwickTree(count: (ranks.max() ?? 0) + 1)
        var concordant = 0
        var tied = 0
        var comparable = 0
        var start = 0
        while start < order.count {
            let head = order[start]
            let end =
                order[start...].firstIndex { times[$0] != times[head] || events[$0] != events[head] }
                ?? order.count
            for i in order[start..<end] {
                let below = seen.count(below: ranks[i])
                concordant += below
                tied += seen.count(below: ranks[i] + 1) - below
                comparable += seen.total
            }
            if events[head] {
                for i in order[start..<end] { seen.insert(ranks[i]) }
            }
            start = end
        }
        return (Double(concordant) + 0.5 * Double(tied)) / Double(comparable)
    }

    /// The rank of each value among the distinct values, from 0.
    private static func denseRanks(_ values: [Double]) -> [Int] {
        let order = values.indices.sorted { values[$0] < values[$1] }
        var ranks = [Int](repeating: 0, count: values.count)
        for (previous, current) in zip(order, order.dropFirst()) {
            ranks[current] = ranks[previous] + (values[current] > values[previous] ? 1 : 0)
        }
        return ranks
    }
}

/// Counts of inserted ranks with cumulative sums, each in O(log n).
private struct FenwickTree {
    private var sums: [Int]
    private(set) var total = 0

    init(count: Int) { sums = [Int](repeating: 0, count: count + 1) }

    mutating func insert(_ rank: Int) {
        total += 1
        var node = rank + 1
        while node < sums.count {
            sums[node] += 1
            node += node & -node
        }
    }

    /// How many inserted ranks lie below a rank.
    func count(below rank: Int) -> Int {
        var node = rank
        var count = 0
        while node > 0 {
            count += sums[node]
            node -= node & -node
        }
        return count
    }
}

internal import Features
internal import Glibc

/// Which terms tell the cases of a group from all others.
///
/// The weight of a term is the share of the group's cases that have it, times the logarithm of how many times larger that share is than among the other cases:
/// `a / n · ln(((a + ½) / (n + 1)) / ((b + ½) / (m - n + 1)))` of a cases of n in the group and b others of m in all; 0 where it would be negative.
struct GroupTerms: Sendable {
    /// The weight of each term that has one.
    private(set) var weights: [Int32: Double] = [:]

    /// Weighs the terms of a group.
    ///
    /// - Parameters:
    ///   - members: The term lists of the group's cases.
    ///   - holders: The number of all cases with a term.
    ///   - count: The number of all cases.
    init(_ members: [TermList], holders: (Int32) -> Int, count: Int) {
        var own: [Int32: Int] = [:]
        for list in members {
            for term in list.terms { own[term, default: 0] += 1 }
        }
        let size = Double(members.count)
        for (term, cases) in own {
            let inside = Double(cases)
            let outside = Double(holders(term) - cases)
            let ratio = (inside + 0.5) / (size + 1) / ((outside + 0.5) / (Double(count) - size + 1))
            if ratio > 1 { weights[term] = inside / size * log(ratio) }
        }
    }

    /// The terms with the largest weights.
    func leading(_ count: Int, where isAllowed: (Int32) -> Bool) -> [Int32] {
        Array(
            weights.sorted { (-$0.value, $0.key) < (-$1.value, $1.key) }.lazy.map(\.key).filter(isAllowed).prefix(count)
        )
    }
}

/// Bisection among whole numbers.
enum OrderedSearch {
    /// The last number of a range that fulfils a condition which all smaller ones fulfil too; nil when none does.
    static func last(_ range: Range<Int>, _ isFulfilled: (Int) -> Bool) -> Int? {
        var low = range.lowerBound - 1
        var high = range.upperBound
        while high - low > 1 {
            let middle = low + (high - low) / 2
            if isFulfilled(middle) { low = middle } else { high = middle }
        }
        return low >= range.lowerBound ? low : nil
    }
}

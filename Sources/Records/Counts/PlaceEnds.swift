/// Where the lines of each place end, a deployment or else an account, which tells of which places the clocks run ahead at the end of a log.
struct PlaceEnds {
    /// The share of all lines that may be ahead: more are no exception any more.
    private static let mostAhead = 0.01
    /// The hours that are looked at, more than a century.
    private static let mostHours = 1 << 20

    /// For each place the hours with lines, in order.
    private var hours: [[Int32]]
    /// The hours with lines of no place that is known.
    private var others: [Int32]
    /// The lines of each hour from the first one on.
    private var lines: [Int]
    private let first: Int32

    /// - Parameter range: The hours that are looked at.
    /// - Returns: nil where the last hour of most places is not before that of all.
    init?(_ table: CountTable, within range: ClosedRange<Int32>) {
        let count = Int(range.upperBound) - Int(range.lowerBound) + 1
        guard count <= Self.mostHours else { return nil }
        first = range.lowerBound
        // The number of the place of each scope, 0 for none.
        var numbers: [CountTable.Scope: Int] = [CountTable.Scope(): 0]
        let places = table.scopes.map { scope in
            let place = CountTable.Scope(
                account: scope.deployment < 0 ? scope.account : -1, deployment: scope.deployment)
            let number = numbers[place] ?? numbers.count
            numbers[place] = number
            return number
        }
        var last = [Int32](repeating: .min, count: numbers.count)
        for cell in table.cells where range.contains(cell.hour) {
            last[places[Int(cell.scope)]] = max(last[places[Int(cell.scope)]], cell.hour)
        }
        let ends = last.dropFirst().filter { $0 > .min }.sorted(by: >)
        guard !ends.isEmpty, ends[ends.count / 2] < range.upperBound else { return nil }
        lines = [Int](repeating: 0, count: count)
        var all = [[Int32]](repeating: [], count: numbers.count)
        for cell in table.cells where range.contains(cell.hour) {
            lines[Int(cell.hour) - Int(first)] += Int(cell.count)
            let place = places[Int(cell.scope)]
            if all[place].last != cell.hour { all[place].append(cell.hour) }
        }
        for place in all.indices { all[place] = Self.distinct(all[place]) }
        others = all[0]
        hours = all.dropFirst().filter { !$0.isEmpty }
    }

    /// The last hour of those places whose clocks are likely right.
    ///
    /// Places run ahead where they are fewer than half of all, hold few of the lines, go on after the last line of all others for longer than these were ever
    /// silent, and were themselves silent for as long before, as a clock that jumps ahead leaves hours out. A place that goes on alone does not.
    ///
    /// - Complexity: O(places × hours).
    mutating func likely() -> Int32 {
        while let end = end() {
            for place in hours.indices { hours[place].removeAll { $0 > end } }
            others.removeAll { $0 > end }
            lines.removeLast(lines.count - 1 - Int(end) + Int(first))
        }
        return first + Int32(lines.count - 1)
    }

    /// The last hour without the fewest places that run ahead; nil where none do.
    private func end() -> Int32? {
        let order = hours.sorted { ($0.last ?? first) > ($1.last ?? first) }
        let most = Self.mostAhead * Double(lines.reduce(0, +))
        var isLogged = [Bool](repeating: false, count: lines.count)
        func log(_ hours: [Int32]) { for hour in hours { isLogged[Int(hour) - Int(first)] = true } }
        log(others)
        let fewer = (order.count - 1) / 2
        for place in order.dropFirst(fewer) { log(place) }
        var found: Int32?
        for count in stride(from: fewer, to: 0, by: -1) {
            defer { log(order[count - 1]) }
            let last = max(order[count].last ?? first, others.last ?? first)
            guard let next = order[count - 1].last, next > last,
                Double(lines[(Int(last) - Int(first) + 1)...].reduce(0, +)) <= most
            else { continue }
            let silence = Self.longestStep(isLogged.indices.filter { isLogged[$0] })
            let areAhead = order.prefix(count).allSatisfy { place in
                let distance = Int(place.last ?? first) - Int(last)
                // An hour more or less follows from where in an hour a clock jumped.
                return distance > silence + 1 && Self.longestStep(place.map { Int($0) }) >= distance - 1
            }
            if areAhead { found = last }
        }
        return found
    }

    /// The hours from one to the next at most, at least 1.
    private static func longestStep(_ hours: [Int]) -> Int {
        zip(hours, hours.dropFirst()).reduce(1) { max($0, $1.1 - $1.0) }
    }

    private static func distinct(_ hours: [Int32]) -> [Int32] {
        var last: Int32?
        return hours.sorted().filter { hour in
            defer { last = hour }
            return hour != last
        }
    }
}

internal import Algorithms

/// The lines of a place by hour and version; those that name none do not count.
struct HourlyLines {
    /// Hours with lines in order, and the sums of the lines.
    struct Series {
        private(set) var hours: [Int] = []
        /// The lines before each of the hours, and of all.
        private(set) var sums = [0.0]

        /// Adds the lines of the last hour or a later one.
        mutating func add(_ hour: Int, _ lines: Double) {
            if hours.last != hour {
                hours.append(hour)
                sums.append(sums[sums.count - 1])
            }
            sums[sums.count - 1] += lines
        }

        func sum(in range: Range<Int>) -> Double {
            sums[firstIndex(from: range.upperBound)] - sums[firstIndex(from: range.lowerBound)]
        }

        func count(in range: Range<Int>) -> Int {
            firstIndex(from: range.upperBound) - firstIndex(from: range.lowerBound)
        }

        func firstIndex(from hour: Int) -> Int { hours.partitioningIndex { $0 >= hour } }
    }

    private(set) var all = Series()
    private(set) var ofVersion: [Int32: Series] = [:]
    /// For each hour of all lines the version with the most of them.
    private(set) var leaders: [Int32] = []

    /// - Parameter cells: In order of hour.
    init(_ cells: ArraySlice<PlacedCells.Cell>) {
        for cell in cells where cell.version >= 0 {
            all.add(Int(cell.hour), Double(cell.count))
            ofVersion[cell.version, default: Series()].add(Int(cell.hour), Double(cell.count))
        }
        leaders = [Int32](repeating: -1, count: all.hours.count)
        var most = [Double](repeating: 0, count: all.hours.count)
        for (version, own) in ofVersion.sorted(by: { $0.key < $1.key }) {
            for (place, hour) in own.hours.enumerated() {
                let index = all.firstIndex(from: hour)
                let lines = own.sums[place + 1] - own.sums[place]
                if lines > most[index] { (most[index], leaders[index]) = (lines, version) }
            }
        }
    }

    func share(of version: Int32, in range: Range<Int>) -> Double {
        let lines = all.sum(in: range)
        return lines > 0 ? (ofVersion[version]?.sum(in: range) ?? 0) / lines : 0
    }

    /// The end of the shortest time from an hour on with so many hours and lines; nil when it has not passed.
    func end(from index: Int, hours: Int, lines: Double) -> Int? {
        guard index + hours <= all.hours.count else { return nil }
        for last in index + hours - 1..<all.hours.count where all.sums[last + 1] - all.sums[index] >= lines {
            return all.hours[last] + 1
        }
        return nil
    }

    /// The version with the most lines in the hours up to the last one that was seen before an hour; of equals the one that was seen last.
    func most(before hour: Int, within hours: Int, except version: Int32) -> Int32? {
        let index = all.firstIndex(from: hour)
        guard index > 0 else { return nil }
        let last = all.hours[index - 1]
        let range = last - hours + 1..<last + 1
        var best: (lines: Double, last: Int, version: Int32) = (0, .min, -1)
        for (other, own) in ofVersion.sorted(by: { $0.key < $1.key }) where other != version {
            let lines = own.sum(in: range)
            guard lines > 0 else { continue }
            let last = own.hours[own.firstIndex(from: range.upperBound) - 1]
            if (lines, last) > (best.lines, best.last) { best = (lines, last, other) }
        }
        return best.version >= 0 ? best.version : nil
    }
}

internal import Algorithms

/// The ordinary lines of everything, of each deployment and of each account, by minute.
struct Traffic: Sendable {
    /// What lines are counted for.
    enum Scope: Hashable {
        case everything
        case deployment(Int32)
        case account(Int32)
    }

    /// Lines up to the end of each minute that had any.
    private struct Series {
        var minutes: [Int32] = []
        var sums: [Int32] = []

        mutating func add(_ minute: Int32) {
            if minutes.last == minute {
                sums[sums.count - 1] &+= 1
            } else {
                sums.append((sums.last ?? 0) &+ 1)
                minutes.append(minute)
            }
        }

        /// The lines so far.
        var lines: Double { Double(sums.last ?? 0) }

        /// The lines before a minute.
        func lines(before minute: Int32) -> Double {
            let earlier = minutes.partitioningIndex { $0 >= minute }
            return earlier == 0 ? 0 : Double(sums[earlier - 1])
        }
    }

    /// Lines below which a ratio says little.
    private static let few = 20.0
    private static let minute = 60.0

    /// When lines of any kind were heard.
    private(set) var heard = HeardTime()
    private var all = Series()
    /// By the indexes of deployments and of accounts, as far as one was met.
    private var deployments: [Series] = []
    private var accounts: [Series] = []

    /// Takes the next line; lines come in order of time.
    mutating func add(_ line: AccountLine) {
        heard.add(line.time)
        guard line.severity < 13 else { return }
        let minute = Self.minute(line.time)
        if !line.isRepeat {
            all.add(minute)
            Self.add(minute, to: &deployments, line.deployment)
        }
        Self.add(minute, to: &accounts, line.account)
    }

    private static func add(_ minute: Int32, to all: inout [Series], _ index: Int32) {
        guard index >= 0 else { return }
        while all.count <= Int(index) { all.append(Series()) }
        all[Int(index)].add(minute)
    }

    static func minute(_ time: Double) -> Int32 { Int32(clamping: Int64((time / minute).rounded(.down))) }

    /// The lines of a scope in a stretch of time, to the minute.
    func lines(_ scope: Scope, from: Double, to: Double) -> Double {
        guard let series = series(scope) else { return 0 }
        return series.lines(before: Self.minute(to) &+ 1) - series.lines(before: Self.minute(from))
    }

    /// The traffic of a stretch by what it was before on average, at least a fifth and at most five.
    func ratio(_ scope: Scope, from: Double, to: Double) -> Double {
        let before = heard.seconds(to: from)
        guard before > 0, to > from, let series = series(scope) else { return 1 }
        let usual = series.lines(before: Self.minute(from)) / before * (to - from)
        return min(max((lines(scope, from: from, to: to) + Self.few) / (usual + Self.few), 0.2), 5)
    }

    /// The ordinary lines of a scope so far.
    ///
    /// - Complexity: O(1).
    func lines(_ scope: Scope) -> Double { series(scope)?.lines ?? 0 }

    /// Whose ordinary lines tell how much can go wrong in a scope, and how many they were a second before a time; nil where they are few.
    ///
    /// Those of one account are too few to tell, and those of everything have the same days and nights.
    func pace(of scope: Scope, before time: Double) -> (scope: Scope, rate: Double)? {
        if case .account = scope { return pace(of: .everything, before: time) }
        let lines = series(scope)?.lines(before: Self.minute(time)) ?? 0
        let seconds = heard.seconds(to: time)
        if lines >= Self.few, seconds > 0 { return (scope, lines / seconds) }
        return scope == .everything ? nil : pace(of: .everything, before: time)
    }

    private func series(_ scope: Scope) -> Series? {
        switch scope {
        case .everything: all
        case .deployment(let index): deployments.indices.contains(Int(index)) ? deployments[Int(index)] : nil
        case .account(let index): accounts.indices.contains(Int(index)) ? accounts[Int(index)] : nil
        }
    }
}

internal import Records

/// Below how many lines of a day signatures are not to be told.
struct SnoozeLimits: Sendable {
    private enum Limit {
        case lines(Double)
        /// Lines by the ordinary lines of a day, from an hour since 1970 UTC on; none are told before it.
        case rate(Double, from: Int)
    }

    private let limits: [String: [Limit]]

    private static let week = 7 * 24
    /// A week without a line is worth half a one.
    private static let unseen = 0.5

    /// - Parameter series: The past, which tells what the rate was when somebody snoozed a signature; without it that is not known, and limits nothing.
    init(_ snoozed: [SnoozedSignature], _ series: SignatureSeries?) {
        var limits: [String: [Limit]] = [:]
        for item in snoozed {
            switch item.limit {
            case .linesPerDay(let lines): limits[item.signature, default: []].append(.lines(lines))
            case .factor(let factor, let since):
                guard let rate = series?.rate(of: item.signature, before: since, hours: Self.week, Self.unseen) else {
                    continue
                }
                let hour = Int(clamping: Int64((since.seconds / 3_600).rounded(.up)))
                limits[item.signature, default: []].append(.rate(factor * rate, from: hour))
            }
        }
        self.limits = limits
    }

    /// For each hour the lines of the day up to its end below which a signature is not told.
    ///
    /// - Parameters:
    ///   - signature: The id of the signature.
    ///   - first: The first hour of the exposure, since 1970 UTC, from which hours are counted.
    func lines(of signature: String, first: Int, _ exposure: HourlyExposure) -> (Int) -> Double {
        guard let limits = limits[signature] else { return { _ in 0 } }
        return { hour in
            limits.reduce(0) { most, limit in
                switch limit {
                case .lines(let lines): return max(most, lines)
                case .rate(let rate, let from):
                    guard first + hour >= from else { return .infinity }
                    let day = exposure.values[max(0, hour - 23)...hour].reduce(0, +) * exposure.mean
                    return max(most, rate * day)
                }
            }
        }
    }
}

extension SignatureSeries {
    /// The lines of a signature by ordinary lines in some hours before a time, as far as the series reaches.
    ///
    /// - Parameter unseen: What no line at all is worth.
    fileprivate func rate(of signature: String, before time: Instant, hours: Int, _ unseen: Double) -> Double {
        // Where somebody speaks of before the series, its first day is the nearest that is known.
        let end = min(count, max(min(24, count), Int(clamping: Int64(time.seconds / 3_600)) - first))
        let range = max(0, end - hours)..<end
        let index = table.signatures.firstIndex { $0.id == signature }
        let lines = index.map { counts(Int32(truncatingIfNeeded: $0))[range].reduce(0, +) } ?? 0
        let ordinary = exposure.values[range].reduce(0, +) * exposure.mean
        return max(lines, unseen) / max(ordinary, exposure.mean)
    }
}

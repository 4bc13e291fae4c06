/// The kinds of the days that hours belong to, and which days are of another kind than their weekday usually is, as holidays and what follows them are.
///
/// An hour of such an unusual day is compared with the same hour of days of its kind, and hours of other days are not compared with it.
public struct DayKinds: Sendable {
    /// The kind of the day of each hour.
    let kinds: [UInt8]
    /// The hours of unusual days before each hour, and before the one after the last.
    let unusual: [Int32]

    /// Takes hours in their order.
    ///
    /// - Parameters:
    ///   - kinds: The kind of the day of each hour, by any numbers.
    ///   - isUnusual: Whether it is another one than that weekday usually has; as many as kinds.
    public init(kinds: [UInt8], isUnusual: [Bool]) {
        self.kinds = kinds
        unusual = isUnusual.reduce(into: [0]) { sums, isUnusual in
            sums.append(sums[sums.count - 1] + (isUnusual ? 1 : 0))
        }
    }

    /// Whether the day of an hour is of another kind than its weekday usually is.
    public func isUnusual(_ hour: Int) -> Bool { unusual[hour + 1] > unusual[hour] }

    /// The hours before another one at the same time of days of the same kind, the last first.
    ///
    /// - Parameters:
    ///   - hour: The hour.
    ///   - first: The first hour that counts, 0 or more.
    public func hours(like hour: Int, from first: Int = 0) -> [Int] {
        stride(from: hour - 24, through: first, by: -24).filter { kinds[$0] == kinds[hour] }
    }
}

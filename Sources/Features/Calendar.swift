internal import Glibc

/// Hour and weekday as numbers.
enum Calendar {
    /// Two harmonics of the hour, one column a weekday.
    static let featureCount = 11

    /// The features of a moment.
    ///
    /// - Parameter time: Seconds since 1970 in the desk's local time; where it is not finite, all features are 0.
    static func features(at time: Double) -> [Double] {
        var features = [Double](repeating: 0, count: featureCount)
        guard time.isFinite else { return features }
        let day = (time / 86_400).rounded(.down)
        let hour = (time - day * 86_400) / 3_600
        for harmonic in 1...2 {
            let angle = Double(harmonic) * 2 * Double.pi * hour / 24
            features[2 * harmonic - 2] = sin(angle)
            features[2 * harmonic - 1] = cos(angle)
        }
        // 1 January 1970 was a Thursday.
        let weekday = Int((day + 3).truncatingRemainder(dividingBy: 7) + 7) % 7
        features[4 + weekday] = 1
        return features
    }
}

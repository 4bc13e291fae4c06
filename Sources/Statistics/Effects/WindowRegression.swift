import Glibc
internal import LinearAlgebra

/// What stretches go on like: their counts by what was expected of them, given how they had risen before.
///
/// `log μ = log expected + xᵀβ` with variance `φ μ + τ² μ²`: φ is the noise of counting, τ² how far groups go their own ways. β by quasi-likelihood, φ and
/// τ² by the squares of the residuals, in turns. So a group that has just peaked is expected to fall as others fell that had just peaked.
///
/// Source: quasi-likelihood of R. W. M. Wedderburn, Biometrika 61 (1974), doi:10.1093/biomet/61.3.439; covariance of K.-Y. Liang, S. L. Zeger,
/// Biometrika 73 (1986), doi:10.1093/biomet/73.1.13.
struct WindowRegression {
    /// β, one a feature.
    let coefficients: [Double]
    /// φ, at least 1.
    let noise: Double
    /// τ², above 0.
    let spread: Double
    /// The covariance of β, robust to stretches of one group being alike.
    private let covariance: Matrix

    private static let turns = 12
    private static let leastSpread = 1e-3

    /// Fits the regression.
    ///
    /// - Parameters:
    ///   - windows: At least one.
    ///   - weights: One a window, not negative, with a sum above 0.
    init(_ windows: [ComparableWindows.Window], weights: [Double]) {
        let columns = windows[0].features.count
        let design = Matrix(rowMajor: windows.map(\.features))
        var coefficients = [Double](repeating: 0, count: columns)
        var (noise, spread) = (2.0, 0.1)
        for _ in 0..<Self.turns {
            var means = Self.means(windows, coefficients)
            let working = means.indices.map { weights[$0] * means[$0] / (noise + spread * means[$0]) }
            let residuals = means.indices.map { working[$0] * (windows[$0].observed - means[$0]) / means[$0] }
            var gradient = design.transposedTimes(residuals)
            for column in 1..<columns { gradient[column] -= coefficients[column] }
            guard let factor = try? CholeskyFactorization(Self.information(design, working)) else { break }
            coefficients = zip(coefficients, factor.solve(gradient)).map { $0 + min(max($1, -1), 1) }
            means = Self.means(windows, coefficients)
            (noise, spread) = Self.variance(windows, means, weights, noise, spread)
        }
        self.coefficients = coefficients
        self.noise = noise
        self.spread = spread
        covariance = Self.covariance(windows, design, coefficients, weights, noise, spread)
    }

    /// The expected count of a window.
    func mean(_ window: ComparableWindows.Window) -> Double { Self.mean(window, coefficients) }

    /// The variance of the logarithm of a mean that comes from β not being known.
    func variance(at window: ComparableWindows.Window) -> Double {
        zip(covariance * window.features, window.features).reduce(0) { $0 + $1.0 * $1.1 }
    }

    /// The probability of fewer than `count` and half of that of exactly `count`, around a mean whose logarithm has a variance.
    func midCumulative(_ count: Int, mean: Double, variance: Double = 0) -> Double {
        let surplus = noise - 1 + (spread + variance) * mean
        guard let counts = try? NegativeBinomial(mean: mean, size: mean / surplus) else {
            return count > 0 ? 1 : 0.5
        }
        return counts.cumulative(count - 1) + counts.probability(count) / 2
    }

    /// The information on β; a rise was seen once before and followed by nothing, so that few windows do not extrapolate.
    private static func information(_ design: Matrix, _ working: [Double]) -> Matrix {
        var information = design.gram(weights: working)
        for column in 1..<design.columns { information[column, column] += 1 }
        return information
    }

    private static func covariance(
        _ windows: [ComparableWindows.Window], _ design: Matrix, _ coefficients: [Double], _ weights: [Double],
        _ noise: Double, _ spread: Double
    ) -> Matrix {
        let means = means(windows, coefficients)
        let working = means.indices.map { weights[$0] * means[$0] / (noise + spread * means[$0]) }
        guard let inverse = try? CholeskyFactorization(information(design, working)).inverse() else {
            return Matrix(rows: design.columns, columns: design.columns)
        }
        var scores = Matrix(rows: (windows.map(\.group).max() ?? 0) + 1, columns: design.columns)
        for (index, window) in windows.enumerated() {
            let residual = working[index] * (window.observed - means[index]) / means[index]
            for (column, feature) in window.features.enumerated() { scores[window.group, column] += residual * feature }
        }
        return inverse * scores.gram() * inverse
    }

    private static func mean(_ window: ComparableWindows.Window, _ coefficients: [Double]) -> Double {
        let predictor = zip(window.features, coefficients).reduce(0) { $0 + $1.0 * $1.1 }
        return window.expected * exp(min(max(predictor, -10), 10))
    }

    private static func means(_ windows: [ComparableWindows.Window], _ coefficients: [Double]) -> [Double] {
        windows.map { mean($0, coefficients) }
    }

    /// Weighted least squares of the squares of Pearson's residuals on the means.
    private static func variance(
        _ windows: [ComparableWindows.Window], _ means: [Double], _ weights: [Double], _ noise: Double,
        _ spread: Double
    ) -> (noise: Double, spread: Double) {
        var (one, first, second, squares, slope) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for (index, mean) in means.enumerated() {
            let deviation = windows[index].observed - mean
            let square = deviation * deviation / mean
            let weight = weights[index] / ((noise + spread * mean) * (noise + spread * mean))
            one += weight
            first += weight * mean
            second += weight * mean * mean
            squares += weight * square
            slope += weight * mean * square
        }
        let determinant = one * second - first * first
        let free = determinant > 1e-12 * one * second ? (second * squares - first * slope) / determinant : 1
        let level = max(1, free)
        let left = (slope - level * first) / second
        return left > leastSpread ? (level, left) : (max(1, squares / one), leastSpread)
    }
}

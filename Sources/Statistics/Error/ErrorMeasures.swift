import Glibc

/// How far predictions lie from what was observed.
///
/// Each measure takes one prediction an observation, in the same order and unit, all of them numbers. Shares are fractions: a mean
/// absolute percentage error of 20 % is 0.2. The mean or median of no observation is NaN.
public enum ErrorMeasures {
    /// The mean of `|y - p|`.
    public static func meanAbsoluteError(_ observed: [Double], _ predicted: [Double]) -> Double {
        mean(absoluteErrors(observed, predicted))
    }

    /// The median of `|y - p|`; the mean of the two middle ones for an even number.
    public static func medianAbsoluteError(_ observed: [Double], _ predicted: [Double]) -> Double {
        median(absoluteErrors(observed, predicted))
    }

    /// The root of the mean of `(ln(1 + y) - ln(1 + max(p, 0)))²`.
    ///
    /// - Parameter observed: Values above -1.
    public static func rootMeanSquaredLogarithmicError(_ observed: [Double], _ predicted: [Double]) -> Double {
        precondition(observed.count == predicted.count, "there is one prediction an observation")
        let squares = zip(observed, predicted).map { observed, predicted in
            let error = log1p(observed) - log1p(max(predicted, 0))
            return error * error
        }
        return mean(squares).squareRoot()
    }

    /// The mean of `|y - p| / max(y, floor)`, as a fraction.
    ///
    /// - Parameter floor: The smallest denominator, above 0. Without it one observation near 0 decides the measure.
    public static func meanAbsolutePercentageError(
        _ observed: [Double], _ predicted: [Double], floor: Double
    ) -> Double {
        mean(relativeErrors(observed, predicted, floor))
    }

    /// The median of `|y - p| / max(y, floor)`, as a fraction.
    ///
    /// - Parameter floor: The smallest denominator, above 0.
    public static func medianAbsolutePercentageError(
        _ observed: [Double], _ predicted: [Double], floor: Double
    ) -> Double {
        median(relativeErrors(observed, predicted, floor))
    }

    private static func absoluteErrors(_ observed: [Double], _ predicted: [Double]) -> [Double] {
        precondition(observed.count == predicted.count, "there is one prediction an observation")
        return zip(observed, predicted).map { abs($0 - $1) }
    }

    private static func relativeErrors(_ observed: [Double], _ predicted: [Double], _ floor: Double) -> [Double] {
        precondition(floor > 0, "the floor is above 0")
        return zip(absoluteErrors(observed, predicted), observed).map { $0 / max($1, floor) }
    }

    static func mean(_ values: [Double]) -> Double { values.mean ?? .nan }

    static func median(_ values: [Double]) -> Double {
        values.median ?? .nan
    }
}

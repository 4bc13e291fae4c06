internal import Features
internal import Glibc
internal import LinearAlgebra
internal import Statistics

/// What a training tells of the parts of a ticket that are missing.
///
/// The models are linear in the features, so a part matters by what it contributes to each linear predictor. What a missing part would have contributed
/// is told by the tickets of the training: its mean given what the other parts contribute (a linear regression), and around it the variance that they
/// leave, which is what is not known (``Frailty``). Contributions to the other predictors are taken as proportional to that to the location.
///
/// It holds no ticket, only means and covariances over a sample. Those of a field that few tickets have tell of these few, but little of any: parts are
/// whole fields, not their values, so that what is held of them are a few sums of all tickets.
struct MissingParts: Sendable {
    /// The covariance of the contributions to the location over a sample of the training; one row and one column a part, symmetric, finite.
    ///
    /// A contribution deviates from the mean of those that have the part, and by 0 where it is missing. So a part that many tickets of the training
    /// lack leaves less open: the models and their calibration have met such tickets.
    let covariance: Matrix
    /// The mean contribution of each part that is there, one list a predictor.
    let means: [[Double]]
    /// The slope of the contribution of each part to each predictor on that to the location, one list a predictor.
    let slopes: [[Double]]
    /// How far the mean of a part stands for it where it is missing, 0 to 1; the rest is what the models say of a ticket without it.
    ///
    /// It falls from 1 as more tickets of the training lack the part and have told what is so without it. It is 0 for numbers, for which the models have
    /// an effect of being missing, and for parts that all tickets lack.
    let weights: [Double]
    /// The coefficients of the location, and those of the proportional models in each band in turn.
    let predictors: [[Double]]
    let partOfColumn: [Int]

    /// The tickets that are enough to know how contributions go together; a sample has less than twice as many.
    static let typicalSample = 512
}

extension MissingParts {
    /// Learns from tickets of a training.
    ///
    /// - Parameters:
    ///   - features: A sample of the tickets.
    ///   - context: What was known when each ticket of their table opened.
    ///   - tickets: How many tickets the models were fitted to.
    ///   - schema: The schema.
    ///   - precisions: The precision of the effects of each block on the location.
    ///   - fits: The proportional base models.
    ///   - location: The base model of the location.
    init(
        learningFrom features: TableFeatures, context: TicketContext, tickets: Int, schema: FeatureSchema,
        precisions: [Double], fits: [HazardFit], location: LocationFit
    ) {
        let design = features.encode(context: context)
        let predictors = Self.predictors(fits, location)
        let (partOfColumn, parts) = (schema.partOfColumn, schema.partCount)
        var isThere = [[Bool]](repeating: [Bool](repeating: true, count: parts), count: design.rows)
        for row in 0..<design.rows {
            for part in features.missingParts(at: row, context: context) { isThere[row][part] = false }
        }
        let counts = (0..<parts).map { part in isThere.count { $0[part] } }
        func contributions(_ coefficients: [Double]) -> (deviations: Matrix, means: [Double]) {
            var result = Matrix(rows: design.rows, columns: parts)
            for row in 0..<design.rows {
                for entry in design.rowStarts[row]..<design.rowStarts[row + 1] {
                    let column = Int(design.columnIndices[entry])
                    guard column < coefficients.count, isThere[row][partOfColumn[column]] else { continue }
                    result[row, partOfColumn[column]] += coefficients[column] * design.values[entry]
                }
            }
            let means = (0..<parts).map { part in
                (0..<design.rows).reduce(0) { $0 + result[$1, part] } / Double(max(1, counts[part]))
            }
            for row in 0..<design.rows {
                for part in 0..<parts where isThere[row][part] { result[row, part] -= means[part] }
            }
            return (result, means)
        }
        let place = contributions(predictors[0])
        func covariance(_ part: Int, _ other: Matrix, _ otherPart: Int) -> Double {
            (0..<design.rows).reduce(0) { $0 + place.deviations[$1, part] * other[$1, otherPart] }
                / Double(max(1, design.rows))
        }
        var covariances = Matrix(rows: parts, columns: parts)
        for part in 0..<parts {
            for other in 0...part {
                covariances[part, other] = covariance(part, place.deviations, other)
                covariances[other, part] = covariances[part, other]
            }
        }
        let squares = (0..<parts).map { covariances[$0, $0] }
        var (means, slopes) = ([place.means], [squares.map { $0 > 0 ? 1.0 : 0 }])
        for coefficients in predictors.dropFirst() {
            let own = contributions(coefficients)
            means.append(own.means)
            slopes.append((0..<parts).map { squares[$0] > 0 ? covariance($0, own.deviations, $0) / squares[$0] : 0 })
        }
        var columns = [Int](repeating: 0, count: parts)
        for part in partOfColumn { columns[part] += 1 }
        let weights = (0..<parts).map { part in
            let block = schema.block(ofPart: part)
            let effects: Int
            switch schema.blocks[block].kind {
            // A fit moves the mean of all levels against the prior of each.
            case .levels: effects = columns[part]
            // That a number is missing has an effect of its own, which the fit draws to the mean of the number.
            case .number: effects = 0
            case .text, .calendar, .desk, .signatures: effects = 1
            }
            let prior = Double(effects) * precisions[block] * location.deviation * location.deviation
            let missing = Double(tickets) * Double(design.rows - counts[part]) / Double(max(1, design.rows))
            return counts[part] == 0 || prior == 0 ? 0 : prior / (prior + missing)
        }
        self.init(
            covariance: covariances, means: means, slopes: slopes, weights: weights, predictors: predictors,
            partOfColumn: partOfColumn)
    }

    /// The coefficients of all linear predictors, in the order of ``HazardEnsemble/predictor(ofFit:band:)``.
    static func predictors(_ fits: [HazardFit], _ location: LocationFit) -> [[Double]] {
        [location.coefficients]
            + (fits.first?.bands ?? []).indices.flatMap { band in fits.map { $0.coefficients[band] } }
    }
}

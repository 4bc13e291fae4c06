internal import Features
internal import LinearAlgebra

extension MissingParts {
    private static let names = ["missing.covariance", "missing.means", "missing.slopes", "missing.weights"]

    /// What a model file holds of it.
    var tensors: [String: Tensor] {
        let shape = [predictors.count, weights.count]
        let tensors = [
            Tensor(shape: [weights.count, weights.count], values: covariance.elements),
            Tensor(shape: shape, values: means.flatMap(\.self)), Tensor(shape: shape, values: slopes.flatMap(\.self)),
            Tensor(shape: [weights.count], values: weights),
        ]
        return Dictionary(uniqueKeysWithValues: zip(Self.names, tensors))
    }

    /// Puts what a model file holds together; nil where it is older than this.
    ///
    /// - Throws: ``ResolutionTimeError/inconsistent(_:)`` where the parts contradict each other.
    init?(tensors: [String: Tensor], predictors: [[Double]], schema: FeatureSchema) throws(ResolutionTimeError) {
        guard Self.names.contains(where: { tensors[$0] != nil }) else { return nil }
        let count = schema.partCount
        let shape = [predictors.count, count]
        guard let covariance = tensors[Self.names[0]], covariance.shape == [count, count],
            let means = tensors[Self.names[1]], means.shape == shape,
            let slopes = tensors[Self.names[2]], slopes.shape == shape,
            let weights = tensors[Self.names[3]], weights.shape == [count],
            [covariance, means, slopes, weights].allSatisfy({ $0.values.allSatisfy(\.isFinite) })
        else { throw .inconsistent("missing") }
        let square = Matrix(rows: count, columns: count, elements: covariance.values)
        guard (0..<count).allSatisfy({ part in (0..<part).allSatisfy { square[part, $0] == square[$0, part] } }) else {
            throw .inconsistent("missing")
        }
        func rows(_ tensor: Tensor) -> [[Double]] {
            predictors.indices.map { Array(tensor.values[($0 * count)..<(($0 + 1) * count)]) }
        }
        self.init(
            covariance: square, means: rows(means), slopes: rows(slopes), weights: weights.values,
            predictors: predictors, partOfColumn: schema.partOfColumn)
    }
}

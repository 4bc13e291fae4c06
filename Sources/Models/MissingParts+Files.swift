internal import Features
internal import LinearAlgebra

extension MissingParts {
    private static let names = ["missing.deviations", "missing.means", "missing.slopes", "missing.weights"]

    /// What a model file holds of it.
    var tensors: [String: Tensor] {
        let shape = [predictors.count, weights.count]
        let tensors = [
            Tensor(shape: [deviations.columns, deviations.rows], values: deviations.elements),
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
        guard let deviations = tensors[Self.names[0]], deviations.shape.count == 2, deviations.shape[0] == count,
            let means = tensors[Self.names[1]], means.shape == shape,
            let slopes = tensors[Self.names[2]], slopes.shape == shape,
            let weights = tensors[Self.names[3]], weights.shape == [count]
        else { throw .inconsistent("missing") }
        func rows(_ tensor: Tensor) -> [[Double]] {
            predictors.indices.map { Array(tensor.values[($0 * count)..<(($0 + 1) * count)]) }
        }
        self.init(
            deviations: Matrix(rows: deviations.shape[1], columns: count, elements: deviations.values),
            means: rows(means), slopes: rows(slopes), weights: weights.values, predictors: predictors,
            partOfColumn: schema.partOfColumn)
    }
}

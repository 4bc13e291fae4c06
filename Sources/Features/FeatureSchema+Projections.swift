extension FeatureSchema {
    /// The projections of the text columns by name: the weights that are kept apart from the coded form.
    public var projections: [String: [Double]] {
        get { Dictionary(uniqueKeysWithValues: texts.map { ($0.encoding.name, $0.encoding.projection) }) }
        set {
            for position in texts.indices {
                if let values = newValue[texts[position].encoding.name],
                    values.count == texts[position].encoding.projection.count
                {
                    texts[position].encoding.projection = values
                }
            }
        }
    }

    /// The names and kinds of the columns of tickets that the schema reads.
    public var sourceColumns: (words: [String], numbers: [String], texts: [String]) {
        (levels.filter { !$0.isPair }.map { $0.names[0] }, numbers.map(\.name), texts.map(\.encoding.name))
    }
}

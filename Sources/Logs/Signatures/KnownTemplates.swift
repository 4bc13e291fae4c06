/// The templates of a miner at some moment, for messages whose shape came later.
struct KnownTemplates: Sendable {
    /// How many quarters of the limits were used up.
    let quarter: Int
    /// Gives for each template one of its shapes, which stands for those that came later.
    private var shapes = TemplateTree()

    init(_ table: ShapeTable, quarter: Int) {
        self.quarter = quarter
        let grouping = SignatureGrouping(table)
        for (template, rows) in grouping.rows {
            guard let first = rows.map(\.shape).min() else { continue }
            shapes.insert(template, grouping.tokens, signature: Int32(truncatingIfNeeded: first))
        }
    }

    /// The shape that stands for the template that another shape fits.
    func shape(fitting shape: UnsafeBufferPointer<UInt8>) -> Int? {
        var tokens = TokenTable()
        let elements = ElementParser.elements(of: Array(shape)[...], &tokens)
        return shapes.signature(of: elements, tokens).map(Int.init)
    }
}

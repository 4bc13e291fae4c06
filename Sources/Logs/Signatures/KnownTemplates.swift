/// The templates of a miner at some moment, for messages whose shape came later.
struct KnownTemplates: Sendable {
    /// How many quarters of the limits were used up.
    let quarter: Int
    /// Gives for each template one of its shapes, which stands for those that came later.
    private var shapes = TemplateTree()

    init(_ table: ShapeTable, quarter: Int) {
        self.quarter = quarter
        let grouping = SignatureGrouping(table)
        let templates = grouping.rows.compactMap { template, rows in rows.map(\.shape).min().map { ($0, template) } }
        // Of templates that no message tells apart the first one counts, whatever their order in memory is.
        for (first, template) in templates.sorted(by: { $0.0 < $1.0 }) {
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

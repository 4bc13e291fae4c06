/// A shape within a template.
struct ShapeRow {
    /// The index of the shape in the table.
    var shape: Int
    /// As many as the template has, at each place what the shape has there.
    private(set) var elements: [Element]
    /// How many bytes of the shape each element covers.
    private(set) var lengths: [Int]
    /// Whether elements of the shape are taken together.
    private(set) var isJoined = false

    init(shape: Int, elements: [Element], _ tokens: TokenTable) {
        self.shape = shape
        self.elements = elements
        lengths = elements.map { tokens[$0.token].bytes.count }
    }

    /// Takes elements together as one.
    mutating func join(_ range: Range<Int>, as element: Element) {
        isJoined = true
        elements.replaceSubrange(range, with: [element])
        lengths.replaceSubrange(range, with: [lengths[range].reduce(0, +)])
    }
}

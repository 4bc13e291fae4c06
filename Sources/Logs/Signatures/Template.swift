/// What shapes have in common.
struct Template: Hashable {
    var elements: [Element]

    /// The positions of the elements' variables.
    var variables: [Int] { elements.indices.filter { elements[$0].kind == .variable } }
}

/// A shape within a template: its elements, one for each of the template.
struct ShapeRow {
    /// The index of the shape in the table.
    var shape: Int
    /// As many as the template has, at each place what the shape has there.
    var elements: [Element]
}

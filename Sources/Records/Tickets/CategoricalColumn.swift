/// A column of words, stored as codes into a list of levels.
///
/// The levels are distinct and stand in the order in which they were first met, so a table is read in one pass.
public struct CategoricalColumn: Sendable, Equatable {
    /// The code of a missing value.
    public static let missing: Int32 = -1

    /// The name: the role of a role column, the source's own name of an attribute.
    public let name: String
    /// The distinct words.
    public var levels: [String]
    /// One code a ticket: an index into ``levels``, or -1 where the value is missing.
    public var codes: [Int32]

    /// Creates a column from its codes.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - levels: The distinct words.
    ///   - codes: Indices into `levels`, or -1.
    public init(name: String, levels: [String], codes: [Int32]) {
        self.name = name
        self.levels = levels
        self.codes = codes
    }

    /// Creates a column from its words; an empty word is a missing value.
    ///
    /// - Complexity: O(n).
    public init(name: String, values: [String]) {
        var levels: [String] = []
        var known: [String: Int32] = [:]
        let codes = values.map { value -> Int32 in
            if value.isEmpty { return Self.missing }
            if let code = known[value] { return code }
            let code = Int32(levels.count)
            known[value] = code
            levels.append(value)
            return code
        }
        self.init(name: name, levels: levels, codes: codes)
    }

    /// The word of a ticket, or nil where it is missing.
    public subscript(row: Int) -> String? {
        codes[row] < 0 ? nil : levels[Int(codes[row])]
    }

    /// The column of the given rows, in that order, with the same levels and codes.
    public func rows(_ indices: [Int]) -> CategoricalColumn {
        CategoricalColumn(name: name, levels: levels, codes: indices.map { codes[$0] })
    }
}

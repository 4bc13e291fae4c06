/// The hashes of a name and of all that is left of it when one letter is taken out.
///
/// Two names that differ by one letter left out, added or changed share one of them (T. Bocek, E. Hunt and B. Stiller, "Fast similarity
/// search in large dictionaries", 2007). Digits are never taken out.
struct NameDeletions {
    /// The most bytes of a name in normal form.
    static let longest = 48

    private let normal: [UInt8]

    /// The bytes of the normal form.
    var count: Int { normal.count }

    /// Takes a name.
    init(_ name: UnsafeRawBufferPointer) {
        normal = name.prefix(2 * Self.longest).map(NameHash.normal).filter { $0 > 0 }
    }

    /// Calls `body` with each hash; a hash may come twice.
    ///
    /// - Complexity: O(n²).
    func forEach(_ body: (UInt64) -> Void) {
        body(hash(without: -1))
        for place in normal.indices where normal[place] &- 0x30 >= 10 { body(hash(without: place)) }
    }

    private func hash(without place: Int) -> UInt64 {
        var hash = NameHash()
        for (index, byte) in normal.enumerated() where index != place { hash.add(normal: byte) }
        return hash.finished
    }
}

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
        var beginning = NameHash()
        for (place, byte) in normal.enumerated() {
            if byte &- 0x30 >= 10 {
                var hash = beginning
                for byte in normal[(place + 1)...] { hash.add(normal: byte) }
                body(hash.finished)
            }
            beginning.add(normal: byte)
        }
        body(beginning.finished)
    }
}

/// Which signature follows which in a session, its begin and its end included.
public enum SignatureTransitions {
    /// What stands before the first and after the last signature.
    public static let boundary: Int32 = -1

    /// The number of a transition.
    public static func key(from: Int32, to: Int32) -> UInt64 {
        UInt64(UInt32(bitPattern: from)) << 32 | UInt64(UInt32(bitPattern: to))
    }

    /// The two ends of a transition.
    public static func ends(of key: UInt64) -> (from: Int32, to: Int32) {
        (Int32(bitPattern: UInt32(key >> 32)), Int32(bitPattern: UInt32(truncatingIfNeeded: key)))
    }

    /// The distinct transitions of a session, each with the positions of the later signature.
    ///
    /// The end of the session has the position after the last. Signatures that do not count are stepped over, so that a
    /// foreign line between two others does not part them.
    ///
    /// - Parameters:
    ///   - session: The numbers of the signatures.
    ///   - isCounted: Whether a signature counts.
    /// - Complexity: O(lines).
    public static func positions(
        in session: [Int32], where isCounted: (Int32) -> Bool = { _ in true }
    ) -> [UInt64: [Int]] {
        var positions: [UInt64: [Int]] = [:]
        var last = boundary
        for (position, signature) in session.enumerated() where isCounted(signature) {
            positions[key(from: last, to: signature), default: []].append(position)
            last = signature
        }
        positions[key(from: last, to: boundary), default: []].append(session.count)
        return positions
    }
}

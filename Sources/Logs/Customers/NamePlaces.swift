internal import Records

/// Learns in which places of records the names of accounts stand.
///
/// A place is a key of attributes, or what stands around a word: the word and the byte before it, and for a finer place those after it
/// too. A place is watched from the first name that was met in it on; see ``PlaceEvidence``.
struct NamePlaces: Sendable {
    /// The most places; names in others count only where they say enough by themselves.
    static let most = 65_536

    private var numbers = HashNumbers()
    private(set) var evidence: [PlaceEvidence] = []
    /// A bit for each place that is watched, and for some that are not.
    private var bits = [UInt64](repeating: 0, count: 1 << 13)

    /// Takes note of a value that is no name, where its place is watched.
    @inline(__always)
    mutating func pass(_ place: UInt64, value: UInt64, kind: PlaceEvidence.Kind) {
        let bit = Int(truncatingIfNeeded: place >> 40) & (1 << 19 - 1)
        if bits[bit >> 6] >> UInt64(truncatingIfNeeded: bit & 63) & 1 != 0 { note(place, value, kind) }
    }

    @inline(never)
    private mutating func note(_ place: UInt64, _ value: UInt64, _ kind: PlaceEvidence.Kind) {
        if let number = numbers[place] { evidence[Int(number)].add(value, kind, isNamed: false) }
    }

    /// Takes note of a name.
    ///
    /// - Returns: The number of the place; -1 when there is no room for it.
    mutating func add(_ place: UInt64, value: UInt64, kind: PlaceEvidence.Kind, isTold: Bool) -> Int32 {
        guard let number = numbers[place] ?? watch(place, isTold: isTold) else { return -1 }
        evidence[Int(number)].add(value, kind, isNamed: true)
        return number
    }

    private mutating func watch(_ place: UInt64, isTold: Bool) -> Int32? {
        guard evidence.count < Self.most else { return nil }
        evidence.append(PlaceEvidence(isTold: isTold))
        let bit = Int(truncatingIfNeeded: place >> 40) & (1 << 19 - 1)
        bits[bit >> 6] |= 1 << UInt64(bit & 63)
        return numbers.add(place)
    }

    /// The number of a place; -1 when it is not watched.
    func number(of place: UInt64) -> Int32 { numbers[place] ?? -1 }

    /// Takes note of whether an account that was named in a place uses the deployment of the record.
    mutating func add(agrees: Bool, chance: Float, in number: Int32) {
        if number >= 0 { evidence[Int(number)].add(agrees: agrees, chance: chance) }
    }

    /// Takes note of whether another name of the record says the same account.
    mutating func add(isJoined: Bool, in number: Int32) {
        if number >= 0 { evidence[Int(number)].add(isJoined: isJoined) }
    }
}

/// Numbers the versions of programs that records name.
struct SourceVersions: Sendable {
    /// The most versions; records of others have no number.
    private static let most = 4_096
    /// The bytes of a version that count.
    private static let longest = 64

    private(set) var names: [String] = []
    private var numbers = HashNumbers()
    private var last: (hash: UInt64, number: Int32) = (0, -1)

    /// The number of a version; -1 when there is none, or no room.
    mutating func number(_ version: Range<Int>?, in bytes: UnsafeRawBufferPointer) -> Int32 {
        guard let version, !version.isEmpty else { return -1 }
        let hash = ByteHash.of(bytes, at: version.lowerBound, count: min(version.count, Self.longest))
        if hash == last.hash { return last.number }
        let number = numbers[hash] ?? add(hash, bytes[version].prefix(Self.longest))
        last = (hash, number)
        return number
    }

    private mutating func add(_ hash: UInt64, _ name: Slice<UnsafeRawBufferPointer>) -> Int32 {
        guard names.count < Self.most else { return -1 }
        names.append(String(decoding: name, as: UTF8.self))
        return numbers.add(hash)
    }
}

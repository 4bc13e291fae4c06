/// Numbers the pairs of service and host that records name.
struct SourcePlaces: Sendable {
    /// The most pairs; records of others have no number.
    static let most = 65_536
    /// The bytes of a name that are kept.
    private static let longest = 128

    private(set) var services: [String] = []
    private(set) var hosts: [String] = []
    private var numbers = HashNumbers()
    private var last: (key: UInt64, number: Int32) = (0, -1)

    /// The number of a pair; -1 when it names neither, or there is no room.
    mutating func number(
        _ service: Range<Int>?, _ host: Range<Int>?, in bytes: UnsafeRawBufferPointer
    ) -> Int32 {
        guard service != nil || host != nil else { return -1 }
        let key = ByteHash.mix(hash(service, bytes) ^ 0xA076_1D64_78BD_642F, hash(host, bytes) ^ 0xE703_7ED1_A0B4_28DB)
        if key == last.key { return last.number }
        let number = numbers[key] ?? add(key, service, host, bytes)
        last = (key, number)
        return number
    }

    private mutating func add(
        _ key: UInt64, _ service: Range<Int>?, _ host: Range<Int>?, _ bytes: UnsafeRawBufferPointer
    ) -> Int32 {
        guard services.count < Self.most else { return -1 }
        services.append(text(service, bytes))
        hosts.append(text(host, bytes))
        return numbers.add(key)
    }

    private func hash(_ range: Range<Int>?, _ bytes: UnsafeRawBufferPointer) -> UInt64 {
        guard let range else { return 0 }
        return ByteHash.of(bytes, at: range.lowerBound, count: min(range.count, Self.longest))
    }

    private func text(_ range: Range<Int>?, _ bytes: UnsafeRawBufferPointer) -> String {
        range.map { String(decoding: bytes[$0].prefix(Self.longest), as: UTF8.self) } ?? ""
    }
}

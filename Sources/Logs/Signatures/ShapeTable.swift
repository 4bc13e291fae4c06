/// The distinct shapes that were seen, each with the number of its lines: a hash table over one arena of bytes.
struct ShapeTable: Sendable {
    /// The number of lines of each shape, in the order in which shapes were first seen.
    private(set) var lines: [Int] = []
    private var bytes: [UInt8] = []
    private var ends: [Int] = []
    private var hashes: [UInt64] = []
    /// Index + 1 of a shape, 0 where free; a power of two long and at most half full.
    private var slots: [UInt32] = Array(repeating: 0, count: 1 << 12)

    var count: Int { lines.count }
    var byteCount: Int { bytes.count }

    /// The bytes of a shape.
    func shape(_ index: Int) -> ArraySlice<UInt8> {
        bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }

    /// The index of a shape.
    func index(of shape: UnsafeBufferPointer<UInt8>) -> Int? {
        let hash = Self.hash(shape)
        let slot = slot(of: shape, hash)
        return slots[slot] == 0 ? nil : Int(slots[slot]) - 1
    }

    /// Adds lines to a shape and returns its index, or nil when the shape is not there.
    @inline(__always)
    mutating func add(_ shape: UnsafeBufferPointer<UInt8>, lines added: Int) -> Int? {
        let slot = slot(of: shape, Self.hash(shape))
        guard slots[slot] != 0 else { return nil }
        let index = Int(slots[slot]) - 1
        lines[index] += added
        return index
    }

    /// Adds lines to a shape.
    mutating func add(_ added: Int, to index: Int) { lines[index] += added }

    /// Adds a shape that is not there, and returns its index.
    mutating func insert(_ shape: UnsafeBufferPointer<UInt8>, lines added: Int) -> Int {
        let hash = Self.hash(shape)
        let slot = slot(of: shape, hash)
        bytes.append(contentsOf: shape)
        ends.append(bytes.count)
        hashes.append(hash)
        lines.append(added)
        slots[slot] = UInt32(lines.count)
        if lines.count * 2 > slots.count { grow() }
        return lines.count - 1
    }

    @inline(__always)
    private func slot(of shape: UnsafeBufferPointer<UInt8>, _ hash: UInt64) -> Int {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if hashes[index] == hash, isEqual(index, shape) { return slot }
            slot = (slot + 1) & mask
        }
        return slot
    }

    @inline(__always)
    private func isEqual(_ index: Int, _ shape: UnsafeBufferPointer<UInt8>) -> Bool {
        let start = index == 0 ? 0 : ends[index - 1]
        guard ends[index] - start == shape.count else { return false }
        return bytes.withUnsafeBufferPointer { stored in
            let left = UnsafeRawPointer(stored.baseAddress.unsafelyUnwrapped + start)
            let right = UnsafeRawPointer(shape.baseAddress.unsafelyUnwrapped)
            var offset = 0
            while offset + 8 <= shape.count {
                if left.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                    != right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                {
                    return false
                }
                offset += 8
            }
            while offset < shape.count {
                if left.load(fromByteOffset: offset, as: UInt8.self)
                    != right.load(fromByteOffset: offset, as: UInt8.self)
                {
                    return false
                }
                offset += 1
            }
            return true
        }
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        let mask = slots.count - 1
        for (index, hash) in hashes.enumerated() {
            var slot = Int(truncatingIfNeeded: hash) & mask
            while slots[slot] != 0 { slot = (slot + 1) & mask }
            slots[slot] = UInt32(index + 1)
        }
    }

    /// A multiply-and-fold hash in the manner of wyhash: eight bytes a step.
    @inline(__always)
    static func hash(_ shape: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hash: UInt64 = 0x9e37_79b9_7f4a_7c15 ^ UInt64(truncatingIfNeeded: shape.count)
        guard let base = UnsafeRawPointer(shape.baseAddress) else { return hash }
        var offset = 0
        while offset + 8 <= shape.count {
            hash = fold(hash ^ base.loadUnaligned(fromByteOffset: offset, as: UInt64.self), 0xa076_1d64_78bd_642f)
            offset += 8
        }
        var rest: UInt64 = 0
        while offset < shape.count {
            rest = rest << 8 | UInt64(base.load(fromByteOffset: offset, as: UInt8.self))
            offset += 1
        }
        return fold(hash ^ rest, 0xe703_7ed1_a0b4_28db)
    }

    @inline(__always)
    private static func fold(_ left: UInt64, _ right: UInt64) -> UInt64 {
        let product = left.multipliedFullWidth(by: right)
        return product.high ^ product.low
    }
}

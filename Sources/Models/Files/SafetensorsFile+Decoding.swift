internal import FoundationEssentials
internal import Glibc

extension SafetensorsFile {
    /// Reads the bytes of a file.
    ///
    /// Nothing in the bytes is taken on trust: the header's length, each type, shape and pair of offsets is checked
    /// against what is there, and the tensors must fill the data exactly. No more memory is used than a fixed multiple
    /// of the bytes.
    ///
    /// - Parameters:
    ///   - bytes: The whole file.
    ///   - file: The path, as it stands in error messages.
    /// - Throws: ``ModelFileError/damagedWeights(file:_:)``.
    /// - Complexity: O(*n*) for *n* bytes, plus O(*k* log *k*) for *k* tensors.
    public init(decoding bytes: [UInt8], file: String) throws(ModelFileError) {
        do {
            tensors = try Self.tensors(in: bytes)
        } catch {
            throw .damagedWeights(file: file, error)
        }
    }

    private static func tensors(in bytes: [UInt8]) throws(SafetensorsFault) -> [String: Tensor] {
        let prefix = MemoryLayout<UInt64>.size
        guard bytes.count >= prefix else { throw .noHeaderLength(bytes: bytes.count) }
        let length = bytes[..<prefix].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let available = bytes.count - prefix
        guard length <= UInt64(min(available, largestHeader)) else {
            throw .headerLength(length, available: available)
        }
        let start = prefix + Int(length)
        let dataSize = bytes.count - start
        let entries = try entries(of: bytes[prefix..<start])

        var tensors: [String: Tensor] = [:]
        var expected = 0
        for (name, entry) in entries {
            guard entry.dtype == "F64" else { throw .elementType(tensor: name, entry.dtype) }
            guard let count = Tensor.elementCount(of: entry.shape) else { throw .shape(tensor: name, entry.shape) }
            guard entry.offsets.count == 2, 0 <= entry.begin, entry.begin <= entry.end, entry.end <= dataSize else {
                throw .offsets(tensor: name, entry.offsets, available: dataSize)
            }
            let size = entry.end - entry.begin
            guard size % MemoryLayout<Double>.size == 0, size / MemoryLayout<Double>.size == count else {
                throw .size(tensor: name, shape: entry.shape, bytes: size)
            }
            guard entry.begin == expected else {
                throw .discontinuity(tensor: name, begin: entry.begin, expected: expected)
            }
            expected = entry.end
            tensors[name] = Tensor(shape: entry.shape, values: doubles(count, in: bytes, at: start + entry.begin))
        }
        guard expected == dataSize else { throw .trailingBytes(dataSize - expected) }
        return tensors
    }

    /// The header's entries in the order of their data; those without elements by name.
    private static func entries(of header: ArraySlice<UInt8>) throws(SafetensorsFault) -> [(String, Entry)] {
        // The format asks for it, and JSON's own readers would pass over leading space and byte order marks.
        guard header.first == UInt8(ascii: "{") else { throw .header(reason: "it does not begin with {") }
        let entries: [String: Entry]
        do {
            entries = try JSONDecoder().decode(Header.self, from: Data(header)).entries
        } catch {
            throw .header(reason: ModelDescriptionFault.reason(error))
        }
        return entries.sorted { ($0.value.begin, $0.value.end, $0.key) < ($1.value.begin, $1.value.end, $1.key) }
            .map { ($0.key, $0.value) }
    }

    private static func doubles(_ count: Int, in bytes: [UInt8], at offset: Int) -> [Double] {
        [Double](unsafeUninitializedCapacity: count) { target, filled in
            bytes.withUnsafeBytes { source in
                guard count > 0, let to = target.baseAddress, let from = source.baseAddress else { return }
                // The data need not be aligned in memory, so it is copied as bytes.
                memcpy(to, from + offset, count * MemoryLayout<Double>.size)
                filled = count
            }
        }
    }
}

/// One tensor as the header describes it.
private struct Entry: Decodable {
    let dtype: String
    let shape: [Int]
    let offsets: [Int]

    var begin: Int { offsets.first ?? 0 }
    var end: Int { offsets.last ?? 0 }

    enum CodingKeys: String, CodingKey {
        case dtype, shape
        case offsets = "data_offsets"
    }
}

/// The header: the tensors, and the writer's remarks that are checked for their form and passed over.
private struct Header: Decodable {
    let entries: [String: Entry]

    struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) { self.stringValue = stringValue }
        init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Name.self)
        var entries: [String: Entry] = [:]
        for name in container.allKeys {
            if name.stringValue == SafetensorsFile.metadataName {
                _ = try container.decode([String: String].self, forKey: name)
            } else {
                entries[name.stringValue] = try container.decode(Entry.self, forKey: name)
            }
        }
        self.entries = entries
    }
}

internal import Glibc

/// Weights in the published safetensors layout, so that other languages read them too.
///
/// The layout: the header's length as an unsigned 64-bit little-endian number; the header, a JSON object
/// `{"name": {"dtype": "F64", "shape": [...], "data_offsets": [begin, end]}, ...}` with offsets from the end of the
/// header; the elements, little-endian, without gaps. Only `F64` is read and written, on little-endian machines. A
/// `__metadata__` entry of another writer is passed over.
///
/// Source: the safetensors format description, https://github.com/huggingface/safetensors (version 0.4 and later).
public struct SafetensorsFile: Sendable, Equatable {
    /// The tensors by name.
    public var tensors: [String: Tensor]

    /// The largest header that the format allows, in bytes.
    static let largestHeader = 100_000_000

    /// The name that the format keeps for the writer's remarks.
    static let metadataName = "__metadata__"

    /// Creates a file of tensors.
    ///
    /// The caller sees to it that none is named `__metadata__`, which the format keeps for itself.
    public init(tensors: [String: Tensor]) {
        self.tensors = tensors
    }

    /// The bytes of the file.
    ///
    /// Tensors stand in the order of their names' UTF-8 bytes, and spaces fill the header so that the data begins at a
    /// multiple of eight: equal tensors give equal bytes. Stops the program when a tensor's shape and values disagree.
    ///
    /// - Complexity: O(*n*) for *n* bytes, plus O(*k* log *k*) for *k* tensors.
    public func encoded() -> [UInt8] {
        precondition(tensors[Self.metadataName] == nil, "no tensor may be named \(Self.metadataName)")
        let ordered = tensors.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
        var header = "{"
        var end = 0
        for (name, tensor) in ordered {
            precondition(tensor.elementCount == tensor.values.count, "shape and values of \(name) disagree")
            let begin = end
            end += tensor.values.count * MemoryLayout<Double>.size
            let shape = tensor.shape.map(String.init).joined(separator: ",")
            header += header.utf8.count == 1 ? "" : ","
            header += "\(Self.quoted(name)):{\"dtype\":\"F64\",\"shape\":[\(shape)],\"data_offsets\":[\(begin),\(end)]}"
        }
        header += "}"
        header += String(repeating: " ", count: (8 - header.utf8.count % 8) % 8)

        var bytes: [UInt8] = []
        bytes.reserveCapacity(8 + header.utf8.count + end)
        withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { bytes.append(contentsOf: $0) }
        bytes.append(contentsOf: header.utf8)
        for (_, tensor) in ordered {
            tensor.values.withUnsafeBytes { bytes.append(contentsOf: $0) }
        }
        return bytes
    }

    /// A JSON string (RFC 8259, section 7).
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\\(scalar)"
            case "\u{0}"..."\u{1F}":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}

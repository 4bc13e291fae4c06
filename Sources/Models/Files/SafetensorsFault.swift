/// What is wrong with the bytes of a safetensors file.
public enum SafetensorsFault: Error, Equatable, Sendable {
    /// The file is too short for the eight bytes of the header's length.
    case noHeaderLength(bytes: Int)
    /// The header's length exceeds what follows it, or the largest header that the format allows.
    case headerLength(UInt64, available: Int)
    /// The header is not a JSON object of tensors.
    case header(reason: String)
    /// A tensor's elements are not of the type `F64`.
    case elementType(tensor: String, String)
    /// A tensor's shape has a negative extent, or more elements than can be counted.
    case shape(tensor: String, [Int])
    /// A tensor's offsets are not two numbers that stand in order within the data.
    case offsets(tensor: String, [Int], available: Int)
    /// A tensor's shape and its offsets disagree about its size.
    case size(tensor: String, shape: [Int], bytes: Int)
    /// A tensor does not begin where the one before it ends: a gap if later, an overlap if earlier.
    case discontinuity(tensor: String, begin: Int, expected: Int)
    /// Bytes follow the last tensor.
    case trailingBytes(Int)
}

extension SafetensorsFault: CustomStringConvertible {
    /// One line: what is wrong, with the tensor.
    public var description: String {
        switch self {
        case .noHeaderLength(let bytes): "cut short: \(bytes) bytes, the length of the header needs 8"
        case .headerLength(let length, let available):
            "a header of \(length) bytes is announced and \(available) bytes follow"
        case .header(let reason): "broken header: \(reason)"
        case .elementType(let tensor, let type): "tensor \"\(tensor)\": type \(type), expected F64"
        case .shape(let tensor, let shape): "tensor \"\(tensor)\": impossible shape \(shape)"
        case .offsets(let tensor, let offsets, let available):
            "tensor \"\(tensor)\": offsets \(offsets) in \(available) bytes of data"
        case .size(let tensor, let shape, let bytes): "tensor \"\(tensor)\": \(bytes) bytes for the shape \(shape)"
        case .discontinuity(let tensor, let begin, let expected):
            "tensor \"\(tensor)\": begins at byte \(begin), expected \(expected)"
        case .trailingBytes(let count): "\(count) bytes follow the last tensor"
        }
    }
}

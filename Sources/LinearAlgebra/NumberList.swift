internal import Glibc

/// Numbers as they stand in a model file: one text with spaces between them, which is read many times faster than a list.
///
/// Each number has the fewest digits that give back the same bits. A list of JSON numbers is read too.
public struct NumberList: Sendable, Codable, Equatable {
    /// The numbers.
    public var values: [Double]

    /// Creates a list; what is not finite cannot be encoded.
    public init(_ values: [Double]) {
        self.values = values
    }

    /// Decodes a text of numbers, or a list of them.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let text: String
        do {
            text = try container.decode(String.self)
        } catch DecodingError.typeMismatch {
            values = try container.decode([Double].self)
            return
        }
        guard let values = Self.numbers(in: text) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "a text of numbers is expected")
        }
        self.values = values
    }

    /// Encodes the numbers as a text.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if let value = values.first(where: { !$0.isFinite }) {
            throw EncodingError.invalidValue(
                value,
                EncodingError.Context(codingPath: encoder.codingPath, debugDescription: "\(value) is not finite"))
        }
        try container.encode(
            values.map { Int(exactly: $0).map { String($0) } ?? $0.description }.joined(separator: " "))
    }

    private static func numbers(in text: String) -> [Double]? {
        text.withCString { start in
            var values: [Double] = []
            var place = start
            while place.pointee != 0 {
                var end: UnsafeMutablePointer<CChar>?
                let value = strtod(place, &end)
                guard let end, end > place, value.isFinite else { return nil }
                values.append(value)
                place = UnsafePointer(end)
                if place.pointee == CChar(UInt8(ascii: " ")) { place += 1 }
            }
            return values
        }
    }
}

extension NumberList {
    /// Creates a list of whole numbers.
    public init(_ integers: [Int]) {
        self.init(integers.map { Double($0) })
    }

    /// The numbers as whole numbers, or nil where one is none.
    public var integers: [Int]? {
        var result: [Int] = []
        result.reserveCapacity(values.count)
        for value in values {
            guard let integer = Int(exactly: value) else { return nil }
            result.append(integer)
        }
        return result
    }
}

internal import FoundationEssentials
internal import Records

/// Reads JSON lines, or one object of JSON over several lines.
enum JSONLines {
    /// The most bytes of a line.
    static let longest = 4 << 20

    /// Calls `body` with each object, or what is wrong with it, and where it stands; the bytes are those of the object.
    static func read<Item: Decodable>(
        _ file: RecordFile, _ type: Item.Type,
        _ body: (ChannelPlace, [UInt8], Result<Item, any Error>) throws(ChannelError) -> Void
    ) throws(ChannelError) {
        if file.bytes.count <= longest, case .success(let whole) = object(file.bytes, type) {
            return try body(ChannelPlace(file: file.path, line: 1, byte: 0), ended(file.bytes), .success(whole))
        }
        var (place, line) = (0, 0)
        while place < file.bytes.count {
            let end = MailHeaders.lineEnd(file.bytes, place, file.bytes.count)
            let bytes = Array(file.bytes[MailHeaders.trimmed(file.bytes, place..<end)])
            line += 1
            let start = ChannelPlace(file: file.path, line: line, byte: place)
            place = end
            if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 }) { continue }
            guard bytes.count <= longest else {
                try body(start, [], .failure(TooLong()))
                continue
            }
            try body(start, bytes, object(bytes, type))
        }
    }

    /// Reads one object.
    static func object<Item: Decodable>(_ bytes: [UInt8], _ type: Item.Type) -> Result<Item, any Error> {
        Result { try JSONDecoder().decode(type, from: Data(bytes)) }
    }

    /// An object without its line end: with and without it is the same.
    static func ended(_ bytes: [UInt8]) -> [UInt8] {
        Array(bytes[..<(bytes.lastIndex { $0 > 0x20 }.map { $0 + 1 } ?? 0)])
    }

    /// A line that is too long.
    struct TooLong: Error {}
}

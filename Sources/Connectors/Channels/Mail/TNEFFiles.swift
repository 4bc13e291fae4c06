internal import Crypto
internal import Records

/// The files in a `winmail.dat`, into which Outlook puts those of a mail in its own form.
///
/// Source: [MS-OXTNEF], Transport Neutral Encapsulation Format, sections 2.1 and 2.2; the ids of properties are those of [MS-OXPROPS]. What is broken is
/// read as far as it goes.
enum TNEFFiles {
    /// The most files that are read.
    static let most = 1_000

    private static let signature: UInt32 = 0x223E_9F78

    private enum Attribute {
        static let codePage: UInt32 = 0x0006_9007
        static let beginning: UInt32 = 0x0006_9002
        static let title: UInt32 = 0x0001_8010
        static let content: UInt32 = 0x0006_800F
        static let properties: UInt32 = 0x0006_9005
    }

    /// The files, in order; nil when the bytes have not the form.
    static func read(_ bytes: [UInt8]) -> [ChannelMessage.File]? {
        var rest = LittleEndianReader(bytes[...])
        guard rest.number(4) == signature, rest.number(2) != nil else { return nil }
        var files: [ChannelMessage.File] = []
        var codePage: String?
        while let level = rest.number(1), let attribute = rest.number(4), let length = rest.number(4),
            let data = rest.take(Int(length)), rest.number(2) != nil
        {
            var value = LittleEndianReader(data)
            switch attribute {
            case Attribute.codePage: codePage = value.number(4).map { "CP\($0)" }
            case Attribute.beginning where level == 2:
                guard files.count < most else { return files }
                files.append(ChannelMessage.File(name: RawText(""), type: "application/octet-stream"))
            case Attribute.title where !files.isEmpty && files[files.count - 1].name.isBlank:
                files[files.count - 1].name = name(data, codePage)
            case Attribute.content where !files.isEmpty:
                files[files.count - 1].size = data.count
                files[files.count - 1].hash = Array(SHA256.hash(data: data))
            case Attribute.properties where !files.isEmpty:
                // The name with all its letters: the other one may be cut to eight and three.
                if let long = longName(&value, codePage) { files[files.count - 1].name = long }
            default: continue
            }
        }
        return files
    }

    private static func name(_ bytes: ArraySlice<UInt8>, _ charset: String?) -> RawText {
        RawText(bytes: Charset.decode(Array(bytes.prefix { $0 != 0 }), from: charset))
    }

    /// The property PidTagAttachLongFilename among others.
    private static func longName(_ rest: inout LittleEndianReader, _ codePage: String?) -> RawText? {
        guard let count = rest.number(4) else { return nil }
        for _ in 0..<count {
            guard let type = rest.number(2), let id = rest.number(2) else { return nil }
            if id >= 0x8000, !skipName(&rest) { return nil }
            let isMany = type & 0x1000 != 0 || [0x0D, 0x1E, 0x1F, 0x102].contains(type)
            guard let values = isMany ? rest.number(4) : 1 else { return nil }
            for _ in 0..<values {
                guard let value = value(&rest, type & ~0x1000) else { return nil }
                guard id == 0x3707 else { continue }
                if type == 0x1E { return name(value, codePage) }
                if type == 0x1F {
                    let units = Charset.decode(Array(value), from: "UTF-16LE")
                    return RawText(bytes: Array(units.prefix { $0 != 0 }))
                }
            }
        }
        return nil
    }

    /// The value of a property; nil when it has none or is of an unknown type.
    private static func value(_ rest: inout LittleEndianReader, _ type: UInt32) -> ArraySlice<UInt8>? {
        switch type {
        case 0x02, 0x03, 0x04, 0x0A, 0x0B: return rest.take(4)
        case 0x05, 0x06, 0x07, 0x14, 0x40: return rest.take(8)
        case 0x48: return rest.take(16)
        case 0x0D, 0x1E, 0x1F, 0x102:
            guard let length = rest.number(4), let value = rest.take(Int(length)),
                rest.take((4 - Int(length) % 4) % 4) != nil
            else { return nil }
            return value
        default: return nil
        }
    }

    /// Goes past the name of a property that has one instead of an id.
    private static func skipName(_ rest: inout LittleEndianReader) -> Bool {
        guard rest.take(16) != nil, let kind = rest.number(4), let length = rest.number(4) else { return false }
        return kind == 0 || rest.take((Int(length) + 3) / 4 * 4) != nil
    }
}

/// Takes numbers and bytes from the front of others.
private struct LittleEndianReader {
    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// The next number of so many bytes, the lowest first; nil when fewer are left.
    mutating func number(_ count: Int) -> UInt32? {
        take(count).map { $0.reversed().reduce(0) { $0 << 8 | UInt32($1) } }
    }

    /// The next bytes; nil when fewer are left.
    mutating func take(_ count: Int) -> ArraySlice<UInt8>? {
        guard count <= rest.count else { return nil }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }
}

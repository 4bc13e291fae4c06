/// Takes off how a part of a mail was written for transport (RFC 2045, section 6).
enum TransferEncoding {
    /// The content of a part; what is broken is read as far as it can be.
    ///
    /// - Parameters:
    ///   - bytes: The part without its headers.
    ///   - name: The value of `Content-Transfer-Encoding` in small letters.
    static func decode(_ bytes: ArraySlice<UInt8>, _ name: String) -> [UInt8] {
        switch name {
        case "base64": base64(bytes)
        case "quoted-printable": quotedPrintable(bytes, isHeader: false)
        default: Array(bytes)
        }
    }

    private static let values: [UInt8] = {
        var table = [UInt8](repeating: 255, count: 256)
        for (value, letter) in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8.enumerated() {
            table[Int(letter)] = UInt8(value)
        }
        return table
    }()

    /// Bytes in base64 (RFC 4648, section 4); what is no letter of it is passed over, and padding ends a group.
    ///
    /// Behind padding and behind an empty line what is said in base64 goes on only if nothing else stands there: lists write their footers
    /// below it as plain text.
    static func base64(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count / 4 * 3 + 3)
        var group: UInt32 = 0
        var letters = 0
        let lastOther = bytes.lastIndex {
            values[Int($0)] == 255 && $0 != UInt8(ascii: "=") && $0 != 0x0A && $0 != 0x0D
        }
        var wasLineEnd = false
        func flush() {
            if letters >= 2 { output.append(UInt8(truncatingIfNeeded: group >> (6 * UInt32(letters) - 8))) }
            if letters == 3 { output.append(UInt8(truncatingIfNeeded: group >> 2)) }
            (group, letters) = (0, 0)
        }
        values.withUnsafeBufferPointer { values in
            for (place, byte) in zip(bytes.indices, bytes) {
                let value = values[Int(byte)]
                if value == 255 {
                    let isEnd = byte == UInt8(ascii: "=") ? letters >= 2 : byte == 0x0A && wasLineEnd && !output.isEmpty
                    if isEnd, let lastOther, lastOther > place { break }
                    if byte == UInt8(ascii: "=") { flush() }
                    if byte != 0x0D { wasLineEnd = byte == 0x0A }
                    continue
                }
                wasLineEnd = false
                group = group << 6 | UInt32(value)
                letters += 1
                if letters == 4 {
                    output.append(UInt8(truncatingIfNeeded: group >> 16))
                    output.append(UInt8(truncatingIfNeeded: group >> 8))
                    output.append(UInt8(truncatingIfNeeded: group))
                    (group, letters) = (0, 0)
                }
            }
        }
        flush()
        return output
    }

    /// Bytes in quoted-printable (RFC 2045, section 6.7), or in the form of it that headers have (RFC 2047, section 4.2).
    ///
    /// A `=` that no two digits follow stays as it is.
    static func quotedPrintable(_ bytes: ArraySlice<UInt8>, isHeader: Bool) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(bytes.count)
        // Blanks before a line end were added on the way.
        var blanks = 0
        var place = bytes.startIndex
        while place < bytes.endIndex {
            let byte = bytes[place]
            switch byte {
            case UInt8(ascii: "="):
                if place + 2 < bytes.endIndex, let high = hex(bytes[place + 1]), let low = hex(bytes[place + 2]) {
                    output.append(high << 4 | low)
                    blanks = 0
                    place += 3
                    continue
                }
                if !isHeader, let end = lineEnd(after: place + 1, in: bytes) {
                    blanks = 0
                    place = end
                    continue
                }
                output.append(byte)
                blanks = 0
            case UInt8(ascii: "_") where isHeader: output.append(0x20)
            case 0x20, 0x09:
                output.append(byte)
                blanks += 1
            case 0x0A, 0x0D:
                if byte == 0x0A || place + 1 < bytes.endIndex && bytes[place + 1] == 0x0A {
                    if !isHeader { output.removeLast(blanks) }
                }
                blanks = 0
                output.append(byte)
            default:
                output.append(byte)
                blanks = 0
            }
            place += 1
        }
        return output
    }

    /// The end of a line on which nothing but blanks follows.
    private static func lineEnd(after start: Int, in bytes: ArraySlice<UInt8>) -> Int? {
        var place = start
        while place < bytes.endIndex, bytes[place] == 0x20 || bytes[place] == 0x09 || bytes[place] == 0x0D {
            place += 1
        }
        if place == bytes.endIndex { return place }
        return bytes[place] == 0x0A ? place + 1 : nil
    }

    /// The value of a digit of base 16; nil for any other byte.
    static func hex(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte - 48
        case 65...70: byte - 55
        case 97...102: byte - 87
        default: nil
        }
    }
}

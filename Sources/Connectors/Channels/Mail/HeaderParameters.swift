/// A header with parameters, such as `text/plain; charset=utf-8` (RFC 2045, section 5.1, RFC 2183, RFC 2231).
struct HeaderParameters {
    /// What stands before the first parameter, in small letters.
    let value: String
    /// The parameters; their names in small letters.
    private(set) var parameters: [String: String] = [:]

    private static let most = 100

    /// Reads the value of a header.
    init(_ bytes: [UInt8]) {
        let parts = Self.parts(bytes)
        value = String(decoding: parts.first?.filter { $0 > 0x20 } ?? [], as: UTF8.self).lowercased()
        var pieces: [String: [Int: (bytes: [UInt8], isEscaped: Bool)]] = [:]
        for part in parts.dropFirst().prefix(Self.most) {
            guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else { continue }
            var name = String(decoding: part[..<equals].filter { $0 > 0x20 }, as: UTF8.self).lowercased()
            let content = Self.unquoted(part[(equals + 1)...])
            guard name.contains("*") else {
                if parameters[name] == nil { parameters[name] = EncodedWords.decode(content) }
                continue
            }
            let isEscaped = name.hasSuffix("*")
            if isEscaped { name.removeLast() }
            let halves = name.split(separator: "*", maxSplits: 1)
            guard let base = halves.first else { continue }
            guard let number = halves.count > 1 ? Int(halves[1]) : 0, 0..<Self.most ~= number else { continue }
            pieces[String(base), default: [:]][number] = (content, isEscaped)
        }
        for (name, parts) in pieces { parameters[name] = Self.joined(parts) }
    }

    /// A parameter; nil where it is not given.
    subscript(name: String) -> String? { parameters[name] }

    /// The pieces of a parameter in order; the first escaped one names the character set.
    private static func joined(_ pieces: [Int: (bytes: [UInt8], isEscaped: Bool)]) -> String {
        var charset: String?
        var bytes: [UInt8] = []
        for number in 0..<most {
            guard let piece = pieces[number] else { break }
            var content = piece.bytes[...]
            if number == 0, piece.isEscaped {
                let quote = UInt8(ascii: "'")
                if let first = content.firstIndex(of: quote),
                    let second = content[(first + 1)...].firstIndex(of: quote)
                {
                    charset = String(decoding: content[..<first], as: UTF8.self)
                    content = content[(second + 1)...]
                }
            }
            bytes += piece.isEscaped ? unescaped(content) : Array(content)
        }
        // Programs that know no better cut an encoded word into pieces.
        if !pieces.values.contains(where: \.isEscaped) { return EncodedWords.decode(bytes) }
        return String(decoding: Charset.decode(bytes, from: charset), as: UTF8.self)
    }

    private static func unescaped(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var output: [UInt8] = []
        var place = bytes.startIndex
        while place < bytes.endIndex {
            if bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.endIndex,
                let high = TransferEncoding.hex(bytes[place + 1]), let low = TransferEncoding.hex(bytes[place + 2])
            {
                output.append(high << 4 | low)
                place += 3
            } else {
                output.append(bytes[place])
                place += 1
            }
        }
        return output
    }

    /// What semicolons part, outside of quotes and of comments, which go.
    private static func parts(_ bytes: [UInt8]) -> [[UInt8]] {
        var parts: [[UInt8]] = [[]]
        var isQuoted = false
        var depth = 0
        var comment = 0
        var place = 0
        while place < bytes.count {
            let byte = bytes[place]
            if byte == UInt8(ascii: "\\"), isQuoted || depth > 0, place + 1 < bytes.count {
                if depth == 0 { parts[parts.count - 1] += bytes[place...(place + 1)] }
                place += 2
                continue
            }
            if byte == UInt8(ascii: "\""), depth == 0 { isQuoted.toggle() }
            if byte == UInt8(ascii: "("), !isQuoted {
                if depth == 0 { comment = place }
                depth += 1
            } else if byte == UInt8(ascii: ")"), depth > 0 {
                depth -= 1
                // A value goes on behind it, as in `filename=report (1).pdf`.
                let isWithin =
                    place + 1 < bytes.count && bytes[place + 1] > 0x20 && bytes[place + 1] != UInt8(ascii: ";")
                if depth == 0, isWithin, parts[parts.count - 1].contains(UInt8(ascii: "=")) {
                    parts[parts.count - 1] += bytes[comment...place]
                }
            } else if byte == UInt8(ascii: ";"), !isQuoted, depth == 0 {
                parts.append([])
            } else if depth == 0 {
                parts[parts.count - 1].append(byte)
            }
            place += 1
        }
        return parts
    }

    private static func unquoted(_ bytes: ArraySlice<UInt8>) -> [UInt8] {
        var content = bytes.drop { $0 <= 0x20 }
        while let last = content.last, last <= 0x20 { content.removeLast() }
        guard content.first == UInt8(ascii: "\"") else { return Array(content) }
        var output: [UInt8] = []
        var isEscaped = false
        for byte in content.dropFirst() {
            if !isEscaped, byte == UInt8(ascii: "\"") { break }
            isEscaped = !isEscaped && byte == UInt8(ascii: "\\")
            if !isEscaped { output.append(byte) }
        }
        return output
    }
}

internal import Crypto
internal import Records

/// What a mail says and brings, out of all its parts (RFC 2045, RFC 2046).
///
/// Of alternatives the plain text is read, or else, where there is none or it is blank, the HTML. A mail within the mail is read as one that was passed on. Every
/// other part is a file, and so are those within a `winmail.dat`. What is broken is read as far as it can be: a part without its end goes to the end, one without a
/// boundary is text.
struct MIMEBody {
    /// How deep parts may nest; deeper ones are files.
    static let deepest = 24
    /// The most parts; further ones are left out.
    static let mostParts = 1_000
    /// The most bytes of text.
    static let mostText = 1 << 20

    /// What was said, in order.
    private(set) var pieces: [ChannelMessage.Piece] = []
    /// The files.
    private(set) var files: [ChannelMessage.File] = []
    /// Who wrote and got the mails within the mail, those that are only quoted among them.
    private(set) var people: [MailAddress] = []
    /// Whether text or parts were left out, since there are more than may be held.
    private(set) var isCut = false

    private let bytes: [UInt8]
    private let isWhole: Bool
    private var parts = 0
    private var room = mostText
    /// The character set of the subject or of a part, for parts that name none.
    private var charset: String?

    /// Reads the body of a mail.
    ///
    /// - Parameters:
    ///   - bytes: The mail.
    ///   - headers: Its headers.
    ///   - isWhole: Whether these are all its bytes.
    init(_ bytes: [UInt8], _ headers: MailHeaders, isWhole: Bool) {
        self.bytes = bytes
        self.isWhole = isWhole
        charset = headers["subject"].flatMap(EncodedWords.charset)
        pieces = read(headers, headers.end..<bytes.count, depth: 0, isWithinDigest: false)
    }

    private mutating func read(
        _ headers: MailHeaders, _ body: Range<Int>, depth: Int, isWithinDigest: Bool
    ) -> [ChannelMessage.Piece] {
        parts += 1
        guard parts <= Self.mostParts else {
            isCut = true
            return []
        }
        var type = HeaderParameters(headers["content-type"] ?? [])
        if !type.value.contains("/") {
            type = HeaderParameters(Array((isWithinDigest ? "message/rfc822" : "text/plain").utf8))
        }
        let disposition = HeaderParameters(headers["content-disposition"] ?? [])
        if type.value.hasPrefix("multipart/"), depth < Self.deepest {
            if let ranges = split(body, at: type["boundary"] ?? "") {
                return read(ranges, type.value, depth: depth)
            }
            type = HeaderParameters(Array("text/plain".utf8))
        }
        let encoding = headers.word("content-transfer-encoding")
        if type.value == "message/rfc822" || type.value == "message/global", depth < Self.deepest {
            return readMessage(body, encoding, depth: depth)
        }
        let name = disposition["filename"] ?? type["name"]
        let isText = type.value == "text/plain" || type.value == "text/html"
        guard isText, name == nil, disposition.value != "attachment" else {
            add(body, encoding, type.value, name: name ?? "", disposition.value, headers)
            return []
        }
        return [piece(TransferEncoding.decode(bytes[body], encoding), type)]
    }

    /// Reads the parts of a part.
    private mutating func read(_ ranges: [Range<Int>], _ type: String, depth: Int) -> [ChannelMessage.Piece] {
        var all: [[ChannelMessage.Piece]] = []
        for range in ranges {
            let headers = MailHeaders(bytes, range)
            all.append(
                read(
                    headers, headers.end..<range.upperBound, depth: depth + 1,
                    isWithinDigest: type == "multipart/digest"))
        }
        guard type == "multipart/alternative" else { return all.flatMap(\.self) }
        func says(_ pieces: [ChannelMessage.Piece], _ isWanted: (ChannelMessage.Piece) -> Bool) -> Bool {
            pieces.contains { !$0.text.isBlank && isWanted($0) }
        }
        return all.first { says($0) { !$0.isMarkup } } ?? all.last { says($0) { _ in true } } ?? []
    }

    /// A mail that was passed on, below the line that says so.
    private mutating func readMessage(
        _ body: Range<Int>, _ encoding: String, depth: Int
    ) -> [ChannelMessage.Piece] {
        // No other writing is allowed for it, and programs do it nevertheless.
        if encoding == "base64" || encoding == "quoted-printable" {
            add(body, encoding, "message/rfc822", name: "", "attachment", nil)
            return []
        }
        let headers = MailHeaders(bytes, body)
        for name in ["from", "to", "cc"] { people += MailAddress.list(headers[name] ?? []) }
        let announcement = ["From", "Date", "Subject"].map { "\($0): \(headers.text($0.lowercased()))\n" }.joined()
        let head = ChannelMessage.Piece(
            text: RawText("---------- Forwarded message ----------\n" + announcement))
        return [head] + read(headers, headers.end..<body.upperBound, depth: depth + 1, isWithinDigest: false)
    }

    private mutating func piece(_ content: [UInt8], _ type: HeaderParameters) -> ChannelMessage.Piece {
        let isMarkup = type.value == "text/html"
        let named = type["charset"] ?? (isMarkup ? Charset.named(inMarkup: content) : nil)
        var text = Charset.decode(content, from: named, or: charset)
        charset = charset ?? named
        if !isMarkup, type["format"]?.lowercased() == "flowed" {
            text = FlowedText.joined(text, deletesBlanks: type["delsp"]?.lowercased() == "yes")
        }
        if text.contains(0x0D) { text = Self.withoutReturns(text) }
        if text.count > room {
            isCut = true
            var end = room
            while end > 0, text[end] & 0xC0 == 0x80 { end -= 1 }
            text.removeSubrange(end...)
        }
        room -= text.count
        if people.count < WrittenHeaders.most { people += WrittenHeaders.people(in: text, isMarkup: isMarkup) }
        return ChannelMessage.Piece(text: RawText(bytes: text), isMarkup: isMarkup)
    }

    private static func withoutReturns(_ text: [UInt8]) -> [UInt8] {
        var output: [UInt8] = []
        output.reserveCapacity(text.count)
        for place in text.indices {
            if text[place] != 0x0D {
                output.append(text[place])
            } else if place + 1 == text.count || text[place + 1] != 0x0A {
                output.append(0x0A)
            }
        }
        return output
    }

    private mutating func add(
        _ body: Range<Int>, _ encoding: String, _ type: String, name: String, _ disposition: String,
        _ headers: MailHeaders?
    ) {
        let content = TransferEncoding.decode(bytes[body], encoding)
        let isWholeFile = isWhole || body.upperBound < bytes.count
        let isOutlooks = type == "application/ms-tnef" || type == "application/vnd.ms-tnef"
        if isOutlooks, isWholeFile, let inner = TNEFFiles.read(content) {
            files += inner
            return
        }
        let isShown = disposition == "inline" || (disposition != "attachment" && headers?["content-id"] != nil)
        files.append(
            ChannelMessage.File(
                name: RawText(name), type: Self.mediaType(type), size: isWholeFile ? content.count : nil,
                hash: isWholeFile ? Array(SHA256.hash(data: content)) : nil, isInline: isShown))
    }

    /// A media type that is one; anything else is bytes.
    private static func mediaType(_ text: String) -> String {
        let isOne =
            text.utf8.count <= 100 && text.split(separator: "/").count == 2
            && text.utf8.allSatisfy { 97...122 ~= $0 || 48...57 ~= $0 || "/-+.".utf8.contains($0) }
        return isOne ? text : "application/octet-stream"
    }

    /// The parts between the lines of a boundary (RFC 2046, section 5.1.1); nil when there is no such line.
    private func split(_ body: Range<Int>, at boundary: String) -> [Range<Int>]? {
        let mark = Array("--\(boundary)".utf8)
        guard mark.count > 2, mark.count <= 1_000 else { return nil }
        var ranges: [Range<Int>] = []
        var start: Int?
        var place = body.lowerBound
        while place < body.upperBound {
            let end = MailHeaders.lineEnd(bytes, place, body.upperBound)
            defer { place = end }
            guard bytes[place] == mark[0], bytes[place..<end].starts(with: mark) else { continue }
            let rest = bytes[(place + mark.count)..<end].prefix { $0 > 0x20 }
            guard rest.isEmpty || rest.elementsEqual("--".utf8) else { continue }
            // The line end before a boundary belongs to the boundary.
            if let from = start {
                ranges.append(from..<max(from, MailHeaders.trimmed(bytes, from..<place).upperBound))
            }
            start = rest.isEmpty ? end : nil
            if ranges.count >= Self.mostParts { return ranges }
            if !rest.isEmpty { return ranges }
        }
        if let from = start { ranges.append(from..<body.upperBound) }
        return ranges.isEmpty ? nil : ranges
    }
}

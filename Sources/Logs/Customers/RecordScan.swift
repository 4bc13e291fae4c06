internal import Records

/// Looks through one record for names of accounts, its deployment, service and host, and keys that tie it to others.
struct RecordScan {
    /// A name and where it stands.
    struct Found {
        var candidate: AccountFinder.Candidate
        /// The hash of the key whose value it is; nil for a word of the message.
        var key: UInt64?
        /// The number of the word.
        var ordinal: UInt32
        /// Whether the key, or the word before it, is one that people put before names of accounts.
        var isTold: Bool
    }

    /// The bytes of a value or message that are looked at.
    private static let longest = 4_096
    /// The words of a message that are looked at.
    private static let mostWords: UInt32 = 256

    private let names: AccountNames
    private let bytes: UnsafeRawBufferPointer
    private let signature: Int32
    private(set) var found: [Found] = []
    private(set) var keys: [UInt64] = []
    private(set) var keyPlaces: [UInt64] = []
    private(set) var deployment: Int32?
    private(set) var areas: [UInt64] = []
    private(set) var service: Range<Int>?
    private(set) var host: Range<Int>?

    init(names: AccountNames, bytes: UnsafeRawBufferPointer, signature: Int32) {
        self.names = names
        self.bytes = bytes
        self.signature = signature
    }

    // MARK: - Attributes

    mutating func takeField(_ field: LogField, _ key: SourceKeys.Facts) {
        switch field.kind {
        case .string: takeValue(range(field.text), of: key)
        case .integer where field.bits >= 0:
            keyPlaces.append(key.hash)
            takeName(Self.hash(ofNumber: field.bits), key: key.hash, isTold: key.isTold)
        default: return
        }
    }

    private static func hash(ofNumber number: Int64) -> NameHash {
        var power: Int64 = 1
        while number / power >= 10 { power *= 10 }
        var hash = NameHash()
        while power > 0 {
            hash.add(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: number / power % 10))
            power /= 10
        }
        return hash
    }

    private func range(_ range: ByteRange) -> Range<Int> { Int(range.start)..<Int(range.start) + Int(range.count) }

    private mutating func takeValue(_ value: Range<Int>, of key: SourceKeys.Facts) {
        guard !value.isEmpty else { return }
        if key.isService { service = service ?? value }
        if key.isHost { host = host ?? value }
        let keyHash = key.hash
        keyPlaces.append(keyHash)
        let isTold = key.isTold
        guard value.count <= AccountNames.longest else {
            let end = min(value.upperBound, value.lowerBound + Self.longest)
            return takeWords(value.lowerBound..<end, key: keyHash, isTold: isTold)
        }
        var hash = NameHash()
        for index in value { hash.add(bytes[index]) }
        let finished = hash.finished
        if let place = names.deployment(hash) ?? hostDeployment(value) { deployment = deployment ?? place }
        areas.append(finished)
        if takeName(hash, key: keyHash, isTold: isTold) { return }
        if names.hasAddresses.any, takeAddress(value, key: keyHash) { return }
        let before = found.count
        takeWords(value, key: keyHash, isTold: isTold)
        if found.count > before { return }
        if isTold, let name = names.accountOfSimilar(bytes[value]) {
            return append(name, key: keyHash, ordinal: 0, isTold: true)
        }
        if isKey(hash, letters: hash.count - hash.digits, inMessage: false) { appendKey(finished) }
    }

    /// The deployment of a host by its name without its domain.
    private func hostDeployment(_ value: Range<Int>) -> Int32? {
        guard let dot = bytes[value].firstIndex(of: UInt8(ascii: ".")), dot > value.lowerBound else { return nil }
        var hash = NameHash()
        for index in value.lowerBound..<dot { hash.add(bytes[index]) }
        return names.deployment(hash)
    }

    // MARK: - Words

    mutating func takeMessage(_ message: Range<Int>) {
        takeWords(
            message.lowerBound..<min(message.upperBound, message.lowerBound + Self.longest), key: nil, isTold: false)
    }

    /// Looks at the words of a text; a word is made of letters, digits and the bytes that stand within names.
    private mutating func takeWords(_ text: Range<Int>, key: UInt64?, isTold: Bool) {
        var ordinal: UInt32 = 0
        var index = text.lowerBound
        var isToldBefore = isTold
        while index < text.upperBound, ordinal < Self.mostWords {
            while index < text.upperBound, !Self.isWord(bytes[index]) { index += 1 }
            let start = index
            var hash = NameHash()
            var isSplit = false
            while index < text.upperBound, Self.isWord(bytes[index]) {
                hash.add(bytes[index])
                isSplit = isSplit || bytes[index] == UInt8(ascii: ".") || bytes[index] == UInt8(ascii: "@")
                index += 1
            }
            var end = index
            // A dot at the end ends a sentence.
            while end > start, bytes[end - 1] == UInt8(ascii: ".") || bytes[end - 1] == UInt8(ascii: "-") { end -= 1 }
            guard end > start else { continue }
            takeWord(start..<end, hash, isSplit: isSplit, key: key, ordinal: ordinal, isTold: isToldBefore)
            isToldBefore = isTold || SourceKeys.isToldBefore(hash)
            ordinal += 1
        }
    }

    private mutating func takeWord(
        _ word: Range<Int>, _ hash: NameHash, isSplit: Bool, key: UInt64?, ordinal: UInt32, isTold: Bool
    ) {
        if takeName(hash, key: key, ordinal: ordinal, isTold: isTold) { return }
        if names.begins(hash), takeSeveralWords(word, hash, key: key, ordinal: ordinal, isTold: isTold) { return }
        if key == nil, deployment == nil { deployment = names.deployment(hash) }
        if isSplit {
            if names.hasAddresses.any, takeAddress(word, key: key, ordinal: ordinal) { return }
            if takeParts(word, key: key, ordinal: ordinal, isTold: isTold) { return }
        }
        if isTold, let name = names.accountOfSimilar(bytes[word]) {
            return append(name, key: key, ordinal: ordinal, isTold: true)
        }
        if isKey(hash, letters: hash.count - hash.digits, inMessage: true), !isSplit, !isDate(word) {
            appendKey(hash.finished)
        }
    }

    /// Names that are written as several words.
    private mutating func takeSeveralWords(
        _ word: Range<Int>, _ first: NameHash, key: UInt64?, ordinal: UInt32, isTold: Bool
    ) -> Bool {
        var hash = first
        var index = word.upperBound
        for _ in 0..<3 {
            guard index < bytes.count, bytes[index] == UInt8(ascii: " ") else { return false }
            index += 1
            let start = index
            while index < bytes.count, Self.isWord(bytes[index]) {
                hash.add(bytes[index])
                index += 1
            }
            if index == start { return false }
            if takeName(hash, key: key, ordinal: ordinal, isTold: isTold) { return true }
            if !names.begins(hash) { return false }
        }
        return false
    }

    /// The domain of a mail address, and a domain without its first labels, or its first label alone.
    private mutating func takeParts(_ word: Range<Int>, key: UInt64?, ordinal: UInt32, isTold: Bool) -> Bool {
        var start = word.lowerBound
        if let at = bytes[word].lastIndex(of: UInt8(ascii: "@")) {
            start = at + 1
            var hash = NameHash()
            for index in start..<word.upperBound { hash.add(bytes[index]) }
            if takeName(hash, key: key, ordinal: ordinal, isTold: isTold) { return true }
        }
        guard let dot = bytes[start..<word.upperBound].firstIndex(of: UInt8(ascii: ".")), dot > start else {
            return false
        }
        var label = NameHash()
        for index in start..<dot { label.add(bytes[index]) }
        if deployment == nil, let place = names.deployment(label) { deployment = place }
        if takeName(label, key: key, ordinal: ordinal, isTold: isTold) { return true }
        var rest = NameHash()
        for index in (dot + 1)..<word.upperBound { rest.add(bytes[index]) }
        return takeName(rest, key: key, ordinal: ordinal, isTold: isTold)
    }

    // MARK: - Findings

    @discardableResult @inline(__always)
    private mutating func takeName(_ hash: NameHash, key: UInt64?, ordinal: UInt32 = 0, isTold: Bool) -> Bool {
        guard let name = names.account(hash) else { return false }
        append(name, key: key, ordinal: ordinal, isTold: isTold)
        return true
    }

    private mutating func takeAddress(_ value: Range<Int>, key: UInt64?, ordinal: UInt32 = 0) -> Bool {
        guard let name = names.account(ofAddress: bytes[value]) else { return false }
        append(name, key: key, ordinal: ordinal, isTold: false)
        return true
    }

    private mutating func append(_ name: AccountNames.Name, key: UInt64?, ordinal: UInt32, isTold: Bool) {
        guard found.count < AccountFinder.most.mentions else { return }
        let candidate = AccountFinder.Candidate(name: name, place: -1)
        found.append(Found(candidate: candidate, key: key, ordinal: ordinal, isTold: isTold))
    }

    /// Whether a value looks like the id of a request, a session or a person.
    private func isKey(_ hash: NameHash, letters: Int, inMessage: Bool) -> Bool {
        if hash.count > 64 { return false }
        return hash.digits > 0 && letters > 0 ? hash.count >= (inMessage ? 6 : 4) : hash.digits >= 8
    }

    /// Whether a word begins as a date does: a year and a dash.
    private func isDate(_ word: Range<Int>) -> Bool {
        word.count >= 8 && bytes[word.lowerBound + 4] == UInt8(ascii: "-")
            && bytes[word].prefix(4).allSatisfy { (0x30...0x39).contains($0) }
    }

    private mutating func appendKey(_ key: UInt64) {
        if keys.count < AccountFinder.most.keys, !keys.contains(key) { keys.append(key) }
    }

    @inline(__always)
    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "@"), 0x80...:
            true
        default: false
        }
    }
}

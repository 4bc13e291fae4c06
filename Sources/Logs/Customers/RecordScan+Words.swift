internal import Records

/// Words that are no names as they stand.
extension RecordScan {
    /// Looks for names within a word, an address, or a similar name.
    ///
    /// - Returns: Whether something was found.
    mutating func takeUnknown(
        _ word: RecordWord, _ place: Place, _ bytes: UnsafeRawBufferPointer
    ) -> Bool {
        if word.isSplit || word.name.digits > 0, names.hasAddresses, takeAddress(word, place, bytes) { return true }
        if word.hasDot || word.hasAt, takeParts(word, place, bytes) { return true }
        if word.name.digits > 0 || word.isSplit, takeBehindToldWord(word, place, bytes) { return true }
        return place.isTold && takeSimilar(word, place, bytes)
    }

    /// A name that is nearly that of one account.
    @discardableResult
    mutating func takeSimilar(_ word: RecordWord, _ place: Place, _ bytes: UnsafeRawBufferPointer) -> Bool {
        guard word.name.count >= 6, !word.isNumber else { return false }
        let account = resembling.account(word.hash, word.range, bytes, names)
        if account < 0 { return false }
        appendSimilar(account: account, place)
        return true
    }

    private mutating func takeAddress(_ word: RecordWord, _ place: Place, _ bytes: UnsafeRawBufferPointer) -> Bool {
        var range = word.range
        if names.hasLongAddresses, range.upperBound < bytes.count, bytes[range.upperBound] == UInt8(ascii: ":") {
            // A colon ends a word, but not an address of IPv6.
            let most = min(bytes.count, range.lowerBound + 45)
            var end = range.upperBound
            while end < most, Self.isOfAddress(bytes[end]) { end += 1 }
            range = range.lowerBound..<end
        } else {
            guard word.name.digits == word.name.count, word.isSplit else { return false }
        }
        guard let name = names.account(ofAddress: UnsafeRawBufferPointer(rebasing: bytes[range])) else { return false }
        append(name, value: word.hash, kind: .other, place)
        return true
    }

    private static func isOfAddress(_ byte: UInt8) -> Bool {
        byte.isHexadecimal || byte == UInt8(ascii: ":") || byte == UInt8(ascii: ".")
    }

    /// The domain of a mail address; the domain of a host, and its first label, whose place is what follows it.
    private mutating func takeParts(_ word: RecordWord, _ place: Place, _ bytes: UnsafeRawBufferPointer) -> Bool {
        var start = Int(word.start)
        let end = Int(word.end)
        if word.hasAt, let at = bytes[word.range].lastIndex(of: UInt8(ascii: "@")) {
            start = at + 1
            if takePart(start..<end, place, bytes) { return true }
        }
        guard word.hasDot, let dot = bytes[start..<end].firstIndex(of: UInt8(ascii: ".")), dot > start, dot + 1 < end
        else { return false }
        if !word.hasAt {
            let rest = ByteHash.of(bytes, at: dot + 1, count: end - dot - 1)
            let inDomain = ByteHash.mix(rest, 0xD6E8_FEB8_6659_FD93)
            let label = Place(coarse: inDomain, fine: inDomain, isTold: place.isTold)
            let hash = NameHash(bytes[start..<dot])
            let isNumber = hash.digits == hash.count
            let meaning = names.meaning(hash)
            if deployment < 0, let found = meaning?.deployment, found >= 0, hash.digits > 0, !isNumber {
                deployment = found
            }
            let kind = PlaceEvidence.Kind.word
            if let meaning, !isNumber,
                take(meaning, hash, isNumber: false, value: hash.finished, kind: kind, label)
            {
                return true
            }
            places.pass(inDomain, value: hash.finished, kind: isNumber ? .number(magnitude: hash.magnitude) : kind)
        }
        // What is before the domain of an account is a host of its own.
        var next = dot + 1
        for _ in 0..<3 {
            if takePart(next..<end, place, bytes) { return true }
            guard let dot = bytes[next..<end].firstIndex(of: UInt8(ascii: ".")), dot + 1 < end else { return false }
            next = dot + 1
        }
        return false
    }

    private mutating func takePart(_ part: Range<Int>, _ place: Place, _ bytes: UnsafeRawBufferPointer) -> Bool {
        let hash = NameHash(bytes[part])
        guard hash.digits < hash.count, let meaning = names.meaning(hash), meaning.name?.distinction == .distinct else {
            return false
        }
        return take(meaning, hash, isNumber: false, value: hash.finished, kind: .other, place)
    }

    /// A name that is glued to a word that tells it, as in `tenant_acme` and `cust42`.
    private mutating func takeBehindToldWord(
        _ word: RecordWord, _ place: Place, _ bytes: UnsafeRawBufferPointer
    ) -> Bool {
        var stem = NameHash()
        var index = Int(word.start)
        let end = Int(word.end)
        while index < end, index < Int(word.start) + 13 {
            let byte = bytes[index]
            let isMark = NameHash.normal(byte) == 0
            let isDigit = byte &- 0x30 < 10
            if isMark || isDigit {
                if stem.count >= 3, told[stem.finished] != nil { break }
                // Digits end the word that could tell something.
                if isDigit { return false }
            }
            stem.add(byte)
            index += 1
        }
        while index < end, NameHash.normal(bytes[index]) == 0 { index += 1 }
        guard index < end, told[stem.finished] != nil else { return false }
        let hash = NameHash(bytes[index..<end])
        let isNumber = hash.digits == hash.count && bytes[index..<end].allSatisfy(\.isDigit)
        guard let meaning = names.meaning(hash) else { return false }
        let glued = Place(coarse: stem.finished, fine: stem.finished, isTold: true)
        let kind: PlaceEvidence.Kind = isNumber ? .number(magnitude: hash.magnitude) : .other
        return take(meaning, hash, isNumber: isNumber, value: hash.finished, kind: kind, glued)
    }

    /// Whether a word looks like the id of a request, a session, an order or a person: a mail address, letters mixed with digits, or a
    /// long number; but no time, no version and no quantity with its unit.
    func isKeyOfRecords(_ word: RecordWord, least: Int, _ bytes: UnsafeRawBufferPointer) -> Bool {
        let name = word.name
        if word.hasAt { return name.count <= 64 }
        guard name.digits > 0, name.count <= 64 else { return false }
        let start = Int(word.start)
        let end = Int(word.end)
        if name.digits == name.count { return name.digits >= 8 && !word.isSplit }
        guard name.count >= least, !word.hasDot else { return false }
        var digits = start
        while digits < end, bytes[digits].isDigit { digits += 1 }
        // 29000ms and 2026-01-05T10.
        if digits > start, end - digits <= 3 { return false }
        return
            !(digits == start + 4 && end - start >= 8 && bytes[digits] == UInt8(ascii: "-")
            && bytes[digits + 1].isDigit)
    }
}

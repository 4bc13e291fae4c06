internal import Records

/// The texts of a record: its message, what stands around it, and attributes of several words.
extension RecordScan {
    /// Takes the message of a record, the header before it and what follows it.
    mutating func takeText(of record: LogRecord, _ bytes: UnsafeRawBufferPointer) {
        let start = Int(record.body.start) + Int(record.messageOffset)
        if record.messageOffset > 0 {
            let header =
                Int(record.body.start)..<Int(record.body.start) + min(Self.longestHeader, Int(record.messageOffset))
            takeWords(header, bytes, key: 2, isTold: false)
        }
        let end = start + min(Self.longest, Int(record.messageCount))
        takeWords(start..<end, bytes, key: 1, isTold: false)
        // What follows the message: its further lines, or the pairs after it.
        let rest = min(Int(record.body.start) + Int(record.body.count), end + Self.longest)
        if rest > end { takeWords(end..<rest, bytes, key: 3, isTold: false) }
    }

    /// Looks at the words of a text.
    ///
    /// - Parameters:
    ///   - text: Where it lies.
    ///   - bytes: The bytes of the batch.
    ///   - key: The place of the text.
    ///   - isTold: Whether its key is a word that stands before names of accounts.
    mutating func takeWords(
        _ text: Range<Int>, _ bytes: UnsafeRawBufferPointer, key: UInt64, isTold: Bool
    ) {
        let form = classes.withUnsafeBufferPointer {
            TextForms.form(of: text, bytes, $0, key: key, isTold: isTold, words: &wordsWithDigits)
        }
        guard let form, remembersForms else { return takeEachWord(of: text, bytes, key: key, isTold: isTold) }
        let number = forms.number(of: form)
        if let number, takeWords(of: text, bytes, key: key, isTold: isTold, form: number) { return }
        takeEachWord(of: text, bytes, key: key, isTold: isTold)
        if number == nil, forms.comesAgain(form) { remember(form, of: text, bytes, key: key, isTold: isTold) }
    }

    /// Looks at the words of a text of which nothing is known.
    private mutating func takeEachWord(
        of text: Range<Int>, _ bytes: UnsafeRawBufferPointer, key: UInt64, isTold: Bool
    ) {
        words.removeAll(keepingCapacity: true)
        classes.withUnsafeBufferPointer { RecordWord.append(text, of: bytes, classes: $0, to: &words) }
        var before: UInt64 = 0
        var isToldBefore = isTold
        for index in words.indices {
            let word = words[index]
            let (byteBefore, byteAfter) = Self.neighbours(of: word, in: text, bytes)
            let after = index &+ 1 < words.count ? words[index &+ 1].context : 0
            let place = Place(key, before, byteBefore, after, byteAfter, isTold: isToldBefore)
            if take(word, names.meaning(word.name), place, bytes, index) {
                // A name hides from its neighbours which one it is.
                before = 2
                isToldBefore = isTold
                continue
            }
            before = word.context
            isToldBefore = isTold || tells(word, byteAfter, bytes)
        }
    }

    /// The bytes beside a word; 0 at either end of the text.
    @inline(__always)
    private static func neighbours(
        of word: RecordWord, in text: Range<Int>, _ bytes: UnsafeRawBufferPointer
    ) -> (before: UInt8, after: UInt8) {
        let start = Int(word.start)
        let end = Int(word.end)
        return (start > text.lowerBound ? bytes[start &- 1] : 0, end < text.upperBound ? bytes[end] : 0)
    }

    /// Takes a word.
    ///
    /// - Returns: Whether it is the name of an account.
    @inline(__always)
    private mutating func take(
        _ word: RecordWord, _ meaning: AccountNames.Meaning?, _ place: Place, _ bytes: UnsafeRawBufferPointer,
        _ index: Int
    ) -> Bool {
        if let meaning, take(meaning, word, place, bytes, index) { return true }
        places.pass(place.fine, value: word.hash, kind: word.kind)
        places.pass(place.coarse, value: word.hash, kind: word.kind)
        if word.isSplit || word.name.digits > 0 || place.isTold, !takeUnknown(word, place, bytes),
            isKeyOfRecords(word, least: 6, bytes)
        {
            _ = appendJoinKey(word.hash)
        }
        return false
    }

    /// Takes a word that is a name or begins one.
    ///
    /// - Returns: Whether it is the name of an account.
    private mutating func take(
        _ meaning: AccountNames.Meaning, _ word: RecordWord, _ place: Place, _ bytes: UnsafeRawBufferPointer,
        _ index: Int
    ) -> Bool {
        // The deployment that a host in the text belongs to is but a guess, and no guess from a mere word.
        if deployment < 0, meaning.deployment >= 0, word.name.digits > 0 { deployment = meaning.deployment }
        if meaning.isBeginning, takeLongName(from: index, place, bytes) { return true }
        return take(meaning, word.name, isNumber: word.isNumber, value: word.hash, kind: word.kind, place)
    }

    /// Takes the longest name of several words that begins with a word.
    private mutating func takeLongName(from first: Int, _ place: Place, _ bytes: UnsafeRawBufferPointer) -> Bool {
        var name = words[first].name
        var longest: (AccountNames.Meaning, NameHash)?
        for next in (first + 1)..<min(words.count, first + AccountNames.mostWords) {
            guard Int(words[next].start - words[next - 1].end) <= AccountNames.longestGap else { break }
            for place in Int(words[next - 1].end)..<Int(words[next].end) { name.add(bytes[place]) }
            guard let meaning = names.meaning(name) else { break }
            if meaning.account != -1 { longest = (meaning, name) }
            guard meaning.isBeginning else { break }
        }
        guard let (meaning, name) = longest else { return false }
        return take(meaning, name, isNumber: false, value: name.finished, kind: .other, place)
    }

    /// Whether a word stands before names of accounts.
    @inline(__always)
    private mutating func tells(_ word: RecordWord, _ byteAfter: UInt8, _ bytes: UnsafeRawBufferPointer) -> Bool {
        if told[word.hash] != nil { return true }
        guard byteAfter == UInt8(ascii: "=") || byteAfter == UInt8(ascii: ":"),
            word.isSplit || word.end - word.start > 4
        else { return false }
        // No part of a number is a word that tells something, and every number would take a place of its own among the keys.
        guard word.name.digits < word.name.count else { return false }
        return keys.facts(UnsafeRawBufferPointer(rebasing: bytes[word.range])).isTold
    }
}

extension RecordScan.Place {
    /// The place of a word of a text by what stands beside it.
    @inline(__always)
    init(_ key: UInt64, _ before: UInt64, _ byteBefore: UInt8, _ after: UInt64, _ byteAfter: UInt8, isTold: Bool) {
        let coarse = ByteHash.mix(key ^ before, UInt64(byteBefore) | 0x8EBC_6AF0_9C88_C600)
        let fine = ByteHash.mix(coarse ^ after, UInt64(byteAfter) | 0x5897_89E6_C6B1_AE00)
        self.init(coarse: coarse, fine: fine, isTold: isTold)
    }
}

// MARK: - Texts of a form that came before

extension RecordScan {
    /// Works out a form from the words of a text that was just looked through.
    private mutating func remember(
        _ form: UInt64, of text: Range<Int>, _ bytes: UnsafeRawBufferPointer, key: UInt64, isTold: Bool
    ) {
        // Whether a word begins a name of several words, its neighbours tell.
        let isKnown =
            words.count <= TextForms.mostWords
            && words.allSatisfy { $0.name.digits > 0 || names.meaning($0.name)?.isBeginning != true }
        forms.begin(form, isKnown: isKnown)
        guard isKnown else { return }
        var before: UInt64 = 0
        var isToldBefore = isTold
        var base = text.lowerBound
        for index in words.indices {
            var word = words[index]
            var step = TextForms.Step()
            (step.byteBefore, step.byteAfter) = Self.neighbours(of: word, in: text, bytes)
            step.after = index &+ 1 < words.count ? words[index &+ 1].context : 0
            let place = Place(key, before, step.byteBefore, step.after, step.byteAfter, isTold: isToldBefore)
            (step.coarse, step.fine) = (place.coarse, place.fine)
            before = word.context
            if word.name.digits > 0 {
                step.hasDigits = true
                base = Int(word.end)
                // Another word with digits may tell what this one does not.
                isToldBefore = isTold || step.byteAfter == UInt8(ascii: "=") || step.byteAfter == UInt8(ascii: ":")
                forms.append(step, word: nil)
                continue
            }
            step.hash = word.hash
            step.code = UInt8(truncatingIfNeeded: word.kind.code)
            step.tells = tells(word, step.byteAfter, bytes)
            step.isPassive = !word.isSplit && !isToldBefore && names.meaning(word.name) == nil
            isToldBefore = isTold || step.tells
            word.start &-= Int32(truncatingIfNeeded: base)
            word.end &-= Int32(truncatingIfNeeded: base)
            forms.append(step, word: step.isPassive ? nil : word)
        }
    }

    /// Looks at the words of a text of a form that is known.
    ///
    /// - Returns: Whether that could be; otherwise nothing was done.
    private mutating func takeWords(
        of text: Range<Int>, _ bytes: UnsafeRawBufferPointer, key: UInt64, isTold: Bool, form number: Int
    ) -> Bool {
        let form = forms.forms[number]
        guard Int(form.wordsWithDigits) == wordsWithDigits.count else { return false }
        words.removeAll(keepingCapacity: true)
        meanings.removeAll(keepingCapacity: true)
        for range in wordsWithDigits {
            classes.withUnsafeBufferPointer { RecordWord.append(range, of: bytes, classes: $0, to: &words) }
        }
        guard words.count == wordsWithDigits.count else { return false }
        for word in words {
            let meaning = names.meaning(word.name)
            if meaning?.isBeginning ?? false { return false }
            meanings.append(meaning)
        }
        let watched = places.evidence.count
        if form.watchedPlaces != watched { lookForWatchedPlaces(of: number, watched) }
        var isBehindName = false
        var isToldBefore = isTold
        var next = 0
        var base = text.lowerBound
        for index in form.steps {
            let step = forms.steps[Int(index)]
            var place = Place(coarse: step.coarse, fine: step.fine, isTold: isToldBefore)
            if isBehindName {
                place = Place(key, 2, step.byteBefore, step.after, step.byteAfter, isTold: isToldBefore)
            }
            if step.isPassive {
                // A place may have come to be watched by a name in this text.
                if step.isWatched || isBehindName || places.evidence.count != watched {
                    let kind = PlaceEvidence.Kind(code: step.code)
                    places.pass(place.fine, value: step.hash, kind: kind)
                    places.pass(place.coarse, value: step.hash, kind: kind)
                }
                isBehindName = false
                isToldBefore = isTold || step.tells
                continue
            }
            var word: RecordWord
            let meaning: AccountNames.Meaning?
            if step.hasDigits {
                (word, meaning) = (words[next], meanings[next])
                base = Int(word.end)
                next &+= 1
            } else {
                word = forms.words[Int(step.word)]
                word.start &+= Int32(truncatingIfNeeded: base)
                word.end &+= Int32(truncatingIfNeeded: base)
                meaning = names.meaning(word.name)
            }
            isBehindName = take(word, meaning, place, bytes, next)
            isToldBefore =
                isTold || !isBehindName && (step.hasDigits ? tells(word, step.byteAfter, bytes) : step.tells)
        }
        return true
    }

    /// Asks for each step of a form whether its places are watched.
    private mutating func lookForWatchedPlaces(of number: Int, _ watched: Int) {
        forms.forms[number].watchedPlaces = watched
        for index in forms.forms[number].steps {
            let step = forms.steps[Int(index)]
            guard step.isPassive else { continue }
            forms.steps[Int(index)].isWatched = places.number(of: step.fine) >= 0 || places.number(of: step.coarse) >= 0
        }
    }
}

internal import Records

/// Attributes of a record and of its resource.
extension RecordScan {
    /// Takes the fields of a record that belong to a scope.
    mutating func take(
        _ range: FieldRange, _ fields: UnsafeBufferPointer<LogField>, _ bytes: UnsafeRawBufferPointer,
        _ scope: LogField.Scope
    ) {
        for index in Int(range.start)..<Int(range.start) + Int(range.count) {
            let field = fields[index]
            if field.scope == .used || (field.up == 0 && field.scope != scope) { continue }
            guard field.kind == .string || field.kind == .integer else { continue }
            let key = keys.facts(key(field.key, bytes))
            let path = field.up == 0 ? key : path(key, index, fields, bytes)
            if field.kind == .integer {
                takeNumber(field.bits, path)
            } else if field.text.count > 0 {
                takeValue(Int(field.text.start)..<Int(field.text.start) + Int(field.text.count), path, bytes)
            }
        }
    }

    private func key(_ range: ByteRange, _ bytes: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[Int(range.start)..<Int(range.start) + Int(range.count)])
    }

    /// A key within an object or a list: its place is told apart by the keys above it.
    private mutating func path(
        _ key: SourceKeys.Facts, _ index: Int, _ fields: UnsafeBufferPointer<LogField>, _ bytes: UnsafeRawBufferPointer
    ) -> SourceKeys.Facts {
        var path = key
        path.isService = false
        path.isHost = false
        path.isVersion = false
        var above = index
        var isName = key.isName || fields[index].key.count == 0
        for _ in 0..<8 where fields[above].up > 0 {
            above -= Int(fields[above].up)
            let parent = keys.facts(self.key(fields[above].key, bytes))
            path.exact = ByteHash.mix(path.exact, parent.exact)
            path.isTold = path.isTold || (isName && parent.isTold)
            path.isService = path.isService || (isName && parent.isService)
            path.isHost = path.isHost || (isName && parent.isHost)
            isName = isName && (parent.isName || fields[above].key.count == 0)
        }
        return path
    }

    private mutating func takeNumber(_ number: Int64, _ key: SourceKeys.Facts) {
        guard number >= 0 else { return }
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { buffer in
            var rest = number
            var start = 20
            repeat {
                start -= 1
                buffer[start] = UInt8(truncatingIfNeeded: rest % 10) + 0x30
                rest /= 10
            } while rest > 0
            var hash = NameHash()
            for place in start..<20 { hash.add(normal: buffer[place]) }
            takeNumber(hash, key)
        }
    }

    private mutating func takeNumber(_ hash: NameHash, _ key: SourceKeys.Facts) {
        let value = hash.finished
        let kind = PlaceEvidence.Kind.number(magnitude: hash.magnitude)
        let place = Place(coarse: key.exact, fine: key.exact, isTold: key.isTold)
        if let meaning = names.meaning(hash), take(meaning, hash, isNumber: true, value: value, kind: kind, place) {
            return
        }
        places.pass(key.exact, value: value, kind: kind)
        if hash.digits >= 8 {
            _ = appendJoinKey(value)
        } else if ShortNumbers.isShort(digits: hash.digits) {
            takeShortNumber(ByteHash.mix(value, key.exact), key)
        }
    }

    /// Takes a number of a few digits, which ties records together only in some attributes.
    @inline(__always)
    private mutating func takeShortNumber(_ value: UInt64, _ key: SourceKeys.Facts) {
        if shortNumbers.take(value, of: key.exact) { _ = appendJoinKey(value) }
    }

    private mutating func takeValue(_ value: Range<Int>, _ key: SourceKeys.Facts, _ bytes: UnsafeRawBufferPointer) {
        if key.isService { service = service ?? value }
        if key.isHost { host = host ?? value }
        if key.isVersion { version = version ?? value }
        guard value.count <= AccountNames.longest else {
            let end = min(value.upperBound, value.lowerBound + Self.longest)
            return takeWords(value.lowerBound..<end, bytes, key: key.exact, isTold: key.isTold)
        }
        let exact = ByteHash.mix(ByteHash.of(bytes, at: value.lowerBound, count: value.count), key.exact)
        if let known = ordinary[exact] {
            if known.deployment >= 0, deployment < 0 { deployment = known.deployment }
            if known.isArea, areas.count < Self.most.areas { areas.append(known.hash) }
            if known.isShortNumber { takeShortNumber(exact, key) }
            return places.pass(key.exact, value: known.hash, kind: known.kind)
        }
        if let known = named[exact], let name = known.name {
            let place = Place(coarse: key.exact, fine: key.exact, isTold: key.isTold)
            return append(name, isCertain: known.isCertain, value: known.hash, kind: known.kind, place)
        }
        takeNewValue(value, exact, key, bytes)
    }

    private mutating func takeNewValue(
        _ value: Range<Int>, _ exact: UInt64, _ key: SourceKeys.Facts, _ bytes: UnsafeRawBufferPointer
    ) {
        var word = RecordWord(
            start: Int32(truncatingIfNeeded: value.lowerBound), end: Int32(truncatingIfNeeded: value.upperBound),
            name: NameHash(), hash: 0, isSplit: false, hasAt: false, hasDot: false)
        var isText = false
        for place in value {
            let byte = classes[Int(bytes[place])]
            word.name.add(bytes[place])
            if byte == 0 { isText = true }
            if byte <= 1 || byte == 0x40 { word.isSplit = true }
            if byte == 0x40 { word.hasAt = true }
            if bytes[place] == 0x2E { word.hasDot = true }
        }
        word.hash = word.name.finished
        let place = Place(coarse: key.exact, fine: key.exact, isTold: key.isTold)
        let before = (found.count, claims.count, joinKeys.count)
        var facts = OrdinaryValue(exact: exact, hash: word.hash)
        if word.isNumber {
            facts.magnitude = Int8(truncatingIfNeeded: min(56, word.name.magnitude))
            facts.isShortNumber = !word.isSplit && ShortNumbers.isShort(digits: word.name.digits)
        }
        let meaning = names.meaning(word.name)
        facts.deployment = meaning?.deployment ?? -1
        if facts.deployment < 0, word.hasDot || key.isHost {
            facts.deployment = hostDeployment(value, isHost: key.isHost, bytes)
        }
        if facts.deployment >= 0, deployment < 0 { deployment = facts.deployment }
        if regions.isName(word.hash) {
            facts.isArea = true
            if areas.count < Self.most.areas { areas.append(word.hash) }
        }
        if let meaning,
            take(meaning, word.name, isNumber: word.isNumber, value: word.hash, kind: word.kind, place)
        {
            if let name = meaning.name, facts.deployment < 0, !facts.isArea {
                named.remember(
                    NamedValue(
                        exact: exact, hash: word.hash, name: name, isCertain: Self.isCertain(name, word.name),
                        kind: word.kind))
            }
            return
        }
        places.pass(key.exact, value: word.hash, kind: facts.kind)
        if facts.isShortNumber { takeShortNumber(exact, key) }
        if isText {
            takeWords(value, bytes, key: key.exact, isTold: key.isTold)
            if before.0 == found.count, key.isTold { takeSimilar(word, place, bytes) }
        } else if !takeUnknown(word, place, bytes), facts.deployment < 0, !facts.isArea,
            isKeyOfRecords(word, least: 4, bytes),
            appendJoinKey(word.hash)
        {
            // Hosts and deployments tie together what has nothing else in common.
            return
        }
        if facts.isShortNumber || before == (found.count, claims.count, joinKeys.count) { ordinary.remember(facts) }
    }

    /// The deployment of a host by its name without its domain, or, for the names that orchestrators make, without its last parts.
    private func hostDeployment(_ value: Range<Int>, isHost: Bool, _ bytes: UnsafeRawBufferPointer) -> Int32 {
        var end = value.upperBound
        if let dot = bytes[value].firstIndex(of: UInt8(ascii: ".")), dot > value.lowerBound {
            end = dot
            let hash = NameHash(bytes[value.lowerBound..<end])
            if hash.digits < hash.count, let found = names.meaning(hash)?.deployment, found >= 0 { return found }
        }
        guard isHost else { return -1 }
        for _ in 0..<2 {
            guard let dash = bytes[value.lowerBound..<end].lastIndex(of: UInt8(ascii: "-")), dash > value.lowerBound
            else { return -1 }
            end = dash
            if let found = names.meaning(NameHash(bytes[value.lowerBound..<end]))?.deployment, found >= 0 {
                return found
            }
        }
        return -1
    }
}

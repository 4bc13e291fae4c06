/// Values of several words: what stands in quotes, in brackets or behind `=`, and full names.
extension SignatureGrouping {
    private struct Span {
        var template: [Element]
        var range: Range<Int>
    }

    private struct Outside: Hashable {
        var before: [Element]
        var after: [Element]

        var template: [Element] { before + [.variable] + after }
    }

    /// Makes one variable of the spans in which templates that are otherwise the same differ.
    mutating func mergeSpans() {
        var found: [Outside: [Span]] = [:]
        for template in rows.keys {
            let prose = prose(of: template)
            for range in spans(in: template) where prose.contains(where: { !range.contains($0) }) {
                let outside = Outside(
                    before: Array(template[..<range.lowerBound]), after: Array(template[range.upperBound...]))
                found[outside, default: []].append(Span(template: template, range: range))
            }
        }
        var best: [[Element]: (span: Span, outside: Outside, count: Int)] = [:]
        for (outside, spans) in found {
            let members = accepted(spans, outside)
            for span in members {
                if let other = best[span.template],
                    (other.count, -other.span.range.lowerBound, -other.span.range.upperBound)
                        >= (members.count, -span.range.lowerBound, -span.range.upperBound)
                {
                    continue
                }
                best[span.template] = (span, outside, members.count)
            }
        }
        let variable = Element(kind: .variable, token: tokens.number(of: [MessageShape.variable]))
        for (template, choice) in best.sorted(by: { Self.precedes($0.key, $1.key) }) {
            for row in rows[template, default: []].indices {
                rows[template]?[row].join(choice.span.range, as: variable)
            }
            replace(template, with: choice.outside.template)
        }
    }

    /// The spans that may be one variable: those that say nothing of their own, or any where the place takes any word.
    private mutating func accepted(_ spans: [Span], _ outside: Outside) -> [Span] {
        let plain = spans.filter { !saysSomething($0.template[$0.range], behind: outside.before.last) }
        // What stands at the start is the subject of the message, in quotes as well.
        let isFirst = !outside.before.contains { $0.kind != .literal }
        let place = Place(template: outside.template, position: outside.before.count)
        if plain.count >= (isFirst ? DistinctWords.atStart : DistinctWords.anyWord) { anyWordPlaces.insert(place) }
        if anyWordPlaces.contains(place) { return spans }
        return plain.count >= (isFirst ? DistinctWords.atStart : DistinctWords.spans) ? plain : []
    }

    /// Whether a span holds a word that says what happened; brackets hold commands, whose words say what to do.
    private func saysSomething(_ span: ArraySlice<Element>, behind mark: Element?) -> Bool {
        guard let mark, !isLiteral(mark, "(") else { return false }
        return span.contains { element in
            guard element.isWord else { return false }
            let facts = tokens[element.token]
            // A dotted name may end with a verb: `Orders.Get`.
            return facts.hasMeaning && !facts.isArticle && !facts.isNoun && !facts.bytes.contains(UInt8(ascii: "."))
        }
    }

    /// Where the words of a template stand that are neither keys nor their values.
    private func prose(of template: [Element]) -> [Int] {
        var prose: [Int] = []
        var index = 0
        while index < template.count {
            defer { index += 1 }
            if isLiteral(template[index], "="), index + 1 < template.count {
                let mark = template[index + 1]
                let isQuoted = isLiteral(mark, "\"") || isLiteral(mark, "'")
                let closing = isQuoted ? template[(index + 2)...].firstIndex(of: mark) : nil
                // Behind a value comes a word that is looked at.
                index = closing ?? max(index, endOfValue(index + 1, template) - 1)
            } else if template[index].isWord, tokens[template[index].token].hasLetter,
                index + 1 == template.count || !isLiteral(template[index + 1], "=")
            {
                prose.append(index)
            }
        }
        return prose
    }

    /// The spans of a template that could be a value: not empty, and not a single word with a meaning.
    private func spans(in template: [Element]) -> [Range<Int>] {
        var spans: [Range<Int>] = []
        for index in template.indices where template[index].kind == .literal {
            let next = index + 1
            guard next < template.count, !isLiteral(template[next], " ") || isLiteral(template[index], "(") else {
                continue
            }
            switch tokens[template[index].token].bytes {
            case [UInt8(ascii: "\"")], [UInt8(ascii: "'")]:
                let isOpening = index == 0 || template[index - 1].kind == .literal
                if isOpening, let end = template[next...].firstIndex(where: { $0 == template[index] }) {
                    spans.append(next..<end)
                }
            case [UInt8(ascii: "(")]:
                let isApart = index == 0 || isLiteral(template[index - 1], " ")
                if isApart, let end = closing(next, template), template[next..<end].contains(.variable) {
                    spans.append(next..<end)
                }
            case [UInt8(ascii: "=")] where !isLiteral(template[next], "\"") && !isLiteral(template[next], "'"):
                spans.append(next..<endOfValue(next, template))
            default: break
            }
        }
        spans += template.indices.compactMap { fullName(behind: $0, template) }
        return spans.filter { !$0.isEmpty && !isMeaning(template[$0]) }
    }

    /// The words from one with a capital to the last such behind a word for a thing, such as `Jane van der Berg` behind `user`.
    private func fullName(behind entity: Int, _ template: [Element]) -> Range<Int>? {
        let start = entity + 2
        guard start < template.count, template[entity].kind == .word, tokens[template[entity].token].isEntity,
            isLiteral(template[entity + 1], " ")
        else { return nil }
        var end = start
        for index in start..<template.count {
            if isLiteral(template[index], " ") || isLiteral(template[index], ".") { continue }
            guard template[index].kind == .word, isPlain(template[index]) else { break }
            let first = tokens[template[index].token].bytes.first ?? 0
            if first.isUppercase || first >= 0x80 { end = index + 1 } else if end == start { break }
        }
        return start..<end
    }

    /// Whether a span is a word with a meaning, or holds a status.
    private func isMeaning(_ span: ArraySlice<Element>) -> Bool {
        if span.contains(where: { $0.kind == .word && !tokens[$0.token].hasLetter }) { return true }
        guard span.count == 1, let only = span.first, only.isWord else { return false }
        return tokens[only.token].hasMeaning
    }

    private func closing(_ start: Int, _ template: [Element]) -> Int? {
        var depth = 1
        for index in start..<template.count {
            depth += nesting(template[index])
            if depth == 0 { return index }
        }
        return nil
    }

    /// A value ends at a comma, a semicolon, the bracket around it, or before the next key; else at a blank.
    private func endOfValue(_ start: Int, _ template: [Element]) -> Int {
        var depth = 0
        var blank: Int?
        for index in start..<template.count {
            let element = template[index]
            depth += nesting(element)
            if depth < 0 { return index }
            guard depth == 0 else { continue }
            if isLiteral(element, ",") || isLiteral(element, ";") { return index }
            guard isLiteral(element, " ") else { continue }
            blank = blank ?? index
            if index + 2 < template.count, template[index + 1].isWord,
                isLiteral(template[index + 2], "=")
            {
                return index
            }
        }
        return blank ?? template.count
    }

    private func nesting(_ element: Element) -> Int {
        guard element.kind == .literal else { return 0 }
        switch tokens[element.token].bytes {
        case [UInt8(ascii: "(")], [UInt8(ascii: "[")], [UInt8(ascii: "{")]: return 1
        case [UInt8(ascii: ")")], [UInt8(ascii: "]")], [UInt8(ascii: "}")]: return -1
        default: return 0
        }
    }
}

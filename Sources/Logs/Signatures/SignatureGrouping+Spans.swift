/// Values of several words: what stands in quotes, in brackets or behind `=`.
extension SignatureGrouping {
    private struct Span {
        var template: [Element]
        var range: Range<Int>
    }

    private struct Outside: Hashable {
        var before: [Element]
        var after: [Element]
    }

    /// Makes one variable of the spans in which templates that are otherwise the same differ.
    mutating func mergeSpans() {
        var found: [Outside: [Span]] = [:]
        for template in rows.keys {
            for range in spans(in: template) {
                let outside = Outside(
                    before: Array(template[..<range.lowerBound]), after: Array(template[range.upperBound...]))
                found[outside, default: []].append(Span(template: template, range: range))
            }
        }
        var best: [[Element]: (span: Span, outside: Outside, count: Int)] = [:]
        for (outside, members) in found where members.count >= DistinctWords.spans {
            guard (outside.before + outside.after).contains(where: { $0.isWord && tokens[$0.token].hasLetter }) else {
                continue
            }
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
            replace(template, with: choice.outside.before + [.variable] + choice.outside.after)
        }
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
        return spans.filter { !$0.isEmpty && !isMeaning(template[$0]) }
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

/// Writes templates for people: constants as they are, `<*>` for each variable.
struct TemplateText {
    private enum Item: Hashable {
        case variable
        case date
        case byte(UInt8)
    }

    /// The text of a template.
    ///
    /// A variable keeps what all rows have in common within it, such as the unit of a quantity.
    static func text(_ template: [Element], _ rows: [ShapeRow], _ tokens: TokenTable) -> String {
        var items: [Item] = []
        for (position, element) in template.enumerated() {
            guard element.kind == .variable else {
                items += tokens[element.token].bytes.map { .byte($0) }
                continue
            }
            var forms: Set<[UInt8]> = []
            for row in rows {
                let element = row.elements[position]
                forms.insert(element.isWord ? [MessageShape.variable] : tokens[element.token].bytes)
            }
            items += common(forms)
        }
        return string(joined(dated(joined(items))))
    }

    private static func common(_ forms: Set<[UInt8]>) -> [Item] {
        let written = Set(forms.map { items(of: $0) })
        if written.count == 1, let only = written.first { return only }
        // An empty bracket is one whose value was missing.
        let filled = Set(
            written.map { items in
                var filled: [Item] = []
                for item in items {
                    if item == .byte(0x29), filled.last == .byte(0x28) { filled.append(.variable) }
                    filled.append(item)
                }
                return filled
            })
        if filled.count == 1, let only = filled.first { return only }
        return [.variable]
    }

    private static func items(of form: [UInt8]) -> [Item] {
        joined(
            dated(
                joined(
                    form.map { byte in
                        switch byte {
                        case MessageShape.variable: .variable
                        case MessageShape.date: .date
                        default: .byte(byte)
                        }
                    })))
    }

    /// Variables with nothing but marks between them are one.
    private static func joined(_ items: [Item]) -> [Item] {
        var joined: [Item] = []
        var marks = 0
        for item in items {
            if item == .variable, joined.count > marks, joined[joined.count - 1 - marks] == .variable {
                joined.removeLast(marks)
                marks = 0
                continue
            }
            joined.append(item)
            if case .byte(let byte) = item, ":./,-=+".utf8.contains(byte) { marks += 1 } else { marks = 0 }
        }
        return joined
    }

    /// A date is one variable, with the numbers around the name of its month or weekday.
    private static func dated(_ items: [Item]) -> [Item] {
        guard items.contains(.date) else { return items }
        var dated: [Item] = []
        var index = 0
        while index < items.count {
            guard items[index] == .date else {
                dated.append(items[index])
                index += 1
                continue
            }
            while let last = dated.last, last == .byte(0x20) || last == .byte(0x2c),
                let value = dated.last(where: { $0 != .byte(0x20) && $0 != .byte(0x2c) }), value == .variable
            {
                dated.removeLast()
            }
            if dated.last == .variable { dated.removeLast() }
            dated.append(.variable)
            index += 1
            var next = index
            while next < items.count {
                if items[next] == .variable || items[next] == .date {
                    index = next + 1
                } else if items[next] != .byte(0x20), items[next] != .byte(0x2c) {
                    break
                }
                next += 1
            }
        }
        return dated
    }

    private static func string(_ items: [Item]) -> String {
        var bytes: [UInt8] = []
        for item in items {
            switch item {
            case .variable, .date: bytes += Array("<*>".utf8)
            case .byte(let byte): bytes.append(byte)
            }
        }
        while bytes.last == 0x20 { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}

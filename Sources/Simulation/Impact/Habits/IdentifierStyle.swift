/// How a software writes the ids of the things it counts.
enum IdentifierStyle: CaseIterable {
    /// A prefix, a separator and a number with leading zeros.
    case counter
    /// A bare number, which may look like any other number.
    case number
    case uuid
    /// The name in lower case with dashes.
    case slug
    /// A few capitals of the name, with or without digits.
    case code
    /// Random letters and digits.
    case opaque
    /// A short prefix and random letters and digits.
    case prefixedOpaque
    /// 24 hexadecimal digits.
    case objectId
    /// Region, kind and number in one.
    case compound

    static let prefixes = [
        "acct", "cust", "tenant", "org", "client", "c", "A", "T", "mandant", "site", "ws", "kd", "grp", "CUS", "ACC",
        "cmp", "prj", "shop", "sub",
    ]

    /// One id for each name, all different.
    func ids(for names: [String], _ draw: inout Draw) -> [String] {
        let prefix = draw.one(of: Self.prefixes)
        let separator = draw.one(of: ["-", "_", ":", "", ".", "#"])
        let width = draw.number(3...7)
        let step = draw.number(1...9)
        var next = draw.number(1...(draw.chance(0.5) ? 40 : 9_000))
        let bareFrom = draw.one(of: [100, 1_000, 20_000, 700_000, 41_000_000])
        let length = draw.number(5...10)
        let area = draw.some(4, of: ["eu", "us", "ap", "DE", "UK", "BR", "north", "1", "2", "x"])
        var taken: Set<String> = []
        return names.map { name in
            while true {
                next += draw.number(1...step)
                let id: String
                switch self {
                case .counter: id = prefix + separator + DeskNames.padded(next, width)
                case .number: id = String(bareFrom + next)
                case .uuid: id = draw.uuid()
                case .slug: id = Self.slug(name) + (taken.contains(Self.slug(name)) ? "-\(next)" : "")
                case .code:
                    let letters = Self.slug(name).filter { $0 != "-" }.uppercased()
                    id = letters.prefix(draw.number(3...5)) + (draw.chance(0.6) ? draw.digits(2) : "")
                case .opaque: id = draw.text(length, of: "abcdefghjkmnpqrstuvwxyz23456789")
                case .prefixedOpaque: id = prefix.lowercased() + "_" + draw.letters(length + 4)
                case .objectId: id = draw.hexWord(12) + draw.hexWord(12)
                case .compound:
                    id = draw.one(of: area) + separator + prefix.uppercased() + separator + DeskNames.padded(next, 4)
                }
                if taken.insert(id).inserted { return id }
            }
        }
    }

    /// A name in lower case, other characters than letters and digits as single dashes.
    static func slug(_ name: String) -> String {
        name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }.joined(separator: "-")
    }
}

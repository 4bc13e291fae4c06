/// Names of companies and people that are nobody's.
enum CompanyNames {
    private static let onsets = [
        "b", "br", "d", "dr", "f", "fl", "g", "gr", "h", "k", "kl", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "tr",
        "v", "w", "z", "sh", "th", "qu", "j",
    ]
    private static let vowels = ["a", "e", "i", "o", "u", "ai", "ea", "io", "or", "an", "el", "in", "en", "ar"]
    private static let codas = ["", "", "", "n", "l", "r", "s", "x", "m", "nd", "rk", "lt", "ck", "v"]
    private static let words = [
        "Blue", "Harbour", "Stone", "River", "North", "Atlas", "Copper", "Maple", "Summit", "Silver", "Falcon", "Cedar",
        "Bright", "Union", "Delta", "Pioneer", "Granite", "Orchard", "Lantern", "Vector", "Beacon", "Meadow", "Anchor",
        "Crescent", "Prairie", "Ember", "Willow", "Quarry", "Compass", "Juniper",
    ]
    private static let trades = [
        "Logistics", "Foods", "Clinic", "Motors", "Media", "Insurance", "Textiles", "Energy", "Tools", "Travel",
        "Pharma",
        "Homes", "Bank", "Studios", "Robotics", "Paper", "Garden", "Optics", "Marine", "Schools", "Retail", "Labs",
    ]
    private static let forms = [
        "", "", "", " Ltd", " GmbH", " Inc.", " S.A.", " AB", " Group", " & Co.", " B.V.", " AG",
    ]
    private static let first = [
        "Ana", "Ben", "Chloe", "Dmitri", "Elif", "Femi", "Grete", "Hugo", "Ines", "Jamal", "Kaja", "Liam", "Mei",
        "Noor",
        "Olga", "Pedro", "Rosa", "Sven", "Tara", "Umar", "Vera", "Wes", "Yuki", "Zoe",
    ]

    static func root(_ draw: inout Draw) -> String {
        let syllables = draw.number(2...3)
        let text = (0..<syllables).map { _ in draw.one(of: onsets) + draw.one(of: vowels) }.joined()
        return text.prefix(1).uppercased() + text.dropFirst() + draw.one(of: codas)
    }

    static func company(_ draw: inout Draw) -> String {
        let form = draw.one(of: forms)
        switch draw.number(0...4) {
        case 0: return root(&draw) + form
        case 1: return "\(draw.one(of: words)) \(draw.one(of: words)) \(draw.one(of: trades))" + form
        case 2: return "\(draw.one(of: words)) \(draw.one(of: trades))" + form
        case 3: return "\(root(&draw)) & \(root(&draw))" + form
        default: return "\(root(&draw)) \(draw.one(of: trades))" + form
        }
    }

    static func person(_ draw: inout Draw) -> (first: String, last: String) { (draw.one(of: first), root(&draw)) }
}

extension PlantedItem {
    static func card(_ draw: inout Draw) -> PlantedItem {
        let (prefix, length, sizes): (String, Int, [Int]) = draw.one(of: [
            ("4", 16, [4, 4, 4, 4]), ("4", 19, [4, 4, 4, 4, 3]), ("51", 16, [4, 4, 4, 4]), ("54", 16, [4, 4, 4, 4]),
            ("2221", 16, [4, 4, 4, 4]), ("2650", 16, [4, 4, 4, 4]), ("34", 15, [4, 6, 5]), ("37", 15, [4, 6, 5]),
            ("6011", 16, [4, 4, 4, 4]), ("65", 16, [4, 4, 4, 4]), ("3530", 16, [4, 4, 4, 4]), ("36", 14, [4, 6, 4]),
            ("30", 14, [4, 6, 4]), ("6759", 16, [4, 4, 4, 4]), ("5018", 16, [4, 4, 4, 4]), ("62", 17, [4, 4, 4, 4, 1]),
        ])
        let number = CheckDigits.luhn(prefix + draw.digits(length - prefix.count - 1))
        let separator = draw.one(of: ["", "", " ", "-"])
        return PlantedItem("card", separator.isEmpty ? number : CheckDigits.grouped(number, by: separator, sizes))
    }

    static func iban(_ draw: inout Draw) -> PlantedItem {
        let (country, form) = draw.one(of: [
            ("DE", "nnnnnnnnnnnnnnnnnn"), ("GB", "AAAAnnnnnnnnnnnnnn"), ("FR", "nnnnnnnnnnnnnnnnnnnnnnn"),
            ("IT", "Annnnnnnnnnnnnnnnnnnnnn"), ("ES", "nnnnnnnnnnnnnnnnnnnn"), ("NL", "AAAAnnnnnnnnnn"),
            ("CH", "nnnnnnnnnnnnnnnnn"), ("AT", "nnnnnnnnnnnnnnnn"), ("BE", "nnnnnnnnnnnn"),
            ("PL", "nnnnnnnnnnnnnnnnnnnnnnnn"),
            ("SE", "nnnnnnnnnnnnnnnnnnnn"), ("NO", "nnnnnnnnnnn"), ("DK", "nnnnnnnnnnnnnn"), ("FI", "nnnnnnnnnnnnnn"),
            ("PT", "nnnnnnnnnnnnnnnnnnnnn"), ("IE", "AAAAnnnnnnnnnnnnnn"), ("CZ", "nnnnnnnnnnnnnnnnnnnn"),
            ("LU", "nnnnnnnnnnnnnnnn"), ("SA", "nnnnnnnnnnnnnnnnnnnn"), ("TR", "nnnnnnnnnnnnnnnnnnnnnn"),
        ])
        let number = CheckDigits.iban(country, draw.filled(form))
        return PlantedItem("iban", draw.chance(0.4) ? CheckDigits.grouped(number, by: " ") : number)
    }

    static func phone(_ draw: inout Draw) -> PlantedItem {
        let form = draw.one(of: [
            "+1 (Nnn) Nnn-nnnn", "+1-Nnn-Nnn-nnnn", "+1NnnNnnnnnn", "(Nnn) Nnn-nnnn", "Nnn-Nnn-nnnn", "Nnn.Nnn.nnnn",
            "1-Nnn-Nnn-nnnn",
            "+49 (0)30 Nnnnnn", "+49 30 Nnnnnnn", "+49 171 Nnnnnnn", "0171 Nnnnnnn", "030/Nnnnnnn", "+49(0)Nn-Nnnnnn",
            "0049 Nn Nnnnnnn",
            "+44 20 Nnnn nnnn", "020 Nnnn nnnn", "+44 (0)77nn nnnnnn", "077nn nnnnnn", "+33 6 Nn nn nn nn",
            "06 Nn nn nn nn",
            "06.Nn.nn.nn.nn", "+33 (0)1 Nn nn nn nn", "+39 06 Nnnn nnnn", "+39 3Nn Nnn nnnn", "+34 6Nn nnn nnn",
            "+31 6 Nnnnnnnn",
            "06-Nnnnnnnn", "+41 44 Nnn nn nn", "044 Nnn nn nn", "+46 70 Nnn nn nn", "070-Nnn nn nn", "+45 Nn nn nn nn",
            "+48 6Nn nnn nnn",
            "+61 2 Nnnn nnnn", "(02) Nnnn nnnn", "+91 nNNnn nnnnn", "+81 3-Nnnn-nnnn", "03-Nnnn-nnnn",
            "+86 13N Nnnn nnnn", "+55 11 nNnnn-nnnn",
            "(11) nNnnn-nnnn", "+7 4n5 Nnn-nn-nn", "001-Nnn-Nnn-nnnn", "Nnn-Nnn-nnnn x1234", "(Nnn) Nnn-nnnn ext. 512",
            "+353 1 Nnn nnnn",
            "+420 6Nn nnn nnn", "+43 1 Nnnnnnn", "+32 2 Nnn nn nn", "+351 21 Nnn nnnn",
        ])
        return PlantedItem("phone", draw.filled(form))
    }

    static func socialSecurity(_ draw: inout Draw) -> PlantedItem {
        let number =
            "\(draw.number(101...665))-\(draw.number(10...99))-\(draw.number(1_000...9_999))"
        return PlantedItem("ssn", number, before: draw.one(of: ["", "SSN ", "social security number: "]))
    }

    static func address(_ draw: inout Draw) -> PlantedItem {
        switch draw.number(0...5) {
        case 0, 1:
            let first = draw.one(of: [52, 77, 91, 141, 172, 192, 203, 212])
            return PlantedItem(
                "ipv4", "\(first).\(draw.number(32...254)).\(draw.number(0...254)).\(draw.number(1...254))")
        case 2:
            return PlantedItem(
                "ipv4", "10.\(draw.number(32...250)).\(draw.number(0...250)).\(draw.number(1...250))",
                after: ":\(draw.number(1_024...65_535))")
        case 3:
            let groups = (0..<8).map { _ in draw.text(1, of: "123456789abcdef") + draw.hex(3) }
            return PlantedItem("ipv6", groups.joined(separator: ":"))
        case 4:
            let prefix = draw.one(of: ["2001:db8", "fe80", "2a02:26f0", "fd12:3456"])
            return PlantedItem(
                "ipv6", prefix + "::" + draw.text(1, of: "123456789abcdef") + draw.hex(3) + ":" + draw.digits(3) + "a")
        default:
            let pairs = (0..<6).map { _ in draw.text(1, of: "ABCDEF") + draw.text(1, of: "0123456789ABCDEF") }
            let text =
                draw.chance(0.2)
                ? CheckDigits.grouped(pairs.joined(), by: ".") : pairs.joined(separator: draw.one(of: [":", "-"]))
            return PlantedItem("mac", draw.chance(0.5) ? text.lowercased() : text)
        }
    }
}

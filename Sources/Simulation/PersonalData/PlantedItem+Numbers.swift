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
            ("DE", "999999999999999999"), ("GB", "AAAA99999999999999"), ("FR", "99999999999999999999999"),
            ("IT", "A9999999999999999999999"), ("ES", "99999999999999999999"), ("NL", "AAAA9999999999"),
            ("CH", "99999999999999999"), ("AT", "9999999999999999"), ("BE", "999999999999"),
            ("PL", "999999999999999999999999"),
            ("SE", "99999999999999999999"), ("NO", "99999999999"), ("DK", "99999999999999"), ("FI", "99999999999999"),
            ("PT", "999999999999999999999"), ("IE", "AAAA99999999999999"), ("CZ", "99999999999999999999"),
            ("LU", "9999999999999999"), ("SA", "99999999999999999999"), ("TR", "9999999999999999999999"),
        ])
        let number = CheckDigits.iban(country, draw.filled(form))
        return PlantedItem("iban", draw.chance(0.4) ? CheckDigits.grouped(number, by: " ") : number)
    }

    static func phone(_ draw: inout Draw) -> PlantedItem {
        let form = draw.one(of: [
            "+1 (899) 899-9999", "+1-899-899-9999", "+18998999999", "(899) 899-9999", "899-899-9999", "899.899.9999",
            "1-899-899-9999",
            "+49 (0)30 899999", "+49 30 8999999", "+49 171 8999999", "0171 8999999", "030/8999999", "+49(0)89-899999",
            "0049 89 8999999",
            "+44 20 8999 9999", "020 8999 9999", "+44 (0)7799 999999", "07799 999999", "+33 6 89 99 99 99",
            "06 89 99 99 99",
            "06.89.99.99.99", "+33 (0)1 89 99 99 99", "+39 06 8999 9999", "+39 389 899 9999", "+34 689 999 999",
            "+31 6 89999999",
            "06-89999999", "+41 44 899 99 99", "044 899 99 99", "+46 70 899 99 99", "070-899 99 99", "+45 89 99 99 99",
            "+48 689 999 999",
            "+61 2 8999 9999", "(02) 8999 9999", "+91 98899 99999", "+81 3-8999-9999", "03-8999-9999",
            "+86 138 8999 9999", "+55 11 98999-9999",
            "(11) 98999-9999", "+7 495 899-99-99", "001-899-899-9999", "899-899-9999 x1234", "(899) 899-9999 ext. 512",
            "+353 1 899 9999",
            "+420 689 999 999", "+43 1 8999999", "+32 2 899 99 99", "+351 21 899 9999",
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

extension PlantedItem {
    /// An identity number with right check digits; forms that other numbers share have their name before them.
    static func nationalID(_ draw: inout Draw) -> PlantedItem {
        switch draw.number(0...11) {
        case 0:
            let number = draw.number(10_000_000...99_999_999)
            let letters = Array("TRWAGMYFPDXBNJZSQVHLCKE")
            return PlantedItem("national-id ES", "\(number)\(letters[number % 23])")
        case 1: return PlantedItem("national-id IT", fiscalCode(&draw))
        case 2:
            let text = draw.one(of: ["AB", "CE", "JM", "PR"]) + draw.digits(6) + draw.one(of: ["A", "B", "C", "D"])
            return PlantedItem("national-id GB", text)
        case 3:
            var payload = draw.digits(9)
            let first = CheckDigits.weighted(payload, [10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10 % 11 % 10
            payload += String(first)
            let second = CheckDigits.weighted(payload, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) * 10 % 11 % 10
            let digits = Array(payload + String(second))
            return PlantedItem(
                "national-id BR",
                "\(String(digits[0..<3])).\(String(digits[3..<6])).\(String(digits[6..<9]))-\(String(digits[9..<11]))")
        case 4:
            let birth = "\(draw.number(10...99))" + pair(draw.number(1...12)) + pair(draw.number(1...28))
            return PlantedItem("national-id SE", birth + "-" + CheckDigits.luhn(birth + draw.digits(3)).suffix(4))
        case 5:
            let payload =
                String(draw.number(1...2)) + draw.digits(2) + pair(draw.number(1...12)) + draw.text(1, of: "12345678")
                + draw.digits(7)
            let value = (Int(payload) ?? 0) % 97
            return PlantedItem("national-id FR", payload + pair(97 - value))
        case 6:
            let payload =
                "41" + draw.digits(4) + "19" + draw.digits(2) + pair(draw.number(1...12)) + pair(draw.number(1...28))
                + draw.digits(3)
            let sum = CheckDigits.weighted(payload, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2])
            return PlantedItem("national-id CN", payload + String(Array("10X98765432")[sum % 11]))
        case 7:
            while true {
                let payload = "4" + draw.digits(8)
                let check = 11 - CheckDigits.weighted(payload, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11
                if check < 10 { return PlantedItem("national-id NHS", payload + String(check), before: "NHS number ") }
            }
        case 8:
            let payload = "44051" + draw.digits(5)
            let sum = CheckDigits.weighted(payload, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3])
            return PlantedItem("national-id PL", payload + String((10 - sum % 10) % 10), before: "PESEL: ")
        case 9:
            return PlantedItem(
                "national-id CA", CheckDigits.grouped(CheckDigits.luhn("4" + draw.digits(7)), by: " ", [3, 3, 3]),
                before: "SIN ")
        case 10:
            let number = draw.number(1_000_000...9_999_999)
            let letters = Array("TRWAGMYFPDXBNJZSQVHLCKE")
            return PlantedItem("national-id NIE", "X\(number)\(letters[number % 23])")
        default:
            let payload = "93051" + draw.digits(4)
            return PlantedItem(
                "national-id BE", payload + pair(97 - (Int(payload) ?? 0) % 97), before: "national number ")
        }
    }

    private static func pair(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private static func fiscalCode(_ draw: inout Draw) -> String {
        let payload =
            draw.text(6, of: "BCDFGLMNPRSTVZ") + draw.digits(2) + draw.text(1, of: "ABCDEHLMPRST")
            + pair(draw.number(1...28))
            + draw.capitals(1) + draw.digits(3)
        let odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]
        var sum = 0
        for (index, byte) in payload.utf8.enumerated() {
            let value = byte < 58 ? Int(byte) - 48 : Int(byte) - 65
            sum += index % 2 == 0 ? odd[value] : value
        }
        return payload + String(Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")[sum % 26])
    }
}

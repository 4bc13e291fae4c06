extension PlantedItem {
    /// A value that looks like personal data or a secret and is none.
    static func nearMiss(_ draw: inout Draw) -> PlantedItem {
        let (family, value): (String, String)
        switch draw.number(0...21) {
        case 0:
            // A wrong check digit.
            let number = CheckDigits.luhn("4" + draw.digits(14))
            let last = Int(number.suffix(1)) ?? 0
            (family, value) = ("card with a wrong digit", number.dropLast() + String((last + draw.number(1...9)) % 10))
        case 1:
            let account = draw.digits(18)
            let check = CheckDigits.iban("DE", account).dropFirst(2).prefix(2)
            let wrong = ((Int(check) ?? 0) + draw.number(1...40)) % 97 + 2
            (family, value) = (
                "IBAN with a wrong digit",
                String(check) == String(wrong) ? "DE00" + account : "DE\(wrong < 10 ? "0" : "")\(wrong)" + account
            )
        case 2: (family, value) = ("version", "\(draw.number(0...20)).\(draw.number(0...20)).\(draw.number(0...30))")
        case 3:
            (family, value) = (
                "version of four",
                "v\(draw.number(1...9)).\(draw.number(0...20)).\(draw.number(0...20)).\(draw.number(0...9))"
            )
        case 4:
            (family, value) = ("UUID", [8, 4, 4, 4, 12].map { draw.hex($0) }.joined(separator: "-"))
        case 5: (family, value) = ("commit", draw.hex(40))
        case 6: (family, value) = ("digest", draw.hex(64))
        case 7: (family, value) = ("short commit", draw.hex(6) + "a")
        case 8:
            (family, value) = (
                "time of day",
                "\(draw.number(10...23)):\(draw.number(10...59)):\(draw.number(10...59)),\(draw.number(100...999))"
            )
        case 9:
            (family, value) = (
                "timestamp",
                "20\(draw.number(10...26))-0\(draw.number(1...9))-\(draw.number(10...28))T\(draw.number(10...23)):\(draw.number(10...59)):\(draw.number(10...59)).\(draw.digits(3))Z"
            )
        case 10: (family, value) = ("number of nine digits", String(draw.number(100_000_000...999_999_999)))
        case 11: (family, value) = ("number of ten digits", String(draw.number(1_000_000_000...9_999_999_999)))
        case 12: (family, value) = ("milliseconds", "17" + draw.digits(11))
        case 13:
            (family, value) = (
                "file",
                draw.text(6, of: "abcdefgh") + draw.one(of: [".py", ".log.1", ".tar.gz", "-2.3.1.jar", ".so.6"])
            )
        case 14:
            (family, value) = (
                "class",
                "org.example." + draw.text(5, of: "abcdef") + ".Token" + draw.one(of: ["Store", "Secret", "Manager"])
                    + "Impl"
            )
        case 15: (family, value) = ("address in memory", "0x" + draw.hex(12))
        case 16: (family, value) = ("bytes", "\(draw.number(1_000_000...99_999_999)) bytes")
        case 17: (family, value) = ("date", "\(draw.number(10...28))/0\(draw.number(1...9))/20\(draw.number(10...26))")
        case 18: (family, value) = ("block", "blk_-" + draw.digits(19))
        case 19: (family, value) = ("job", "job_" + draw.digits(13) + "_" + draw.digits(4))
        case 20:
            (family, value) = (
                "placeholder",
                draw.one(of: [
                    "password=****", "password=${DB_PASSWORD}", "token: <token>", "password is required",
                    "api_key=None",
                ])
            )
        default:
            (family, value) = (
                "loopback", draw.one(of: ["127.0.0.1", "0.0.0.0", "localhost:8080", "::1", "255.255.255.0"])
            )
        }
        return PlantedItem(family, value, mustBeHidden: false)
    }
}

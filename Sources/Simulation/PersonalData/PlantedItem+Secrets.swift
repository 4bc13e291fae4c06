extension PlantedItem {
    static func email(_ draw: inout Draw) -> PlantedItem {
        let first = draw.text(draw.number(3...8), of: "abcdefghijklmnopqrstuvwxyz")
        let last = draw.text(draw.number(3...9), of: "abcdefghijklmnopqrstuvwxyz")
        let local = draw.one(of: [
            "\(first).\(last)", "\(first)_\(last)", "\(first)+\(last)", "\(first)\(draw.number(1...99))",
            "\(first)-\(last)", first,
        ])
        let domain = draw.text(draw.number(3...9), of: "abcdefghijklmnopqrstuvwxyz")
        let top = draw.one(of: ["com", "org", "co.uk", "de", "io", "museum", "com.br", "it"])
        let marks = draw.one(of: [("", ""), ("<", ">"), ("mailto:", ""), ("(", ")"), ("\"", "\""), ("", ",")])
        let address = "\(local)@\(domain).\(top)"
        return PlantedItem("email", draw.chance(0.1) ? address.uppercased() : address, before: marks.0, after: marks.1)
    }

    static func apiKey(_ draw: inout Draw) -> PlantedItem {
        let number = draw.number(0...21)
        let value: String
        switch number {
        case 0: value = draw.one(of: ["AKIA", "ASIA"]) + draw.text(16, of: "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        case 1: value = draw.one(of: ["ghp_", "gho_", "ghs_", "ghu_"]) + draw.letters(36)
        case 2: value = "github_pat_" + draw.letters(22) + "_" + draw.letters(59)
        case 3: value = "glpat-" + draw.base64(19) + "x"
        case 4: value = "xoxb-" + draw.digits(12) + "-" + draw.digits(12) + "-" + draw.letters(24)
        case 5: value = draw.one(of: ["sk_live_", "rk_live_", "sk_test_"]) + draw.letters(24)
        case 6: value = "AIza" + draw.base64(34) + "x"
        case 7: value = "sk-ant-api03-" + draw.base64(92) + "AA"
        case 8: value = "sk-" + draw.letters(48)
        case 9: value = "npm_" + draw.letters(36)
        case 10: value = "pypi-AgEIcHlwaS5vcmc" + draw.base64(69) + "x"
        case 11: value = "SG." + draw.base64(21) + "x." + draw.base64(42) + "x"
        case 12: value = "SK" + draw.hex(32)
        case 13: value = "dop_v1_" + draw.hex(64)
        case 14: value = "hvs." + draw.base64(89) + "x"
        case 15: value = "shpat_" + draw.hex(32)
        case 16:
            value = "eyJhbGciOiJIUzI1NiJ9.eyJ" + draw.base64(draw.number(30...90)) + "." + draw.base64(42) + "x"
            return PlantedItem("jwt", value)
        case 17:
            return PlantedItem("bearer", draw.letters(40), before: "Authorization: Bearer ")
        case 18: value = draw.letters(3) + "8Q~" + draw.letters(34)
        case 19:
            return PlantedItem(
                "secret", draw.text(40, of: "ABCDEFGHIJKLMabcdefghijklm0123456789+/"),
                before: draw.one(of: ["aws_secret_access_key = ", "SecretAccessKey=", "\"secretKey\": \""]),
                after: number == 19 ? "\"" : "")
        case 20:
            return PlantedItem(
                "secret", draw.hex(32),
                before: draw.one(of: [
                    "api_key=", "apikey: ", "client_secret=", "x-api-key: ", "access_token=", "--token ",
                ]))
        default:
            return PlantedItem(
                "private-key",
                "-----BEGIN RSA PRIVATE KEY-----\\n" + draw.letters(64) + "\\n" + draw.letters(64)
                    + "==\\n-----END RSA PRIVATE KEY-----")
        }
        return PlantedItem("api-key", value, before: draw.one(of: ["", "", "key=", "token: ", "\""]))
    }

    static func password(_ draw: inout Draw) -> PlantedItem {
        let word = draw.text(draw.number(5...8), of: "abcdefghijklmnopqrstuvwxyz")
        let value = draw.one(of: [
            word + draw.digits(3), draw.capitals(1) + word + draw.digits(2) + "!", draw.letters(11) + "7",
            word + "#" + draw.digits(2) + draw.capitals(2),
            draw.capitals(1) + word + "@" + draw.digits(4),
        ])
        let (before, after) = draw.one(of: [
            ("password=", ""), ("password: ", ""), ("Password = ", ""), ("pwd=", ";"), ("\"password\": \"", "\","),
            ("--password ", ""), ("--password=", ""),
            ("my password is ", ""), ("the password for the portal is ", "."), ("db_password: '", "'"),
            ("PASSWORD=", ""), ("<password>", "</password>"),
            ("spring.datasource.password=", ""), ("passwd: ", ""), ("Passwort: ", ""), ("mot de passe est ", ""),
            ("dbPassword = \"", "\""), ("pass: ", ""),
            ("passphrase: ", ""), ("mysql -u app -p", ""), ("contraseña: ", ""),
        ])
        return PlantedItem("password", value, before: before, after: after)
    }

    static func credentials(_ draw: inout Draw) -> PlantedItem {
        let user = draw.text(6, of: "abcdefghijklmnopqrstuvwxyz")
        let secret = draw.letters(draw.number(8...16))
        if draw.chance(0.4) {
            let name = draw.one(of: ["token", "api_key", "access_token", "sig", "password", "client_secret", "key"])
            if name == "key" {
                return PlantedItem(
                    "query", draw.letters(24) + "9", before: "https://maps.example.net/api?access_key=", after: "&x=1")
            }
            return PlantedItem(
                "query", secret + "7k", before: "https://shop.example.net/cart?id=4&\(name)=", after: "&page=2")
        }
        let scheme = draw.one(of: [
            "https", "postgres", "mongodb+srv", "redis", "amqp", "jdbc:mysql", "ftp", "git+https",
        ])
        return PlantedItem("credentials", "\(user):\(secret)", before: "\(scheme)://", after: "@db.example.net/main")
    }

    static func userFolder(_ draw: inout Draw) -> PlantedItem {
        let name =
            draw.text(draw.number(4...9), of: "abcdefghijklmnoprstuvwyz")
            + (draw.chance(0.3) ? String(draw.number(1...99)) : "")
        let (before, after) = draw.one(of: [
            ("/home/", "/projects/app.log"), ("/Users/", "/Library/Logs/a.txt"),
            ("C:\\Users\\", "\\AppData\\Local\\Temp"), ("file:///home/", "/x.py"),
            ("C:\\\\Users\\\\", "\\\\Desktop"), ("/export/home/", "/.bashrc"),
        ])
        return PlantedItem("username", name, before: before, after: after)
    }

    static func name(_ draw: inout Draw) -> PlantedItem {
        let contact = draw.one(of: contacts)
        let words = contact.person.split(separator: " ")
        let (first, last) = (String(words[0]), words.dropFirst().joined(separator: " "))
        switch draw.number(0...7) {
        case 0: return PlantedItem("company", contact.company)
        case 1: return PlantedItem("name", last + ", " + first)
        case 2: return PlantedItem("name", contact.person.uppercased())
        case 3: return PlantedItem("name", contact.person.lowercased())
        case 4: return PlantedItem("name", "\(first.prefix(1)). \(last)")
        case 5: return PlantedItem("name", first, before: "Hi ", after: ",")
        case 6: return PlantedItem("name", last, before: "Mr ")
        default: return PlantedItem("name", contact.person)
        }
    }
}

internal import Records

/// Reads dates of mails: RFC 5322, sections 3.3 and 4.3, and the form of C's `asctime`.
///
/// A date without a zone is in UTC, and so is one with a military letter or an unknown name of a zone, as RFC 5322 has it.
enum MailDate {
    /// The instant of a date; nil when it is none or the day does not exist.
    static func instant(_ bytes: [UInt8]) -> Instant? {
        var (year, month, day): (Int?, Int?, Int?)
        var clock: (hour: Int, minute: Int, second: Int)?
        var offset = 0
        for word in words(bytes) {
            if let number = Int(word), !word.hasPrefix("+"), !word.hasPrefix("-") {
                if day == nil, word.count <= 2 {
                    day = number
                } else if year == nil {
                    year = full(number, digits: word.count)
                }
            } else if clock == nil, word.contains(":") {
                guard let time = time(word) else { return nil }
                clock = time
            } else if clock != nil, let seconds = zone(word) {
                offset = seconds
            } else if month == nil {
                month = months[String(word.prefix(3))]
            }
        }
        guard let year, let month, let day, let clock else { return nil }
        // A leap second is the second after it.
        let civil = CivilTime(
            year: year, month: month, day: day, hour: clock.hour, minute: clock.minute,
            second: Double(min(clock.second, 59)))
        guard civil.isValid, 1900...9_999 ~= year else { return nil }
        return Instant(seconds: civil.localSeconds + Double(max(0, clock.second - 59) - offset))
    }

    private static let months = [
        "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11,
        "dec": 12,
    ]
    private static let zones = [
        "ut": 0, "gmt": 0, "utc": 0, "z": 0, "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6,
        "pst": -8, "pdt": -7,
    ]

    /// The words in small letters, without comments; commas and the dashes within a day count as blanks.
    private static func words(_ bytes: [UInt8]) -> [String] {
        var words: [String] = []
        var word: [UInt8] = []
        var depth = 0
        func flush() {
            if !word.isEmpty, words.count < 16 { words.append(String(decoding: word, as: UTF8.self)) }
            word = []
        }
        for byte in bytes.prefix(200) {
            switch byte {
            case UInt8(ascii: "("):
                flush()
                depth += 1
            case UInt8(ascii: ")"): depth = max(0, depth - 1)
            case _ where depth > 0: continue
            case 0...0x20, UInt8(ascii: ","): flush()
            case UInt8(ascii: "-") where !word.isEmpty && !word.contains(UInt8(ascii: ":")): flush()
            case UInt8(ascii: "+") where !word.isEmpty, UInt8(ascii: "-") where !word.isEmpty:
                flush()
                word.append(byte)
            default: word.append(65...90 ~= byte ? byte | 0x20 : byte)
            }
        }
        flush()
        return words
    }

    private static func full(_ year: Int, digits: Int) -> Int {
        switch digits {
        case 1, 2: year < 50 ? year + 2_000 : year + 1_900
        case 3: year + 1_900
        default: year
        }
    }

    private static func time(_ word: String) -> (Int, Int, Int)? {
        let parts = word.split(separator: ":", omittingEmptySubsequences: false).map { part in
            Int(part.split(separator: ".", omittingEmptySubsequences: false).first ?? "")
        }
        guard 2...3 ~= parts.count, let hour = parts[0], let minute = parts[1] else { return nil }
        guard let second = parts.count > 2 ? parts[2] : 0, 0...60 ~= second else { return nil }
        return (hour, minute, second)
    }

    /// Seconds east of UTC; nil when the word is no offset, such as a name that nobody knows.
    private static func zone(_ word: String) -> Int? {
        if let hours = zones[word] { return hours * 3_600 }
        guard let sign = word.first, sign == "+" || sign == "-" else { return nil }
        let digits = word.dropFirst().filter { $0 != ":" }
        guard digits.count == 4, let number = Int(digits), number % 100 < 60 else { return nil }
        let seconds = number / 100 * 3_600 + number % 100 * 60
        return sign == "-" ? -seconds : seconds
    }
}

internal import Records

/// Learns in which places of records the names of accounts stand.
///
/// A place is a key of attributes, or the n-th word of the messages of one shape. Of each the records are counted, those whose value there
/// is the name of an account, how many accounts that were, and how often the account uses the deployment of the record.
struct NamePlaces: Sendable {
    /// The most places; names in others count only where they say enough by themselves.
    static let most = 65_536
    /// Records of a place before it can be said to hold always the same.
    private static let enough = 50

    private struct Place: BitwiseCopyable {
        var named: Int32 = 0
        var agree: Int32 = 0
        var disagree: Int32 = 0
        /// Some of the accounts, a bit for each remainder of 64.
        var accounts: UInt64 = 0
        /// The shape of which it is a word; -1 for a key.
        var signature: Int32 = -1
        var isTold = false
    }

    private var numbers: [UInt64: Int32] = [:]
    private var places: [Place] = []
    /// Records of each place of a key.
    private var keyRecords: [UInt64: Int32] = [:]
    /// Records of each shape.
    private var records: [Int32] = []

    /// Takes note of a name in its place.
    ///
    /// - Returns: The number of the place; -1 when there is no room for it.
    mutating func note(
        _ found: RecordScan.Found, signature: Int32, deployment: Int32, directory: CustomerDirectory
    ) -> Int32 {
        let key = found.key ?? (UInt64(UInt32(bitPattern: signature)) << 32 | UInt64(found.ordinal) | 1 << 63)
        guard let number = numbers[key] ?? addPlace(key, found, signature) else { return -1 }
        if found.candidate.name.form == .similar { return number }
        let account = found.candidate.name.account
        places[Int(number)].named &+= 1
        places[Int(number)].accounts |= 1 << UInt64(truncatingIfNeeded: account & 63)
        let own = directory.deploymentsOfAccount[Int(account)]
        if deployment >= 0, !own.isEmpty {
            if own.contains(Int(deployment)) {
                places[Int(number)].agree &+= 1
            } else {
                places[Int(number)].disagree &+= 1
            }
        }
        return number
    }

    private mutating func addPlace(_ key: UInt64, _ found: RecordScan.Found, _ signature: Int32) -> Int32? {
        guard places.count < Self.most else { return nil }
        let number = Int32(truncatingIfNeeded: places.count)
        numbers[key] = number
        places.append(Place(signature: found.key == nil ? signature : -1, isTold: found.isTold))
        return number
    }

    /// Counts a record of a shape with some keys.
    mutating func count(signature: Int32, keys: [UInt64]) {
        if signature >= 0 {
            while records.count <= Int(signature) { records.append(0) }
            records[Int(signature)] &+= 1
        }
        for key in keys where keyRecords.count < Self.most || keyRecords[key] != nil {
            keyRecords[key, default: 0] &+= 1
        }
    }

    /// What is accepted in each place, by what is known now.
    struct Rules {
        fileprivate var levels: [UInt8]

        func accept(_ candidate: AccountFinder.Candidate) -> Bool {
            let level = candidate.place >= 0 ? levels[Int(candidate.place)] : 1
            if candidate.name.form == .similar { return level >= 2 }
            return switch candidate.name.distinction {
            case .distinct: level >= 1
            case .word: level >= 2
            case .number: level >= 3
            }
        }
    }

    func rules() -> Rules {
        var levels = [UInt8](repeating: 1, count: places.count)
        for (key, number) in numbers {
            let place = places[Int(number)]
            let all =
                place.signature >= 0
                ? records[Int(place.signature)]
                : place.signature == -1 && keyRecords[key] != nil ? keyRecords[key] ?? 0 : 0
            levels[Int(number)] = Self.level(place, records: max(all, place.named))
        }
        return Rules(levels: levels)
    }

    /// 0: it holds no names; 1: only those that say enough by themselves; 2: ordinary words too; 3: any.
    private static func level(_ place: Place, records: Int32) -> UInt8 {
        let accounts = place.accounts.nonzeroBitCount
        let share = Double(place.named) / Double(max(1, records))
        let checked = place.agree &+ place.disagree
        let agreement = checked >= 8 ? Double(place.agree) / Double(checked) : nil
        // A constant of the program that happens to be called as an account is.
        if accounts == 1, place.named >= Self.enough, !place.isTold, agreement ?? 0 < 0.95 { return 0 }
        if let agreement, agreement < 0.5 { return place.isTold ? 1 : 0 }
        if place.isTold, share >= 0.3 { return 3 }
        if accounts >= 8, share >= 0.9, let agreement, agreement >= 0.95 { return 3 }
        if accounts >= 3, share >= 0.3 { return 2 }
        return place.isTold ? 2 : 1
    }
}

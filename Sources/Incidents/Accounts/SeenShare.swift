/// The share of what accounts suffer in an incident that is known to be theirs.
///
/// Signatures of which no line is anybody's, such as what a machine says of itself, are nobody's suffering and do not count. Where there are no
/// others, nothing of what accounts suffer is seen.
struct SeenShare {
    private struct Counts {
        var known = 0.0
        var all = 0.0
    }

    /// So many lines of which none is anybody's are a machine's.
    private static let few = 5.0

    private var signatures: [Int32: Counts] = [:]

    mutating func add(_ line: AccountLine) {
        signatures[line.signature, default: Counts()].all += 1
        if line.account >= 0 { signatures[line.signature, default: Counts()].known += 1 }
    }

    /// 0...1.
    var value: Double {
        var known = 0.5
        var all = 1.0
        for counts in signatures.values where counts.known > 0 || counts.all < Self.few {
            known += counts.known
            all += counts.all
        }
        if all == 1 { return 0 }
        // A miss of one in a few lines is as much as that many lines can tell.
        return known + 0.5 >= all ? 1 : known / all
    }
}

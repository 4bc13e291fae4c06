public import Features
internal import Statistics

extension TextBackground {
    /// Learns from the texts of cases.
    ///
    /// - Parameters:
    ///   - texts: The texts.
    ///   - customers: Whose each case is; those of which it is not known count as one customer.
    ///   - least: The fewest customers that a word must have come from to be learnt.
    ///   - seed: Fixes what is drawn; the same texts and seed give the same background.
    public init(_ texts: [CaseText], customers: [String?], sharedBy least: Int, seed: UInt64 = 1) {
        self.init(CaseBags(texts), customers: customers, sharedBy: least, seed: seed)
    }

    init(_ read: CaseBags, customers: [String?], sharedBy least: Int, seed: UInt64 = 1) {
        var numbers: [String: Int32] = [:]
        let owners = customers.map { customer in
            let number = numbers[customer ?? ""] ?? Int32(truncatingIfNeeded: numbers.count)
            numbers[customer ?? ""] = number
            return number
        }
        var generator = SplitMix64(seed: seed)
        self.init(read.bags, read.lexicon, sharedBy: least, owners: owners, using: &generator)
    }
}

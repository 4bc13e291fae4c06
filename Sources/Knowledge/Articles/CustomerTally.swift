/// How many customers have each of some things, up to a number beyond which nobody asks.
struct CustomerTally: Sendable {
    private let most: Int
    /// So many numbers of customers for each thing, -1 where there are fewer.
    private var customers: [Int32] = []

    /// Nobody has anything yet.
    ///
    /// - Parameter most: The most customers that are told apart, at least 1.
    init(most: Int) { self.most = most }

    /// The things, whose numbers are below this.
    var count: Int { customers.count / most }

    /// Makes room for so many things.
    mutating func grow(to count: Int) {
        while customers.count < count * most { customers.append(-1) }
    }

    /// Counts a customer who has a thing.
    mutating func add(_ customer: Int32, to thing: Int) {
        for place in thing * most..<(thing + 1) * most {
            if customers[place] == customer { return }
            if customers[place] < 0 {
                customers[place] = customer
                return
            }
        }
    }

    /// Whether so many customers have a thing, up to the most that are told apart.
    func has(_ thing: Int, by count: Int) -> Bool { customers[thing * most + count - 1] >= 0 }
}

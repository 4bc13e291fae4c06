/// Items in the order in which they first came, each once.
struct DistinctItems<Item: Hashable & Sendable>: Sendable {
    private(set) var items: [Item] = []
    private var known: Set<Item> = []

    mutating func add(_ item: Item) {
        if known.insert(item).inserted { items.append(item) }
    }
}

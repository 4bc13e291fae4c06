/// The cycles of a topology: groups of names that need each other, directly or over others.
///
/// They are its strongly connected components of more than one name, and the names that need themselves (R. Tarjan, "Depth-first search
/// and linear graph algorithms", SIAM Journal on Computing 1, 1972), found without recursion, so that a long chain is no danger.
enum TopologyCycles {
    /// Finds the cycles.
    ///
    /// - Returns: The names of each cycle in the order of their letters; the cycles in the order of their first names.
    /// - Complexity: O(links).
    static func find(_ links: [TopologyLink]) -> [[String]] {
        var numbers: [String: Int] = [:]
        var names: [String] = []
        var needs: [[Int]] = []
        func number(_ name: String) -> Int {
            if let known = numbers[name] { return known }
            numbers[name] = names.count
            names.append(name)
            needs.append([])
            return names.count - 1
        }
        var needsItself: Set<Int> = []
        for link in links {
            let (from, to) = (number(link.from), number(link.to))
            if from == to { needsItself.insert(from) }
            needs[from].append(to)
        }
        return components(needs).filter { $0.count > 1 || needsItself.contains($0[0]) }
            .map { $0.map { names[$0] }.sorted() }
            .sorted { $0[0] < $1[0] }
    }

    private static func components(_ needs: [[Int]]) -> [[Int]] {
        var found: [[Int]] = []
        var order = [Int](repeating: -1, count: needs.count)
        var lowest = order
        var isOpen = [Bool](repeating: false, count: needs.count)
        var open: [Int] = []
        var path: [(node: Int, next: Int)] = []
        var count = 0
        func enter(_ node: Int) {
            order[node] = count
            lowest[node] = count
            count += 1
            open.append(node)
            isOpen[node] = true
            path.append((node, 0))
        }
        for root in needs.indices where order[root] < 0 {
            enter(root)
            while let (node, next) = path.last {
                if next < needs[node].count {
                    path[path.count - 1].next += 1
                    let other = needs[node][next]
                    if order[other] < 0 {
                        enter(other)
                    } else if isOpen[other] {
                        lowest[node] = min(lowest[node], order[other])
                    }
                    continue
                }
                path.removeLast()
                if let above = path.last?.node { lowest[above] = min(lowest[above], lowest[node]) }
                guard lowest[node] == order[node] else { continue }
                var component: [Int] = []
                while let member = open.popLast() {
                    isOpen[member] = false
                    component.append(member)
                    if member == node { break }
                }
                found.append(component)
            }
        }
        return found
    }
}

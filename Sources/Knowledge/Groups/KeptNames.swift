/// The names that new groups take over from old ones: each that of the old group it shares most cases with, the largest overlap first, and none twice.
///
/// - Parameters:
///   - groups: The new group of each case.
///   - names: The name of the old group of each case; nil for one that was in none.
func keptNames<Name: Hashable & Comparable>(of groups: [Int], from names: [Name?]) -> [Int: Name] {
    var counts: [Overlap<Name>: Int] = [:]
    for (group, name) in zip(groups, names) {
        if let name { counts[Overlap(group: group, name: name), default: 0] += 1 }
    }
    var kept: [Int: Name] = [:]
    var taken: Set<Name> = []
    for (overlap, _) in counts.sorted(by: {
        (-$0.value, $0.key.group, $0.key.name) < (-$1.value, $1.key.group, $1.key.name)
    }) where kept[overlap.group] == nil && taken.insert(overlap.name).inserted {
        kept[overlap.group] = overlap.name
    }
    return kept
}

private struct Overlap<Name: Hashable>: Hashable {
    var group: Int
    var name: Name
}

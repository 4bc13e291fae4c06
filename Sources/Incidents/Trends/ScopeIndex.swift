internal import Algorithms
internal import Records

/// Finds the ordinary lines of an account, a deployment and a version, and where lines of these came from last.
struct ScopeIndex {
    private let scopes: [CountTable.Scope]
    /// The places of the ordinary cells of each account and of each deployment, in order of hour.
    private var ofAccount: [Int32: [Int]] = [:]
    private var ofDeployment: [Int32: [Int]] = [:]
    private let ordinary: ArraySlice<CountTable.Cell>
    /// The scopes of each account and of each deployment.
    private var scopesOfAccount: [Int32: [Int]] = [:]
    private var scopesOfDeployment: [Int32: [Int]] = [:]
    /// The hours with lines of each scope, in order.
    private var hours: [[Int32]]

    init(_ table: CountTable) {
        scopes = table.scopes
        ordinary = table.cells(of: -1)
        hours = [[Int32]](repeating: [], count: scopes.count)
        for (place, cell) in ordinary.enumerated() {
            let scope = scopes[Int(cell.scope)]
            if scope.account >= 0 { ofAccount[scope.account, default: []].append(place) }
            if scope.deployment >= 0 { ofDeployment[scope.deployment, default: []].append(place) }
        }
        for (number, scope) in scopes.enumerated() {
            if scope.account >= 0 { scopesOfAccount[scope.account, default: []].append(number) }
            if scope.deployment >= 0 { scopesOfDeployment[scope.deployment, default: []].append(number) }
        }
        for cell in table.cells where hours[Int(cell.scope)].last != cell.hour {
            hours[Int(cell.scope)].append(cell.hour)
        }
        for scope in hours.indices { hours[scope].sort() }
    }

    /// The places, among the ordinary cells, of those of a part, in order of hour.
    func ordinaryCells(of part: CountTable.Scope) -> [Int] {
        let near =
            part.account >= 0
            ? ofAccount[part.account] ?? []
            : part.deployment >= 0 ? ofDeployment[part.deployment] ?? [] : Array(0..<ordinary.count)
        return near.filter { holds(part, scopes[Int(ordinary[ordinary.startIndex + $0].scope)]) }
    }

    /// Where the lines of a part came from last at an hour, or first after it, with the account of the part; nil when it has none, or is all.
    func lastScope(of part: CountTable.Scope, at hour: Int32) -> CountTable.Scope? {
        let near =
            part.account >= 0
            ? scopesOfAccount[part.account] ?? []
            : part.deployment >= 0 ? scopesOfDeployment[part.deployment] ?? [] : []
        var best: (scope: Int, distance: Int64)?
        for number in near where holds(part, scopes[number]) {
            guard let distance = distance(hours[number], to: hour) else { continue }
            if best.map({ distance < $0.distance }) ?? true { best = (number, distance) }
        }
        return best.map { best in
            var scope = scopes[best.scope]
            scope.account = part.account
            return scope
        }
    }

    /// The hours since the last of some hours that is not after another one; where all are, the hours to the first one and many more.
    private func distance(_ hours: [Int32], to hour: Int32) -> Int64? {
        guard let first = hours.first else { return nil }
        let later = hours.partitioningIndex { $0 > hour }
        return later > 0 ? Int64(hour) - Int64(hours[later - 1]) : Int64(first) - Int64(hour) + Int64(UInt32.max)
    }

    private func holds(_ part: CountTable.Scope, _ scope: CountTable.Scope) -> Bool {
        (part.account < 0 || part.account == scope.account)
            && (part.deployment < 0 || part.deployment == scope.deployment)
            && (part.version < 0 || part.version == scope.version)
    }

    /// An order of scopes that does not depend on hashes.
    static func precedes(_ one: CountTable.Scope, _ other: CountTable.Scope) -> Bool {
        (one.account, one.deployment, one.version, one.environment, one.service)
            < (other.account, other.deployment, other.version, other.environment, other.service)
    }
}

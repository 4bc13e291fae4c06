internal import Records

/// Which deployments a region or an environment names, for records that name no deployment.
struct RegionNames: Sendable {
    /// What is the name of more deployments than these names none.
    private static let most = 64

    private var deployments: [UInt64: Set<Int32>] = [:]
    private var known = HashNumbers()

    init(_ directory: CustomerDirectory) {
        for (index, deployment) in directory.deployments.enumerated() {
            for text in [deployment.region, deployment.environment] where !text.isEmpty {
                deployments[NameHash(text.utf8).finished, default: []].insert(Int32(truncatingIfNeeded: index))
            }
        }
        deployments = deployments.filter { $0.value.count <= Self.most }
        for hash in deployments.keys.sorted() { _ = known.add(hash) }
    }

    /// Whether a value is such a name.
    @inline(__always)
    func isName(_ hash: UInt64) -> Bool { known[hash] != nil }

    /// The one deployment that some names have in common.
    func deployment(_ areas: [UInt64]) -> Int32? {
        var left: Set<Int32>?
        for area in areas {
            guard let some = deployments[area] else { continue }
            left = left.map { $0.intersection(some) } ?? some
        }
        guard let left, left.count == 1 else { return nil }
        return left.first
    }
}

internal import Algorithms

/// When the rises of a signature were told, by scope.
struct Detections {
    /// In order, for rises of everything, of deployments and of accounts.
    private var times: [[Double]] = [[], [], []]
    private var ofScope: [Traffic.Scope: [Double]] = [:]

    init(_ rises: [Rise]) {
        for rise in rises {
            times[Self.kind(rise.scope)].append(rise.detectedAt)
            ofScope[rise.scope, default: []].append(rise.detectedAt)
        }
        for kind in times.indices { times[kind].sort() }
    }

    /// The first time in that of a rise at which it, or one of another kind of scope, was told; nil when none was.
    func first(overlapping rise: Rise) -> Double? {
        let own = Self.kind(rise.scope)
        var found = ofScope[rise.scope]?.filter { $0 >= rise.start && $0 <= rise.end }.min()
        for kind in times.indices where kind != own {
            let place = times[kind].partitioningIndex { $0 >= rise.start }
            guard place < times[kind].count, times[kind][place] <= rise.end else { continue }
            found = min(found ?? .infinity, times[kind][place])
        }
        return found
    }

    private static func kind(_ scope: Traffic.Scope) -> Int {
        switch scope {
        case .everything: 0
        case .deployment: 1
        case .account: 2
        }
    }
}

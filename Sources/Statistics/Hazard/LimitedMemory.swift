internal import LinearAlgebra

/// The curvature of a function along its latest steps, on top of a preconditioner (L-BFGS).
///
/// Source: Nocedal and Wright 2006, *Numerical Optimization*, algorithm 7.4; the preconditioner takes the place of the scaled identity.
struct LimitedMemory {
    private static let largestCount = 8

    private var pairs: [(step: [Double], change: [Double], curvature: Double)] = []

    /// Notes a step and the change of the descending gradient along it; a step along which the gradient does not fall is left out.
    mutating func note(step: [Double], change: [Double]) {
        let curvature = dot(step, change)
        guard curvature > 1e-14 * dot(change, change) else { return }
        pairs.append((step, change, curvature))
        if pairs.count > Self.largestCount { pairs.removeFirst() }
    }

    /// The ascending direction at a gradient.
    func direction(_ gradient: [Double], preconditioner: ([Double]) -> [Double]) -> [Double] {
        var direction = gradient
        var shares: [Double] = []
        for pair in pairs.reversed() {
            let share = dot(pair.step, direction) / pair.curvature
            for position in direction.indices { direction[position] -= share * pair.change[position] }
            shares.append(share)
        }
        direction = preconditioner(direction)
        for (pair, share) in zip(pairs, shares.reversed()) {
            let rest = share - dot(pair.change, direction) / pair.curvature
            for position in direction.indices { direction[position] += rest * pair.step[position] }
        }
        return direction
    }
}

/// Every statement that a desk logs, by number.
struct StatementBook {
    private(set) var statements: [Statement] = []
    /// For each function its statements on good requests.
    private(set) var ordinary: [Range<Int>] = []
    /// For each function what goes wrong on good days.
    private(set) var failures: [Range<Int>] = []
    private(set) var machinery: Range<Int> = 0..<0
    /// For each trouble its causes.
    private(set) var causes: [Range<Int>] = []
    /// For each trouble and function its outcome.
    private(set) var outcomes: [[Int?]] = []
    /// For each trouble what the component says of itself.
    private(set) var component: [Range<Int>] = []
    /// For each failing job its statement.
    private(set) var jobs: Range<Int> = 0..<0
    /// What a service says of an account that asks too much, for each trouble.
    private(set) var limits: Range<Int> = 0..<0

    init(product: Product, plan: TroublePlan, _ draw: inout Draw) {
        for function in product.functions {
            ordinary.append(add(function.ordinary))
            failures.append(add(function.failures))
        }
        machinery = add(product.machinery)
        for trouble in plan.troubles {
            causes.append(add(trouble.causes.map(\.statement)))
            outcomes.append(
                trouble.outcomes.map { statement in
                    guard let statement else { return nil }
                    return add([statement]).lowerBound
                })
            component.append(add(trouble.component))
        }
        jobs = add(plan.jobs.map(\.statement))
        limits = add(
            plan.troubles.map { _ in
                var statement = product.forge.statement(
                    [
                        "throttling V N, {n} waiting", "rate limit reached, {n} queued",
                        "too many requests for N: {n}/s",
                    ], 13, 0,
                    product.functions[0].verb, product.functions[0].noun, &draw)
                if statement.naming == .none { statement.naming = .attribute }
                return statement
            })
    }

    private mutating func add(_ more: [Statement]) -> Range<Int> {
        statements += more
        return statements.count - more.count..<statements.count
    }
}

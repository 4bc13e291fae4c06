internal import Glibc

/// What the failing requests of a deployment tell of how many of its accounts are hurt, where no line names any.
struct FailingRequests {
    private var requests: Set<UInt64> = []
    /// Lines of no request, as a machine writes them of itself.
    private var others = 0

    mutating func add(_ line: AccountLine) {
        if line.unit == 0 { others += 1 } else { requests.insert(line.unit) }
    }

    /// What the share of accounts that are hurt lies between.
    ///
    /// No more can be than there are requests to fail, which fall on accounts as they may: of a accounts r of them leave out `e^(-r/a)`. And when all that
    /// those accounts do fails, it is the share of failing requests among all that is done there; when less fails, more accounts have failures. What a
    /// machine says of itself tells neither.
    ///
    /// - Parameters:
    ///   - accounts: The accounts of the deployment.
    ///   - ordinary: Its ordinary lines in the same time.
    func attackRate(accounts: Int, ordinary: Double) -> ClosedRange<Double> {
        let failed = Double(requests.count)
        guard failed > 0, accounts > 0 else { return 0...1 }
        let most = others > 0 ? 1 : 1 - exp(-failed / Double(accounts))
        return most * failed / (failed + ordinary)...most
    }
}

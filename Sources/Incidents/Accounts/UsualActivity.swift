internal import Records

/// How much each account usually does, by its ordinary lines before a time.
struct UsualActivity {
    private let traffic: Traffic
    private let directory: CustomerDirectory

    init(_ traffic: Traffic, _ directory: CustomerDirectory) {
        self.traffic = traffic
        self.directory = directory
    }

    /// The ordinary lines to expect of an account in a stretch of time; nil when it never had one, so that nobody sees what it does.
    func expected(_ account: Int32, from: Double, to: Double) -> Double? {
        let before = from - traffic.start
        let scope = Traffic.Scope.account(account)
        guard before > 0 else { return nil }
        let lines = traffic.lines(scope, from: traffic.start, to: from)
        guard lines > 0 else {
            // It may be new.
            let now = traffic.lines(scope, from: from, to: to)
            return now > 0 ? now : nil
        }
        return lines / before * max(to - from, 60) * traffic.ratio(.everything, from: from, to: to)
    }

    /// The ordinary lines that it had.
    func observed(_ account: Int32, from: Double, to: Double) -> Double {
        traffic.lines(.account(account), from: from, to: to)
    }
}

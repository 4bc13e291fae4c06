/// Something that makes requests fail for a while, or only seems to.
struct Effect: Sendable {
    /// Hours from the start of the logs.
    var start: Double
    var end: Double
    /// The accounts whose requests fail.
    var accounts: [Int]
    /// What their lines say, with the share of the failures and the delay in hours after which each begins.
    var phrases: [(phrase: Phrase, share: Double, delay: Double)]
    /// Failing lines for each request that the account would have made.
    var intensity: Double
    /// By what the intensity grows a day; 1 when it is level from the start.
    var growth = 1.0
    /// The lines of each failure: clients try again.
    var retries = 1
    /// The share of the ordinary requests that are still made.
    var remaining = 1.0
    /// Whether it is an incident; otherwise nobody is hurt.
    var isIncident = true
    /// Tickets that come without anything in the logs.
    var floodTickets = 0
    /// An account that makes load, and by what its requests grow.
    var load: (account: Int, factor: Double)?

    /// How strong it is at an hour, 0 outside its time.
    func strength(at hour: Double) -> Double {
        guard hour >= start, hour < end else { return 0 }
        guard growth > 1 else { return intensity }
        var strength = intensity
        var left = (end - hour) / 24
        while left > 0 {
            strength /= left >= 1 ? growth : 1 + (growth - 1) * left
            left -= 1
        }
        return strength
    }
}

/// What goes wrong in a simulated world, for whom and when.
struct Trouble {
    /// Whose requests can fail.
    struct Scope {
        /// For each deployment whether it is in it.
        var deployments: [Bool]
        /// For each function whether it is in it.
        var functions: [Bool]
        /// The part of the deployments; nil for all of it.
        var shard: Int?
        /// For each account whether it is in it; nil for all.
        var accounts: [Bool]?

        func holds(_ request: Request, of account: ImpactAccount) -> Bool {
            deployments[request.deployment] && functions[request.function]
                && (shard.map { $0 == account.shard } ?? true)
                && (accounts?[request.account] ?? true)
        }
    }

    /// How likely a request in scope fails in the course of time.
    enum Course {
        case steady
        /// From nothing to the full chance, in proportion to the time.
        case rising
        /// On and off: minutes of a period, and how many of them are on.
        case pulses(period: Double, on: Double)
    }

    var start: Double
    var end: Double
    var scope: Scope
    var course: Course
    /// The chance to fail at full strength.
    var chance: Double
    /// What a failing request logs where it fails: one of these, each as often as it says.
    var causes: [(statement: Statement, weight: Double)]
    /// For each function what the service that users reach first logs of a failure; nil where it logs nothing.
    var outcomes: [Statement?]
    /// What the failing component logs of itself, and how often an hour.
    var component: [Statement]
    var componentPerHour: Double
    /// The mean number of times that a cause is logged for one failure.
    var repeats: Double
    var writing: WritingHabits
    /// The account whose load causes it; nil where none does.
    var noisy: Int?
    /// Words that those who write know.
    var words: TroubleWords

    func chance(at time: Double) -> Double {
        guard time >= start, time < end else { return 0 }
        switch course {
        case .steady: return chance
        case .rising: return chance * (time - start) / (end - start)
        case .pulses(let period, let on):
            let place = (time - start).truncatingRemainder(dividingBy: period * 60)
            return place < on * 60 ? chance : chance / 20
        }
    }
}

/// How those who are hurt write.
struct WritingHabits {
    /// The share of hurt accounts that write.
    var share: Double
    /// The median of the minutes from the first failure to the ticket.
    var delayMinutes: Double
    /// The share of tickets that do not say what failed.
    var vagueShare: Double
}

/// What users see of a trouble.
struct TroubleWords {
    var function: String
    var noun: String
    var message: String
}

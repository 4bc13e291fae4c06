import Statistics

/// The tickets of a desk, in order of time.
///
/// Ordinary ones keep office hours and come in over-dispersed numbers a day (negative binomial, size 4; tickets.md, section 5).
struct DeskTickets {
    private(set) var tickets: [DeskTicket] = []
    let habits: TicketHabits

    init(of traffic: DeskTraffic, isHard: Bool, _ draw: inout Draw) {
        habits = TicketHabits(&draw)
        let writer = TicketWriter(world: traffic.world, isHard: isHard)
        addOrdinary(traffic.world, writer, &draw)
        for index in traffic.plan.troubles.indices { addHurt(by: index, traffic, writer, &draw) }
        for flood in traffic.plan.floods { add(flood, traffic.world, writer, &draw) }
        tickets.sort { ($0.time, $0.account) < ($1.time, $1.account) }
    }

    private mutating func addOrdinary(_ world: ImpactWorld, _ writer: TicketWriter, _ draw: inout Draw) {
        let weights = world.accounts.map { $0.activity.squareRoot() }
        let firstDay = Int(world.start / 86_400) + 3
        for day in 0..<world.size.days {
            let share = Arrivals.weekdayShares[(firstDay + day) % 7] / 100 * 7
            let mean = habits.perAccountAndDay * Double(world.accounts.count) * share
            for _ in 0..<draw.generator.negativeBinomial(mean: mean, size: 4) {
                let account = draw.index(weights: weights)
                let hour = draw.index(weights: Arrivals.hourShares) - world.accounts[account].zone
                let time = world.start + Double(day) * 86_400 + (Double(hour) + draw.uniform()) * 3_600
                guard time > world.start, time < world.end else { continue }
                tickets.append(writer.ordinary(at: time, account, &draw))
            }
        }
    }

    private mutating func addHurt(by index: Int, _ traffic: DeskTraffic, _ writer: TicketWriter, _ draw: inout Draw) {
        let trouble = traffic.plan.troubles[index]
        let delay = trouble.writing.delayMinutes * 60
        for (account, harm) in traffic.harm[index].enumerated() where harm.failed > 0 {
            // Who is hurt more writes more: the share is that of an account with three failures.
            let chance = 1 - (0..<harm.failed).reduce(1.0) { rest, _ in rest * (1 - trouble.writing.share / 3) }
            var time = harm.first
            while draw.chance(min(0.95, chance)) {
                time += 240 + draw.logNormal(median: delay, deviation: 0.7)
                guard time < traffic.world.end else { break }
                let isVague = draw.chance(trouble.writing.vagueShare)
                tickets.append(writer.hurt(at: time, account, by: trouble, number: index, isVague: isVague, &draw))
                guard draw.chance(0.15) else { break }
            }
        }
    }

    private mutating func add(_ flood: TicketFlood, _ world: ImpactWorld, _ writer: TicketWriter, _ draw: inout Draw) {
        for account in flood.accounts {
            let time = flood.start + draw.exponential(mean: flood.hours * 1_200)
            guard time < world.end else { continue }
            tickets.append(writer.asking(flood.subject, at: time, account, &draw))
        }
    }
}

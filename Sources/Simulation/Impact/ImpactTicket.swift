import Statistics

/// A ticket of a simulated desk.
struct ImpactTicket: Sendable {
    var hour: Double
    var account: Int
    var subject: String
    var body: String
    var category: String
    /// The number of the effect that caused it; -1 when none did.
    var effect: Int

    /// Tickets an hour of an account at any time: about one in two weeks.
    private static let usual = 1.0 / 336

    /// The tickets in order of opening.
    static func tickets(
        _ world: ImpactWorld, _ grade: ImpactGrade, _ effects: [Effect], firstFailures: [[Int: Double]], hours: Double,
        using generator: inout some RandomNumberGenerator
    ) -> [ImpactTicket] {
        var tickets: [ImpactTicket] = []
        for account in world.accounts.indices {
            for _ in 0..<generator.poisson(mean: usual * hours) {
                tickets.append(ordinary(account, at: generator.uniform() * hours, using: &generator))
            }
        }
        for (number, effect) in effects.enumerated() {
            for account in firstFailures[number].keys.sorted() {
                guard let first = firstFailures[number][account], generator.uniform() < world.accounts[account].writes
                else { continue }
                let hour = first + generator.logNormal(logMean: -0.3, logStandardDeviation: 1)
                guard hour < hours else { continue }
                tickets.append(about(effect, number, account, at: hour, world, grade, using: &generator))
            }
            for _ in 0..<effect.floodTickets {
                let hour = effect.start + generator.uniform() * (effect.end - effect.start)
                var ticket = ordinary(generator.index(world.accounts.count), at: hour, using: &generator)
                ticket.subject = "question about the new price list"
                tickets.append(ticket)
            }
        }
        return tickets.sorted { ($0.hour, $0.account) < ($1.hour, $1.account) }
    }

    private static func ordinary(
        _ account: Int, at hour: Double, using generator: inout some RandomNumberGenerator
    ) -> ImpactTicket {
        let category = generator.pick(Vocabulary.categories)
        let object = generator.pick(category.objects)
        let symptom = generator.pick(Vocabulary.symptoms)
        return ImpactTicket(
            hour: hour, account: account, subject: "\(object) \(symptom)",
            body: "Our \(object) is \(symptom) \(generator.pick(Vocabulary.endings)).", category: category.name,
            effect: -1)
    }

    private static func about(
        _ effect: Effect, _ number: Int, _ account: Int, at hour: Double, _ world: ImpactWorld, _ grade: ImpactGrade,
        using generator: inout some RandomNumberGenerator
    ) -> ImpactTicket {
        let phrase = generator.pick(effect.phrases.map(\.phrase))
        var words = phrase.words.filter { _ in generator.uniform() < (grade == .easy ? 0.9 : 0.45) }
        if grade == .hard, generator.uniform() < 0.3 { words = ["something", "fails", "since", "today"] }
        let service = world.services[phrase.service]
        return ImpactTicket(
            hour: hour, account: account, subject: words.prefix(5).joined(separator: " "),
            body: "We get \(words.joined(separator: " ")) \(generator.uniform() < 0.4 ? "in " + service : "").",
            category: generator.uniform() < 0.5 ? service : "", effect: number)
    }
}

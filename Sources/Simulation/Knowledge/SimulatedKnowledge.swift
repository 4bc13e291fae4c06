public import Records

/// A simulated support desk whose problems recur, with the truth written down.
///
/// The product, its customers, the problems and what solves them are drawn from the seed. Every ticket is put into words of its own: other
/// names of the same thing, other sentences, details, typing errors, mails inside of mails, lines of logs. Names, addresses, secrets and the
/// names of companies, hosts and orders stand in the texts as people write them, and are listed as canaries.
public struct SimulatedKnowledge: Sendable {
    /// What it was drawn from.
    public let scenario: KnowledgeScenario
    /// The first and the last second of the desk.
    public let start: Instant
    /// The last second of the desk, when it is seen: later tickets, answers and resolutions are not known.
    public let end: Instant
    /// The tickets in order of opening.
    public let tickets: [KnowledgeTicket]
    /// The messages, by ticket in order of opening, and by time within a ticket.
    public let messages: [KnowledgeMessage]
    /// The support team.
    public let agents: [KnowledgeAgent]
    /// The published articles in order of time.
    public let articles: [KnowledgeArticle]
    /// What was done with the articles, in order of time.
    public let uses: [ArticleUse]
    /// What is really true.
    public let truth: KnowledgeTruth
    /// The files that say who the customers are and what they run.
    let customerFiles: [DeskFile]

    init(_ scenario: KnowledgeScenario, seed: UInt64) {
        let isHard = scenario.grade == .hard
        let habits = KnowledgeHabits.of(scenario.grade)
        var draw = Draw(seed: seed &* 0x9E37_79B9_7F4A_7C15 &+ (isHard ? 0x4B47 : 0x4B46))
        let world = Self.world(of: scenario, &draw)
        let sizes = ProblemSizes.sizes(tickets: scenario.ticketCount, &draw)
        let product = KnowledgeProduct(
            of: world.product.trade, problems: sizes.count, habits: habits, &draw)
        let train = ReleaseTrain(of: world, &draw)
        let forge = ProblemForge(
            sizes: sizes, product: product, train: train, habits: habits, weeks: KnowledgeArrivals.weeks, &draw)
        let arrivals = KnowledgeArrivals(
            of: forge.problems, tickets: scenario.ticketCount, start: world.start, habits: habits, isHard: isHard, &draw
        )
        let form = TicketHabits(&draw)
        let staff = KnowledgeStaff(
            groups: form.groups, tickets: scenario.ticketCount, start: world.start, end: world.end, &draw)
        let book = KnowledgeBook(
            world: world, staff: staff, train: train, forge: forge, arrivals: arrivals, form: form, habits: habits,
            isHard: isHard, &draw)
        let context = ContextFiles(world: world, releases: train.releases, isHard: isHard)
        customerFiles = [
            DeskFile(name: "organizations.ndjson", contents: context.organizations(&draw)),
            DeskFile(name: "accounts.ndjson", contents: context.accounts(&draw)),
            DeskFile(name: "deployments.ndjson", contents: context.deployments(&draw)),
            DeskFile(name: "contacts.ndjson", contents: context.contacts(&draw)),
            DeskFile(name: "aliases.ndjson", contents: context.aliases(&draw)),
            DeskFile(name: "releases.ndjson", contents: context.releases(&draw)),
        ]
        self.scenario = scenario
        (start, end) = (Instant(seconds: world.start), Instant(seconds: world.end))
        (tickets, messages, uses, agents) = (book.tickets, book.messages, book.uses, staff.agents)
        articles = book.published(&draw)
        truth = book.truth
    }

    private static func world(of scenario: KnowledgeScenario, _ draw: inout Draw) -> ImpactWorld {
        let isHard = scenario.grade == .hard
        let size = WorldSize(
            days: KnowledgeArrivals.weeks * 7, accounts: max(12, min(4_000, scenario.ticketCount / 25)),
            sharedDeployments: 4, dedicatedDeployments: 3, customisedDeployments: 1, regions: 3, requestsPerDay: 0)
        let naming = NamingHabits(isHard: isHard, isSparse: false, &draw)
        // A Monday at midnight UTC in 2024 or 2025.
        let start = 1_704_067_200 + Double(draw.number(0...51)) * 7 * 86_400
        return ImpactWorld(
            size: size, product: Product(namesAccounts: naming, &draw),
            habits: LogHabits(isHard: isHard, needsObservedTime: false, &draw), start: start, isHard: isHard, &draw)
    }
}

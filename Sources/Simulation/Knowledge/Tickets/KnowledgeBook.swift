import Records

/// The tickets of a desk while they are written, one after the other in order of time.
struct KnowledgeBook {
    let world: ImpactWorld
    let staff: KnowledgeStaff
    let train: ReleaseTrain
    let forge: ProblemForge
    let arrivals: KnowledgeArrivals
    let form: TicketHabits
    let habits: KnowledgeHabits
    let isHard: Bool

    private(set) var tickets: [KnowledgeTicket] = []
    private(set) var messages: [KnowledgeMessage] = []
    var uses: [ArticleUse] = []
    private(set) var ticketSolutions: [KnowledgeTruth.Applied] = []
    private(set) var attempts: [KnowledgeTruth.Applied] = []
    private(set) var wrongSolutions: [KnowledgeTruth.Applied] = []
    private(set) var answers: [KnowledgeTruth.Answer] = []
    private(set) var canaries: Set<String> = []
    /// The tickets of each problem, as indices, and the versions that their deployments ran.
    private(set) var ticketsOfProblem: [[Int]]
    private(set) var versionsOfProblem: [Set<Int>]

    /// The last ticket of each problem that was no duplicate, and who wrote it.
    private var last: [Earlier?]
    private var oneOffs: OneOffForge
    private let articleOfProblem: [Int: Int]
    private let activity: [Double]

    private struct Earlier {
        var ticket: Int
        var account: Int
        var user: Int
    }

    init(
        world: ImpactWorld, staff: KnowledgeStaff, train: ReleaseTrain, forge: ProblemForge,
        arrivals: KnowledgeArrivals, form: TicketHabits, habits: KnowledgeHabits, isHard: Bool, _ draw: inout Draw
    ) {
        (self.world, self.staff, self.train, self.forge) = (world, staff, train, forge)
        (self.arrivals, self.form, self.habits, self.isHard) = (arrivals, form, habits, isHard)
        ticketsOfProblem = forge.problems.map { _ in [] }
        versionsOfProblem = forge.problems.map { _ in [] }
        last = forge.problems.map { _ in nil }
        oneOffs = OneOffForge(product: forge.product, taken: forge.taken)
        activity = world.accounts.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.activity.squareRoot()) }
        articleOfProblem = Dictionary(
            uniqueKeysWithValues: arrivals.articles.enumerated().map { ($1.problem, $0) })
        for arrival in arrivals.arrivals { write(arrival, &draw) }
        addReaders(&draw)
        uses.sort { ($0.time, $0.article, $0.ticket ?? "") < ($1.time, $1.article, $1.ticket ?? "") }
    }

    static func article(_ index: Int) -> String { "KB\(101 + index)" }
    static func solution(_ index: Int) -> String { "solution-\(index + 1)" }

    private mutating func write(_ arrival: KnowledgeArrivals.Arrival, _ draw: inout Draw) {
        let index = tickets.count
        let time = arrival.time
        let earlier = arrival.problem.flatMap { last[$0] }.flatMap {
            time - tickets[$0.ticket].openedAt.seconds < 10 * 86_400 ? $0 : nil
        }
        // Some write once more before anybody has answered.
        let again = draw.chance(0.07) ? earlier : nil
        let someone = activity.insertionPoint(of: draw.uniform() * (activity.last ?? 1))
        let account = again?.account ?? min(world.accounts.count - 1, someone)
        let users = world.accounts[account].users
        let user = again.flatMap { draw.chance(0.5) ? $0.user : nil } ?? draw.number(0...users.count - 1)
        let isDuplicate = earlier != nil && draw.chance(again == nil ? 0.015 : isHard ? 0.45 : 0.8)

        let problem = arrival.problem.map { forge.problems[$0] }
        let component = problem?.component ?? draw.number(0...forge.product.components.count - 1)
        let oneOffWords = problem == nil ? oneOffs.words(component, &draw) : nil
        let isAtHome = draw.chance(isHard ? 0.88 : 0.97)
        let group = isAtHome ? component % staff.groups.count : draw.number(0...staff.groups.count - 1)
        let version = train.version(of: world.accounts[account].deployments[0], at: time)
        var ticket = TicketCase(
            time: time, problem: problem, account: world.accounts[account], user: users[user],
            agent: staff.agent(of: group, at: time, &draw), channel: draw.one(of: form.channels),
            version: train.versions[version].name, words: problem?.words ?? oneOffWords?.words ?? Words(),
            habits: habits, &draw)
        ticket.words[.ticket] = form.id(index)
        let oneOff = oneOffWords.map { oneOffs.oneOff(&ticket, thing: $0.thing, &draw) }
        let voice = CustomerVoice(habits: habits, isHard: isHard)
        let (subject, body) = voice.message(&ticket, oneOff: oneOff, &draw)
        canaries.formUnion(ticket.takePlanted())

        let isFiled = draw.chance(isHard ? 0.93 : 1)
        let wrongCategory = isHard && draw.chance(0.15)
        let category = wrongCategory ? draw.one(of: forge.product.components) : forge.product.components[component]
        var record = KnowledgeTicket(
            id: form.id(index), openedAt: Instant(seconds: time), account: world.accounts[account].id,
            contact: users[user].contact, channel: ticket.channel, subject: subject, body: body,
            priority: form.priorities[draw.index(weights: [0.03, 0.12, 0.75, 0.1])],
            category: isFiled ? category : nil, group: staff.groups[group], assignee: ticket.agent.id, resolution: "")

        let article = arrival.problem.flatMap { articleOfProblem[$0] }.flatMap {
            arrivals.articles[$0].publishedAt < time ? $0 : nil
        }
        let isLinked = !isDuplicate && draw.chance(habits.linked)
        let writer = ConversationWriter(
            problems: forge.problems, solutions: forge.solutions, habits: habits, isHard: isHard)
        let talk = writer.conversation(
            of: &ticket, oneOff: oneOff, earlier: isDuplicate ? earlier.map { tickets[$0.ticket].id } : nil,
            article: isLinked ? article.map(Self.article) : nil, &draw)
        if isDuplicate { record.duplicateOf = earlier.map { tickets[$0.ticket].id } }
        let minutes = minutes(of: talk, problem, article: isLinked ? article : nil, &draw)
        add(talk, to: &record, of: problem, minutes: minutes, article: article, &draw)
        if let oneOff, record.resolvedAt != nil {
            answers.append(KnowledgeTruth.Answer(ticket: record.id, text: oneOff.answer))
        }
        if let article, draw.chance(0.25) {
            use(article, at: time - Double(draw.number(60...1_800)), .viewed, nil)
            use(article, at: time, .unsolved, record.id)
        }
        if let number = arrival.problem {
            ticketsOfProblem[number].append(index)
            versionsOfProblem[number].insert(version)
            if !isDuplicate { last[number] = Earlier(ticket: index, account: account, user: user) }
        }
        tickets.append(record)
    }

    private func minutes(
        of talk: Conversation, _ problem: RecurringProblem?, article: Int?, _ draw: inout Draw
    ) -> Double {
        if talk.isDuplicate { return draw.logNormal(median: 5, deviation: 0.5) }
        let factor = (article.map { arrivals.articles[$0].minutesFactor } ?? 1) * (talk.attempt == nil ? 1 : 1.5)
        return factor
            * draw.logNormal(median: problem?.medianMinutes ?? 45, deviation: RecurringProblem.minutesDeviation)
    }

    /// Spreads the turns over the time to the resolution, and leaves out what lies after the end of the desk.
    private mutating func add(
        _ talk: Conversation, to record: inout KnowledgeTicket, of problem: RecurringProblem?, minutes: Double,
        article: Int?, _ draw: inout Draw
    ) {
        let opened = record.openedAt.seconds
        let work = draw.logNormal(median: 0.3, deviation: 1) + minutes / 60
        // Nobody answers at night, so the turns share the hours of work and not those of the clock.
        func after(_ share: Double) -> Double {
            opened + (DeskClock.office.wallHours(forWork: work * share, from: opened) * 3_600).rounded()
        }
        let resolved = max(opened + 120, after(1))
        let turns = Double(talk.turns.count + 1)
        var wrong: Int?
        for (place, turn) in talk.turns.enumerated() {
            let share = (Double(place + 1) + draw.uniform(-0.3...0.3)) / turns
            let time = turn.side == .system ? opened + 20 : max(opened + 30, after(share))
            guard add(turn, of: record, at: time) else { break }
            if turn.isLink, let article { use(article, at: time, .linked, record.id) }
            guard let solution = turn.solution else { continue }
            if solution == talk.attempt {
                attempts.append(applied(record, solution))
            } else {
                wrong = solution
            }
        }
        if resolved < world.end {
            record.resolvedAt = Instant(seconds: resolved)
            record.handlingMinutes = minutes
            record.resolution = talk.resolution
            canaries.formUnion(talk.planted)
            wrong = talk.wrong
            if let problem { ticketSolutions.append(applied(record, problem.solution(at: opened))) }
            if let thanks = talk.thanks {
                _ = add(thanks, of: record, at: resolved + Double(draw.number(60...7_200)))
            }
        }
        if let wrong { wrongSolutions.append(applied(record, wrong)) }
    }

    private func applied(_ record: KnowledgeTicket, _ solution: Int) -> KnowledgeTruth.Applied {
        KnowledgeTruth.Applied(ticket: record.id, solution: Self.solution(solution))
    }

    /// Adds a message unless its time has not come when the desk is last seen; says whether it has.
    private mutating func add(_ turn: Conversation.Turn, of record: KnowledgeTicket, at time: Double) -> Bool {
        guard time < world.end else { return false }
        let author =
            switch turn.side {
            case .agent: record.assignee
            case .customer: record.contact ?? ""
            case .system: ""
            }
        messages.append(
            KnowledgeMessage(
                ticket: record.id, time: Instant(seconds: time), side: turn.side, isPublic: turn.isPublic,
                channel: record.channel, author: author, text: turn.text))
        canaries.formUnion(turn.planted)
        return true
    }

    private mutating func use(_ article: Int, at time: Double, _ kind: ArticleUse.Kind, _ ticket: String?) {
        // Nobody reads an article before it is out.
        guard time >= arrivals.articles[article].publishedAt, time < world.end else { return }
        uses.append(
            ArticleUse(article: Self.article(article), time: Instant(seconds: time), kind: kind, ticket: ticket))
    }

    /// Adds those who read an article and did not write, some of them because it helped.
    private mutating func addReaders(_ draw: inout Draw) {
        for (index, article) in arrivals.articles.enumerated() {
            for time in arrivals.prevented[index] {
                use(index, at: time, .viewed, nil)
                if draw.chance(0.35) { use(index, at: time + Double(draw.number(30...600)), .solved, nil) }
            }
            let later = ticketsOfProblem[article.problem].count { tickets[$0].openedAt.seconds > article.publishedAt }
            for _ in 0..<draw.poisson(2 + 0.4 * Double(later)) {
                let time = (article.publishedAt + draw.uniform() * (world.end - article.publishedAt)).rounded()
                use(index, at: time, .viewed, nil)
                // Some press the button without a problem.
                if draw.chance(0.08) { use(index, at: time + Double(draw.number(30...600)), .solved, nil) }
            }
        }
    }
}

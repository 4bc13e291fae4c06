/// Makes the recurring problems of a desk and what solves them.
struct ProblemForge {
    let product: KnowledgeProduct
    let train: ReleaseTrain
    let habits: KnowledgeHabits
    let weeks: Int
    private(set) var problems: [RecurringProblem] = []
    private(set) var solutions: [SolutionTexts] = []
    /// The things and failure modes that are taken; one-off tickets keep away from them.
    private(set) var taken: Set<Complaint> = []
    private var paired: Set<Int> = []
    /// The triggers of the problems, as indices.
    private var triggers: [Int] = []
    private var nextCode: Int

    /// What goes wrong with what.
    struct Complaint: Hashable {
        var thing: KnowledgeProduct.Thing
        var mode: Int
    }

    init(
        sizes: [Double], product: KnowledgeProduct, train: ReleaseTrain, habits: KnowledgeHabits, weeks: Int,
        _ draw: inout Draw
    ) {
        (self.product, self.train, self.habits, self.weeks) = (product, train, habits, weeks)
        nextCode = draw.number(1_000...4_000)
        // The same few attempts are made at all problems.
        for steps in SolutionSteps.attempts {
            var words = Words()
            words[.component] = "the server"
            words[.object] = "entry"
            solutions.append(SolutionTexts(steps: [steps], words: words, count: 3, &draw))
        }
        for size in draw.some(sizes.count, of: sizes) { add(size: size, &draw) }
    }

    private mutating func add(size: Double, _ draw: inout Draw) {
        let twin = draw.chance(habits.pairs) ? pairable(&draw) : nil
        let component = twin.map { problems[$0].component } ?? draw.number(0...product.components.count - 1)
        let complaint =
            twin.map { Complaint(thing: problems[$0].thing, mode: problems[$0].mode) }
            ?? newComplaint(of: component, &draw)
        taken.insert(complaint)
        var trigger = draw.number(0...Triggers.all.count - 1)
        if let twin {
            trigger = (triggers[twin] + draw.number(1...Triggers.all.count - 1)) % Triggers.all.count
            paired.formUnion([twin, problems.count])
        }
        triggers.append(trigger)
        let words = words(component, complaint, &draw)
        let mode = FailureMode.all[complaint.mode]
        let causes = (0..<3).map { _ in Prose.sentence(draw.one(of: mode.causes).filled(words, &draw) + ".") }
        var problem = RecurringProblem(
            component: component, thing: complaint.thing, mode: complaint.mode, trigger: Triggers.all[trigger],
            words: words, causes: causes, solution: solutions.count, size: size, course: Course(weeks: weeks, &draw),
            medianMinutes: draw.logNormal(median: 70, deviation: 0.7))
        let variants = 4 + Int(min(8, size / 20))
        solutions.append(
            SolutionTexts(steps: SolutionTexts.steps(for: mode, &draw), words: words, count: variants, &draw))
        if size >= 8, draw.chance(habits.changing) {
            let release = train.versions[draw.number(train.versions.count / 3...train.versions.count - 2)]
            problem.words[.newVersion] = release.name
            let steps = [draw.one(of: SolutionSteps.upgrade)]
            problem.change = (release.time, solutions.count)
            solutions.append(SolutionTexts(steps: steps, words: problem.words, count: variants, &draw))
        }
        if draw.chance(0.35) { problem.attempt = draw.number(0...SolutionSteps.attempts.count - 1) }
        problems.append(problem)
    }

    private mutating func pairable(_ draw: inout Draw) -> Int? {
        guard !problems.isEmpty else { return nil }
        let index = draw.number(0...problems.count - 1)
        return paired.contains(index) ? nil : index
    }

    /// A thing and a mode that are free; on a full component the last one drawn.
    private func newComplaint(of component: Int, _ draw: inout Draw) -> Complaint {
        var complaint = Complaint(thing: draw.one(of: product.things[component]), mode: 0)
        for _ in 0..<50 {
            complaint.mode = draw.number(0...FailureMode.all.count - 1)
            guard taken.contains(complaint) else { break }
            complaint.thing = draw.one(of: product.things[component])
        }
        return complaint
    }

    private mutating func words(_ component: Int, _ complaint: Complaint, _ draw: inout Draw) -> Words {
        var words = Words()
        words[.product] = product.name
        words[.component] = product.components[component]
        words[.object] = complaint.thing.names[0]
        words[.objects] = NounSynonyms.plural(of: complaint.thing.names[0])
        words[.setting] = "\(draw.one(of: SolutionSteps.settings)) \(draw.one(of: SolutionSteps.settingObjects))"
        words[.value] = String(draw.number(2...240))
        words[.menu] = "\(draw.one(of: SolutionSteps.menus)) > \(draw.one(of: SolutionSteps.submenus))"
        words[.job] = "the \(draw.one(of: ErrorWords.adjectives)) \(draw.one(of: SolutionSteps.settingObjects)) job"
        words[.hour] = String(draw.number(1...5))
        words[.role] = draw.one(of: SolutionSteps.roles)
        let fields = draw.some(2, of: SolutionSteps.fields)
        words[.field] = fields[0]
        words[.target] = fields[1]
        words[.jargon] = draw.one(of: product.jargon)
        words[.browser] = draw.one(of: CustomerPhrases.browsers)
        nextCode += draw.number(1...3)
        let hasCode = draw.chance(habits.coded)
        let error = draw.one(of: FailureMode.all[complaint.mode].errors).filled(words, &draw)
        words[.code] = hasCode ? "\(product.prefix)-\(nextCode)" : ""
        words[.error] = hasCode ? words[.code] + " " + error : error
        return words
    }
}

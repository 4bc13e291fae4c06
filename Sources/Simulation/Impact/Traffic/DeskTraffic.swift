/// What happens at a desk: every request, every record, and whom the troubles hurt.
struct DeskTraffic {
    /// What a trouble did to one account.
    struct Harm {
        var failed = 0
        var tried = 0
        var first = Double.infinity
        var last = -Double.infinity
    }

    let world: ImpactWorld
    let plan: TroublePlan
    let book: StatementBook
    private(set) var requests: [Request]
    private(set) var lines: [LogLine] = []
    /// For each trouble and account.
    private(set) var harm: [[Harm]]
    private let isHard: Bool
    /// The share of the ordinary statements of a request that are logged.
    private let verbosity: Double

    /// The share of requests with a mishap on a good day, from 0.5 to 2 %, as no reference gives one.
    private let mishapShare: Double

    init(world: ImpactWorld, plan: TroublePlan, requests: [Request], grade: ImpactGrade, _ draw: inout Draw) {
        self.world = world
        self.plan = plan
        self.requests = requests
        book = StatementBook(product: world.product, plan: plan, &draw)
        harm = plan.troubles.map { _ in world.accounts.map { _ in Harm() } }
        isHard = grade == .hard
        verbosity = draw.uniform(0.35...0.8)
        mishapShare = draw.uniform(0.005...0.02)
        addLoad(&draw)
        for index in self.requests.indices { serve(index, &draw) }
        addMachinery(&draw)
        addComponents(&draw)
        addJobs(&draw)
    }

    /// The requests of the noisy accounts beyond their usual ones.
    private mutating func addLoad(_ draw: inout Draw) {
        for trouble in plan.troubles {
            guard let noisy = trouble.noisy, let home = world.accounts[noisy].deployments.first else { continue }
            let function = draw.index(weights: world.accounts[noisy].functionWeights)
            for _ in 0..<draw.number(300...1_200) {
                let time = trouble.start + draw.uniform(-0.02...1) * (trouble.end - trouble.start)
                let serial = requests.count
                requests.append(
                    Request(
                        time: time, account: noisy, user: 0, deployment: home, function: function, serial: serial,
                        origin: serial))
            }
        }
    }

    /// One request and what users do when it fails.
    private mutating func serve(_ index: Int, _ draw: inout Draw) {
        let request = requests[index]
        let account = world.accounts[request.account]
        let hit = plan.troubles.indices.first {
            let trouble = plan.troubles[$0]
            return request.time >= trouble.start && request.time < trouble.end
                && trouble.scope.holds(request, of: account)
        }
        if let hit {
            harm[hit][request.account].tried += 1
            if draw.uniform() < plan.troubles[hit].chance(at: request.time) {
                return fail(index, of: hit, &draw)
            }
        }
        succeed(index, &draw)
    }

    private mutating func succeed(_ index: Int, _ draw: inout Draw) {
        let request = requests[index]
        let account = world.accounts[request.account]
        let hasMishap = draw.uniform() < mishapShare * account.mishaps
        let statements = book.ordinary[request.function]
        var time = request.time
        // At least one record of each request.
        let kept = draw.number(0...statements.count - 1)
        for (place, statement) in statements.enumerated() where place == kept || draw.uniform() < verbosity {
            if hasMishap && place == statements.count - 1 { break }
            time += draw.exponential(mean: 0.02)
            add(statement, at: time, request: index, cause: nil, status: 200, &draw)
        }
        if hasMishap {
            let weights = world.product.functions[request.function].failureWeights
            let statement = book.failures[request.function].lowerBound + draw.index(weights: weights)
            add(
                statement, at: time + 0.01, request: index, cause: nil,
                status: draw.one(of: [400, 404, 409, 422, 500]), &draw)
        }
        for (number, trouble) in plan.troubles.enumerated() where trouble.noisy == request.account {
            guard request.time >= trouble.start, request.time < trouble.end, draw.chance(0.12) else { continue }
            add(book.limits.lowerBound + number, at: time + 0.02, request: index, cause: number, status: 200, &draw)
        }
    }

    private mutating func fail(_ index: Int, of hit: Int, _ draw: inout Draw) {
        let request = requests[index]
        let trouble = plan.troubles[hit]
        harm[hit][request.account].failed += 1
        harm[hit][request.account].first = min(harm[hit][request.account].first, request.time)
        harm[hit][request.account].last = max(harm[hit][request.account].last, request.time)
        let service = trouble.causes[0].statement.service
        let statements = book.ordinary[request.function]
        let chain = world.product.functions[request.function].chain
        let depth = chain.firstIndex(of: service) ?? chain.count - 1
        var time = request.time
        for (place, statement) in statements.prefix(depth + 1).enumerated()
        where place == 0 || draw.uniform() < verbosity {
            time += draw.exponential(mean: 0.02)
            add(statement, at: time, request: index, cause: nil, status: 200, &draw)
        }
        let status = draw.one(of: [500, 502, 503, 504])
        let repeats = 1 + draw.poisson(trouble.repeats - 1)
        for _ in 0..<repeats {
            time += draw.exponential(mean: min(2, 600 / Double(repeats)) * (repeats > 3 ? 1 : 0.15))
            let cause = book.causes[hit].lowerBound + draw.index(weights: trouble.causes.map(\.weight))
            add(cause, at: time, request: index, cause: hit, status: status, &draw)
        }
        if let outcome = book.outcomes[hit][request.function] {
            add(outcome, at: time + draw.exponential(mean: 0.05), request: index, cause: hit, status: status, &draw)
        }
        // Two out of five try again, each time.
        guard draw.chance(0.4) else { return }
        let retry = request.time + 3 + draw.exponential(mean: 90)
        guard retry < world.end else { return }
        var again = request
        again.time = retry
        again.serial = requests.count
        requests.append(again)
        serve(requests.count - 1, &draw)
    }

    private mutating func addMachinery(_ draw: inout Draw) {
        // One record of a machine for ten of requests.
        for _ in 0..<lines.count / 10 {
            let statement =
                book.machinery.lowerBound
                + draw.index(weights: book.machinery.indices.map { 1 / Double($0 - book.machinery.lowerBound + 1) })
            add(
                statement, at: world.start + draw.uniform() * (world.end - world.start), request: nil, cause: nil,
                status: 200, deployment: draw.number(0...world.deployments.count - 1), &draw)
        }
    }

    private mutating func addComponents(_ draw: inout Draw) {
        for (index, trouble) in plan.troubles.enumerated() where !book.component[index].isEmpty {
            let homes = world.deployments.indices.filter { trouble.scope.deployments[$0] }
            for home in homes {
                let hours = (trouble.end - trouble.start) / 3_600
                for _ in 0..<draw.poisson(trouble.componentPerHour * hours) {
                    let time = trouble.start + draw.uniform() * (trouble.end - trouble.start)
                    // A component of what only fails now and then complains as seldom.
                    guard draw.uniform() * trouble.chance < trouble.chance(at: time) else { continue }
                    let statement = book.component[index].lowerBound + draw.number(0...book.component[index].count - 1)
                    add(statement, at: time, request: nil, cause: index, status: 500, deployment: home, &draw)
                }
            }
        }
    }

    private mutating func addJobs(_ draw: inout Draw) {
        for (index, job) in plan.jobs.enumerated() {
            for day in 0..<world.size.days {
                for _ in 0..<draw.poisson(job.perDay) {
                    let time = world.start + Double(day) * 86_400 + job.secondOfDay + draw.exponential(mean: 240)
                    guard time < world.end else { continue }
                    add(
                        book.jobs.lowerBound + index, at: time, request: nil, account: draw.one(of: job.accounts),
                        cause: nil,
                        status: 500, deployment: job.deployment, &draw)
                }
            }
        }
    }

    private mutating func add(
        _ statement: Int, at time: Double, request: Int?, account: Int? = nil, cause: Int?, status: Int,
        deployment: Int? = nil, _ draw: inout Draw
    ) {
        let home = deployment ?? request.map { requests[$0].deployment } ?? 0
        let hosts = world.deployments[home].hostsOfService[book.statements[statement].service]
        lines.append(
            LogLine(
                time: time, statement: statement, request: request, account: account, deployment: home, cause: cause,
                host: draw.one(of: hosts), status: status))
    }
}

import Records

/// Writes the records of a desk in the order of their arrival.
struct LogWriter {
    let world: ImpactWorld
    let traffic: DeskTraffic
    private let clocks: HostClocks
    private let lag: [Double]
    private(set) var json = JSONText()
    /// For each trouble the indexes of its records.
    private(set) var causedLines: [[Int]]
    /// For each trouble and account whether one of its records names the account.
    private(set) var isNamed: [[Bool]]
    /// The records that name no account.
    private(set) var anonymousLines = 0
    private(set) var count = 0
    /// A seed of the ids of requests.
    private let salt: UInt64
    private let entities: IdentifierStyle
    private let entityPrefix: String

    init(traffic: DeskTraffic, clocks: HostClocks, _ draw: inout Draw) {
        world = traffic.world
        self.traffic = traffic
        self.clocks = clocks
        causedLines = traffic.plan.troubles.map { _ in [] }
        isNamed = traffic.plan.troubles.map { _ in traffic.world.accounts.map { _ in false } }
        salt = draw.generator.next()
        entities = draw.one(of: [.number, .uuid, .objectId, .opaque, .counter])
        entityPrefix = draw.one(of: ["ORD-", "", "#", "ref", "X"])
        var delays: [Double] = []
        for line in traffic.lines { delays.append(draw.exponential(mean: clocks.delay[line.deployment][line.host])) }
        lag = delays
        let order = traffic.lines.indices.sorted { left, right in
            (traffic.lines[left].time + delays[left], left) < (traffic.lines[right].time + delays[right], right)
        }
        for index in order { write(index, &draw) }
    }

    private mutating func write(_ index: Int, _ draw: inout Draw) {
        let line = traffic.lines[index]
        let statement = traffic.book.statements[line.statement]
        let habits = world.habits
        let service = world.product.services[statement.service]
        let who = who(line, &draw)
        let isHidden =
            who.account.map {
                draw.chance(world.accounts[$0].hiddenShare) || draw.chance(world.product.naming.hiddenShare)
            } ?? true
        let name =
            isHidden
            ? nil
            : who.account.map { account in
                service.naming.spelling.spelled(
                    world.accounts[account].called(service.naming.form, user: who.user, host: who.host))
            }
        let shown = line.time + clocks.ahead[line.deployment][line.host]
        json.open()
        time("timeUnixNano", shown, step: habits.timeStep)
        if habits.hasObservedTime { time("observedTimeUnixNano", line.time + lag[index], step: 1e3) }
        json.member("severityNumber", json: String(statement.severity))
        if habits.hasSeverityText {
            json.member("severityText", habits.severityTexts[min(3, statement.severity / 4 - 1)])
        }
        json.member("body", body(statement, line, who, name: name, at: shown, &draw))
        json.open("attributes")
        if let key = service.naming.key, let name, statement.naming == .attribute || statement.naming == .both {
            json.member(key, name)
        }
        if who.account != nil { identify(statement, who) }
        extras(line, &draw)
        json.close()
        resource(line, service)
        if habits.hasTraces, statement.isTraced, who.account != nil {
            json.member("traceId", who.trace)
            if habits.hasSpans { json.member("spanId", draw.hexWord(16)) }
        }
        json.close()
        json.endLine()
        let isNaming = name != nil && statement.naming != .none
        if !isNaming { anonymousLines += 1 }
        if let cause = line.cause {
            causedLines[cause].append(count)
            if isNaming, let account = who.account { isNamed[cause][account] = true }
        }
        count += 1
    }

    /// Who a record is about and what ties it to others.
    struct Who {
        var account: Int?
        var user = ImpactAccount.User(id: "", mail: "", name: "", contact: nil)
        var host = 1
        var trace = ""
        var request = ""
        var session = ""
        var entity = ""
    }

    private func who(_ line: LogLine, _ draw: inout Draw) -> Who {
        guard let request = line.request.map({ traffic.requests[$0] }) else {
            guard let account = line.account else { return Who(account: nil) }
            return Who(
                account: account, user: world.accounts[account].users[0], host: draw.number(1...254),
                trace: draw.hexWord(16) + draw.hexWord(16), request: draw.hexWord(10), session: draw.hexWord(12),
                entity: entityPrefix + draw.digits(6))
        }
        var own = Draw(seed: salt &+ UInt64(request.serial) &* 0x9E37_79B9)
        var thing = Draw(seed: salt ^ UInt64(request.origin) &* 0x2545_F491)
        let day = Int((request.time - world.start) / 86_400)
        var visit = Draw(seed: salt &+ UInt64((request.account * 64 + request.user) * 32 + day) &* 0x1234_5677)
        let user = world.accounts[request.account].users[request.user]
        return Who(
            account: request.account, user: user, host: 1 + (request.user * 37 + request.account) % 254,
            trace: own.hexWord(16) + own.hexWord(16), request: own.hexWord(10), session: visit.hexWord(12),
            entity: entity(&thing))
    }

    private func entity(_ draw: inout Draw) -> String {
        switch entities {
        case .uuid: draw.uuid()
        case .objectId: draw.hexWord(12) + draw.hexWord(12)
        case .opaque: entityPrefix + draw.text(8, of: "abcdefghjkmnpqrstuvwxyz23456789")
        default: entityPrefix + draw.text(1, of: "123456789") + draw.digits(6)
        }
    }

    private mutating func time(_ key: String, _ seconds: Double, step: Double) {
        let nanoseconds = Int((seconds * 1e9 / step).rounded(.down)) * Int(step)
        if world.habits.isTimeText {
            json.member(key, String(nanoseconds))
        } else {
            json.member(key, json: String(nanoseconds))
        }
    }

    private mutating func identify(_ statement: Statement, _ who: Who) {
        let habits = world.habits
        if let key = habits.requestKey, statement.isTraced { json.member(key, who.request) }
        if let key = habits.sessionKey, statement.namesUser { json.member(key, who.session) }
        if let key = habits.userKey, statement.namesUser { json.member(key, who.user.id) }
    }

    /// The members of the resource, flat or with the parts of their names as objects.
    mutating func addResource(_ members: [(key: String, value: String)]) {
        json.open("resource")
        if world.habits.isNested {
            var groups: [String] = []
            for (key, value) in members {
                let group = String(key.prefix { $0 != "." })
                guard group != key else {
                    json.member(key, value)
                    continue
                }
                guard !groups.contains(group) else { continue }
                groups.append(group)
                json.open(group)
                for member in members where member.key.hasPrefix(group + ".") {
                    json.member(String(member.key.dropFirst(group.count + 1)), member.value)
                }
                json.close()
            }
        } else {
            for (key, value) in members { json.member(key, value) }
        }
        json.close()
    }

    private mutating func extras(_ line: LogLine, _ draw: inout Draw) {
        for extra in world.habits.extras {
            switch extra {
            case .thread: json.member("thread", "worker-\(draw.number(1...16))")
            case .logger: json.member("code.namespace", "app.\(line.statement % 23)")
            case .duration: json.member("duration_ms", json: String(1 + draw.poisson(40)))
            case .status: json.member("http.response.status_code", json: String(line.status))
            case .process: json.member("pid", json: String(1_000 + line.host * 37 + line.deployment))
            case .build: json.member("build", "r\(line.deployment % 3 + 410)")
            case .attempt: json.member("attempt", json: String(draw.number(1...3)))
            case .feature: json.member("flags", draw.one(of: ["", "beta", "new-ui", "a,b"]))
            }
        }
    }
}

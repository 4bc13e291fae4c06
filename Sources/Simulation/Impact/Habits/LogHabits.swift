/// How the log records of a software are written around their messages.
struct LogHabits {
    /// What a record calls the parts of its source.
    struct ResourceKeys {
        var service: String
        var host: String
        var deployment: String?
        var region: String?
        var version: String?
        var environment: String?
    }

    var isTimeText: Bool
    /// The digits that times are kept to, in powers of ten of a nanosecond.
    var timeStep: Double
    var hasObservedTime: Bool
    var hasSeverityText: Bool
    var severityTexts: [String]
    var resource: ResourceKeys
    /// Whether resource members are objects in objects instead of names with dots.
    var isNested: Bool
    var hasTraces: Bool
    var hasSpans: Bool
    /// The attribute that holds the id of a request; nil where none does.
    var requestKey: String?
    var sessionKey: String?
    var userKey: String?
    var usersAre: UserStyle
    var extras: [Extra]
    var hosts: HostStyle
    /// Whether resources write hosts with a domain that the list of deployments leaves out.
    var hostsHaveDomain: Bool

    enum UserStyle: CaseIterable { case mail, number, uuid, login }
    enum Extra: CaseIterable { case thread, logger, duration, status, process, build, attempt, feature }

    init(isHard: Bool, needsObservedTime: Bool, _ draw: inout Draw) {
        isTimeText = draw.chance(0.5)
        timeStep = draw.one(of: [1e6, 1e3, 1e3, 1])
        hasObservedTime = needsObservedTime || draw.chance(0.7)
        hasSeverityText = draw.chance(0.5)
        severityTexts = draw.one(of: [
            ["DEBUG", "INFO", "WARN", "ERROR"], ["debug", "info", "warning", "error"], ["D", "I", "W", "E"],
            ["Debug", "Information", "Warning", "Error"],
        ])
        let isDeploymentNamed = !isHard || draw.chance(0.5)
        resource = ResourceKeys(
            service: draw.one(of: ["service.name", "service", "app", "k8s.container.name", "component", "program"]),
            host: draw.one(of: ["host.name", "host", "hostname", "k8s.node.name", "node", "server"]),
            deployment: isDeploymentNamed
                ? draw.one(of: [
                    "deployment", "deployment.id", "cluster", "k8s.cluster.name", "stack", "installation", "cell",
                ]) : nil,
            region: draw.chance(0.5) ? draw.one(of: ["cloud.region", "region", "dc"]) : nil,
            version: draw.chance(isHard ? 0.4 : 0.8) ? draw.one(of: ["service.version", "version", "build"]) : nil,
            environment: draw.chance(0.4) ? draw.one(of: ["deployment.environment.name", "env", "stage"]) : nil)
        isNested = isHard && draw.chance(0.15)
        hasTraces = draw.chance(0.75)
        hasSpans = draw.chance(0.6)
        requestKey =
            !hasTraces || draw.chance(0.4)
            ? draw.one(of: ["request_id", "req", "correlationId", "x-request-id", "rid", "transaction"]) : nil
        sessionKey = draw.chance(0.4) ? draw.one(of: ["session", "sid", "session.id", "sess"]) : nil
        userKey = draw.chance(0.75) ? draw.one(of: ["user", "enduser.id", "uid", "user.id", "actor", "usr"]) : nil
        // Where half of the records name no account, something ties them to those that do.
        if isHard, userKey == nil, sessionKey == nil { sessionKey = draw.one(of: ["session", "sid", "visit"]) }
        usersAre = draw.one(of: UserStyle.allCases)
        extras = draw.some(draw.number(0...4), of: Extra.allCases)
        hosts = draw.one(of: HostStyle.allCases)
        hostsHaveDomain = isHard && draw.chance(0.4)
    }
}

/// How hosts are called.
enum HostStyle: CaseIterable {
    case numbered, address, pod, planet, cloud

    private static let planets = [
        "io", "ceres", "rhea", "titan", "juno", "vesta", "pallas", "dione", "mimas", "hebe", "iris", "flora", "metis",
        "thetis", "europa", "oberon", "ariel", "puck", "triton", "naiad",
    ]

    func host(_ index: Int, of deployment: String, region: String, _ draw: inout Draw) -> String {
        switch self {
        case .numbered: "\(deployment)-\(draw.one(of: ["web", "app", "node", "be"]))-\(DeskNames.padded(index + 1, 2))"
        case .address: "ip-10-\(draw.number(0...250))-\(draw.number(0...250))-\(draw.number(1...250))"
        case .pod:
            "\(draw.one(of: ["core", "svc", "main"]))-\(draw.hexWord(9))-\(draw.text(5, of: "bcdfghjklmnpqrstvwxz2456789"))"
        case .planet: "\(draw.one(of: Self.planets))\(draw.number(1...999))"
        case .cloud: "i-\(draw.hexWord(15))"
        }
    }
}

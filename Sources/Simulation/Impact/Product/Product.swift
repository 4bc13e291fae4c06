/// One service of a product.
struct Service {
    var name: String
    var style: BodyStyle
    var naming: AccountNaming
    /// The services that it calls, as indices.
    var calls: [Int]
}

/// Something that users do with a product.
struct Function {
    var verb: String
    var noun: String
    /// The services that take part, the one that users reach first.
    var chain: [Int]
    /// What they log when all goes well, in order of time.
    var ordinary: [Statement]
    /// What goes wrong on a good day: statements and how often each is the one.
    var failures: [Statement]
    var failureWeights: [Double]
    /// The share of the requests.
    var weight: Double

    var title: String { "\(verb) \(noun)" }
}

/// A piece of software with everything that it can log on a good day.
struct Product {
    var trade: Trade
    var services: [Service]
    var functions: [Function]
    /// What machines log about themselves.
    var machinery: [Statement]
    var forge: StatementForge
    var naming: NamingHabits

    init(namesAccounts naming: NamingHabits, _ draw: inout Draw) {
        self.naming = naming
        trade = draw.one(of: Trade.all)
        let names = draw.some(draw.number(5...8), of: trade.services)
        let styles = draw.some(draw.number(2...4), of: BodyStyle.allCases)
        let suffix = draw.one(of: ["", "", "-service", "-svc", "-api", ".app"])
        services = names.enumerated().map { index, name in
            let below = Array(names.indices.dropFirst(index + 1))
            return Service(
                name: name + suffix, style: draw.one(of: styles), naming: naming.naming(ofService: index, &draw),
                calls: draw.some(min(below.count, draw.number(1...3)), of: below))
        }
        let forge = StatementForge(trade: trade, services: services, naming: naming)
        self.forge = forge
        var functions: [Function] = []
        for rank in 1...draw.number(6...11) {
            functions.append(forge.function(weight: 1 / Double(rank), &draw))
        }
        self.functions = functions
        machinery = (0..<draw.number(6...20)).map { _ in
            forge.machinery(severity: draw.chance(0.7) ? 9 : draw.chance(0.5) ? 5 : 13, &draw)
        }
    }
}

/// How willing the services of a product are to say whom a record is about.
struct NamingHabits {
    /// The forms that services may use.
    var forms: [AccountForm]
    var spellings: [AccountForm.Spelling]
    /// One or a few keys of attributes; every service takes one of them.
    var keys: [String]
    var phrases: [String]
    /// The share of services that name no account.
    var muteShare: Double
    /// The chance that a statement of a service that does name accounts names one.
    var statementShare: Double
    /// The chance that a record which would name its account does not.
    var hiddenShare: Double
    /// The chance that the account stands in an attribute rather than the body.
    var attributeShare: Double

    init(isHard: Bool, isSparse: Bool, _ draw: inout Draw) {
        forms =
            isHard
            ? [.id, .id] + draw.some(3, of: [.legacyId, .workspace, .subdomain, .mail, .address, .name]) : [.id]
        spellings = isHard ? draw.some(4, of: AccountForm.Spelling.allCases) : [.asIs]
        keys = draw.some(isHard ? draw.number(1...4) : draw.number(1...2), of: AccountNaming.keys)
        phrases = draw.some(isHard ? 6 : 3, of: AccountNaming.phrases)
        muteShare = isHard ? 0.25 : 0
        statementShare = isHard ? 0.75 : 0.95
        hiddenShare = isSparse ? (isHard ? 0.35 : 0.45) : isHard ? 0.2 : 0
        attributeShare = draw.one(of: [0, 0.3, 0.6, 0.9, 1])
    }

    func naming(ofService index: Int, _ draw: inout Draw) -> AccountNaming {
        // The service that users reach first knows who they are: without it nothing could be joined.
        let form = index == 0 ? .id : draw.one(of: forms)
        return AccountNaming(
            form: form, spelling: draw.one(of: spellings), key: draw.chance(attributeShare) ? draw.one(of: keys) : nil,
            phrase: draw.one(of: phrases), isMute: index > 0 && draw.chance(muteShare))
    }
}

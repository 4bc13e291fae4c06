/// Who belongs to the support team: by address, by domain of mail, or by an id of a channel.
public struct SupportTeam: Sendable {
    private let names: Set<String>
    private let agents: [String: String]

    /// Takes the members.
    ///
    /// - Parameters:
    ///   - names: Mail addresses, domains of mail with all below them, and ids of people in channels.
    ///   - agents: The ids of the agents that are known; one may be an address, or an id of a channel.
    public init(names: [String], agents: [String] = []) {
        self.names = Set(names.map { $0.lowercased() })
        self.agents = Dictionary(agents.map { ($0.lowercased(), $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Whether somebody belongs to the team.
    func includes(_ person: ChannelMessage.Person) -> Bool {
        for name in [person.id, person.address].map({ $0.lowercased() }) where !name.isEmpty {
            if names.contains(name) || agents[name] != nil { return true }
            var domain = MailAddress.domain(of: name)
            while !domain.isEmpty {
                if names.contains(String(domain)) { return true }
                domain = domain.firstIndex(of: ".").map { domain[domain.index(after: $0)...] } ?? ""
            }
        }
        return false
    }

    /// The id of the agent who a member is: the id or address itself, or what stands before the `@`; nil when nobody has it.
    func agent(_ person: ChannelMessage.Person) -> String? {
        let local = person.address.prefix { $0 != "@" }
        return [person.id, person.address, String(local)].lazy.compactMap { agents[$0.lowercased()] }.first
    }
}

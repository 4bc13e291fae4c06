internal import Records

extension RemoteTicket {
    /// A ticket as it was read last, as far as a write needs it.
    init(_ link: LinkedTicket, in system: SystemDescription) {
        self.init(
            id: link.remote, number: link.number, version: link.version, createdAt: link.updatedAt,
            updatedAt: link.updatedAt,
            tags: link.tags, links: link.links)
        for (name, value) in link.values {
            if let field = system.field(named: name) { fields[field] = system.theirs(value, of: field) }
        }
    }
}

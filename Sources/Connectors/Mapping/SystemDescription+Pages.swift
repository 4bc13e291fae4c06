public import Records

extension SystemDescription {
    /// The address at which people find a ticket.
    public func page(of link: LinkedTicket) -> String {
        let base = address.hasSuffix("/") ? String(address.dropLast()) : address
        switch kind {
        case .zendesk: return "\(base)/agent/tickets/\(link.remote)"
        case .servicenow:
            return "\(base)/nav_to.do?uri=\(place.isEmpty ? "incident" : place).do%3Fsys_id%3D\(link.remote)"
        case .jira: return "\(base)/browse/\(link.number)"
        case .requesttracker: return "\(base)/Ticket/Display.html?id=\(link.remote)"
        case .roundup: return "\(base)/issue\(link.remote)"
        }
    }
}

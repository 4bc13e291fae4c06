public import Records

extension DeskKnowledge {
    /// The group of each ticket, by which groups keep their ids once it is kept.
    public var memberships: [GroupMembership] {
        groups.flatMap { group in
            group.cases.map { GroupMembership(ticket: cases[$0].ticket.id, group: group.id, time: time) }
        }
    }

    /// The group that holds the most of some tickets; nil where none of them is known.
    func group(ofMost tickets: Set<String>) -> IssueGroup? {
        let shared = groups.map { group in (group, group.cases.count { tickets.contains(cases[$0].ticket.id) }) }
        let most = shared.max { ($0.1, $1.0.id) < ($1.1, $0.0.id) }
        return most.flatMap { $0.1 > 0 ? $0.0 : nil }
    }

    /// Articles with the groups that they are about now.
    ///
    /// One whose group is gone, as happens where nobody kept it, is about the group that holds the most of the tickets that it cites, unless an article in use is
    /// about that one.
    func attached(_ articles: [Article]) -> [Article] {
        let known = Set(groups.map(\.id))
        var written = Set(articles.filter { $0.state != .archived }.map(\.group))
        return articles.map { article in
            guard !article.group.isEmpty, !known.contains(article.group),
                let group = group(ofMost: article.citedTickets)?.id, !written.contains(group)
            else { return article }
            if article.state != .archived { written.insert(group) }
            var attached = article
            attached.group = group
            return attached
        }
    }
}

import Records
internal import Statistics

/// The tickets a week of all issue groups, in weeks counted from one moment back and forth.
struct IssueGroupCounts {
    /// The counts, and the week of each group's first article.
    let panel: CountPanel
    /// The ids of the groups, ascending, in the order of the panel.
    let groups: [String]

    /// More weeks than any desk has kept tickets: what lies further back is a clock that was wrong.
    private static let mostWeeks = 2_000.0

    /// Counts.
    ///
    /// - Parameter origin: When a week begins.
    /// - Returns: nil when there is no whole week.
    init?(_ history: ArticleHistory, origin: Instant) {
        func weeks(_ time: Instant) -> Double { (time.seconds - origin.seconds) / Instant.week }
        let tickets = history.cases.compactMap { item -> (group: String, week: Double)? in
            guard let group = history.groups[item.ticket.id], item.ticket.openedAt <= history.end else { return nil }
            return (group, weeks(item.ticket.openedAt))
        }
        let end = weeks(history.end).rounded(.down)
        let earliest = history.begin.map(weeks) ?? tickets.map(\.week).filter { $0 > end - Self.mostWeeks }.min()
        guard let begin = earliest?.rounded(.up), end > begin, end - begin <= Self.mostWeeks else { return nil }
        let names = Set(tickets.map(\.group)).sorted()
        let numbers = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
        var counts = [[Int]](repeating: [Int](repeating: 0, count: Int(end - begin)), count: names.count)
        for (group, week) in tickets where week >= begin && week < end {
            if let number = numbers[group] { counts[number][Int(week.rounded(.down) - begin)] += 1 }
        }
        let changes = names.map { name -> Int? in
            guard let published = history.publishedAt[name] else { return nil }
            let week = weeks(published).rounded(.down) - begin
            return week < end - begin ? Int(max(0, week)) : nil
        }
        guard let panel = try? CountPanel(counts: counts, changedAt: changes) else { return nil }
        self.panel = panel
        groups = names
    }
}

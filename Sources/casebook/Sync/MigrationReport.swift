import Connectors
import Records

/// What a migration did, or would do.
struct MigrationReport {
    let from: String
    let to: String
    let dryRun: Bool
    var count: Migration.Count
    var items: [MigrationSurvey.Item]
    /// The texts that are too long for the second system.
    let longTexts: Int
    var links = 0
    /// What the second system refused just now, and the tickets that it refused before.
    var refused: Int

    init(from: String, to: String, dryRun: Bool, count: Migration.Count, items: [MigrationSurvey.Item], longTexts: Int)
    {
        self.from = from
        self.to = to
        self.dryRun = dryRun
        self.count = count
        self.items = items
        self.longTexts = longTexts
        refused = count.refused
    }

    /// What has no counterpart.
    var missing: [MigrationSurvey.Item] {
        items.filter { if case .missing = $0.outcome { true } else { false } }
    }

    func print(json: Bool) {
        guard json else {
            Swift.print("\(from) to \(to)\(dryRun ? ", a dry run" : "")")
            for item in items {
                let value = item.value.map { " \"\($0)\"" } ?? ""
                let outcome =
                    switch item.outcome {
                    case .becomes(_, let theirs): item.value == nil ? "as it is" : "becomes \"\(theirs)\""
                    case .missing(let reason): "HAS NO COUNTERPART: \(reason)"
                    }
                Swift.print(
                    "  \(item.field)\(value)  tickets \(item.count)  \(outcome)  such as \(item.examples.joined(separator: ", "))"
                )
            }
            for (name, number) in numbers { Swift.print("  \(name) \(number)") }
            return
        }
        JSONLineWriter.print { line in
            line.member("from", from)
            line.member("to", to)
            line.member("dryRun", dryRun)
            for (name, number) in numbers { line.member(name, Double(number)) }
            line.member("values", items) { item, line in
                line.object { line in
                    line.member("field", item.field)
                    if let value = item.value { line.member("value", value) }
                    line.member("tickets", Double(item.count))
                    switch item.outcome {
                    case .becomes(_, let theirs):
                        if item.value != nil { line.member("becomes", theirs) }
                    case .missing(let reason): line.member("missing", reason)
                    }
                    line.member("examples", item.examples) { $1.value($0) }
                }
            }
        }
    }

    private var numbers: [(StaticString, Int)] {
        [
            ("moved", count.moved), ("movedBefore", count.movedBefore), ("there", count.there),
            ("waiting", count.waiting), ("gone", count.gone), ("left", count.left), ("links", links),
            ("refused", refused), ("cut", longTexts),
        ]
    }
}

import Knowledge
import Records
import Statistics

/// Says what became of articles.
struct ArticleEffects {
    let followUps: [ArticleFollowUp]

    /// The text for people.
    var text: String {
        followUps.map { one in
            let (effect, uses) = (one.effect, one.effect.uses)
            let title = one.article.title.isEmpty ? "" : ": \(one.article.title)"
            var lines = [
                "\(one.article.id)\(title)",
                "published \(one.publishedAt.iso8601); viewed \(uses.viewed), linked \(uses.linked), solved \(uses.solved), unsolved \(uses.unsolved)",
            ]
            if let tickets = effect.tickets {
                lines.append(
                    "\(tickets.observed) tickets in \(tickets.periods) weeks where \(Self.text(tickets.expected)) were to be expected; avoided \(Self.text(tickets.avoided)): \(Self.words(tickets.verdict))"
                )
            } else {
                lines.append(
                    "tickets avoided: cannot tell" + (effect.obstacle.map { ", as \($0.description)" } ?? ""))
            }
            if let handling = effect.handling {
                lines.append("tickets with a link took \(Self.text(handling)) times the hours of comparable ones")
            }
            if let saved = effect.hoursSaved { lines.append("saved \(Self.text(saved)) hours") }
            if let linked = effect.reopenedLinked {
                let others = effect.reopenedUnlinked.map { ", without \(Self.text($0))" } ?? ""
                lines.append("share opened again with a link \(Self.text(linked))\(others)")
            }
            lines += one.staleness.map { "stale: \(Self.words($0))" }
            return lines.joined(separator: "\n  ") + "\n"
        }.joined()
    }

    /// The same facts for machines.
    func write(to line: inout JSONLineWriter) {
        line.member("articles", followUps) { one, line in
            line.object { line in
                let effect = one.effect
                line.member("id", one.article.id)
                line.member("title", one.article.title.string)
                line.member("group", one.article.group)
                line.member("publishedAt", one.publishedAt)
                line.member("viewed", Double(effect.uses.viewed))
                line.member("linked", Double(effect.uses.linked))
                line.member("solved", Double(effect.uses.solved))
                line.member("unsolved", Double(effect.uses.unsolved))
                line.member("verdict", effect.verdict.rawValue)
                line.member("obstacle", effect.obstacle?.description ?? "")
                line.member("weeks", effect.tickets.map { Double($0.periods) })
                line.member("tickets", effect.tickets.map { Double($0.observed) })
                line.member("expected", effect.tickets?.expected.value)
                line.member("expectedInterval", effect.tickets?.expected.interval)
                line.member("avoided", effect.tickets?.avoided.value)
                line.member("avoidedInterval", effect.tickets?.avoided.interval)
                line.member("reduction", effect.tickets?.reduction.value)
                line.member("reductionInterval", effect.tickets?.reduction.interval)
                line.member("handling", effect.handling?.value)
                line.member("handlingInterval", effect.handling?.interval)
                line.member("hoursSaved", effect.hoursSaved?.value)
                line.member("hoursSavedInterval", effect.hoursSaved?.interval)
                line.member("reopenedLinked", effect.reopenedLinked?.value)
                line.member("reopenedLinkedInterval", effect.reopenedLinked?.interval)
                line.member("reopenedUnlinked", effect.reopenedUnlinked?.value)
                line.member("reopenedUnlinkedInterval", effect.reopenedUnlinked?.interval)
                line.member("isStale", !one.staleness.isEmpty)
                line.member("staleBecause", one.staleness.map(Self.words)) { $1.value($0) }
            }
        }
    }

    private static func text(_ estimate: IntervalEstimate) -> String {
        func number(_ value: Double) -> String {
            value < 0 ? "-" + TrendOptions.rounded(-value) : TrendOptions.rounded(value)
        }
        return
            "\(number(estimate.value)) (\(number(estimate.interval.lowerBound)) to \(number(estimate.interval.upperBound)))"
    }

    private static func words(_ verdict: EffectVerdict) -> String {
        switch verdict {
        case .helped: "helped"
        case .harmed: "more tickets came"
        case .noEffect: "no effect worth naming"
        case .cannotTell: "cannot tell yet"
        }
    }

    private static func words(_ reason: ArticleStaleness.Reason) -> String {
        switch reason {
        case .vanished(let field, let days, let gaps):
            "no \(field) of it was seen for \(TrendOptions.rounded(days)) days, \(TrendOptions.rounded(gaps)) times the usual gap"
        case .solutionsChanged(let superiority):
            "what resolves its tickets has changed: with probability \(TrendOptions.rounded(superiority)) a solution now has more in common with it than one before"
        }
    }
}

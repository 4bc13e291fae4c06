import Commands
import Incidents
import Logs
import Models
import Records
import Storage

/// What people said of links, in a file and in a store, and the incidents that the store keeps.
struct LinkMemory {
    /// What was said last of each link.
    let decisions: [LinkDecision]
    private let new: [LinkDecision]
    private let store: TenantStore?
    private let known: [IncidentRecord]
    /// The decisions that are named where they change nothing.
    private static let mostNamed = 5

    init(_ store: TenantStore?, decisions path: String?) throws {
        self.store = store
        new = try Program.casebook("impact").reporting {
            guard let path else { return [] }
            return try LinkDecision.read(RecordFile(reading: path), at: StoreOptions.now)
        }
        guard let store else {
            (decisions, known) = (new, [])
            return
        }
        let kept: ([LinkDecision], [IncidentRecord]) = try Program.casebook("impact").reporting {
            try store.claimWriting()
            return (try store.decisions(), try store.incidents())
        }
        (decisions, known) = (kept.0 + new, kept.1)
    }

    /// The weights that all decisions teach whose evidence is known, here or in the store.
    func model(with analysis: ImpactAnalysis) throws -> LinkModel {
        var evidence: [Link: LinkModel.Evidence] = [:]
        for incident in known {
            for link in incident.links {
                evidence[Link(incident.id, link.account)] = LinkModel.Evidence(values: link.terms)
            }
        }
        for incident in analysis.incidents {
            for link in incident.accounts {
                evidence[Link(incident.id, analysis.directory.accounts[link.account].id)] = link.weighed
            }
        }
        let said = Dictionary(
            decisions.map { (Link($0.incident, $0.account), $0.isConfirmed) }, uniquingKeysWith: { $1 })
        let learnt = said.keys.sorted().compactMap { link in
            evidence[link].map { LinkModel.Decision(evidence: $0, isHurt: said[link] ?? false) }
        }
        return try LinkModel(learning: learnt)
    }

    /// Says which of the new decisions are of an incident or an account that nobody knows, and so change nothing.
    func reportUnknown(_ analysis: ImpactAnalysis) {
        let incidents = Set(known.map(\.id)).union(analysis.incidents.map(\.id))
        let unknown = new.filter {
            !incidents.contains($0.incident) || analysis.directory.accountIndex[$0.account] == nil
        }
        guard !unknown.isEmpty else { return }
        let named = unknown.prefix(Self.mostNamed).map { "\($0.account) in \($0.incident)" }.joined(separator: ", ")
        let more = unknown.count > Self.mostNamed ? " and \(unknown.count - Self.mostNamed) more" : ""
        StandardInput.say(
            "casebook impact: \(unknown.count) of \(new.count) decisions are of an incident or account that is not known, and change nothing: \(named)\(more)"
        )
    }

    /// Keeps the incidents, their history and the new decisions.
    func keep(_ analysis: ImpactAnalysis, _ desk: DeskImpact) throws {
        guard let store else { return }
        let records = analysis.records(
            signatures: desk.signatures.map { ($0.id.description, $0.template) }, redactor: desk.redactor)
        let last = desk.sightings.lines.map { $0.time == LogSighting.noTime ? $0.observedTime : $0.time }.max() ?? 0
        let events = IncidentHistory.events(from: known, to: records, at: Instant(seconds: Double(last) / 1e9))
        try Program.casebook("impact").reporting {
            try store.keep(records, events: events, by: StoreOptions.entry(.foundIncidents))
            for decision in new { try store.keep(decision, by: StoreOptions.entry(.decided)) }
        }
    }

    /// An incident and an account.
    private struct Link: Hashable, Comparable {
        let incident: String
        let account: String

        init(_ incident: String, _ account: String) {
            (self.incident, self.account) = (incident, account)
        }

        static func < (left: Link, right: Link) -> Bool {
            (left.incident, left.account) < (right.incident, right.account)
        }
    }
}

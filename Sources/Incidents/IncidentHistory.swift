internal import Models
public import Records

extension ImpactAnalysis {
    /// The incidents as they are kept.
    ///
    /// - Parameters:
    ///   - signatures: For each number of a signature its id and what its lines look like.
    ///   - redactor: Keeps people's data out of the reasons and lines.
    public func records(signatures: [(id: String, line: String)], redactor: Redactor) -> [IncidentRecord] {
        incidents.map { incident in
            let own = incident.signatures.map { signatures[$0] }
            return IncidentRecord(
                id: incident.id, start: incident.start, end: incident.end, detectedAt: incident.detectedAt,
                severity: incident.impact.severity, priority: incident.impact.priority,
                signatures: own.map(\.id),
                lines: Dictionary(
                    own.map { ($0.id, redactor.redact(RawText($0.line))) }, uniquingKeysWith: { first, _ in first }),
                tickets: incident.tickets,
                links: incident.accounts.map { link in
                    AccountLink(
                        account: directory.accounts[link.account].id, probability: link.probability,
                        evidence: link.evidence.map { redactor.redact(RawText($0.phrase)) },
                        terms: link.weighed == LinkModel.Evidence() ? [] : link.weighed.values)
                })
        }
    }
}

/// What has become of incidents from one look at a log to the next.
public enum IncidentHistory {
    /// An incident of which nothing was seen for so long is over, in seconds.
    public static let pause = 6 * 3_600.0

    /// The steps from what was known to what is known now, in the order of the incidents.
    ///
    /// - Parameters:
    ///   - before: The incidents that were known.
    ///   - now: All incidents of the log.
    ///   - time: The time of the last line of the log.
    public static func events(from before: [IncidentRecord], to now: [IncidentRecord], at time: Instant)
        -> [IncidentEvent]
    {
        let known = Dictionary(before.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
        let ids = Set(now.map(\.id))
        var events: [IncidentEvent] = []
        for incident in now {
            if let old = known[incident.id] {
                if incident.end > old.end || incident.links.count > old.links.count {
                    events.append(IncidentEvent(incident: incident.id, time: time, kind: .extended))
                }
            } else if let parent = before.first(where: { ids.contains($0.id) && isPart(incident, of: $0) }) {
                events.append(IncidentEvent(incident: incident.id, time: time, kind: .splitFrom, other: parent.id))
            } else {
                events.append(IncidentEvent(incident: incident.id, time: incident.detectedAt, kind: .opened))
            }
            if isOver(incident, at: time), !(known[incident.id].map { $0.end == incident.end } ?? false) {
                events.append(IncidentEvent(incident: incident.id, time: time, kind: .closed))
            }
        }
        for old in before where !ids.contains(old.id) {
            guard let other = now.first(where: { isPart(old, of: $0) }) else { continue }
            events.append(IncidentEvent(incident: old.id, time: time, kind: .mergedInto, other: other.id))
        }
        return events
    }

    private static func isOver(_ incident: IncidentRecord, at time: Instant) -> Bool {
        time.seconds - incident.end.seconds > pause
    }

    /// Whether an incident says what another one says, in its time.
    private static func isPart(_ incident: IncidentRecord, of other: IncidentRecord) -> Bool {
        incident.start <= other.end && other.start <= incident.end
            && incident.signatures.contains(where: other.signatures.contains)
    }
}

internal import Foundation
internal import GRDB
@_spi(Stored) public import Records

extension TenantStore {
    /// Keeps incidents as they are now, and what has happened to them: all of it, or nothing.
    ///
    /// An incident with an id that is known is replaced; its history and what people said of its links stay.
    ///
    /// - Parameters:
    ///   - incidents: The incidents.
    ///   - events: Steps of their lives that were not kept before; each of an incident that is kept.
    ///   - entry: Who keeps them.
    public func keep(
        _ incidents: [IncidentRecord], events: [IncidentEvent] = [], by entry: AuditEntry
    ) throws(StorageError) {
        try writing { database in
            let put = try database.makeStatement(
                sql: """
                    INSERT INTO incident (id, startedAt, endedAt, detectedAt, severity, priority) VALUES (?, ?, ?, ?, ?, ?)
                    ON CONFLICT DO UPDATE SET startedAt = excluded.startedAt, endedAt = excluded.endedAt,
                        detectedAt = excluded.detectedAt, severity = excluded.severity, priority = excluded.priority
                    """)
            for incident in incidents {
                try put.execute(
                    arguments: [
                        incident.id, incident.start.seconds, incident.end.seconds, incident.detectedAt.seconds,
                        incident.severity, incident.priority,
                    ])
                try Self.writeParts(of: incident, in: database)
            }
            let add = try database.makeStatement(
                sql: """
                    INSERT INTO incidentEvent (incident, place, time, kind, other)
                    SELECT ?1, COALESCE(MAX(place) + 1, 0), ?2, ?3, ?4 FROM incidentEvent WHERE incident = ?1
                    """)
            for event in events {
                try add.execute(arguments: [event.incident, event.time.seconds, event.kind.rawValue, event.other])
            }
            try Self.record(entry, in: database)
        }
    }

    private static func writeParts(of incident: IncidentRecord, in database: Database) throws {
        for table in ["incidentSignature", "incidentTicket", "incidentAccount"] {
            try database.cachedStatement(sql: "DELETE FROM \(table) WHERE incident = ?").execute(
                arguments: [incident.id])
        }
        let signature = try database.cachedStatement(
            sql: "INSERT INTO incidentSignature (incident, place, signature, line) VALUES (?, ?, ?, ?)")
        for (place, item) in incident.signatures.enumerated() {
            try signature.execute(arguments: [incident.id, place, item, incident.lines[item]?.string ?? ""])
        }
        let ticket = try database.cachedStatement(
            sql: "INSERT INTO incidentTicket (incident, place, ticket) VALUES (?, ?, ?)")
        for (place, item) in incident.tickets.enumerated() {
            try ticket.execute(arguments: [incident.id, place, item])
        }
        let account = try database.cachedStatement(
            sql: """
                INSERT INTO incidentAccount (incident, place, account, probability, evidence, terms)
                VALUES (?, ?, ?, ?, ?, ?)
                """)
        for (place, link) in incident.links.enumerated() {
            // A sentence has no line end.
            let evidence = link.evidence.map { $0.string.replacing("\n", with: " ") }.joined(separator: "\n")
            let terms = link.terms.map(\.description).joined(separator: " ")
            try account.execute(arguments: [incident.id, place, link.account, link.probability, evidence, terms])
        }
    }

    /// Incidents in the order in which they began.
    ///
    /// - Parameter time: The earliest time at which one of them may end.
    public func incidents(endingSince time: Instant? = nil) throws(StorageError) -> [IncidentRecord] {
        try reading { database in
            let rows = try Row.fetchAll(
                database, sql: "SELECT * FROM incident WHERE endedAt >= ? ORDER BY startedAt, id",
                arguments: [time?.seconds ?? -.infinity])
            return try rows.map { try Self.incident($0, database) }
        }
    }

    /// The signatures of the incidents that tickets are about, by the ids of the tickets.
    public func ticketSignatures() throws(StorageError) -> [String: [String]] {
        try reading { database in
            let rows = try Row.fetchCursor(
                database,
                sql: """
                    SELECT DISTINCT ticket, signature FROM incidentTicket JOIN incidentSignature USING (incident)
                    ORDER BY ticket, signature
                    """)
            var signatures: [String: [String]] = [:]
            while let row = try rows.next() { signatures[row["ticket"], default: []].append(row["signature"]) }
            return signatures
        }
    }

    private static func incident(_ row: Row, _ database: Database) throws -> IncidentRecord {
        let id: String = row["id"]
        func texts(_ column: String, _ table: String) throws -> [String] {
            let sql = "SELECT \(column) FROM \(table) WHERE incident = ? ORDER BY place"
            return try String.fetchAll(database.cachedStatement(sql: sql), arguments: [id])
        }
        let links = try Row.fetchAll(
            database.cachedStatement(
                sql:
                    "SELECT account, probability, evidence, terms FROM incidentAccount WHERE incident = ? ORDER BY place"
            ),
            arguments: [id]
        ).map { row in
            let evidence = (row["evidence"] as String).split(separator: "\n")
            return AccountLink(
                account: row["account"], probability: row["probability"],
                evidence: evidence.map { RedactedText(stored: String($0)) },
                terms: (row["terms"] as String).split(separator: " ").compactMap { Double($0) })
        }
        let signatures = try Row.fetchAll(
            database.cachedStatement(
                sql: "SELECT signature, line FROM incidentSignature WHERE incident = ? ORDER BY place"), arguments: [id]
        )
        let lines = signatures.compactMap { row -> (String, RedactedText)? in
            let line: String = row["line"]
            return line.isEmpty ? nil : (row["signature"], RedactedText(stored: line))
        }
        return IncidentRecord(
            id: id, start: Instant(seconds: row["startedAt"]), end: Instant(seconds: row["endedAt"]),
            detectedAt: Instant(seconds: row["detectedAt"]), severity: row["severity"], priority: row["priority"],
            signatures: signatures.map { $0["signature"] }, lines: Dictionary(lines) { first, _ in first },
            tickets: try texts("ticket", "incidentTicket"), links: links)
    }

    /// What happened to an incident, in the order in which it was kept.
    public func history(ofIncident id: String) throws(StorageError) -> [IncidentEvent] {
        try reading { database in
            try Row.fetchAll(
                database, sql: "SELECT time, kind, other FROM incidentEvent WHERE incident = ? ORDER BY place",
                arguments: [id]
            ).compactMap { row in
                IncidentEvent.Kind(rawValue: row["kind"]).map {
                    IncidentEvent(incident: id, time: Instant(seconds: row["time"]), kind: $0, other: row["other"])
                }
            }
        }
    }

    /// Keeps what a person says of a link, beside what was said of it before.
    ///
    /// - Throws: ``StorageError``, ``StorageError/unknown(file:kind:id:)`` when no such incident is kept.
    public func keep(_ decision: LinkDecision, by entry: AuditEntry) throws(StorageError) {
        let hash = try auditHash(.incident, decision.incident)
        try writing { database in
            let isKnown = try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM incident WHERE id = ?)", arguments: [decision.incident])
            guard isKnown == true else {
                throw StorageError.unknown(file: path, kind: "incident", id: decision.incident)
            }
            try database.execute(
                sql: "INSERT OR REPLACE INTO linkDecision (incident, account, time, isConfirmed) VALUES (?, ?, ?, ?)",
                arguments: [decision.incident, decision.account, decision.time.seconds, decision.isConfirmed])
            try Self.record(entry, about: hash, in: database)
        }
    }

    /// What people said last of each link, in the order of incidents and accounts.
    public func decisions() throws(StorageError) -> [LinkDecision] {
        try reading { database in
            try Row.fetchAll(
                database,
                sql: """
                    SELECT incident, account, MAX(time) AS time, isConfirmed FROM linkDecision
                    GROUP BY incident, account ORDER BY incident, account
                    """
            ).map { row in
                LinkDecision(
                    incident: row["incident"], account: row["account"], isConfirmed: row["isConfirmed"],
                    time: Instant(seconds: row["time"]))
            }
        }
    }
}

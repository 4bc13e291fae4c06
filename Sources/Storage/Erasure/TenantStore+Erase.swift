internal import Crypto
internal import Foundation
internal import GRDB
@_spi(Stored) public import Records

extension TenantStore {
    /// Forgets a contact or an account: rows, counts that came from it alone, names in the texts of others, free pages, log.
    ///
    /// One transaction removes everything that is known, and then the file is written anew without its free pages. When
    /// the program ends in between, the next call finishes. Who was erased before and is not there is no error: the receipt of
    /// then is the answer.
    ///
    /// - Parameters:
    ///   - subject: Who is to be forgotten.
    ///   - redactor: The tenant's, for the tokens under which names stand in redacted texts.
    ///   - entry: Who does it, for the audit log, which holds a keyed hash of the id.
    /// - Throws: ``StorageError``: ``StorageError/unknown(file:kind:id:)`` when there is nobody with that id and never was,
    ///   ``StorageError/busy(file:)`` when another process writes or reads.
    public func erase(
        _ subject: ErasureSubject, redactor: Redactor, by entry: AuditEntry
    ) throws(StorageError) -> ErasureReceipt {
        let facts = FactReader(seal: try seal())
        let hash = try auditHash(subject.kind, subject.id)
        try claimWriting()
        let isThere = try writing { database in
            var removal = Removal(database)
            switch subject {
            case .contact(let id):
                guard try removal.remove(contact: id, facts, redactor) else { return false }
            case .account(let id):
                guard let traces = try Removal.traces(of: id, database, facts) else { return false }
                let scopes = try Removal.scopes(
                    of: traces.names + traces.deployments.map { RawText($0) }, redactor, database)
                try removal.forget(account: id, traces, facts.seal)
                try removal.remove(account: id, traces, facts.seal)
                let words = try removal.erase(
                    ErasedWords(
                        traces.names, people: traces.people, companies: traces.companies, aliases: traces.aliases,
                        others: traces.others, redactor: redactor))
                try removal.removeCounts(ofScopes: scopes, words: words)
            }
            try removal.keep(kind: subject.kind.rawValue, subject: hash, at: entry.time)
            try Self.record(entry, about: hash, in: database)
            return true
        }
        let isErased = try reading { database in
            try Bool.fetchOne(
                database, sql: "SELECT EXISTS (SELECT 1 FROM erasure WHERE kind = ? AND subject = ?)",
                arguments: [subject.kind.rawValue, hash])
        }
        guard isThere || isErased == true else {
            throw .unknown(file: path, kind: subject.kind.rawValue, id: subject.id)
        }
        try finishErasures(at: entry.time)
        return try receipt("kind = ? AND subject = ?", [subject.kind.rawValue, hash])
    }

    /// Overwrites what removals have left in free pages and in the log, where that was not finished.
    ///
    /// - Throws: ``StorageError/busy(file:)`` when another process reads.
    func finishErasures(at time: Instant) throws(StorageError) {
        do {
            let isOpen = try database.read { database in
                try Bool.fetchOne(database, sql: "SELECT EXISTS (SELECT 1 FROM erasure WHERE finishedAt IS NULL)")
            }
            guard isOpen == true else { return }
            try database.writeWithoutTransaction { database in
                try database.execute(sql: "VACUUM")
                try emptyLog(database)
                try database.execute(
                    sql: "UPDATE erasure SET finishedAt = ? WHERE finishedAt IS NULL", arguments: [time.seconds])
                try emptyLog(database)
            }
        } catch {
            throw StorageError(error, file: path)
        }
    }

    /// Moves the log into the file and cuts it to nothing.
    func emptyLog(_ database: Database) throws {
        let row = try Row.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
        if row?[0] == 1 { throw StorageError.busy(file: path) }
    }

    /// The receipt of the last removal of which a condition holds.
    func receipt(_ condition: String, _ arguments: StatementArguments) throws(StorageError) -> ErasureReceipt {
        try reading { database in
            let row = try Row.fetchOne(
                database, sql: "SELECT * FROM erasure WHERE \(condition) ORDER BY number DESC LIMIT 1",
                arguments: arguments)
            guard let row else { throw StorageError.failed(file: path, reason: "there is no receipt") }
            return ErasureReceipt(
                kind: row["kind"], erasedAt: Instant(seconds: row["time"]),
                finishedAt: (row["finishedAt"] as Double?).map(Instant.init(seconds:)),
                removed: try JSONDecoder().decode([String: Int].self, from: Data((row["removed"] as String).utf8)),
                records: row["records"], namesLeft: row["namesLeft"], fileHash: Self.hash(ofFile: path))
        }
    }

    private static func hash(ofFile path: String) -> String? {
        guard let file = FileHandle(forReadingAtPath: path) else { return nil }
        var hash = SHA256()
        do {
            while let block = try file.read(upToCount: 1 << 20), !block.isEmpty { hash.update(data: block) }
        } catch {
            // Of a part of the file a hash would tell nothing.
            return nil
        }
        return hash.finalize().hexadecimal
    }
}

extension Removal {
    /// Removes a person with the names that stand in texts.
    ///
    /// - Returns: Whether there was one with that id.
    mutating func remove(contact id: String, _ facts: FactReader, _ redactor: Redactor) throws -> Bool {
        let hash = Data(facts.seal.hash(RawText(id), as: FactKind.contact.rawValue))
        let context = try TenantStore.customers(database, facts)
        guard let contact = context.contacts.first(where: { $0.id == id }) else { return false }
        try ForgottenRecords(database, facts.seal).add(.contact, [id])
        try remove(contact: hash)
        let words = try erase(
            ErasedWords(
                [RawText(id), contact.name, contact.email], people: [contact.name],
                others: context.names.filter { $0 != contact.name }, redactor: redactor))
        try removeUncounted(words: words)
        return true
    }
}

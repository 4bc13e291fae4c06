import Commands
import Connectors
import Foundation
import Records
import Statistics
import Synchronization

extension SyncTrial {
    /// Opens the tickets that are changed later.
    mutating func prepare(_ count: Int) async throws {
        if let mock {
            try await mock.ask("POST", "reset", [:])
            try await mock.ask(
                "POST", "settings",
                [
                    "exportDelaySeconds": 0,
                    "rateLimits": ["zendesk": ["perMinute": 0, "incrementalPerMinute": 0, "ticketsIndexPerMinute": 0]],
                ])
        }
        let vocabulary = try await answered { () async throws(SystemFault) in try await agent.vocabulary() }
        words.statuses = vocabulary.statuses.keys.filter {
            ["open", "waiting"].contains(description.statuses.ours($0)) && $0 != "hold"
        }.sorted()
        words.priorities = description.kind == .servicenow ? [] : vocabulary.priorities.keys.sorted()
        for _ in 0..<count {
            let text = newNonce()
            let draft = TicketDraft(subject: redacted("upload fails \(text)"), document: Document(redacted(newNonce())))
            let key = "trial" + text
            let ticket = try await answered { () async throws(SystemFault) in try await agent.create(draft, key: key) }
            tickets.append(ticket.id)
            numbers[ticket.id] = ticket.number
        }
        // Both sides know the tickets before anything is changed here.
        _ = try process.catchUp(seconds: 120)
    }

    /// An agent does something in the system.
    mutating func changeThere() async throws {
        let ticket = tickets[Int.random(in: 0..<tickets.count, using: &generator)]
        switch Int.random(in: 0..<10, using: &generator) {
        case 0..<5:
            let text = newNonce()
            let isPublic = Bool.random(using: &generator)
            if try await writeThere(TicketChange(message: message(text, isPublic: isPublic)), to: ticket) {
                written.there[text] = ticket
            }
        case 5..<7 where agent.traits.hasTags:
            let tag = newNonce()
            if try await writeThere(TicketChange(tagsAdded: [tag]), to: ticket) {
                tags[ticket, default: []].insert(tag)
            }
        case 7..<9 where !words.priorities.isEmpty:
            let priority = words.priorities[Int.random(in: 0..<words.priorities.count, using: &generator)]
            _ = try await writeThere(TicketChange(fields: [.priority: priority]), to: ticket)
        default:
            guard !words.statuses.isEmpty else { return }
            let word = words.statuses[Int.random(in: 0..<words.statuses.count, using: &generator)]
            if try await writeThere(TicketChange(fields: [.status: word]), to: ticket) { status[ticket] = word }
        }
    }

    /// Casebook's people do something here.
    mutating func changeHere() async throws {
        let ticket = tickets[Int.random(in: 0..<tickets.count, using: &generator)]
        let id = "trial:" + number(of: ticket)
        let work: OutboxEntry.Work
        switch Int.random(in: 0..<10, using: &generator) {
        case 5..<7 where agent.traits.hasTags:
            let tag = newNonce()
            tags[ticket, default: []].insert(tag)
            work = .tags(added: [tag], removed: [])
        case 7..<9 where !words.priorities.isEmpty:
            let priority = words.priorities[Int.random(in: 0..<words.priorities.count, using: &generator)]
            work = .field("priority", value: description.priorities.ours(priority))
        default:
            let text = newNonce()
            written.here[text] = ticket
            work = .message(Document(redacted(text)), isPublic: Bool.random(using: &generator))
        }
        do {
            try actions.perform([work], on: id, by: "agent", at: WallClock.now)
        } catch {
            throw Failure(description: "a change here failed: \(error)")
        }
    }

    /// Writes as the agent does, reading before each try.
    ///
    /// - Returns: Whether it was done; a system may not allow it.
    mutating func writeThere(_ change: TicketChange, to ticket: String) async throws -> Bool {
        for _ in 0..<20 {
            guard let now = try await answered({ () async throws(SystemFault) in try await agent.ticket(ticket) })
            else {
                return false
            }
            do throws(SystemFault) {
                _ = try await agent.write(change, to: now)
                return true
            } catch {
                switch error {
                case .stale: continue
                case .refused, .forbidden: return false
                default: throw Failure(description: "the agent's change failed: \(error)")
                }
            }
        }
        throw Failure(description: "the agent's change was stale twenty times")
    }

    func answered<Value>(_ request: () async throws(SystemFault) -> Value) async throws -> Value {
        do throws(SystemFault) {
            return try await request()
        } catch {
            throw Failure(description: "the agent was not answered: \(error)")
        }
    }

    /// Letters that no redactor takes for anything, and that are written once.
    mutating func newNonce() -> String {
        nonce += 1
        var (rest, letters) = (nonce, "")
        for _ in 0..<5 {
            letters.append(Character(UnicodeScalar(UInt8(97 + rest % 26))))
            rest /= 26
        }
        return "zq" + salt + letters
    }

    func redacted(_ text: String) -> RedactedText { redactor.redact(RawText(text)) }

    func message(_ text: String, isPublic: Bool = true) -> OutgoingMessage {
        OutgoingMessage(key: "agent" + text, document: Document(redacted(text)), isPublic: isPublic)
    }

    func number(of ticket: String) -> String { numbers[ticket] ?? ticket }
}

/// Keys that no other trial gives.
final class KeySource: Sendable {
    private let salt: String
    private let count = Mutex(0)

    init(salt: String) {
        self.salt = salt
    }

    func next() -> String {
        let number = count.withLock { count in
            count += 1
            return count
        }
        return "k\(salt)\(number)"
    }
}

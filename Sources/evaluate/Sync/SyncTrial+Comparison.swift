import Commands
import Connectors
import Foundation
import Records
import Storage

extension SyncTrial {
    /// Turns faults of the mock on or off for casebook's account alone, so that the changes themselves are certain.
    func mockFaults(_ areOn: Bool) async throws {
        guard let mock else { return }
        guard areOn else {
            try await mock.ask("POST", "faults", [:])
            return
        }
        try await mock.ask(
            "POST", "faults",
            [
                "seed": .integer(Int64(truncatingIfNeeded: result.seed & 0xFFFF_FFFF)),
                "users": [.text(description.user)],
                "rates": [
                    "latency": .number(0.1), "429": .number(0.01), "500": .number(0.01), "503": .number(0.005),
                    "reset": .number(0.01), "timeoutAfterWrite": .number(0.02), "truncated": .number(0.01),
                    "html": .number(0.01), "login": .number(0.002),
                ],
                "latencyMs": [1, 30], "timeoutSeconds": 1, "retryAfter": ["1", "0", "none"],
            ])
    }

    /// Has the mock call web hooks, of which some come twice, late or never where they are faulty.
    func hooks(areFaulty: Bool) async throws {
        guard let mock else { return }
        let rate = JSON.number(areFaulty ? 0.1 : 0)
        // The ids of calls come of the seed, and what was called before counts as a repetition.
        let seed = result.seed &* 2 &+ (areFaulty ? 0 : 1)
        try await mock.ask("DELETE", "webhooks")
        try await mock.ask(
            "POST", "webhooks",
            [
                "system": .text(description.kind.rawValue), "url": .text(process.hookAddress + description.name),
                "secret": .text(Self.hookSecret), "duplicate": rate, "reorder": rate,
                "drop": rate,
                "seed": .integer(Int64(truncatingIfNeeded: seed & 0xFFFF_FFFF)),
            ])
    }

    /// The requests that casebook's system has answered; nil where nobody counts them.
    func requests() async throws -> Int? {
        guard let mock else { return nil }
        let counts = try await mock.ask("GET", "requests")
        return counts["users"][description.user][description.kind.rawValue].integer ?? 0
    }

    /// Waits until nothing is left to be done.
    func settle() async throws {
        process.end()
        // Once more under faults, and then until both sides have been seen to be the same.
        _ = try process.catchUp(seconds: 600)
        try await mockFaults(false)
        _ = try process.catchUp(seconds: 600)
    }

    /// Compares both sides.
    mutating func compare() async throws {
        for ticket in tickets {
            let id = "trial:" + number(of: ticket)
            guard let remote = try await answered({ () async throws(SystemFault) in try await agent.ticket(ticket) }),
                let link = try store.links(of: id).first
            else {
                result.lost += 1
                result.differ("ticket \(ticket) is not on both sides")
                continue
            }
            compareFields(remote, link)
            let messages = try await answered { () async throws(SystemFault) in try await agent.messages(of: [remote]) }
            compareMessages(messages[ticket] ?? [], try store.interactions(ofTicket: id), ticket)
        }
        let dead = try store.outbox([.dead], in: description.name)
        result.refused = dead.count
        for entry in dead { result.differ("refused: \(entry.ticket) \(entry.work): \(entry.fault)") }
        result.overruled = try store.outbox([.overruled], in: description.name).count
        let open = try store.outbox([.waiting, .sending], in: description.name)
        result.lost += open.count
        for entry in open { result.differ("still waiting: \(entry.ticket) \(entry.work): \(entry.fault)") }
    }

    private mutating func compareFields(_ remote: RemoteTicket, _ link: LinkedTicket) {
        for field in [TicketField.status, .priority] {
            let theirs = remote.fields[field].map { description.ours($0, of: field) }
            guard theirs != link.values[field.name] else { continue }
            result.lost += 1
            result.differ(
                "\(link.ticket) \(field.name): there \(theirs ?? "-"), here \(link.values[field.name] ?? "-")")
        }
        // Only the agent sets the status, so the last one stands.
        if let last = status[remote.id], remote.fields[.status] != last {
            result.lost += 1
            result.differ("\(link.ticket) status: the agent set \(last), it is \(remote.fields[.status] ?? "-")")
        }
        let wanted = tags[remote.id] ?? []
        let missing = wanted.subtracting(remote.tags.intersection(link.tags))
        result.lost += missing.count
        if !missing.isEmpty { result.differ("\(link.ticket) tags: \(missing.sorted()) are missing") }
    }

    private mutating func compareMessages(_ there: [RemoteMessage], _ here: [Interaction], _ ticket: String) {
        let local = here.map(\.text.string)
        let remote = there.map { redactor.redact($0.text).string }
        func count(_ text: String, in texts: [String]) -> Int { texts.filter { $0.contains(text) }.count }
        for (text, origin) in [(written.there, true), (written.here, false)].flatMap({ written, isThere in
            written.filter { $0.value == ticket }.map { ($0.key, isThere) }
        }) {
            let (times, copies) = (count(text, in: remote), count(text, in: local))
            if times == 0 || copies == 0 {
                result.lost += 1
                result.differ(
                    "\(ticket) message \(text) from \(origin ? "there" : "here"): there \(times), here \(copies)")
            }
            // More than once on its own side: it came back; on the other side: it was sent or taken twice.
            let (own, other) = origin ? (times, copies) : (copies, times)
            result.echoed += max(0, own - 1)
            result.duplicated += max(0, other - 1)
            if own > 1 || other > 1 {
                result.differ(
                    "\(ticket) message \(text) from \(origin ? "there" : "here"): there \(times), here \(copies)")
            }
        }
    }

    /// Notes the time of each message that is here now.
    static func look(
        for made: [(nonce: String, ticket: String, at: Double)], in store: TenantStore,
        _ arrivals: inout [String: Double]
    ) {
        var texts: [String: String] = [:]
        for item in made where arrivals[item.nonce] == nil {
            if texts[item.ticket] == nil {
                let all = (try? store.interactions(ofTicket: item.ticket)) ?? []
                texts[item.ticket] = all.map(\.text.string).joined(separator: "\n")
            }
            if texts[item.ticket]?.contains(item.nonce) == true { arrivals[item.nonce] = WallClock.now.seconds }
        }
    }
}

import CDispatch
import Commands
import Connectors
import Foundation
import Glibc
import Records
import Statistics
import Storage

/// Changes tickets on both sides of a sync that is killed again and again, and compares the sides afterwards.
struct SyncTrial {
    /// Why a trial could not be carried out.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The changes that go to one ticket, on the average.
    private static let changesPerTicket = 25
    static let hookSecret = "trial-hook-secret"

    let description: SystemDescription
    let mock: MockSystems?
    let agent: any TicketSystem
    let store: TenantStore
    let actions: SupportActions
    let process: SyncProcess
    var generator: SplitMix64
    var result: SyncResult
    /// The tickets, by the system's ids.
    var tickets: [String] = []
    /// The nonces of messages that were written there and here, each with its ticket.
    var written: (there: [String: String], here: [String: String]) = ([:], [:])
    /// The tags that must be there at the end.
    var tags: [String: Set<String>] = [:]
    /// The last status that the agent set.
    var status: [String: String] = [:]
    /// The values that fields may get.
    var words: (statuses: [String], priorities: [String]) = ([], [])
    var nonce = 0
    /// Letters that tell this trial from every other one.
    private(set) var salt = ""
    /// The numbers of the tickets, by the system's ids.
    var numbers: [String: String] = [:]
    let redactor: Redactor

    init(
        kind: SystemDescription.Kind, address: String, robot: String, agent: String, folder: String, mock: MockSystems?,
        seed: UInt64
    ) throws {
        let robot = robot.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let agentParts = agent.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        let place = kind == .jira ? "SUP" : ""
        description = SystemDescription(
            name: "trial", kind: kind, address: address, user: robot[0], secret: .environment("CASEBOOK_TRIAL_SECRET"),
            hookSecret: .environment("CASEBOOK_TRIAL_HOOK"), place: place, isTeamOnly: kind == .roundup)
        var other = description
        other.user = agentParts[0]
        self.agent = try other.open(
            environment: ["CASEBOOK_TRIAL_SECRET": agentParts[1]], clock: { WallClock.now })
        self.mock = mock
        generator = SplitMix64(seed: seed)
        let key = Array("a key of a trial, of no other use".utf8)
        guard let tenant = TenantKey(key), let redactor = Redactor(key: key) else {
            throw Failure(description: "no key")
        }
        store = try TenantStore(path: folder + "/store.db", key: tenant)
        self.redactor = redactor
        // A system that is not made anew for each trial knows the tickets and messages of earlier ones.
        var time = UInt64(WallClock.now.seconds * 1_000)
        for _ in 0..<9 {
            salt.append(Character(UnicodeScalar(UInt8(97 + time % 26))))
            time /= 26
        }
        let keys = KeySource(salt: salt)
        actions = SupportActions(store, newKey: { keys.next() })
        process = try SyncProcess(
            folder: folder, store: folder + "/store.db", key: key, description: description, secret: robot[1],
            hookSecret: Self.hookSecret)
        result = SyncResult(system: kind.rawValue, seed: seed)
    }

    func end() { process.end() }

    /// Makes changes under faults and kills, waits until nothing is left to be done, and compares.
    mutating func run(changes: Int, kills: Int) async throws {
        let begin = WallClock.now
        try await prepare(max(4, changes / Self.changesPerTicket))
        try await mockFaults(true)
        try process.start(listening: mock != nil)
        try await hooks(areFaulty: true)
        let before = try await requests()
        var killsLeft = kills
        for number in 0..<changes {
            if Bool.random(using: &generator) { try await changeThere() } else { try await changeHere() }
            // The places of the kills are at random, and all of them come before the end.
            let left = changes - number
            if killsLeft > 0, Int.random(in: 0..<left, using: &generator) < killsLeft {
                killsLeft -= 1
                try await Task.sleep(for: .milliseconds(Int.random(in: 0...400, using: &generator)))
                process.kill()
                try process.start(listening: mock != nil)
            }
        }
        result.changes = changes
        result.kills = kills
        try await settle()
        result.seconds = WallClock.now.seconds - begin.seconds
        if let before, let after = try await requests() {
            result.requestsPerChange = Double(after - before) / Double(changes)
        }
        try await compare()
    }

    /// Makes changes at a steady rate without faults, and measures how long they take to arrive.
    mutating func time(seconds: Double, rate: Double) async throws {
        try keepSolved()
        try await hooks(areFaulty: false)
        try process.start(listening: mock != nil, writingNotes: true)
        if let mock {
            // One ticket beforehand, so that what is measured is not the start of the program.
            _ = try await timesOfNotes(seconds: 1, rate: 1, mock)
            let times = try await timesOfNotes(seconds: seconds, rate: rate, mock)
            if !times.isEmpty { result.enrichP99Seconds = times[min(times.count - 1, Int(Double(times.count) * 0.99))] }
        } else {
            try await Task.sleep(for: .seconds(2))
        }
        var made: [(nonce: String, ticket: String, at: Double)] = []
        var arrivals: [String: Double] = [:]
        let begin = WallClock.now.seconds
        let count = Int(seconds * rate)
        let store = store
        for place in 0..<count {
            let due = begin + Double(place) / rate
            let wait = due - WallClock.now.seconds
            if wait > 0 { try await Task.sleep(for: .milliseconds(Int64(wait * 1_000))) }
            let (ticket, text) = (tickets[place % tickets.count], newNonce())
            if try await writeThere(TicketChange(message: message(text)), to: ticket) {
                written.there[text] = ticket
                made.append((text, "trial:" + number(of: ticket), WallClock.now.seconds))
            }
            if place % 5 == 0 { Self.look(for: made, in: store, &arrivals) }
        }
        let deadline = WallClock.now.seconds + 60
        while arrivals.count < made.count, WallClock.now.seconds < deadline {
            Self.look(for: made, in: store, &arrivals)
            try await Task.sleep(for: .milliseconds(5))
        }
        let times = made.map { item in (arrivals[item.nonce] ?? deadline) - item.at }.sorted()
        result.timedChanges = times.count
        if !times.isEmpty {
            result.arrivalP50Seconds = times[times.count / 2]
            result.arrivalP99Seconds = times[min(times.count - 1, Int(Double(times.count) * 0.99))]
        }
    }

    /// Keeps solved cases, without which there is nothing to say in a note.
    private func keepSolved() throws {
        let tickets = (0..<50).map { number in
            Ticket(
                id: "solved-\(number)", openedAt: Instant(seconds: Double(number)),
                resolvedAt: Instant(seconds: Double(number) + 9),
                subject: redacted("upload fails"), body: redacted("the upload fails behind the proxy"), assignee: "ana",
                resolution: redacted("Raise the limit of the proxy."))
        }
        try store.keep(
            CustomerContext(), tickets: tickets, source: "trial", date: WallClock.now,
            by: AuditEntry(time: WallClock.now, actor: "trial", action: .imported))
    }

    /// Opens tickets at a steady rate, and measures how long it takes until each has its note.
    ///
    /// - Returns: The seconds, ascending.
    private mutating func timesOfNotes(seconds: Double, rate: Double, _ mock: MockSystems) async throws -> [Double] {
        var opened: [String: Double] = [:]
        // A journal may name a ticket by its number.
        var ids: [String: String] = [:]
        let begin = WallClock.now.seconds
        for place in 0..<Int(seconds * rate) {
            let wait = begin + Double(place) / rate - WallClock.now.seconds
            if wait > 0 { try await Task.sleep(for: .milliseconds(Int64(wait * 1_000))) }
            let text = newNonce()
            let draft = TicketDraft(
                subject: redacted("upload fails \(text)"), document: Document(redacted("behind the proxy")))
            let key = "trial" + text
            let ticket = try await answered { () async throws(SystemFault) in try await agent.create(draft, key: key) }
            opened[ticket.id] = WallClock.now.seconds
            ids[ticket.number] = ticket.id
        }
        var noted: [String: Double] = [:]
        let deadline = WallClock.now.seconds + 60
        while noted.count < opened.count, WallClock.now.seconds < deadline {
            try await Task.sleep(for: .milliseconds(500))
            let journal = try await mock.ask("GET", "journal?system=\(description.kind.rawValue)")
            for entry in journal["entries"].items
            where entry["user"].text == description.user && !entry["comment"].isNull {
                guard let ticket = entry["ticket"].identifier.map({ ids[$0] ?? $0 }), opened[ticket] != nil,
                    noted[ticket] == nil,
                    case .number(let time) = entry["time"]
                else { continue }
                noted[ticket] = time
            }
        }
        return opened.map { ticket, time in (noted[ticket] ?? deadline) - time }.sorted()
    }
}

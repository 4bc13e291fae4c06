package import Connectors
package import Records
import Synchronization

/// A ticket system of one ticket, which answers some requests only when it is told to.
package final class ScriptedSystem: TicketSystem {
    /// A request whose answer can be held back.
    package enum Request {
        case feed, write
    }

    /// What becomes of what is written.
    package enum Manner {
        case kept
        /// Somebody sets the old value again before the answer.
        case undone
        /// Nothing, though it is answered that it was done.
        case ignored
    }

    private struct State {
        var ticket: RemoteTicket
        var manner = Manner.kept
        var isDown = false
        var isMute = false
        var fault: SystemFault?
        var refusal: SystemFault?
        var writes = 0
        var texts: [String] = []
        var isRefusing = false
        var isGone = false
        var people: Result<[RemotePerson], SystemFault> = .success([])
        var organizations: Result<[RemoteOrganization], SystemFault> = .success([])
        var messages: [RemoteMessage] = []
        var history: [RemoteChange] = []
        var refusals = 0
        var interruption: (@Sendable () -> Void)?
        var reads = 0
        var looks = 0
        var held: Request?
        var waiting: [(answer: RemoteTicket, to: CheckedContinuation<RemoteTicket, Never>)] = []
    }

    private let state: Mutex<State>
    package let traits: SystemTraits
    package let now = Instant(seconds: 10_000)

    private let hidesInternalMessages: Bool

    package init(
        _ ticket: RemoteTicket, hidesInternalMessages: Bool = true, longestRequest: Double = 0,
        longestText: TextLimit? = nil, confirmsMessages: Bool = true
    ) {
        state = Mutex(State(ticket: ticket))
        traits = SystemTraits(
            messagesAtATime: 1, feedInterval: 0.05, hasTags: true, editsMessages: true,
            longestRequest: longestRequest, longestText: longestText, confirmsMessages: confirmsMessages)
        self.hidesInternalMessages = hidesInternalMessages
    }

    /// How often the ticket was asked for by its id.
    package var reads: Int { state.withLock(\.reads) }
    /// How often something was to be written.
    package var writes: Int { state.withLock(\.writes) }
    /// What the messages said that were written, in order.
    package var texts: [String] { state.withLock(\.texts) }
    /// How often the feed was asked for.
    package var looks: Int { state.withLock(\.looks) }
    /// The requests that wait for their answer.
    package var waiting: Int { state.withLock(\.waiting.count) }

    /// Decides what becomes of what is written from now on.
    package func treat(_ manner: Manner) { state.withLock { $0.manner = manner } }

    /// Has nobody told about a ticket from now on.
    package func breakDown() { state.withLock { $0.isDown = true } }

    /// Has requests for messages and histories fail, or no longer.
    package func failMessages(_ isMute: Bool) { state.withLock { $0.isMute = isMute } }

    /// Has requests for messages refused, or no longer.
    package func refuseMessages(_ isRefusing: Bool) { state.withLock { $0.isRefusing = isRefusing } }

    /// Has the ticket not be there, or be there again.
    package func remove(_ isGone: Bool) { state.withLock { $0.isGone = isGone } }

    /// Has people told, or not.
    package func tell(_ people: Result<[RemotePerson], SystemFault>) { state.withLock { $0.people = people } }

    /// Has organisations told, or not.
    package func tellOrganizations(_ organizations: Result<[RemoteOrganization], SystemFault>) {
        state.withLock { $0.organizations = organizations }
    }

    /// Somebody writes a message.
    package func say(_ message: RemoteMessage) { state.withLock { $0.messages.append(message) } }

    /// Has what is written arrive without an answer.
    package func loseAnswers() { fail(.unanswered("the connection was closed")) }

    /// Has what is written fail.
    package func fail(_ fault: SystemFault) { state.withLock { $0.fault = fault } }

    /// Has the feed refused, or no longer.
    package func refuseFeed(_ refusal: SystemFault?) { state.withLock { $0.refusal = refusal } }

    /// Has the history of the ticket tell a change.
    package func tell(_ change: RemoteChange) { state.withLock { $0.history.append(change) } }

    /// Has the next requests for histories fail.
    package func refuseHistory(times: Int) { state.withLock { $0.refusals = times } }

    /// Has requests of a kind answered with what is so when they are made, but not before ``release()``.
    package func hold(_ request: Request) { state.withLock { $0.held = request } }

    /// Answers what was held back, and holds nothing back any more.
    package func release() {
        let waiting = state.withLock { state in
            defer { (state.held, state.waiting) = (nil, []) }
            return state.waiting
        }
        for one in waiting { one.to.resume(returning: one.answer) }
    }

    /// Has something happen when it is asked whether messages for the team are hidden, which is before one is written.
    package func interrupt(_ body: @escaping @Sendable () -> Void) { state.withLock { $0.interruption = body } }

    private func answer(_ request: Request, _ body: @Sendable (inout State) -> RemoteTicket) async -> RemoteTicket {
        await withCheckedContinuation { continuation in
            let answer: RemoteTicket? = state.withLock { state in
                let answer = body(&state)
                guard state.held == request else { return answer }
                state.waiting.append((answer, continuation))
                return nil
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    /// Somebody changes the ticket there.
    package func change(_ body: @Sendable (inout RemoteTicket) -> Void) { state.withLock { body(&$0.ticket) } }

    package func changes(after cursor: FeedCursor?, from start: Instant) async throws(SystemFault) -> FeedPage {
        let ticket = await answer(.feed) { state in
            state.looks += 1
            return state.ticket
        }
        if let refusal = state.withLock(\.refusal) { throw refusal }
        return FeedPage(tickets: [ticket], next: FeedCursor("\(looks)"), isLast: true)
    }

    package func ticket(_ id: String) async throws(SystemFault) -> RemoteTicket? {
        let state = state.withLock { state in
            state.reads += 1
            return state
        }
        guard !state.isDown else { throw .unavailable(status: 503, retryAfter: 60) }
        return state.ticket.id == id && !state.isGone ? state.ticket : nil
    }

    package func messages(of tickets: [RemoteTicket]) async throws(SystemFault) -> [String: [RemoteMessage]] {
        let state = state.withLock { $0 }
        if state.isMute { throw .unavailable(status: 500, retryAfter: nil) }
        if state.isRefusing { throw .forbidden("no") }
        return Dictionary(uniqueKeysWithValues: tickets.map { ($0.id, state.messages) })
    }

    package func history(of tickets: [RemoteTicket]) async throws(SystemFault) -> [String: RemoteHistory] {
        let state = state.withLock { state in
            defer { state.refusals = max(0, state.refusals - 1) }
            return state
        }
        if state.refusals > 0 || state.isMute { throw .unavailable(status: 500, retryAfter: nil) }
        if state.isRefusing { throw .forbidden("no") }
        let history = RemoteHistory(messages: state.messages, changes: state.history)
        return Dictionary(uniqueKeysWithValues: tickets.map { ($0.id, history) })
    }

    package func people(_ ids: [String]) async throws(SystemFault) -> [RemotePerson] {
        try state.withLock(\.people).get().filter { ids.contains($0.id) }
    }

    package func organizations(_ ids: [String]) async throws(SystemFault) -> [RemoteOrganization] {
        try state.withLock(\.organizations).get().filter { ids.contains($0.id) }
    }

    package func write(_ change: TicketChange, to ticket: RemoteTicket) async throws(SystemFault) -> RemoteTicket? {
        let fault = state.withLock { state in
            state.writes += 1
            return state.fault
        }
        if let fault { throw fault }
        let written = await answer(.write) { state in
            guard state.manner != .ignored else { return state.ticket }
            if let message = change.message {
                state.texts.append(message.document.plainText)
                if !traits.confirmsMessages { state.messages.append(RemoteMessage(message, at: now)) }
            }
            for (field, value) in change.fields {
                let (before, after) = (state.ticket.fields[field] ?? "", value ?? "")
                state.history.append(RemoteChange(time: now, field: field, from: before, to: after))
                if state.manner == .kept { state.ticket.fields[field] = value }
            }
            state.ticket.version += "+"
            state.ticket.updatedAt = Instant(seconds: state.ticket.updatedAt.seconds + 1)
            return state.ticket
        }
        if Task.isCancelled { throw .unanswered("given up before it was answered") }
        return written
    }

    package func create(_ draft: TicketDraft, key: String) async throws(SystemFault) -> RemoteTicket {
        throw .readOnly("")
    }

    package func ticket(keyed key: String) async throws(SystemFault) -> RemoteTicket? { nil }

    package func hidesInternalMessages(inTicket number: String?) async throws(SystemFault) -> Bool {
        state.withLock(\.interruption)?()
        return hidesInternalMessages
    }

    package func vocabulary() async throws(SystemFault) -> SystemVocabulary {
        SystemVocabulary(statuses: [:], priorities: [:], fields: [:])
    }
}

extension RemoteMessage {
    /// A message as it stands there when it has arrived.
    fileprivate init(_ message: OutgoingMessage, at time: Instant) {
        self.init(
            id: message.key, time: time, author: "robot", isPublic: message.isPublic,
            text: RawText(message.document.plainText), key: message.key)
    }
}

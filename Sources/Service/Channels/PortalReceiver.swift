public import Connectors
internal import HTTPTypes
internal import Hummingbird
public import Records
public import Storage

/// Takes forms of portals and chat messages that are posted: `POST /forms` and `POST /chat`, one JSON object a call.
///
/// A call is signed as ``HookGate/isSigned(_:with:)`` says. It is answered with the id of its ticket, `{"repeated":false,"ticket":"form-…"}`, once it
/// is kept durably; one whose answer was lost may be sent again. What is wrong is answered with 4xx and what and where it is.
public actor PortalReceiver {
    private let store: TenantStore
    private let secret: String
    private let clock: @Sendable () -> Instant
    private let entry: @Sendable () -> AuditEntry
    private let open: @Sendable () throws(ChannelError) -> ChannelIntake
    private let tell: @Sendable (ChannelError) -> Void

    /// Knows the customers of when it was opened; nil before the first call, and after a failure.
    private var intake: ChannelIntake?
    /// The last entry of the audit log when it was opened, or that it has written since.
    private var last = 0

    /// The milliseconds between two looks whether it is time to end.
    private static let noticing = 50

    /// Creates a receiver.
    ///
    /// - Parameters:
    ///   - store: The store, of which this process has claimed the receiving.
    ///   - secret: What calls are signed with.
    ///   - clock: Tells the time.
    ///   - entry: Who takes what comes now.
    ///   - open: Opens the store for what comes; called again when customers were imported or erased.
    ///   - tell: Is told why something that is right could not be kept; the caller is told to send it again.
    public init(
        store: TenantStore, secret: String, clock: @escaping @Sendable () -> Instant,
        entry: @escaping @Sendable () -> AuditEntry,
        open: @escaping @Sendable () throws(ChannelError) -> ChannelIntake,
        tell: @escaping @Sendable (ChannelError) -> Void
    ) {
        self.store = store
        self.secret = secret
        self.clock = clock
        self.entry = entry
        self.open = open
        self.tell = tell
    }

    /// Listens until it is asked to end, or the task is cancelled.
    ///
    /// - Parameters:
    ///   - port: The port of this machine; 0 for any that is free.
    ///   - isAskedToEnd: Asked again and again.
    ///   - isListening: Called with the port once calls are taken.
    /// - Throws: What keeps the port from being listened at.
    public nonisolated func listen(
        port: Int, isAskedToEnd: @escaping @Sendable () -> Bool, isListening: @escaping @Sendable (Int) async -> Void
    ) async throws {
        try await withThrowingTaskGroup { group in
            group.addTask {
                try await CallListener.listen(host: "127.0.0.1", port: port, isListening: isListening) { name, call in
                    guard let kind = PostedKind(rawValue: name) else { throw HTTPError(.notFound) }
                    return try await self.answer(call, kind)
                }
            }
            group.addTask {
                while !isAskedToEnd() { try await Task.sleep(for: .milliseconds(Self.noticing)) }
            }
            try await group.next()
            group.cancelAll()
        }
    }

    /// Takes one call at a time.
    private func answer(_ call: HookGate.Call, _ kind: PostedKind) throws -> Response {
        guard HookGate.isSigned(call, with: secret) else {
            throw HTTPError(.unauthorized, message: "header \"X-Casebook-Signature\": not the signature of this body")
        }
        let receipt: PostedReceipt
        do throws(ChannelError) {
            receipt = try take(call.body, kind)
        } catch {
            intake = nil
            tell(error)
            throw HTTPError(
                .serviceUnavailable, headers: [.retryAfter: "1"], message: "it could not be kept; send it again")
        }
        switch receipt {
        case .kept(let ticket): return try Response(json: Answer(ticket: ticket, repeated: false))
        case .repeated(let ticket): return try Response(json: Answer(ticket: ticket, repeated: true))
        case .refused(let reason): throw HTTPError(.badRequest, message: reason)
        }
    }

    /// Keeps what was posted.
    func take(_ body: [UInt8], _ kind: PostedKind) throws(ChannelError) -> PostedReceipt {
        let news = try news(after: last)
        if news.isThere { intake = nil }
        // Customers who are imported from here on are news to the next call.
        last = news.last
        if intake == nil { intake = try open() }
        guard let receipt = try intake?.take(body, as: kind, at: clock(), by: entry()) else { return .refused("") }
        // What this call has written is no news, unless somebody else has written too.
        if case .kept = receipt, try self.news(after: last).last == last + 1 { last += 1 }
        return receipt
    }

    private func news(after number: Int) throws(ChannelError) -> (last: Int, isThere: Bool) {
        do throws(StorageError) { return try store.customerNews(after: number) } catch { throw .notKept(error) }
    }

    private struct Answer: Encodable {
        var ticket: String?
        var repeated: Bool
    }
}

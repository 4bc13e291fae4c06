public import Connectors
internal import HTTPTypes
internal import Hummingbird
public import Records
public import Storage

/// Takes the calls of web hooks: `POST /hooks/NAME`, where NAME is the name of a system.
///
/// A call is answered as soon as it is noted; the ticket is read afterwards. A repeated call is answered like the first one; one
/// that cannot be told from a repeated one is taken for new, as reading a ticket once more changes nothing.
public struct HookReceiver: Sendable {
    private let gates: [String: HookGate]
    private let store: TenantStore
    private let clock: @Sendable () -> Instant
    private let clocks: [String: @Sendable () -> Instant]
    private let touch: @Sendable (_ system: String, _ tickets: [String]) async -> Void

    /// Creates a receiver.
    ///
    /// - Parameters:
    ///   - gates: By the names of the systems.
    ///   - store: Where it is noted which calls came.
    ///   - clock: Tells the time.
    ///   - clocks: Tell the time by the clocks of the systems, by their names, as far as these are known.
    ///   - touch: Called with the tickets of each new call.
    public init(
        gates: [String: HookGate], store: TenantStore, clock: @escaping @Sendable () -> Instant,
        clocks: [String: @Sendable () -> Instant],
        touch: @escaping @Sendable (_ system: String, _ tickets: [String]) async -> Void
    ) {
        self.gates = gates
        self.store = store
        self.clock = clock
        self.clocks = clocks
        self.touch = touch
    }

    /// Listens until the task is cancelled.
    ///
    /// - Parameters:
    ///   - host: The address to listen at, such as `127.0.0.1`.
    ///   - port: The port; 0 for any that is free.
    ///   - isListening: Called with the port once calls are taken.
    public func listen(host: String, port: Int, isListening: @escaping @Sendable (Int) async -> Void) async throws {
        try await CallListener.listen(host: host, port: port, under: "hooks", isListening: isListening) { name, call in
            guard let gate = gates[name] else { throw HTTPError(.notFound) }
            return Response(status: try await take(call, of: name, through: gate))
        }
    }

    private func take(_ call: HookGate.Call, of system: String, through gate: HookGate) async throws
        -> HTTPResponse.Status
    {
        let news: HookGate.News
        do throws(HookGate.Refusal) {
            news = try gate.open(call, at: clock(), there: clocks[system]?())
        } catch {
            switch error {
            case .unsigned, .untimely: throw HTTPError(.unauthorized)
            case .unreadable: throw HTTPError(.badRequest)
            }
        }
        do {
            guard
                try store.receive(
                    delivery: news.delivery, naming: news.tickets, from: system, at: clock())
            else { return .ok }
        } catch {
            // The system sends it again.
            throw HTTPError(.serviceUnavailable)
        }
        await touch(system, news.tickets)
        return .ok
    }
}

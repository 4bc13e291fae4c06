internal import Connectors
internal import FoundationEssentials
internal import HTTPTypes
internal import Hummingbird
internal import Logging
internal import NIOCore

/// Listens for calls over HTTP, with bounds on what callers can make it hold.
enum CallListener {
    /// The largest body that is read, in bytes.
    static let largestCall = 1 << 20
    /// The connections that are open at the same time; others wait to be accepted.
    private static let mostConnections = 64
    /// The seconds after which a connection is closed that says nothing, or does not end what it says.
    private static let patience: Int64 = 60

    /// Listens until the task is cancelled.
    ///
    /// - Parameters:
    ///   - host: The address to listen at, such as `127.0.0.1`.
    ///   - port: The port; 0 for any that is free.
    ///   - folder: The first part of the paths that are called; nil where a path has one part alone.
    ///   - isListening: Called with the port once calls are taken.
    ///   - take: Answers a call by the last part of its path.
    static func listen(
        host: String, port: Int, under folder: String? = nil, isListening: @escaping @Sendable (Int) async -> Void,
        _ take: @escaping @Sendable (_ name: String, HookGate.Call) async throws -> Response
    ) async throws {
        let router = Router()
        router.post("\(folder.map { "\($0)/" } ?? ""){name}") { request, context in
            var headers: [String: String] = [:]
            for field in request.headers { headers[field.name.canonicalName] = field.value }
            let body: ByteBuffer
            do {
                body = try await request.body.collect(upTo: largestCall)
            } catch is NIOTooManyBytesError {
                throw HTTPError(.contentTooLarge, message: "it has more than \(largestCall) bytes")
            }
            let call = HookGate.Call(headers: headers, body: Array(body.readableBytesView))
            return try await take(context.parameters.get("name") ?? "", call)
        }
        // What is asked is nobody's business but the caller's.
        var logger = Logger(label: "casebook")
        logger.logLevel = .error
        let application = Application(
            router: router, server: .http1(configuration: .init(idleTimeout: .seconds(patience))),
            configuration: .init(
                address: .hostname(host, port: port), serverName: "Casebook",
                availableConnectionsDelegate: .maximum(mostConnections, logger: logger)),
            onServerRunning: { await isListening($0.localAddress?.port ?? port) }, logger: logger)
        try await application.run()
    }
}

extension Response {
    /// Says that all is well, with what came of it.
    init(json value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        self.init(
            status: .ok, headers: [.contentType: "application/json; charset=utf-8"],
            body: .init(byteBuffer: ByteBuffer(bytes: try encoder.encode(value))))
    }
}

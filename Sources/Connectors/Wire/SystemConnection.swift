internal import AsyncHTTPClient
internal import FoundationEssentials
internal import Glibc
internal import NIOCore
internal import NIOHTTP1
internal import NIOPosix
public import Records
internal import Synchronization

/// The way to one system: it sends requests no faster than the system allows, and tells apart why one failed.
///
/// Certificates are checked. Redirections are not followed, as the credentials belong to one address. Nothing of a request or an
/// answer is logged.
public final class SystemConnection: Sendable {
    /// The sentence and the fields in which a system says why it refused something; nil where it says nothing.
    public typealias Explanation = @Sendable (JSON) -> (reason: String, fields: [String])?

    /// What is said of a request that was given up from here.
    static let givenUp = "given up before it was answered"
    /// The largest answer that is read, in bytes.
    public static let largestAnswer = 64 << 20
    /// The seconds after which an answer is no longer waited for.
    public static let patience = 30.0

    /// The address, without a slash at its end.
    public let address: String
    private let credentials: Credentials?
    private let secrets: [HiddenSecrets]
    private let explain: Explanation
    private let headers: [(String, String)]
    private let patience: Double
    private let clock: @Sendable () -> Instant
    private let client: HTTPClient
    private let paces: Mutex<[String: RequestPace]>
    /// The seconds by which the clock of the system is ahead of ours.
    private let ahead = Mutex(0.0)

    /// Creates a connection, which ends with the last who holds it.
    ///
    /// - Parameters:
    ///   - address: Such as `https://example.zendesk.com`.
    ///   - credentials: The account; nil for none.
    ///   - secret: What is sent in requests and must not be printed either; nil where that is in the credentials alone.
    ///   - headers: What every request carries besides.
    ///   - limits: Requests a minute by lane, where they are known beforehand.
    ///   - patience: The seconds after which an answer is no longer waited for.
    ///   - clock: Tells the time.
    ///   - explain: Reads the reason from the body of a refusal.
    public init(
        address: String, credentials: Credentials?, secret: String? = nil, headers: [(String, String)] = [],
        limits: [String: Double] = [:], patience: Double = SystemConnection.patience,
        clock: @escaping @Sendable () -> Instant,
        explain: @escaping Explanation
    ) {
        var address = address
        while address.hasSuffix("/") { address.removeLast() }
        self.address = address
        self.credentials = credentials
        secrets = [credentials?.secrets, secret.map { HiddenSecrets([$0]) }].compactMap { $0 }
        self.headers = headers
        self.patience = patience
        self.clock = clock
        self.explain = explain
        paces = Mutex(limits.mapValues { RequestPace(perMinute: $0) })
        var configuration = HTTPClient.Configuration()
        configuration.redirectConfiguration = .disallow
        configuration.httpVersion = .http1Only
        configuration.timeout = .init(connect: .seconds(5), read: .milliseconds(Int64(patience * 1_000)))
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// The time by the clock of the system, as its last answer told it; to the second.
    public var now: Instant { Instant(seconds: clock().seconds + ahead.withLock { $0 }) }

    /// The earlier one of both clocks: the place of a reader in a feed is never set behind it, whichever of them is wrong.
    var earlierNow: Instant { min(now, clock()) }

    deinit {
        client.shutdown { _ in }
    }

    /// Sends a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - lane: Which of the system's limits it counts against; the one of the account where none is named.
    ///   - codes: The codes of refusals that are answers here, such as 404.
    /// - Returns: The answer, its code 200...299 or one of `codes`.
    /// - Throws: Why there is none.
    public func send(
        _ request: SystemRequest, lane: String = "", accepting codes: Set<Int> = []
    ) async throws(SystemFault) -> SystemResponse {
        let wait = paces.withLock { $0[lane, default: RequestPace()].take(at: clock()) }
        if wait > 0 {
            do {
                try await Task.sleep(for: .milliseconds(Int64(wait * 1_000)))
            } catch {
                throw .unreachable("given up before it was sent")
            }
        }
        let response = try await exchange(request)
        if let date = HTTPDate.instant(of: response.headers) {
            ahead.withLock { $0 = (date.seconds - clock().seconds).rounded() }
        }
        paces.withLock {
            $0[lane, default: RequestPace()].learn(response.headers, status: response.status, at: clock())
        }
        if (200...299).contains(response.status) || codes.contains(response.status) {
            return try Self.readable(response)
        }
        throw fault(of: response)
    }

    private func exchange(_ request: SystemRequest) async throws(SystemFault) -> SystemResponse {
        let isOurs = request.path.hasPrefix("/")
        guard isOurs || request.path.hasPrefix(address + "/") else {
            // The credentials go to no other address than the one they are meant for.
            let place = printable(address: request.path)
            throw .refused(reason: "the system points to another address: \(place)", fields: [])
        }
        var message = HTTPClientRequest(url: isOurs ? address + request.target : request.target)
        message.method = HTTPMethod(rawValue: request.method)
        message.headers.add(name: "Accept", value: "application/json")
        message.headers.add(name: "User-Agent", value: "Casebook")
        if let credentials { message.headers.add(name: "Authorization", value: credentials.header) }
        for (name, value) in headers + request.headers { message.headers.replaceOrAdd(name: name, value: value) }
        switch request.body {
        case .none: break
        case .json(let json):
            message.headers.replaceOrAdd(name: "Content-Type", value: "application/json")
            message.body = .bytes(json.bytes)
        case .form(let pairs):
            message.headers.replaceOrAdd(name: "Content-Type", value: "application/x-www-form-urlencoded")
            message.body = .bytes(Array(SystemRequest.encoded(pairs).utf8))
        }
        do {
            let answer = try await client.execute(message, timeout: .milliseconds(Int64(patience * 1_000)))
            var names: [String: String] = [:]
            for (name, value) in answer.headers {
                let name = name.lowercased()
                // Cookies hold commas of their own.
                names[name] =
                    name == "set-cookie" ? [names[name], value].compactMap { $0 }.joined(separator: "\n") : value
            }
            let body = try await answer.body.collect(upTo: Self.largestAnswer)
            return SystemResponse(status: Int(answer.status.code), headers: names, body: Array(body.readableBytesView))
        } catch is NIOTooManyBytesError {
            throw .refused(reason: "the answer is larger than \(Self.largestAnswer >> 20) MB", fields: [])
        } catch let error as HTTPClientError
            where [.connectTimeout, .tlsHandshakeTimeout, .getConnectionFromPoolTimeout, .invalidURL, .emptyHost]
            .contains(error)
        {
            throw .unreachable("\(error)")
        } catch is CancellationError {
            throw .unanswered(Self.givenUp, mayGoOn: true)
        } catch let error as HTTPClientError where [.readTimeout, .deadlineExceeded].contains(error) {
            throw .unanswered("\(error)", mayGoOn: true)
        } catch let error as IOError where error.errnoCode == ECONNREFUSED {
            throw .unreachable("nobody listens at \(address)")
        } catch is NIOConnectionError {
            throw .unreachable("nobody listens at \(address)")
        } catch {
            throw .unanswered("\(error)")
        }
    }

    /// Refuses what is no JSON: all that is asked for comes as an object or a list, if anything comes.
    private static func readable(_ response: SystemResponse) throws(SystemFault) -> SystemResponse {
        let blanks = Array(" \t\r\n".utf8)
        guard let first = response.body.first(where: { !blanks.contains($0) }) else { return response }
        let type = response.headers["content-type"]?.lowercased() ?? ""
        let isPage = first == UInt8(ascii: "<") || type.hasPrefix("text/html") || type.hasPrefix("application/xhtml")
        guard !isPage else { throw .unreadable(page(response.body)) }
        let isDocument = first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
        guard isDocument || !(200...299).contains(response.status) else {
            throw .unreadable("a text where JSON was promised")
        }
        return response
    }

    private static func page(_ body: [UInt8]) -> String {
        let text = String(decoding: body.prefix(65_536), as: UTF8.self).lowercased()
        return text.contains("type=\"password\"") || text.contains("log in") || text.contains("login")
            ? "a log-in page where JSON was promised: the credentials may have expired"
            : "a page of HTML where JSON was promised"
    }

    /// Why a system refused something, as far as an answer says: 300 characters at most, without secrets.
    func explanation(of response: SystemResponse) -> (reason: String, fields: [String])? {
        (try? response.json).flatMap(explain).map { (String(printable($0.reason).prefix(300)), $0.fields) }
    }

    /// A text of the system without the secrets of the account.
    func printable(_ text: String) -> String { secrets.reduce(text) { $1.removed(from: $0) } }

    /// An address without what may be a key: what stands behind its path.
    private func printable(address: String) -> String {
        String(printable(String(address.prefix { $0 != "?" && $0 != "#" })).prefix(200))
    }

    private func fault(of response: SystemResponse) -> SystemFault {
        let explanation = explanation(of: response)
        let reason = explanation?.reason ?? "code \(response.status)"
        let wait = response.headers["retry-after"].flatMap {
            RetryAfter.seconds(of: $0, at: HTTPDate.instant(of: response.headers) ?? now)
        }
        switch response.status {
        case 300...399:
            let place = printable(address: response.headers["location"] ?? "")
            return .unreadable("sent on to \(place): the address is wrong, or the credentials have expired")
        case 401: return .credentials(reason)
        case 403:
            let isReadOnly = ["read-only", "read only"].contains { reason.lowercased().contains($0) }
            return isReadOnly ? .readOnly(reason) : .forbidden(reason)
        case 404: return .missing
        case 409, 412: return .stale
        case 410: return .gone(reason)
        case 429: return .limited(retryAfter: wait)
        case 500...599: return .unavailable(status: response.status, retryAfter: wait)
        default: return .refused(reason: reason, fields: explanation?.fields ?? [])
        }
    }
}

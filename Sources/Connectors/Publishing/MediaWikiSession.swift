internal import Records
internal import Synchronization

/// A session at a wiki: who is logged in is known by cookies, and every write carries a token.
final class MediaWikiSession: Sendable {
    private struct State {
        var cookies: [String: String] = [:]
        var token: String?
    }

    private let user: String
    private let secret: String
    private let connection: SystemConnection
    private let state = Mutex(State())

    init(address: String, user: String, secret: String, clock: @escaping @Sendable () -> Instant) {
        self.user = user
        self.secret = secret
        connection = SystemConnection(address: address, credentials: nil, secret: secret, clock: clock) { json in
            json["error"]["info"].text.map { ($0, []) }
        }
    }

    /// Asks for something.
    func read(_ pairs: [SystemRequest.Query]) async throws(SystemFault) -> JSON {
        try await loggedIn { (_: String) async throws(SystemFault) in try await send(pairs + [.init("assert", "user")])
        }
    }

    /// Changes something.
    func write(_ pairs: [SystemRequest.Query]) async throws(SystemFault) -> JSON {
        try await loggedIn { (token: String) async throws(SystemFault) in
            try await send(pairs + [.init("assert", "user"), .init("token", token)])
        }
    }

    /// Does something with a session; once more with a new one when the wiki has forgotten the old one.
    private func loggedIn(_ body: (String) async throws(SystemFault) -> JSON) async throws(SystemFault) -> JSON {
        if let token = state.withLock({ $0.token }) {
            do throws(SystemFault) {
                return try await body(token)
            } catch {
                guard case .credentials = error else { throw error }
            }
        }
        return try await body(try await logIn())
    }

    private func logIn() async throws(SystemFault) -> String {
        state.withLock { $0 = State() }
        let token = try await self.token("login")
        let login = try await send(
            [.init("action", "login"), .init("lgname", user), .init("lgpassword", secret), .init("lgtoken", token)])[
                "login"]
        guard login["result"].text == "Success" else {
            let reason = login["reason"].text ?? login["result"].text ?? "the wiki did not say why"
            throw .credentials(connection.printable(reason))
        }
        let csrf = try await self.token("csrf")
        state.withLock { $0.token = csrf }
        return csrf
    }

    private func token(_ type: String) async throws(SystemFault) -> String {
        let json = try await send([.init("action", "query"), .init("meta", "tokens"), .init("type", type)])
        guard let token = json["query"]["tokens"][type + "token"].text else {
            throw .unreadable("the wiki has given no token")
        }
        return token
    }

    private func send(_ pairs: [SystemRequest.Query]) async throws(SystemFault) -> JSON {
        var request = SystemRequest(
            "POST", "/api.php", body: .form(pairs + [.init("format", "json"), .init("formatversion", "2")]))
        let cookies = state.withLock { $0.cookies }
        if !cookies.isEmpty {
            request.headers = [
                ("Cookie", cookies.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "; "))
            ]
        }
        let answer = try await connection.send(request)
        take(answer.headers["set-cookie"] ?? "")
        let json = try answer.json
        guard json["error"].isNull else { throw fault(json["error"]) }
        return json
    }

    private func take(_ headers: String) {
        state.withLock { state in
            for header in headers.split(separator: "\n") {
                let pair = header.prefix { $0 != ";" }.split(
                    separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
                if pair.count == 2 { state.cookies[String(pair[0]).trimmed] = String(pair[1]) }
            }
        }
    }

    /// Errors come with the code of success.
    private func fault(_ error: JSON) -> SystemFault {
        let reason = connection.printable(error["info"].text ?? error["code"].text ?? "")
        switch error["code"].text ?? "" {
        case "editconflict": return .stale
        case "assertuserfailed", "assertnameduserfailed", "badtoken", "notoken": return .credentials(reason)
        case "missingtitle", "pagedeleted", "nosuchpageid", "nosuchrevid": return .missing
        case "ratelimited", "actionthrottledtext": return .limited(retryAfter: nil)
        case "readonly": return .readOnly(reason)
        case "permissiondenied", "protectedpage", "protectedtitle", "cantcreate", "noedit", "blocked", "writeapidenied":
            return .forbidden(reason)
        case let code where code.hasPrefix("internal_api_error") || code == "maxlag" || code == "dbqueryerror":
            return .unavailable(status: 503, retryAfter: nil)
        default: return .refused(reason: reason, fields: [])
        }
    }
}

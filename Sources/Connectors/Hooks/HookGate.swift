internal import Crypto
internal import FoundationEssentials
public import Records

/// Lets in the calls of a system's web hooks that are really its own.
///
/// The signature is checked over the bytes as they came, before anything of them is read, and in constant time. A call that carries the time of
/// its sending, or under the signature that of its event, is refused when that is too far from now. Whether it is a repetition is for
/// the store to say, by its id.
public struct HookGate: Sendable {
    /// The seconds by which the time in a call may differ from now.
    public static let window = 300.0
    /// The seconds for which Jira goes on repeating a call that was not taken, which tells the time of its event each time.
    public static let repeating = 7_200.0
    /// The seconds by which the clock of a system is believed to be off.
    private static let farthest = 86_400.0

    /// One call.
    public struct Call: Sendable {
        /// The headers, by their names in small letters.
        public var headers: [String: String]
        /// The body.
        public var body: [UInt8]

        /// Takes a call.
        public init(headers: [String: String], body: [UInt8]) {
            self.headers = headers
            self.body = body
        }
    }

    /// What a call says.
    public struct News: Sendable, Hashable {
        /// The id of the call, the same when it is repeated; nil where nothing tells it from another one about the same ticket.
        public var delivery: String?
        /// The ids of the tickets that have changed.
        public var tickets: [String]
    }

    /// Why a call is not let in.
    public enum Refusal: Error, Equatable, Sendable {
        /// It is not signed, or by somebody else.
        case unsigned
        /// It was sent too long ago, or in the future.
        case untimely
        /// It does not say which ticket.
        case unreadable
    }

    private let kind: SystemDescription.Kind
    private let secret: [UInt8]

    /// Creates a gate.
    ///
    /// - Parameters:
    ///   - kind: What calls.
    ///   - secret: What it signs with.
    public init(_ kind: SystemDescription.Kind, secret: String) {
        self.kind = kind
        self.secret = Array(secret.utf8)
    }

    /// What a call says.
    ///
    /// - Parameters:
    ///   - call: The call.
    ///   - now: The time here.
    ///   - there: The time by the clock of the system, as far as it is known; one that is more than a day off is not believed.
    /// - Throws: Why it is not let in.
    public func open(_ call: Call, at now: Instant, there: Instant? = nil) throws(Refusal) -> News {
        let there = there.flatMap { abs($0.seconds - now.seconds) <= Self.farthest ? $0 : nil } ?? now
        switch kind {
        case .zendesk:
            let time = call.headers["x-zendesk-webhook-signature-timestamp"] ?? ""
            try check(call, "x-zendesk-webhook-signature", signed: Array(time.utf8) + call.body) {
                Data(base64Encoded: $0).map(Array.init)
            }
            guard let sent = Instant(iso8601: time), abs(sent.seconds - there.seconds) <= Self.window else {
                throw .untimely
            }
        case .jira: try check(call, "x-hub-signature", signed: call.body, reading: Self.hex)
        case .requesttracker: try check(call, "x-rt-signature", signed: call.body, reading: Self.hex)
        case .servicenow, .roundup:
            // What the system's own scripts send carries the secret itself.
            let given = Array((call.headers["x-casebook-secret"] ?? "").utf8)
            guard Self.areEqual(Array(SHA256.hash(data: given)), Array(SHA256.hash(data: secret))) else {
                throw .unsigned
            }
        }
        guard let json = try? JSON(bytes: call.body), let news = news(json, call.headers) else { throw .unreadable }
        if kind == .jira, let milliseconds = json["timestamp"].integer {
            let age = there.seconds - Double(milliseconds) / 1_000
            guard (-Self.window...Self.repeating).contains(age) else { throw .untimely }
        }
        return news
    }

    private func news(_ json: JSON, _ headers: [String: String]) -> News? {
        switch kind {
        case .zendesk:
            // An event has the ticket under `detail`; the body of a trigger is what the customer wrote into its template.
            guard
                let ticket = json["detail"]["id"].identifier ?? json["ticket"]["id"].identifier ?? json["ticket_id"]
                    .identifier
                    ?? json["id"].identifier
            else { return nil }
            // The id in the body may be the ticket's, which is the same in each call.
            let id =
                headers["x-zendesk-webhook-invocation-id"]
                ?? JSON.list([json, .text(headers["x-zendesk-webhook-signature-timestamp"] ?? "")]).checksum
            return News(delivery: id, tickets: [ticket])
        case .jira:
            guard let issue = json["issue"]["id"].identifier else { return nil }
            let id = headers["x-atlassian-webhook-identifier"] ?? Self.id(issue, json["timestamp"])
            return News(delivery: id, tickets: [issue])
        case .servicenow:
            guard let record = json["sys_id"].identifier else { return nil }
            return News(delivery: Self.id(record, json["sys_mod_count"]), tickets: [record])
        case .requesttracker:
            guard let ticket = json["ticket"].identifier else { return nil }
            return News(delivery: Self.id(ticket, json["txn"]), tickets: [ticket])
        case .roundup:
            guard let issue = json["issue"].identifier else { return nil }
            return News(delivery: Self.id(issue, json["activity"]), tickets: [issue])
        }
    }

    /// The id of a call about a ticket whose body has a member that is another one at each change; nil where that is missing.
    private static func id(_ ticket: String, _ change: JSON) -> String? {
        change.identifier.map { "\(ticket) \($0)" }
    }

    /// Whether a call has been signed by who knows a secret: its header `X-Casebook-Signature` is `sha256=` and the HMAC-SHA256 of its body in
    /// hexadecimal digits.
    public static func isSigned(_ call: Call, with secret: String) -> Bool {
        isSigned(call, "x-casebook-signature", over: call.body, with: Array(secret.utf8), reading: hex)
    }

    private func check(
        _ call: Call, _ header: String, signed message: [UInt8], reading: (String) -> [UInt8]?
    ) throws(Refusal) {
        guard Self.isSigned(call, header, over: message, with: secret, reading: reading) else { throw .unsigned }
    }

    private static func isSigned(
        _ call: Call, _ header: String, over message: [UInt8], with secret: [UInt8], reading: (String) -> [UInt8]?
    ) -> Bool {
        guard let given = call.headers[header].flatMap({ reading($0.trimmed) }) else { return false }
        let code = HMAC<SHA256>.authenticationCode(for: message, using: SymmetricKey(data: secret))
        return areEqual(given, Array(code))
    }

    /// The bytes of `sha256=` and hexadecimal digits.
    private static func hex(_ text: String) -> [UInt8]? {
        guard text.hasPrefix("sha256="), text.utf8.count == 7 + 64 else { return nil }
        let digits = text.utf8.dropFirst(7).map { Character(UnicodeScalar($0)).hexDigitValue }
        guard digits.allSatisfy({ $0 != nil }) else { return nil }
        return stride(from: 0, to: 64, by: 2).map { UInt8((digits[$0] ?? 0) * 16 + (digits[$0 + 1] ?? 0)) }
    }

    /// Takes the same time wherever the first difference is.
    private static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(0) { $0 | ($1.0 ^ $1.1) } == 0
    }
}

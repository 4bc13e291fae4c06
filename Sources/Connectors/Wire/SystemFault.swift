/// Why a request to another system did not do what was asked.
public enum SystemFault: Error, Equatable, Sendable {
    /// The system was not reached, so nothing has happened there.
    case unreachable(String)
    /// The request left and no whole answer came: what it asked for may have happened, or may still be going on where it was given up from here.
    case unanswered(String, mayGoOn: Bool = false)
    /// The system cannot answer now (500 to 599); seconds to wait where it said so. What was asked for may have happened.
    case unavailable(status: Int, retryAfter: Double?)
    /// More requests than the system allows (429); seconds to wait where it said so.
    case limited(retryAfter: Double?)
    /// The system does not know who asks, or the credentials have expired (401, a log-in page).
    case credentials(String)
    /// The account may not do it (403); a system may also say that the thing is not there.
    case forbidden(String)
    /// There is no such thing (404).
    case missing
    /// What was to be changed has changed since it was read (409, 412).
    case stale
    /// The system has given up this way of being asked (410), and a newer version of the connector is needed; or the one thing that was asked for.
    case gone(String)
    /// The system only reads at present.
    case readOnly(String)
    /// The system will not do this, however often it is asked; with the fields at fault where it named them.
    case refused(reason: String, fields: [String])
    /// An answer came that cannot be understood, such as a page of HTML, or one that was cut short. What was asked for may have happened.
    case unreadable(String)

    /// Whether the same request may succeed later.
    public var isPassing: Bool {
        switch self {
        case .unreachable, .unanswered, .unavailable, .limited, .unreadable, .readOnly: true
        case .credentials, .forbidden, .missing, .stale, .gone, .refused: false
        }
    }

    /// Whether what was asked for may have happened all the same.
    public var leavesDoubt: Bool {
        switch self {
        case .unanswered, .unavailable, .unreadable: true
        default: false
        }
    }

    /// Whether what was asked for may still be going on: nobody waits for it any more, but for a gateway that has given up itself.
    var mayGoOn: Bool {
        switch self {
        case .unanswered(_, let mayGoOn): mayGoOn
        case .unavailable(let status, _): status == 502 || status == 504
        default: false
        }
    }

    /// Whether the system has ended the request with an answer.
    var isAnswered: Bool { if case .unanswered = self { false } else { true } }

    /// Whether nothing else can be asked of the system either until a person has done something.
    public var stopsAll: Bool {
        switch self {
        case .credentials, .gone: true
        default: false
        }
    }

    /// The seconds that the system wants to be left alone; nil where it did not say, 0 where it said "at once".
    public var retryAfter: Double? {
        switch self {
        case .unavailable(_, let seconds), .limited(let seconds): seconds
        default: nil
        }
    }
}

extension SystemFault: CustomStringConvertible {
    /// One line.
    public var description: String {
        switch self {
        case .unreachable(let reason): "not reached: \(reason)"
        case .unanswered(let reason, _): "no answer: \(reason)"
        case .unavailable(let status, _): "the system cannot answer now (\(status))"
        case .limited: "too many requests"
        case .credentials(let reason): "the credentials were refused: \(reason)"
        case .forbidden(let reason): "not permitted: \(reason)"
        case .missing: "not there, or not visible to this account"
        case .stale: "it has changed meanwhile"
        case .gone(let reason): "the system no longer offers this: \(reason)"
        case .readOnly(let reason): "the system is read-only: \(reason)"
        case .refused(let reason, let fields):
            "refused: \(reason)" + (fields.isEmpty ? "" : " (\(fields.joined(separator: ", ")))")
        case .unreadable(let reason): "unreadable answer: \(reason)"
        }
    }
}

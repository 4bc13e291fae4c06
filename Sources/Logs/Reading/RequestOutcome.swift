/// How the request ended that a record tells of, by the status of its response.
enum RequestOutcome: UInt8, Sendable {
    /// The record tells of no request, or not of its end.
    case unknown
    case answered
    /// The client asked for what it may not or cannot have.
    case refused
    /// The server did not do what it should have done.
    case failed

    /// By a status of HTTP: failures of the server from 500, those of the client from 400.
    init(http status: Int) {
        self = status >= 500 ? .failed : status >= 400 ? .refused : .answered
    }

    /// By a status code of gRPC.
    ///
    /// Source: OpenTelemetry, "Semantic conventions for gRPC", which codes of a server are errors.
    init(grpc code: Int) {
        switch code {
        case 0: self = .answered
        case 2, 4, 12, 13, 14, 15: self = .failed
        case 1...16: self = .refused
        default: self = .unknown
        }
    }

    /// The severity of a record that says none itself; 0 where the outcome is not known.
    var severityNumber: UInt8 {
        switch self {
        case .unknown: 0
        case .answered: 9
        case .refused: 13
        case .failed: 17
        }
    }
}

extension LogRecord {
    /// The severity by which a record counts: that of its source, but no less than ERROR where it tells of a request that the
    /// server failed.
    ///
    /// Servers and proxies write a line for each request and at one level for all, so their level says nothing of how a request ended.
    /// What they refuse stays what they call it, as clients ask for what is not there all the time.
    var countedSeverity: UInt8 { outcome == .failed ? max(severityNumber, outcome.severityNumber) : severityNumber }
}

import Commands
import Connectors
import Service
import Storage

/// What a sync of one system did, as one line of JSON.
struct SyncReportLine: Encodable {
    var system: String
    var ticketsRead: Int
    var ticketsNew: Int
    var messagesIn: Int
    var sent: Int
    var overruled: Int
    var refused: Int
    var left: Int
    var unread: Int
    var unknownWords: [String]
    var faults: [String]
    var stoppedBy: String?

    static func print(_ outcome: SyncOutcome) throws {
        let report = outcome.report
        var line = SyncReportLine(
            system: outcome.system, ticketsRead: report.ticketsRead, ticketsNew: report.ticketsNew,
            messagesIn: report.messagesIn,
            sent: report.sent, overruled: report.overruled, refused: report.refused, left: outcome.left,
            unread: outcome.unread,
            unknownWords: report.unknownWords.sorted(), faults: report.faults)
        switch outcome.stop {
        case .system(let fault): line.stoppedBy = fault.description
        case .store(let error): line.stoppedBy = error.description
        case nil: break
        }
        Swift.print(try line.jsonLine)
    }
}

import Commands
import Connectors
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

    static func print(_ report: SyncReport, system: String, left: Int, unread: Int, stop: SyncSession.Stop?) throws {
        var line = SyncReportLine(
            system: system, ticketsRead: report.ticketsRead, ticketsNew: report.ticketsNew,
            messagesIn: report.messagesIn,
            sent: report.sent, overruled: report.overruled, refused: report.refused, left: left, unread: unread,
            unknownWords: report.unknownWords.sorted(), faults: report.faults)
        switch stop {
        case .system(let fault): line.stoppedBy = fault.description
        case .store(let error): line.stoppedBy = error.description
        case nil: break
        }
        Swift.print(try line.jsonLine)
    }
}

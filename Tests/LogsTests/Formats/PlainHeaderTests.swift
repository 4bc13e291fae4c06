import Records
import Testing

@testable import Logs

/// Where the message begins in lines as common loggers write them.
///
/// No layout is described to the reader.
struct PlainHeaderTests {
    /// A header and the message after it.
    private static let layouts: [(header: String, message: String)] = [
        ("2026-03-01 10:15:30,123 INFO  [main] com.example.Server: ", "listening on port 80"),
        ("2026-03-01 10:15:30.123  WARN 4242 --- [nio-8080-exec-1] c.e.demo.Controller : ", "slow answer of 12 ms"),
        ("2026-03-01 10:15:30,123 - billing.invoice - ERROR - ", "invoice 17 has no lines"),
        ("2026-03-01T10:15:30.123Z ERROR worker::queue: ", "queue is full"),
        ("2026-03-01T10:15:30+02:00 [info] ", "ready"),
        ("[2026-03-01 10:15:30] production.ERROR: ", "payment failed for order 9"),
        ("[Sun Mar 01 10:15:30 2026] [error] [client 192.0.2.7] ", "file does not exist: /srv/www/a"),
        ("[Sun Mar 01 10:15:30.123456 2026] [core:notice] [pid 4242:tid 17] ", "caught signal, shutting down"),
        ("2026/03/01 10:15:30 [error] 4242#0: ", "*17 connect() failed while connecting to upstream"),
        ("I0301 10:15:30.123456    4242 server.go:120] ", "request took 12ms"),
        ("Mar  1 10:15:30 web-7 cron[4242]: ", "job finished"),
        ("Mar  1 10:15:30 web-7 kernel: ", "link is down"),
        ("03-01 10:15:30.123  1702  2395 D PowerTask: ", "screen goes off in 30 s"),
        ("20260301-10:15:30:123|Steps|30002312|", "counter is 3579"),
        ("2026-03-01 10:15:30, Info                  SVC    ", "loaded the stack"),
        ("- 1772360130 2026.03.01 n228 Mar 1 10:15:30 n228/n228 crond(auth)[2915]: ", "session closed"),
        ("api.log.1 2026-03-01 10:15:30.123 25746 INFO app.wsgi.server [req-38101a0b - -] ", "answered in 12 ms"),
        ("2026-03-01 10:15:30.123 UTC [4242] LOG:  ", "checkpoint starting"),
        ("2026-03-01T10:15:30.123456Z 17 [Warning] [MY-010055] [Server] ", "address could not be resolved"),
        ("260301 10:15:30 ", "server shut down"),
        ("10:15:30.123 [main] DEBUG com.example.App - ", "starting"),
        ("1772360130.123 ", "tick"),
        ("E, [2026-03-01T10:15:30.123456 #4242] ERROR -- : ", "no such record"),
        ("<2026-03-01 10:15:30> <Error> <Pool> ", "no connection left"),
        ("2026-03-01 10:15:30 ERROR | app.tasks | ", "task failed"),
        ("01/Mar/2026:10:15:30 +0000 ", "begin"),
    ]

    private let clock = LogClock(zone: .utc, observedTime: 1_780_000_000_000_000_000)

    private func message(_ line: String) -> String {
        Array(line.utf8).withUnsafeBytes { bytes in
            String(decoding: bytes[PlainHeader(bytes, clock: clock).message...], as: UTF8.self)
        }
    }

    @Test(arguments: layouts.indices)
    func beginsAfterTheHeader(_ index: Int) {
        let (header, text) = Self.layouts[index]
        #expect(message(header + text) == text)
    }

    /// What looks like parts of a header within a message stays there.
    @Test(arguments: [
        "error: connection reset", "FATAL exited abnormally", "ended - 17 - at last", "state 3 - now: idle",
        "name : value", "1772360130 alignment exceptions", "******* closing *******",
    ])
    func endsWhereTheMessageBegins(_ text: String) {
        #expect(message("2026-03-01 10:15:30,123 INFO app.Server: " + text) == text)
        #expect(message("Mar  1 10:15:30 web-7 app[17]: " + text) == text)
    }

    /// Without a time there is no header.
    @Test(arguments: ["ERROR disk is full", "Warning: unknown attribute", "user [17] - logged in", "a.b.C: d", ""])
    func isNoneWithoutATime(_ line: String) {
        #expect(message(line) == line)
    }
}

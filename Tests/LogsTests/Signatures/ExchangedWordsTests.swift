import Logs
import Testing

@Suite("Words that stand for one another")
struct ExchangedWordsTests {
    @Test(
        "are names in as many events as make the product greater than the sum, two or three as well",
        arguments: [
            (["orion", "vega"], ["%: failed again", "%: started in 3 s", "%: deleted its cache, left 12 files"]),
            (["orion", "vega", "rigel"], ["%: failed again", "%: started in 3 s"]),
            (["ssh.service", "apt-daily.timer"], ["Starting %...", "%: failed again", "removed the lock of % at 12"]),
            (["orion", "vega"], ["Reloading % with pid 3", "Restarting % in 4 s", "Backing up % to disk"]),
            (["web-1", "db-2"], ["lock released by %", "vote 3 dropped by %", "page 7 of index read by %"]),
        ] as [([String], [String])])
    func names(_ names: [String], _ events: [String]) {
        let templates = SignatureMiner.templates(
            of: events.flatMap { event in names.map { event.replacing("%", with: $0) } })
        let expected = events.map { $0.replacing(/%|[0-9]+/, with: "<*>") }
        #expect(templates == expected.sorted())
    }

    @Test("are names in every message, once they are in some")
    func everywhere() {
        let events = ["%: failed again", "%: started in 3 s", "%: deleted its cache", "moin von %"]
        let lines = events.flatMap { event in ["orion", "vega"].map { event.replacing("%", with: $0) } }
        #expect(SignatureMiner.templates(of: lines).contains("moin von <*>"))
    }

    @Test("are names when not each was seen in every event")
    func gaps() {
        let lines = [
            "orion: failed again", "vega: failed again", "vega: started in 3 s", "rigel: started in 3 s",
            "rigel: deleted its cache", "vega: deleted its cache", "orion: removed 3 of 4 files",
            "vega: removed 3 of 4 files",
        ]
        #expect(
            SignatureMiner.templates(of: lines) == [
                "<*>: deleted its cache", "<*>: failed again", "<*>: removed <*> of <*> files",
                "<*>: started in <*> s",
            ])
    }

    @Test(
        "stay apart where they may as well say what happened, or of which kind it is",
        arguments: [
            (["orion", "vega"], ["%: failed again", "%: started in three steps"]),
            (
                ["client", "server"],
                ["connection opened for %", "connection closed for %", "connection refused for %"]
            ),
            (["read", "write"], ["disk % failed", "% timed out", "% completed after all"]),
            (["gestartet", "gestoppt", "kaputt"], ["Dienst web %", "Auftrag der Anna %", "Sitzung %"]),
            (
                ["Liveness", "Readiness"],
                ["% probe failed: connection refused", "% probe failed: timeout", "% probe failed: no host"]
            ),
            (["inbound", "outbound"], ["% connection opened", "% queue drained at last", "% transfer failed"]),
            (["upper", "lower"], ["% watermark reached", "pool above % limit, rejecting", "% mark lost"]),
        ] as [([String], [String])])
    func words(_ words: [String], _ events: [String]) {
        let lines = events.flatMap { event in words.map { event.replacing("%", with: $0) } }
        #expect(SignatureMiner.templates(of: lines) == lines.sorted())
    }
}

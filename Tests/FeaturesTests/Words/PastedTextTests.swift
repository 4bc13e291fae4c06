import Features
import Testing

/// What machines wrote in messages worked by hand.
struct PastedTextTests {
    private func expect(
        _ message: String, said: [String], pasted: [String], sourceLocation: SourceLocation = #_sourceLocation
    ) {
        let read = ReadMessage(message, sourceLocation: sourceLocation)
        #expect(read.said == said, sourceLocation: sourceLocation)
        #expect(read.pasted == pasted, sourceLocation: sourceLocation)
    }

    @Test(
        arguments: [
            "2024-03-04 10:11:12,123 ERROR [main] Store - disk full\n2024-03-04 10:11:13,001 INFO [main] Store - stopped",
            "Mar  4 10:11:12 web1 app[12]: cannot bind", "mars 04 10:11:12 web1 app[12]: cannot bind",
            "Mon Mar 4 10:11:12 2024: started", "[2024-03-04T10:11:12Z] worker started",
            "10:11:12.345 worker started",
            "10.0.0.1 - - [04/Mar/2024:10:11:12 +0000] \"GET /a HTTP/1.1\" 500 12\n10.0.0.2 - - [04/Mar/2024:10:11:13 +0000] \"GET /b HTTP/1.1\" 500 9",
            "[ERROR] cannot bind", "081109 203615 148 INFO block received", "level=error ts=12 msg=\"disk full\"",
            "java.lang.IllegalStateException: no store\n\tat a.b.Store.open(Store.java:12)\n\tat a.b.Main.main(Main.java:7)\n\t... 3 more\nCaused by: java.io.IOException: disk",
            "Traceback (most recent call last):\n  File \"a.py\", line 3, in <module>\n    run()\nValueError: no store",
            "   at Store.Open(String path) in C:\\a\\Store.cs:line 12", "    at open (/srv/a.js:10:5)",
            "#0  0x00007f in raise ()\n#1  0x00008a in abort ()",
            "{\"code\": 12, \"text\": \"disk full\"}", "<config>\n  <disk size=\"12\"/>\n</config>",
            "for (i = 0; i < n; i++) {\n  sum += a[i];\n}",
            "00000000: 7f45 4c46 0201 0100 0000 0000 0000 0000",
            "TWFuIGlzIGRpc3Rpbmd1aXNoZWQsIG5vdCBvbmx5IGJ5IGhpcyByZWFzb24sIGJ1dA==",
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "-----BEGIN CERTIFICATE-----\nMIIB\nabcd\n-----END CERTIFICATE-----",
            "$ service store restart",
        ])
    func `lines of a machine between words`(machine: String) {
        let trimmed = String(machine.drop { $0 == " " })
        expect("We see this:\n\n\(machine)\n\nWhat is it?", said: ["We see this:", "What is it?"], pasted: [trimmed])
    }

    @Test(
        arguments: [
            "Version 3.2.1-b45, build 2031", "The error was NullPointerException in line 12",
            "https://example.com/a?b=1",
            "Order 12345 came at 10:11", "2024-03-04 we upgraded", "At 10:11 it failed (again)",
            "ERROR: disk full", "Set retries=3 and restart", "We use C# and C++ / Java", "a > b fails",
            ">= 5 items fail",
            "The key is <password:0123456789abcdef0123>", "at least it runs", "At 10 it failed", "Mar 4 is the day",
        ])
    func `words of people that hold signs and numbers`(words: String) { expect(words, said: [words], pasted: []) }

    @Test func `blocks that are set apart`() {
        expect(
            "Run this:\n```\nstore open\n\nstore close\n```\nIt fails.", said: ["Run this:", "It fails."],
            pasted: ["store open\n\nstore close"])
        expect("{code:java}\nopen the store\n{code}\nIt fails.", said: ["It fails."], pasted: ["open the store"])
        expect(
            "Call {code}\nopen()\n}{code}\nand then\n{code}close(){code}\nIt fails.",
            said: ["Call", "and then", "It fails."],
            pasted: ["open()\n}{code}", "{code}close(){code}"])
        expect(
            "{code:java}\nwas not closed\n{code:java}\nopen()\n{code}\nIt fails.",
            said: ["was not closed", "It fails."],
            pasted: ["open()"])
        expect("```\nno end of the block", said: ["no end of the block"], pasted: [])
    }

    @Test func `a quoted log is quoted`() {
        expect("Any news?\n> 2024-03-04 10:11:12 ERROR disk full", said: ["Any news?"], pasted: [])
    }

    @Test func `a log of a megabyte between words`() {
        let line = "2024-03-04 10:11:12,123 ERROR [main] Store - no room for block 4711 on the disk of host größe\n"
        let log = String(repeating: line, count: 11_000)
        let read = ReadMessage("It stopped.\n\(log)\nPlease help.")
        #expect(read.said == ["It stopped.", "Please help."])
        #expect(read.pasted.count == 1 && (60_000...70_000).contains(read.pasted[0].utf8.count))
        #expect(log.hasPrefix(read.pasted[0]))
    }

    @Test func `one line without an end`() {
        let data = ReadMessage("{\"a\": [" + String(repeating: "1, ", count: 300_000))
        #expect(data.said.isEmpty && data.pasted.map(\.utf8.count) == [65_536])
        let words = ReadMessage(String(repeating: "größer ", count: 100_000))
        #expect((60_000...65_536).contains(words.said.reduce(0) { $0 + $1.utf8.count }))
        #expect(words.said.allSatisfy { $0.utf8.count <= 2_000 && $0.hasPrefix("größer") && $0.hasSuffix("größer") })
    }
}

import Records
import Statistics
import Testing

@Suite("Messages and agents in a desk's folder")
struct DeskKnowledgeTests {
    private func folder(_ files: [String: String]) -> DeskFolder {
        DeskFolder(
            files: files.sorted { $0.key < $1.key }.map { RecordFile(path: $0.key, bytes: Array($0.value.utf8)) })
    }

    private var redactor: Redactor {
        var generator = SplitMix64(seed: 1)
        return Redactor(keyedBy: &generator)
    }

    private static let time = Instant(seconds: 1_767_571_200)

    @Test func `messages are read alike from JSON lines and CSV, redacted, in the order of the file`() throws {
        let lines = folder([
            "interactions.ndjson": """
            {"ticket":7,"time":"2026-01-05T00:00:00Z","side":"agent","public":false,"channel":"web","author":"a1","text":"mail lea@acme.example"}
            {"ticket":"6","time":"2026-01-05T00:00:00Z","side":"system","public":1,"author":null,"colour":"red"}
            """
        ])
        let rows = folder([
            "interactions.csv": """
            ticket,time,side,public,channel,author,text
            7,2026-01-05T00:00:00Z,agent,0,web,a1,mail lea@acme.example
            6,2026-01-05T00:00:00Z,system,true,,,

            """
        ])
        let read = try lines.interactions(redactor: redactor).interactions
        #expect(try rows.interactions(redactor: redactor).interactions == read)
        #expect(read.map(\.ticket) == ["7", "6"])
        #expect(read[0].text.string.contains("<email:") && !read[0].text.string.contains("lea@"))
        var first = read[0]
        first.text = RedactedText()
        #expect(
            first
                == Interaction(
                    ticket: "7", time: Self.time, side: .agent, isPublic: false, channel: "web", author: "a1",
                    text: RedactedText()))
        #expect(read[1] == Interaction(ticket: "6", time: Self.time, side: .system, text: RedactedText()))
    }

    @Test func `a text may be called as that of a ticket is, and what is not read is noted`() throws {
        let folder = folder([
            "interactions.ndjson": """
            {"ticket":7,"time":"2026-01-05T00:00:00Z","body":"plumbago","side":"agent"}
            {"ticket":7,"time":"2026-01-05T00:00:01Z","text":"quartzite","body":"","colour":"red","grade":null}

            {"ticket":7,"time":"2026-01-05T00:00:02Z","colour":"blue"}
            """,
            "accounts.csv": "id,Tier,name\n1,gold,\n2,,Acme\n",
            "agents.ndjson": (0..<200).map { #"{"id":\#($0),"key\#($0)":1}"# }.joined(separator: "\n"),
        ])
        let said = try folder.interactions(redactor: redactor).interactions
        #expect(said.map(\.text.string) == ["plumbago", "quartzite", ""])
        let notes = try folder.fieldNotes().map(\.description)
        #expect(
            notes.prefix(3) == [
                "accounts.csv:2: field \"Tier\" is not read (1 rows)",
                "interactions.ndjson:2: field \"colour\" is not read (2 rows)",
                "interactions.ndjson:4: field \"text\" is missing (1 rows)",
            ])
        #expect(notes.count == 53)
    }

    @Test func `any file may be missing, and any field of it but ids and times`() throws {
        #expect(try folder([:]).interactions(redactor: redactor).interactions.isEmpty)
        #expect(try folder([:]).agents().agents.isEmpty)
        let bare = folder(["interactions.csv": "ticket,time\n7,2026-01-05\n", "agents.ndjson": #"{"id":1}"#])
        // Of a customer more is guarded, so that is who speaks where nobody is named.
        #expect(
            try bare.interactions(redactor: redactor).interactions == [
                Interaction(ticket: "7", time: Self.time, side: .customer, isPublic: true, text: RedactedText())
            ])
        #expect(try bare.agents().agents == [Agent(id: "1")])
    }

    @Test func `agents are read from JSON lines and then from CSV`() throws {
        let folder = folder([
            "agents.ndjson":
                #"{"id":"a1","group":"web","since":"2026-01-05T00:00:00Z","until":"2026-01-05T00:00:00Z"}"#,
            "agents.csv": "id,group,since,until\na1,core,2026-01-05,\n",
        ])
        #expect(
            try folder.agents().agents == [
                Agent(id: "a1", group: "web", since: Self.time, until: Self.time),
                Agent(id: "a1", group: "core", since: Self.time),
            ])
    }

    @Test(arguments: [
        (#"{"time":"2026-01-05"}"#, #"interactions.ndjson:1: field "ticket": a value is needed here"#),
        (#"{"ticket":"7"}"#, #"interactions.ndjson:1: field "time": a value is needed here"#),
        (#"{"ticket":"7","time":"soon"}"#, #"interactions.ndjson:1: field "time": "soon" is not a time"#),
        (
            #"{"ticket":"7","time":"2026-01-05","side":"bot"}"#,
            #"interactions.ndjson:1: field "side": "bot" is not one of customer, agent, system"#
        ),
        (
            #"{"ticket":"7","time":"2026-01-05","public":"perhaps"}"#,
            #"interactions.ndjson:1: field "public": "perhaps" is neither 1 nor 0"#
        ),
        (
            #"{"ticket":"7","time":"2026-01-05","text":["a"]}"#,
            #"interactions.ndjson:1: field "text": a list is not a text"#
        ),
    ])
    func `a message that is wrong is named by file, line and field, or set aside whole`(
        text: String, message: String
    ) throws {
        let folder = folder(["interactions.ndjson": text + "\n{\"ticket\":\"8\",\"time\":\"2026-01-05\"}\n"])
        let error = #expect(throws: RecordError.self) { try folder.interactions(redactor: redactor) }
        #expect(error?.description == message)
        let read = try folder.interactions(redactor: redactor, badRows: .areSetAside)
        #expect(read.rejected.map(\.fault.description) == [message])
        #expect(read.interactions.map(\.ticket) == ["8"])
    }

    @Test(arguments: [
        ("id,group\n,web\n", #"agents.csv:2: field "id": a value is needed here"#),
        ("id,since\na,soon\n", #"agents.csv:2: field "since": "soon" is not a time"#),
        (
            "id,since,until\na,2026-01-05,2026-01-04\n",
            #"agents.csv:2: field "until": "2026-01-04T00:00:00Z" is not at or after 2026-01-05T00:00:00Z"#
        ),
    ])
    func `an agent who cannot be is refused, or set aside`(text: String, message: String) throws {
        let folder = folder(["agents.csv": text + "\n"])
        let error = #expect(throws: RecordError.self) { try folder.agents() }
        #expect(error?.description == message)
        let read = try folder.agents(badRows: .areSetAside)
        #expect(read.agents.isEmpty && read.rejected.map(\.fault.description) == [message])
    }
}

import Records
import Statistics
import Testing

struct DeskFolderTests {
    private func folder(_ files: [String: String]) -> DeskFolder {
        DeskFolder(
            files: files.sorted { $0.key < $1.key }.map { RecordFile(path: $0.key, bytes: Array($0.value.utf8)) })
    }

    private var redactor: Redactor {
        var generator = SplitMix64(seed: 1)
        return Redactor(keyedBy: &generator)
    }

    private func tickets(_ files: [String: String]) throws -> [Ticket] {
        let folder = folder(files)
        return try folder.tickets(folder.customers().context, redactor: redactor).tickets
    }

    private static let expected = CustomerContext(
        organizations: [Organization(id: "O1", name: "Acme", segment: "enterprise", annualValue: 1_200.5)],
        accounts: [Account(id: "42", organization: "O1", name: "Acme EU", tier: "gold", annualValue: 900, slaHours: 4)],
        deployments: [
            Deployment(
                id: "d1", environment: "production", region: "eu", version: "3.1", components: ["api", "db"],
                hosts: ["n1", "n2"], accounts: ["42", "43"], isCustomised: true)
        ],
        contacts: [Contact(id: "P1", account: "42", name: RawText("Lea Roe"), email: RawText("lea@acme.example"))],
        aliases: [AccountAlias(account: "42", kind: "workspace", value: "acme-eu")],
        topology: [TopologyLink(from: "api", to: "db")],
        releases: [
            Release(
                component: "api", version: "3.1", deployment: "d1", deployedAt: Instant(seconds: 1_767_571_200))
        ])

    @Test func `JSON lines and CSV of the same facts are read alike`() throws {
        let lines = folder([
            "organizations.ndjson":
                #"{"id":"O1","name":"Acme","segment":"enterprise","annualValue":1200.5,"colour":"red"}"#,
            "accounts.ndjson":
                #"{"id":42,"organization":"O1","name":"Acme EU","tier":"gold","annualValue":"900","slaHours":4}"#,
            "deployments.ndjson":
                #"{"id":"d1","environment":"production","region":"eu","version":"3.1","components":["api","db"],"hosts":["n1","n2"],"accounts":[42,"43"],"customised":1}"#,
            "contacts.ndjson": #"{"id":"P1","account":"42","name":"Lea Roe","email":"lea@acme.example"}"#,
            "aliases.ndjson": #"{"account":"42","kind":"workspace","value":"acme-eu"}"#,
            "topology.ndjson": #"{"from":"api","to":"db"}"#,
            "releases.ndjson":
                #"{"component":"api","version":3.1,"deployment":"d1","deployedAt":"2026-01-05T00:00:00Z"}"#,
        ])
        let rows = folder([
            "organizations.csv": "id,name,colour,segment,annualValue\nO1,Acme,red,enterprise,1200.5\n",
            "accounts.csv": "id,organization,name,tier,annualValue,slaHours\n42,O1,Acme EU,gold,900,4\n",
            "deployments.csv":
                "id,environment,region,version,components,hosts,accounts,customised\nd1,production,eu,3.1,api;db,n1; n2,42;43,true\n",
            "contacts.csv": "id,account,name,email\nP1,42,Lea Roe,lea@acme.example\n",
            "aliases.csv": "account,kind,value\n42,workspace,acme-eu\n", "topology.csv": "from,to\napi,db\n",
            "releases.csv": "component,version,deployment,deployedAt\napi,3.1,d1,2026-01-05T00:00:00Z\n",
        ])
        #expect(try lines.customers().context == Self.expected)
        let european = folder([
            "accounts.csv":
                "\u{FEFF}id;organization;name;tier;annualValue;slaHours\r\n42;O1;\"Acme; EU\";gold;900;4\r\n",
            "deployments.csv": "id;components\nd1;\"api;db\"\n",
        ])
        #expect(try european.customers().context.accounts.map(\.name) == ["Acme; EU"])
        #expect(try european.customers().context.deployments.map(\.components) == [["api", "db"]])
        #expect(try rows.customers().context == Self.expected)
    }

    @Test func `any file may be missing, and any field but ids and times`() throws {
        #expect(try folder([:]).customers().context == CustomerContext())
        let bare = folder([
            "organizations.ndjson": #"{"id":"O1"}"#, "accounts.ndjson": "{\"id\":\"A\",\"tier\":null}\n\n",
            "deployments.csv": "id\nd1\n", "contacts.csv": "id\nP1\n",
            "releases.csv": "version,deployedAt\n2,2026-01-05\n",
        ]).self
        let context = try bare.customers().context
        #expect(context.organizations == [Organization(id: "O1")])
        #expect(context.accounts == [Account(id: "A")])
        #expect(context.deployments == [Deployment(id: "d1")])
        #expect(context.contacts == [Contact(id: "P1")])
        #expect(context.releases.first?.deployment == nil)
    }

    @Test(arguments: [
        ("accounts.ndjson", #"{"name":"x"}"#, #"accounts.ndjson:1: field "id": a value is needed here"#),
        (
            "accounts.ndjson", #"{"id":18446744073709551615}"#,
            #"accounts.ndjson:1: field "id": 1.8446744073709552e+19 is not a text"#
        ),
        ("accounts.ndjson", #"{"id":true}"#, #"accounts.ndjson:1: field "id": true is not a text"#),
        (
            "accounts.ndjson", #"{"id":"A","annualValue":"much"}"#,
            #"accounts.ndjson:1: field "annualValue": "much" is not a number"#
        ),
        (
            "accounts.ndjson", #"{"id":"A","annualValue":-1}"#,
            #"accounts.ndjson:1: field "annualValue": "-1" is not 0 or more"#
        ),
        ("accounts.ndjson", #"{"id":"A","name":["a"]}"#, #"accounts.ndjson:1: field "name": a list is not a text"#),
        ("accounts.ndjson", "{\"id\":\"A\"}\n{\"id\":", #"accounts.ndjson:2: the last line is half-written: "{"id":""#),
        (
            "deployments.ndjson", #"{"id":"d","hosts":[{}]}"#,
            #"deployments.ndjson:1: field "hosts": a list of other things than texts is not a list of texts"#
        ),
        (
            "deployments.csv", "id,customised\nd,perhaps\n",
            #"deployments.csv:2: field "customised": "perhaps" is neither 1 nor 0"#
        ),
        ("aliases.csv", "account,kind,value\nA,ip,\n", #"aliases.csv:2: field "value": a value is needed here"#),
        ("aliases.csv", "account,kind,value\nA,ip\n", "aliases.csv:2: 2 fields where the header has 3"),
        ("topology.ndjson", #"{"from":"a"}"#, #"topology.ndjson:1: field "to": a value is needed here"#),
        ("releases.ndjson", #"{"version":"1"}"#, #"releases.ndjson:1: field "deployedAt": a value is needed here"#),
        (
            "releases.ndjson", #"{"version":"1","deployedAt":"soon"}"#,
            #"releases.ndjson:1: field "deployedAt": "soon" is not a time"#
        ),
    ])
    func `a row that is wrong is named by file, line and field, or set aside whole`(
        name: String, text: String, message: String
    ) throws {
        let folder = folder([name: text])
        let error = #expect(throws: RecordError.self) { try folder.customers() }
        #expect(error?.description == message)
        let rejected = try folder.customers(badRows: .areSetAside).rejected
        #expect(rejected.map(\.fault.description) == [message])
    }

    @Test func `good rows around a bad one are read`() throws {
        let folder = folder(["accounts.csv": "id,name\nA,a\nB,\"b\"x\nC,c\n"])
        let read = try folder.customers(badRows: .areSetAside)
        #expect(read.context.accounts.map(\.id) == ["A", "C"])
        #expect(read.rejected.map(\.fault.line) == [3])
    }

    @Test func `a path that is no folder is an error and no empty desk`() throws {
        #expect(throws: RecordError.missingFile(file: "/nowhere/desk")) {
            try DeskFolder(path: "/nowhere/desk").customers()
        }
        #expect(throws: RecordError.missingFile(file: "/nowhere/desk/logs.ndjson")) {
            try DeskFolder(path: "/nowhere/desk").logs()
        }
    }

    @Test func `a folder on disk is read, its logs packed or not`() throws {
        let temporary = try TemporaryFolder()
        try temporary.write(#"{"id":"A"}"#, to: "accounts.ndjson")
        try temporary.write("id,name\nA,Acme\n", to: "accounts.csv")
        let desk = DeskFolder(path: temporary.path)
        #expect(try desk.customers().context.accounts == [Account(id: "A", name: "Acme")])
        let packed = try temporary.write("", to: "logs.ndjson.gz")
        #expect(try desk.logs() == packed)
        let plain = try temporary.write("", to: "logs.ndjson")
        #expect(try desk.logs() == plain)
    }

    @Test func `a file that cannot be a file of records is named`() throws {
        #expect(throws: RecordError.emptyFile(file: "accounts.csv")) { try folder(["accounts.csv": ""]).customers() }
    }

    // MARK: - Tickets

    @Test func `texts of tickets are redacted as they are read`() throws {
        let ticket = try #require(
            try tickets([
                "tickets.ndjson":
                    #"{"id":7,"openedAt":"2026-01-05T00:00:00Z","resolvedAt":"2026-01-05T01:00:00Z","account":"unheard-of","subject":"hello","body":"write to lea@acme.example","priority":2,"resolution":"mailed lea@acme.example"}"#
            ]).first)
        #expect(ticket.id == "7")
        #expect(ticket.account == "unheard-of")
        #expect(ticket.priority == "2")
        #expect(ticket.subject.string == "hello")
        #expect(!ticket.body.string.contains("lea@") && ticket.body.string.contains("<email:"))
        #expect(!ticket.resolution.string.contains("lea@"))
    }

    private static let customers = [
        "accounts.ndjson": """
        {"id":"A1","name":"Acme Retail"}
        {"id":"B2","name":"Bolt"}
        """,
        "aliases.ndjson": """
        {"account":"A1","kind":"workspace","value":"acme-retail-eu"}
        {"account":"B2","kind":"domain","value":"bolt.example"}
        """,
        "contacts.ndjson": """
        {"id":"P1","account":"A1","name":"Lea","email":"lea@acme.example"}
        {"id":"P2","name":"Max","email":"max@acme.example"}
        {"id":"P3","account":"A1","name":"Mo","email":"mo@mail.example"}
        {"id":"P4","account":"B2","name":"Bo","email":"bo@mail.example"}
        """,
    ]

    @Test(
        arguments: [
            (#""contact":"P1""#, "A1"),
            // By the domain of the contact's mail, which the people of one account have.
            (#""contact":"P2""#, "A1"), (#""contact":"someone@bolt.example""#, "B2"),
            (#""contact":"new@acme.example""#, "A1"),
            // Two accounts have people at mail.example, so it says nothing.
            (#""contact":"new@mail.example""#, nil), (#""contact":"P9""#, nil),
            (#""subject":"exports of acme_retail_eu fail""#, "A1"), (#""body":"we at Acme, Retail see errors""#, nil),
            (#""body":"we at Acme Retail see errors""#, "A1"), (#""body":"ask it@bolt.example.""#, "B2"),
            // A mere word, and two accounts at once.
            (#""body":"a bolt came loose""#, nil), (#""body":"Acme Retail, not bolt.example""#, nil),
            (#""account":"C3","contact":"P1""#, "C3"),
        ] as [(String, String?)])
    func `a ticket without an account gets the one that its contact or its words say`(
        fields: String, account: String?
    ) throws {
        var files = Self.customers
        files["tickets.ndjson"] = #"{"id":"T","openedAt":"2026-01-05",\#(fields)}"#
        #expect(try tickets(files).first?.account == account)
    }

    @Test(arguments: [
        (#"{"id":"T"}"#, "openedAt"), (#"{"openedAt":"2026-01-05"}"#, "id"),
        (#"{"id":"T","openedAt":"2026-01-05","resolvedAt":"2026-01-04"}"#, "resolvedAt"),
        ("{\"id\":\"T\",\"openedAt\":\"2026-01-05\"}\n{\"id\":\"T\",\"openedAt\":\"2026-01-05\"}", "id"),
    ])
    func `a ticket that cannot be is refused`(text: String, field: String) throws {
        let error = #expect(throws: RecordError.self) { try tickets(["tickets.ndjson": text]) }
        guard case .invalidRow(let fault) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(fault.field == field)
    }

    @Test func `exposures below 0 are set aside and counted`() throws {
        let folder = folder([
            "exposures.csv":
                "at,count,account\n2026-01-05T00:00:00Z,3,a\n2026-01-05T01:00:00Z,-7,a\n2026-01-05T02:00:00Z,0,a\n"
        ])
        let (exposures, negative) = try folder.exposures()
        #expect(exposures.map(\.count) == [3, 0] && negative == 1)
        #expect(throws: RecordError.self) {
            try self.folder(["exposures.ndjson": #"{"at":"2026-01-05T00:00:00Z","count":"many"}"#]).exposures()
        }
    }
}

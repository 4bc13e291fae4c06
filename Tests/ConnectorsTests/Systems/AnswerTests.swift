import Records
import Testing

@testable import Connectors

/// What is made of answers that do not say what was done, say too much, or leave something out.
struct AnswerTests {
    /// Runs a test with a system that is opened as the robot, and a ticket of a customer.
    private func run(
        _ kind: SystemDescription.Kind, _ test: (MockServer, any TicketSystem, RemoteTicket) async throws -> Void
    ) async throws {
        try await MockServer.run { server in
            let description = SystemDescription(
                name: "desk", kind: kind, address: server.address, user: "casebook@example.com",
                secret: .environment("NONE"), place: kind == .jira ? "SUP" : "")
            let system: any TicketSystem
            switch kind {
            case .jira: system = JiraSystem(description, secret: "casebook-secret", clock: MockServer.now)
            case .servicenow: system = ServiceNowSystem(description, secret: "casebook-secret", clock: MockServer.now)
            default: system = ZendeskSystem(description, secret: "casebook-secret", clock: MockServer.now)
            }
            let result: Result<Void, any Error>
            do {
                let id = try await customer(server, kind, "It fails")
                result = .success(try await test(server, system, try #require(try await system.ticket(id))))
            } catch {
                result = .failure(error)
            }
            try result.get()
        }
    }

    @discardableResult
    private func customer(
        _ server: MockServer, _ kind: SystemDescription.Kind, _ text: String, on ticket: String? = nil
    ) async throws -> String {
        var body: [String: JSON] = [
            "system": .text(kind.rawValue), "email": "jan@acorn-mills.example", "text": .text(text),
            "subject": "Upload",
        ]
        if let ticket { body["ticket"] = .text(ticket) }
        return try #require(try await server.tell("customer", .object(body))["ticket"].identifier)
    }

    /// Why a request fails when it meets a fault.
    private func fault(
        _ name: JSON, _ server: MockServer, _ request: () async throws(SystemFault) -> Void
    ) async throws -> SystemFault? {
        try await server.tell("faults", ["next": [name], "retryAfter": ["date"]])
        do throws(SystemFault) {
            try await request()
            return nil
        } catch {
            return error
        }
    }

    @Test(
        arguments: [SystemDescription.Kind.jira, .zendesk, .servicenow],
        ["html", "untyped", "disguised", "maintenance"])
    func `a change whose answer is something else is in doubt`(kind: SystemDescription.Kind, answer: String)
        async throws
    {
        try await run(kind) { server, system, ticket in
            let methods: [SystemDescription.Kind: JSON] = [.jira: "POST", .zendesk: "PUT", .servicenow: "PATCH"]
            let next: JSON = ["fault": .text(answer), "method": try #require(methods[kind])]
            let message = try Draft.message("Please restart it", key: "k1", isPublic: true)
            let found = try await fault(next, server) { () async throws(SystemFault) in
                _ = try await system.write(TicketChange(message: message), to: ticket)
            }
            #expect(found?.leavesDoubt == true && found?.isPassing == true)
            let fields: [TicketField: String?] = kind == .servicenow ? [.category: "network"] : [.priority: nil]
            let edit: JSON = ["fault": .text(answer), "method": kind == .servicenow ? "PATCH" : "PUT"]
            let again = try await fault(edit, server) { () async throws(SystemFault) in
                _ = try await system.write(TicketChange(fields: fields), to: ticket)
            }
            #expect(again?.leavesDoubt == true && again?.isPassing == true)
        }
    }

    @Test func `a reply that is kept as an internal one is refused, and a note is not`() async throws {
        try await run(.zendesk) { server, system, ticket in
            try await server.tell("settings", ["privateOnly": true])
            let reply = TicketChange(message: try Draft.message("Please restart it", key: "k1", isPublic: true))
            await #expect {
                try await system.write(reply, to: ticket)
            } throws: { error in
                guard case SystemFault.refused(let reason, _) = error else { return false }
                return reason.hasPrefix("customers cannot read it")
            }
            let now = try #require(try await system.ticket(ticket.id))
            let note = TicketChange(message: try Draft.message("They pay late", key: "k2"))
            #expect(try await system.write(note, to: now) != nil)
        }
    }

    @Test func `of a system that drops comments no answer is believed`() async throws {
        try await run(.servicenow) { server, system, ticket in
            try await server.tell("settings", ["dropsComments": true])
            let reply = TicketChange(message: try Draft.message("Please restart it", key: "k1", isPublic: true))
            _ = try await system.write(reply, to: ticket)
            #expect(!system.traits.confirmsMessages)
            #expect(try await system.messages(of: [ticket])[ticket.id] == [])
        }
    }

    @Test(arguments: [SystemDescription.Kind.jira, .zendesk, .servicenow])
    func `what a system repeats of the credentials is not told`(kind: SystemDescription.Kind) async throws {
        try await run(kind) { server, system, ticket in
            let found = try await fault("echo", server) { () async throws(SystemFault) in
                _ = try await system.ticket(ticket.id)
            }
            let told = try #require(found).description
            #expect(told.contains("Authorization: Basic <secret>"))
            #expect(!told.contains("Y2FzZWJvb2") && !told.contains("casebook-secret"))
        }
    }

    @Test(arguments: [-3_600, 3_600])
    func `a date until which to wait is one of the clock of the system`(offset: Int64) async throws {
        try await run(.jira) { server, system, ticket in
            try await server.tell("settings", ["clockOffsetSeconds": .integer(offset)])
            let found = try await fault("503", server) { () async throws(SystemFault) in
                _ = try await system.ticket(ticket.id)
            }
            guard case .unavailable(_, let wait?) = found else {
                Issue.record("\(String(describing: found))")
                return
            }
            // Dates go in seconds.
            #expect(wait >= 0 && wait <= 2)
        }
    }

    @Test func `lists that go by the numbers of pages are read to their ends`() async throws {
        try await run(.zendesk) { server, system, ticket in
            try await server.tell("settings", ["cursorPaging": false])
            for number in 1...120 { try await customer(server, .zendesk, "\(number)", on: ticket.id) }
            let texts = ["It fails"] + (1...120).map { "\($0)" }
            #expect(try await system.messages(of: [ticket])[ticket.id]?.map(\.text) == texts.map { RawText($0) })
            #expect(
                try await system.history(of: [ticket])[ticket.id]?.messages.map(\.text) == texts.map { RawText($0) })
        }
    }

    @Test(arguments: ["sys_attachment", "sys_user"])
    func `a table that may not be read leaves out no more than what stands there`(table: String) async throws {
        try await run(.servicenow) { server, system, ticket in
            try await customer(server, .servicenow, "Any news?", on: ticket.id)
            try await server.tell("settings", ["forbidden": [.text("/api/now/v2/table/" + table)]])
            for _ in 0..<2 {
                let messages = try await system.messages(of: [ticket])[ticket.id]
                #expect(messages?.map(\.text) == [RawText("Any news?")])
            }
            #expect(system.takeOmissions().map { $0.contains(table) } == [true])
            #expect(system.takeOmissions() == [])
        }
    }
}

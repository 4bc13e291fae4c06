import Connectors
import Foundation
import Testing

/// The file that describes systems.
struct SystemDescriptionTests {
    private func read(_ json: String) throws -> [SystemDescription] {
        try SystemDescription.read(Array(json.utf8), file: "systems.json")
    }

    private static let good = """
        {"systems": [{"name": "desk", "kind": "zendesk", "address": "https://example.com", "user": "r@example.com",
          "secret": {"environment": "S"}, "statuses": {"on-ice": "waiting"}, "priorities": {"urgent": "1"},
          "fields": {"version": "42"}, "ours": ["version"]}]}
        """

    @Test("a description says what words and fields mean, besides what is usual")
    func reads() throws {
        let system = try #require(try read(Self.good).first)
        #expect(system.statuses.ours("on-ice") == "waiting" && system.statuses.ours("pending") == "waiting")
        // Of several words for one of ours, the one that the description names is written.
        #expect(system.statuses.theirs("waiting") == "on-ice")
        #expect(system.priorities.ours("urgent") == "1" && system.priorities.ours("low") == "low")
        let vocabulary = SystemVocabulary(
            statuses: ["open": "Open", "parked": "Parked"], priorities: [:], fields: ["42": "Version"],
            readOnlyFields: ["42"])
        let problems = system.problems(with: vocabulary, people: [])
        #expect(problems.contains { $0.contains("parked") } && problems.contains { $0.contains("urgent") })
        // What a system is delivered with may be switched off, but what is described must be there.
        #expect(problems.contains { $0.contains("no \"on-ice\"") })
        #expect(problems.contains { $0.contains("may not write") } && problems.count == 4)
    }

    @Test func `agents and groups that do not exist are told, as far as the system tells groups`() throws {
        let json = Self.good.replacingOccurrences(
            of: #""ours""#, with: #""agents": {"7": "ana", "8": "bob"}, "groups": {"20": "web", "21": "night"}, "ours""#
        )
        let system = try #require(try read(json).first)
        func problems(_ groups: Set<String>?) -> [String] {
            let words = SystemVocabulary(
                statuses: ["on-ice": "On ice"], priorities: ["urgent": "Urgent"], fields: ["42": "Version"],
                groups: groups)
            return system.problems(with: words, people: ["7"])
        }
        #expect(problems(["20"]).count == 2 && problems(nil).count == 1)
        #expect(
            problems(["20"]).contains { $0.contains("\"8\"") } && problems(["20"]).contains { $0.contains("\"21\"") })
    }

    @Test("of several words that mean the same, the one that is chosen is written")
    func writesChosen() throws {
        let json = Self.good.replacingOccurrences(
            of: #""priorities": {"urgent": "1"}"#,
            with: #"""
                "priorities": {"blocker": "1", "urgent": "1"}, "written": {"statuses": ["hold"], "priorities": ["urgent"]}
                """#)
        let system = try #require(try read(json).first)
        #expect(system.statuses.theirs("waiting") == "hold" && system.statuses.ours("on-ice") == "waiting")
        #expect(system.priorities.theirs("1") == "urgent" && system.priorities.ours("blocker") == "1")
    }

    @Test("a word that means something else here is not written for what it usually means")
    func overrules() throws {
        let json = Self.good.replacingOccurrences(
            of: #""on-ice": "waiting"}"#,
            with: #""hold": "open", "on-ice": "waiting", "solved": "closed"}, "written": {"statuses": ["hold"]}"#)
        let statuses = try #require(try read(json).first).statuses
        for status in TicketStatus.allCases where statuses.names(status.rawValue) {
            #expect(statuses.ours(statuses.theirs(status.rawValue)) == status.rawValue)
        }
        #expect(statuses.theirs("waiting") == "on-ice" && statuses.theirs("open") == "hold")
    }

    @Test(
        "what is wrong is named with its file and member",
        arguments: [
            ("{", "no JSON"), ("{}", "systems"), (#"{"systems": [{"name": "a b"}]}"#, "systems[0].name"),
            (good.replacingOccurrences(of: "zendesk", with: "trello"), "systems[0].kind"),
            (good.replacingOccurrences(of: "https://example.com", with: "http://example.com"), "systems[0].address"),
            (good.replacingOccurrences(of: #"{"environment": "S"}"#, with: #""my-password""#), "systems[0].secret"),
            (good.replacingOccurrences(of: #""version": "42""#, with: #""status": "42""#), "systems[0].fields.status"),
            (
                good.replacingOccurrences(of: #""version": "42""#, with: #""version": "42", "build": "42""#),
                "systems[0].fields.version"
            ),
            (good.replacingOccurrences(of: "waiting", with: "parked"), "systems[0].statuses.on-ice"),
            (good.replacingOccurrences(of: "\"ours\"", with: "\"hours\""), "systems[0].hours"),
            (good.replacingOccurrences(of: #"["version"]"#, with: "true"), "systems[0].ours"),
            (
                good.replacingOccurrences(of: #""ours""#, with: #""written": {"statuses": ["parked"]}, "ours""#),
                "systems[0].written.statuses"
            ),
            (
                good.replacingOccurrences(
                    of: #""ours""#, with: #""written": {"statuses": ["hold", "on-ice"]}, "ours""#),
                "systems[0].written.statuses"
            ),
            (good.replacingOccurrences(of: #""ours""#, with: #""written": ["hold"], "ours""#), "systems[0].written"),
            (
                good.replacingOccurrences(of: #""ours""#, with: #""written": {"fields": []}, "ours""#),
                "systems[0].written.fields"
            ),
        ])
    func refuses(json: String, member: String) {
        #expect { try read(json) } throws: { error in
            "\(error)".contains("systems.json") && "\(error)".contains(member) && !"\(error)".contains("my-password")
        }
    }

    @Test("a secret comes from the environment or from a file that nobody else may read")
    func readsSecret() throws {
        #expect(try Secret.environment("S").value(in: ["S": "x\n"]) == "x")
        #expect(throws: DescriptionError.self) { try Secret.environment("S").value(in: ["S": "\n"]) }
        #expect(throws: DescriptionError.self) { try Secret.environment("S").value(in: [:]) }
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("secret-\(UUID().uuidString)").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        #expect(
            FileManager.default.createFile(
                atPath: path, contents: Data("x\n".utf8), attributes: [.posixPermissions: 0o644]))
        #expect(throws: DescriptionError.self) { try Secret.file(path).value(in: [:]) }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        #expect(try Secret.file(path).value(in: [:]) == "x")
        #expect(throws: DescriptionError.self) { try Secret.file(path + "-missing").value(in: [:]) }
    }
}

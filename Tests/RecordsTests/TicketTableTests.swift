import Records
import Testing

struct TicketTableTests {
    private let table = TicketTable(
        ids: ["a", "b", "c", "d"], openedAt: [30, .nan, 10, 30], hours: [1, 2, 3, 4],
        resolved: [true, false, true, true],
        categorical: [CategoricalColumn(name: "group", values: ["x", "", "y", "x"])],
        numeric: [NumericColumn(name: "load", values: [1, .nan, 3, 4])],
        text: [TextColumn(name: "subject", values: ["one", "", "three", "four"])])

    @Test func `columns are found by name`() {
        #expect(table.categoricalColumn(named: "group")?.codes == [0, -1, 1, 0])
        #expect(table.categoricalColumn(named: "group")?.levels == ["x", "y"])
        #expect(table.categoricalColumn(named: "group")?[1] == nil)
        #expect(table.categoricalColumn(named: "group")?[2] == "y")
        #expect(table.numericColumn(named: "load")?.values[2] == 3)
        #expect(table.textColumn(named: "subject")?.values.last == "four")
        #expect(table.categoricalColumn(named: "load") == nil)
        #expect(table.numericColumn(named: "group") == nil)
        #expect(table.textColumn(named: "body") == nil)
    }

    @Test func `rows keep their order and the levels`() {
        let part = table.rows([3, 1])
        #expect(part.ids == ["d", "b"])
        #expect(part.hours == [4, 2])
        #expect(part.resolved == [true, false])
        #expect(part.categorical == [CategoricalColumn(name: "group", levels: ["x", "y"], codes: [0, -1])])
        #expect(part.numeric[0].values[0] == 4)
        #expect(part.numeric[0].values[1].isNaN)
        #expect(part.text == [TextColumn(name: "subject", values: ["four", ""])])
    }

    @Test func `sorting by opening is stable and puts unknown times last`() {
        let sorted = table.sortedByOpening()
        #expect(sorted.ids == ["c", "a", "d", "b"])
        #expect(sorted.sortedByOpening().ids == sorted.ids)
        #expect(TicketTable().sortedByOpening().count == 0)
    }

    @Test func `tickets are a table as their JSON lines are`() throws {
        let redactor = try Redactors.plain()
        let opened = try #require(Instant(iso8601: "2025-03-01T08:00:00Z"))
        let tickets = [
            Ticket(
                id: "a", openedAt: opened, resolvedAt: Instant(seconds: opened.seconds + 5_400), account: "acme",
                subject: "slow", priority: "high", group: "web", assignee: "bob@example.org"),
            Ticket(id: "b", openedAt: opened, body: "no title", category: "fault"),
        ]
        var reader = TicketLineReader(file: "tickets", redactor: redactor)
        let lines = #"""
            {"id":"a","openedAt":"2025-03-01T08:00:00Z","resolvedAt":"2025-03-01T09:30:00Z","customer":"acme","group":"web","assignee":"bob@example.org","priority":"high","category":"","subject":"slow","body":""}
            {"id":"b","openedAt":"2025-03-01T08:00:00Z","group":"","category":"fault","body":"no title"}

            """#
        let full = try reader.read(Array(lines.utf8))
        let read = try #require((try full + reader.finish()).first?.table)
        let table = TicketTable(tickets, redactor: redactor)
        #expect(table.ids == read.ids && table.openedAt == read.openedAt && table.resolved == read.resolved)
        #expect(table.hours[0] == 1.5 && table.hours[1].isNaN)
        for name in ["customer", "group", "assignee", "priority", "category"] {
            #expect(table.categoricalColumn(named: name) == read.categoricalColumn(named: name))
        }
        #expect(table.textColumn(named: "subject") == read.textColumn(named: "subject"))
        #expect(table.textColumn(named: "body") == read.textColumn(named: "body"))
    }

    @Test func `columns of different lengths are a mistake of the caller`() async {
        await #expect(processExitsWith: .failure) {
            _ = TicketTable(ids: ["a"], openedAt: [], hours: [1], resolved: [true])
        }
    }
}

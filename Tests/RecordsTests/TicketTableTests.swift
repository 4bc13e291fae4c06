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

    @Test func `columns of different lengths are a mistake of the caller`() async {
        await #expect(processExitsWith: .failure) {
            _ = TicketTable(ids: ["a"], openedAt: [], hours: [1], resolved: [true])
        }
    }
}

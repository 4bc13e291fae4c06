import Records
import Testing

struct LabelledSeriesTests {
    private func read(_ text: String) throws -> [LabelledSeries] {
        try LabelledSeries.read(RecordFile(path: "series.csv", bytes: Array(text.utf8)))
    }

    @Test func `series are told apart, with their outbreaks from where they begin`() throws {
        let series = try read(
            """
            scenario,rep,t,mu,y,outbreakCurrent,start
            1,1,1,2.5,3,0,2
            1,1,2,2.5,4,0,2
            1,1,3,2.5,9,5,2
            1,2,1,1,0,0,9
            1,1,4,2.5,2,0,2
            """)
        #expect(series.map(\.name) == ["1/1", "1/2"])
        #expect(series[0].counts == [3, 4, 9, 2])
        #expect(series[0].means == [2.5, 2.5, 2.5, 2.5])
        #expect(series[0].outbreak == 1..<3)
        #expect(series[1].outbreak.isEmpty)
        #expect(series[0].scenario == 1)
    }

    @Test func `means may be missing, and series may have names`() throws {
        let series = try read("series,t,y,outbreakCurrent\nberlin,1,3,0\nberlin,2,8,4\n")
        #expect(series.map(\.name) == ["berlin"])
        #expect(series[0].means.isEmpty && series[0].scenario == nil)
        #expect(series[0].outbreak == 1..<2)
    }

    @Test(arguments: [
        ("1,1,1,,0", "y"), ("1,1,1,-2,0", "y"), ("1,1,x,2,0", "t"), ("1,1,1,2,", "outbreakCurrent"),
        ("1,1,1,3,0\n1,1,1,4,0", "t"),
    ])
    func `what is wrong is told with its field`(rows: String, field: String) throws {
        let error = try #require(throws: RecordError.self) { try read("scenario,rep,t,y,outbreakCurrent\n\(rows)\n") }
        #expect("\(error)".contains("series.csv") && "\(error)".contains(field))
    }
}

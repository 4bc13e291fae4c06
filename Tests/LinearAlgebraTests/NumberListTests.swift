import FoundationEssentials
import LinearAlgebra
import Testing

struct NumberListTests {
    private func decoded(_ json: String) throws -> NumberList {
        try JSONDecoder().decode(NumberList.self, from: Data(json.utf8))
    }

    @Test(
        arguments: [
            [], [0], [1, -2, 3], [0.1, 1e300, -Double.leastNonzeroMagnitude, Double.pi],
            [9_007_199_254_740_994, 1e17, -0.5],
        ] as [[Double]])
    func `numbers keep their bits`(values: [Double]) throws {
        let data = try JSONEncoder().encode(NumberList(values))
        let copy = try JSONDecoder().decode(NumberList.self, from: data)
        #expect(copy.values.map(\.bitPattern) == values.map(\.bitPattern))
    }

    @Test func `the text by hand, and a list of numbers`() throws {
        #expect(try String(decoding: JSONEncoder().encode(NumberList([1.5, -2, 3])), as: UTF8.self) == "\"1.5 -2 3\"")
        #expect(try decoded("[1.5, -2]") == NumberList([1.5, -2]))
        #expect(try decoded("\"\"").values.isEmpty)
    }

    @Test(arguments: ["\"1 x\"", "\"x\"", "\"1,2\"", "\"inf\"", "\"1 nan\"", "[\"1\"]", "{}", "null"])
    func `what is no number is refused`(json: String) {
        #expect(throws: DecodingError.self) { try decoded(json) }
    }

    @Test(arguments: [Double.nan, .infinity])
    func `what is not finite cannot be written`(value: Double) {
        #expect(throws: EncodingError.self) { try JSONEncoder().encode(NumberList([1, value])) }
    }

    @Test func `whole numbers are told from others`() {
        #expect(NumberList([1, -7]).integers == [1, -7])
        #expect(NumberList([1, 0.5]).integers == nil)
    }
}

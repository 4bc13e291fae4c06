import Foundation
import Models
import Testing

struct TrainingWindowTests {
    private let window = TrainingWindow(from: "2023-12-09T00:00:00Z", to: "2023-12-24T00:00:00Z")

    @Test func `in a file it is an array of both times`() throws {
        let text = #"["2023-12-09T00:00:00Z","2023-12-24T00:00:00Z"]"#
        #expect(String(decoding: try JSONEncoder().encode(window), as: UTF8.self) == text)
        #expect(try JSONDecoder().decode(TrainingWindow.self, from: Data(text.utf8)) == window)
    }

    @Test(arguments: ["[]", #"["2023-12-09T00:00:00Z"]"#, "{}"])
    func `a file that lacks a time is refused`(text: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(TrainingWindow.self, from: Data(text.utf8)) }
    }
}

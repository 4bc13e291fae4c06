import FoundationEssentials
import Testing

@testable import Features

struct StringListTests {
    @Test(
        arguments: [
            [], [""], ["", ""], ["one"], ["one", "two words", ""], ["line\nfeed", "x"], ["ü🙂", "\r", "\u{2028}"],
            ["a\r", "b"],
        ] as [[String]])
    func `strings stay as they are`(strings: [String]) throws {
        let data = try JSONEncoder().encode(StringList(strings))
        let copy = try JSONDecoder().decode(StringList.self, from: data)
        #expect(copy.strings.map { Array($0.utf8) } == strings.map { Array($0.utf8) })
    }
}

import Features
import Foundation
import Testing

/// Stems frozen from PyStemmer; the script is Reference/english_stems.py.
struct EnglishStemmerTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    private static let texts = folder.appending(path: "../../../shared/data/text").standardizedFileURL

    private func lines(_ name: String) throws -> [[Substring]] {
        try String(contentsOf: Self.folder.appending(path: "Reference/\(name)"), encoding: .utf8)
            .split(separator: "\n").map { $0.split(separator: " ") }
    }

    private func stem(_ word: some StringProtocol) -> String {
        var bytes = Array(word.utf8)
        let count = bytes.withUnsafeMutableBufferPointer { EnglishStemmer.stem($0) }
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }

    @Test(
        arguments: [
            ("connections", "connect"), ("connecting", "connect"), ("hopping", "hop"), ("hoping", "hope"),
            ("cries", "cri"),
            ("dying", "die"), ("evening", "evening"), ("exceeding", "exceed"), ("skies", "sky"),
            ("universal", "universal"),
            ("organization", "organiz"), ("geologists", "geolog"), ("pasted", "paste"), ("annoyed", "annoy"),
            ("'tis", "tis"), ("customer's", "custom"),
        ])
    func `a worked word`(word: String, expected: String) {
        #expect(stem(word) == expected)
    }

    @Test func `made words of every ending agree with the reference`() throws {
        let lines = try lines("english_stems.txt")
        #expect(lines.count > 2_000)
        for line in lines { #expect(stem(line[0]) == line[1], "\(line[0])") }
    }

    @Test func `words with other letters, and of two or fewer, are left as they are`() {
        for word in ["größe", "cafés", "naïvely", "работающий", "", "a", "is", "'s"] { #expect(stem(word) == word) }
        #expect(stem("v2ing") == "v2ing")
        #expect(stem("x86es") == "x86es")
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: texts.path()), "../shared is not there"))
    func `every word of texts that people wrote agrees with the reference`() throws {
        for line in try lines("english_stems_of_files.txt") {
            let bytes = try Data(contentsOf: Self.texts.appending(path: line[0]))
            let runs = Set(
                bytes.map { 65...90 ~= $0 ? $0 | 0x20 : $0 }
                    .split { !(97...122 ~= $0 || 48...57 ~= $0 || $0 == UInt8(ascii: "'")) })
            #expect(runs.count == Int(line[1]))
            let total = runs.reduce(UInt64(0)) { total, run in
                let run = String(decoding: run, as: UTF8.self)
                return total &+ hash("\(run) \(stem(run))")
            }
            #expect(total == UInt64(line[2]), "\(line[0])")
        }
    }

    /// FNV-1a.
    private func hash(_ text: String) -> UInt64 {
        text.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    }
}

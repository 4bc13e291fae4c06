import Glibc
import Models

/// A folder of its own for one test, removed with all that is in it at the end.
final class ModelFolder: Sendable {
    let path: String

    init() {
        var template = Array("/tmp/casebook-models-XXXXXX".utf8CString)
        path = template.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? ""
        }
    }

    deinit {
        remove("")
        rmdir(path)
    }

    var registry: ModelRegistry { ModelRegistry(path: path) }

    func read(_ name: String) -> [UInt8] {
        guard let file = fopen("\(path)/\(name)", "r") else { return [] }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var byte = fgetc(file)
        while byte != EOF {
            bytes.append(UInt8(byte))
            byte = fgetc(file)
        }
        return bytes
    }

    func text(_ name: String) -> String { String(decoding: read(name), as: UTF8.self) }

    func write(_ name: String, _ bytes: [UInt8]) {
        guard let file = fopen("\(path)/\(name)", "w") else { return }
        fwrite(bytes, 1, bytes.count, file)
        fclose(file)
    }

    func write(_ name: String, _ text: String) { write(name, Array(text.utf8)) }

    func createFolder(_ name: String) { mkdir("\(path)/\(name)", 0o777) }

    private func remove(_ folder: String) {
        for name in names(folder) where Glibc.remove("\(path)/\(folder)/\(name)") != 0 {
            remove("\(folder)/\(name)")
            rmdir("\(path)/\(folder)/\(name)")
        }
    }

    /// The names in a folder, hidden ones included, in order.
    func names(_ name: String = "") -> [String] {
        guard let stream = opendir("\(path)/\(name)") else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            names.append(
                withUnsafeBytes(of: &entry.pointee.d_name) { raw in
                    String(decoding: raw.prefix { $0 != 0 }, as: UTF8.self)
                })
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }
}

/// A small body with each kind of value.
struct SampleBody: Codable, Sendable, Equatable {
    var seed = 7
    var halfLife = 0.1
    var levels = ["naïve/ü", "b\"\\\n"]
    var schema = ["b": [1, 2], "a": [3]]
}

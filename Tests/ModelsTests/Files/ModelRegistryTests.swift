import Glibc
import Models
import Statistics
import Testing

struct ModelRegistryTests {
    let folder = ModelFolder()
    let tensors = ["w": Tensor(shape: [2], values: [1, 2])]

    func store(
        _ body: SampleBody = SampleBody(), in registry: ModelRegistry? = nil,
        card: (Int) -> String = { "version \($0)\n" }
    ) throws(ModelFileError) -> Int {
        try (registry ?? folder.registry).store(body, tensors: tensors, card: card, model: "m", kind: "k")
    }

    func load(version: Int? = nil) throws(ModelFileError) -> StoredModel<SampleBody> {
        try folder.registry.load(SampleBody.self, model: "m", kind: "k", version: version)
    }

    func expect(
        _ exitCode: Int32, naming name: String, version: Int? = nil, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        do {
            _ = try load(version: version)
            Issue.record("loaded", sourceLocation: sourceLocation)
        } catch {
            #expect(error.exitCode == exitCode, sourceLocation: sourceLocation)
            #expect(error.description.contains(name), "\(error)", sourceLocation: sourceLocation)
        }
    }

    @Test func `what was stored is loaded`() throws {
        #expect(try store() == 1)
        let model = try load()
        #expect(model.version == 1)
        #expect(model.body == SampleBody())
        #expect(model.tensors == tensors)
        #expect(folder.names() == ["m"])
        #expect(folder.names("m") == ["1", "current"])
        #expect(folder.names("m/1") == ["card.md", "model.json", "model.safetensors"])
        #expect(folder.text("m/current") == "1\n")
        #expect(folder.text("m/1/card.md") == "version 1\n")
    }

    @Test func `the description holds the body's keys beside the registry's`() throws {
        _ = try store()
        let text = folder.text("m/1/model.json")
        for key in ["descriptionSHA256", "formatVersion", "halfLife", "kind", "levels", "schema", "seed", "version"] {
            #expect(text.contains("\n  \"\(key)\" : "))
        }
        #expect(text.contains("\"halfLife\" : 0.1,"))
    }

    @Test func `equal models give equal bytes`() throws {
        let other = ModelFolder()
        _ = try store()
        _ = try store(in: other.registry)
        for name in folder.names("m/1") { #expect(folder.read("m/1/\(name)") == other.read("m/1/\(name)")) }
    }

    @Test func `a new version follows the largest number and leaves the others alone`() throws {
        #expect(try folder.registry.currentVersion(of: "m") == nil)
        _ = try store()
        let first = folder.read("m/1/model.json")
        for name in ["m/7", "m/007", "m/12x", "m/+9"] { folder.createFolder(name) }
        #expect(try store(SampleBody(seed: 8)) == 8)
        #expect(try folder.registry.currentVersion(of: "m") == 8)
        #expect(folder.read("m/1/model.json") == first)
        #expect(try load(version: 1).body.seed == 7)
        #expect(try load().body.seed == 8)
    }

    @Test func `an old version serves under a new number`() throws {
        _ = try store()
        rename("\(folder.path)/m/1", "\(folder.path)/m/5")
        folder.write("m/current", "5")
        #expect(try load().version == 5)
    }

    @Test func `a number that another program takes meanwhile is left to it`() throws {
        let version = try store { version in
            if version == 1 {
                folder.createFolder("m/1")
                folder.write("m/1/theirs", "x")
            }
            return "version \(version)\n"
        }
        #expect(version == 2)
        #expect(folder.names("m/1") == ["theirs"])
        #expect(folder.text("m/2/card.md") == "version 2\n")
        #expect(folder.names() == ["m"])
        #expect(try load().version == 2)
    }

    @Test func `trainers at once get a number each`() async throws {
        let registry = folder.registry
        let tensors = tensors
        let versions = try await withThrowingTaskGroup(of: (Int, Int).self) { group in
            for seed in 0..<24 {
                group.addTask {
                    let body = SampleBody(seed: seed)
                    return (try registry.store(body, tensors: tensors, card: { "\($0)" }, model: "m", kind: "k"), seed)
                }
            }
            return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
        }
        #expect(versions.keys.sorted() == Array(1...24))
        for (version, seed) in versions { #expect(try load(version: version).body.seed == seed) }
        #expect(try registry.currentVersion(of: "m") == 24)
        #expect(folder.names() == ["m"])
    }

    @Test func `what is not there is no input`() throws {
        expect(66, naming: "/m")
        _ = try store()
        expect(66, naming: "99", version: 99)
        expect(66, naming: "-1", version: -1)
        unlink("\(folder.path)/m/1/model.safetensors")
        expect(66, naming: "model.safetensors")
        unlink("\(folder.path)/m/1/model.json")
        expect(66, naming: "model.json")
        unlink("\(folder.path)/m/current")
        expect(66, naming: "current")
    }

    @Test(arguments: [
        "", "one", "-1", "0", "01", "../1", "1\n\n", "99999999999999999999", String(repeating: "1", count: 65),
    ])
    func `a broken current is named`(content: String) throws {
        _ = try store()
        folder.write("m/current", content)
        expect(65, naming: "m/current")
    }

    @Test(arguments: [
        "", "{", "{}", "null", "[]", #"{"formatVersion":0}"#, #"{"formatVersion":1}"#, #"{"formatVersion":2}"#,
    ])
    func `a broken description is named`(content: String) throws {
        _ = try store()
        folder.write("m/1/model.json", content)
        expect(65, naming: "model.json")
    }

    @Test func `a newer format is named by its number`() throws {
        _ = try store()
        folder.write("m/1/model.json", #"{"formatVersion":987,"kind":{}}"#)
        let file = "\(folder.path)/m/1/model.json"
        #expect(throws: ModelFileError.newerFormat(file: file, formatVersion: 987, known: 2)) { try load() }
    }

    @Test func `another kind and another body are refused`() throws {
        _ = try store()
        let file = "\(folder.path)/m/1/model.json"
        #expect(throws: ModelFileError.otherKind(file: file, kind: "k", expected: "x")) {
            try folder.registry.load(SampleBody.self, model: "m", kind: "x")
        }
        struct Other: Codable, Sendable { var absent: Int }
        #expect(throws: ModelFileError.damagedDescription(file: file, reason: "key \"absent\": the key is missing")) {
            try folder.registry.load(Other.self, model: "m", kind: "k")
        }
    }

    @Test(arguments: ["model.json", "model.safetensors"])
    func `something other than a file in a file's place is refused`(name: String) throws {
        _ = try store()
        unlink("\(folder.path)/m/1/\(name)")
        mkfifo("\(folder.path)/m/1/\(name)", 0o600)
        #expect(throws: ModelFileError.notAFile(file: "\(folder.path)/m/1/\(name)")) { try load() }
    }

    @Test func `a file beyond the limit is refused before memory is set aside`() throws {
        _ = try store()
        truncate("\(folder.path)/m/1/model.safetensors", 1 << 40)
        expect(65, naming: "limit")
    }

    @Test(arguments: ["", ".", "..", ".m", "a/b", "../m", "a\u{0}b"])
    func `a name that leads out of the registry is refused`(name: String) {
        #expect(throws: ModelFileError.invalidName(name)) { try folder.registry.currentVersion(of: name) }
        #expect(ModelFileError.invalidName(name).exitCode == 65)
    }

    @Test func `a failure leaves nothing behind`() throws {
        let registry = ModelRegistry(path: "\(folder.path)/new/models")
        do {
            _ = try store(SampleBody(halfLife: .nan), in: registry)
            Issue.record("stored")
        } catch {
            #expect(error.exitCode == 65)
            #expect(error.description.contains("model.json") && error.description.contains("halfLife"), "\(error)")
        }
        #expect(folder.names() == [])
    }

    @Test func `a current that cannot be replaced takes the version back`() throws {
        _ = try store()
        unlink("\(folder.path)/m/current")
        folder.createFolder("m/current")
        #expect(throws: ModelFileError.cannotCreate(path: "\(folder.path)/m/current", code: EISDIR)) { try store() }
        #expect(folder.names("m") == ["1", "current"])
        #expect(folder.names() == ["m"])
    }

    @Test func `a file in the way of the registry stays`() {
        folder.write("file", "in the way")
        let error = ModelFileError.cannotCreate(path: "\(folder.path)/file", code: EEXIST)
        #expect(error.exitCode == 73)
        #expect(throws: error) { try store(in: ModelRegistry(path: "\(folder.path)/file/models")) }
        #expect(folder.text("file") == "in the way")
    }

    @Test(arguments: [4 as UInt64, 5])
    func `an altered file is refused or gives what was stored`(seed: UInt64) throws {
        _ = try store()
        var random = SplitMix64(seed: seed)
        for name in ["model.json", "model.safetensors"] {
            let whole = folder.read("m/1/\(name)")
            for _ in 0..<400 {
                var bytes = whole
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 1: bytes.removeLast(bytes.count - place)
                case 2: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
                default: bytes[place] = UInt8.random(in: 48...57, using: &random)
                }
                guard bytes != whole else { continue }
                folder.write("m/1/\(name)", bytes)
                do {
                    _ = try load()
                    Issue.record("seed \(seed): \(name) altered at \(place) was loaded")
                } catch {
                    #expect(error.exitCode == 65 && error.description.contains("/m/1/\(name)"), "\(error)")
                }
            }
            folder.write("m/1/\(name)", whole)
        }
        #expect(try load().tensors == tensors)
    }
}

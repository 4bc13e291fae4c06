import FoundationEssentials
import Models
import Records
import Testing

struct AnomalyFilesTests {
    /// What model.json holds, written as it was read.
    struct Body: Codable, Sendable {
        struct Vocabulary: Codable, Sendable {
            var signatures: [String]
            var leftOut: Int
        }

        var provenance: AnomalyModel.Provenance
        var vocabulary: Vocabulary
        var templates: [String: String]
        var limits: [String: Double]
        var otherWeight: Double
        var ballMass: Double
        var sequences: Int
    }

    let folder = ModelFolder()
    let sessions = GeneratedSessions.ordinary(2_500, seed: 1) + GeneratedSessions.anomalous(25, seed: 2)

    func stored() throws -> AnomalyModel {
        let model = try AnomalyModel(training: sessions, source: .init(name: "generated", window: 7), alarmRate: 0.02)
        #expect(try model.store(in: folder.registry) == 1)
        return model
    }

    @Test func `a model that was stored says the same`() throws {
        let model = try stored()
        let loaded = try AnomalyModel(from: folder.registry)
        for session in GeneratedSessions.ordinary(50, seed: 3) + GeneratedSessions.anomalous(50, seed: 3) {
            #expect(loaded.finding(for: session) == model.finding(for: session))
        }
        #expect(loaded.provenance == model.provenance)
        #expect(loaded.threshold == model.threshold && loaded.alarmRate == 0.02)
        #expect(folder.names("anomaly/1") == ["card.md", "model.json", "model.safetensors"])
    }

    @Test func `equal sessions make equal bytes`() throws {
        _ = try stored()
        let again = try AnomalyModel(training: sessions, source: .init(name: "generated", window: 7), alarmRate: 0.02)
        #expect(try again.store(in: folder.registry) == 2)
        #expect(folder.read("anomaly/1/model.safetensors") == folder.read("anomaly/2/model.safetensors"))
    }

    @Test(arguments: [
        "kinds.masses", "kinds.columns", "order.successions", "calibration.scores", "mixture.components",
        "repetition.tails",
    ])
    func `parts that do not fit together are named`(part: String) throws {
        _ = try stored()
        let body = try JSONDecoder().decode(Body.self, from: Data(folder.read("anomaly/1/model.json")))
        var tensors = try SafetensorsFile(decoding: folder.read("anomaly/1/model.safetensors"), file: "w").tensors
        let values = try #require(tensors[part]?.values)
        tensors[part] = Tensor(shape: [values.count - 1], values: Array(values.dropLast()))
        let version = try folder.registry.store(
            body, tensors: tensors, card: { _ in "" }, model: "anomaly", kind: "anomaly")
        #expect(throws: AnomalyError.inconsistent(part)) {
            try AnomalyModel(from: folder.registry, version: version)
        }
    }

    @Test func `a damaged file is told from a missing one`() throws {
        #expect(throws: ModelFileError.self) { try AnomalyModel(from: folder.registry) }
        _ = try stored()
        folder.write("anomaly/1/model.safetensors", "garbage")
        #expect(throws: ModelFileError.self) { try AnomalyModel(from: folder.registry) }
    }
}

import Features
import Glibc
import Records
import Statistics
import Testing

@testable import Models

/// A model on the disk.
struct ResolutionTimeFilesTests {
    private let folder = ModelFolder()
    private let version = "resolution-time/1"

    private var weights: SafetensorsFile {
        get throws { try SafetensorsFile(decoding: folder.read("\(version)/model.safetensors"), file: "") }
    }

    /// Replaces the weights, with checksums that are right, as a program of another mind would write them.
    private func replaceWeights(_ change: (inout [String: Tensor]) -> Void) throws {
        var file = try weights
        let before = Checksum.sha256(folder.read("\(version)/model.safetensors"))
        change(&file.tensors)
        let bytes = file.encoded()
        folder.write("\(version)/model.safetensors", bytes)
        try changeDescription { text in
            let range = try #require(text.firstRange(of: before))
            text.replaceSubrange(range, with: Checksum.sha256(bytes))
        }
    }

    private func changeDescription(_ change: (inout String) throws -> Void) throws {
        var text = folder.text("\(version)/model.json")
        try change(&text)
        let key = try #require(text.firstRange(of: "\"descriptionSHA256\""))
        let start = try #require(text[key.upperBound...].firstIndex(of: "\""))
        let digits = text.index(after: start)..<text.index(start, offsetBy: 65)
        text.replaceSubrange(digits, with: Checksum.blank)
        text.replaceSubrange(digits, with: Checksum.sha256(Array(text.utf8)))
        folder.write("\(version)/model.json", text)
    }

    private func load() throws -> ResolutionTimeModel { try ResolutionTimeModel(from: folder.registry) }

    private func refusal() -> ResolutionTimeError? {
        #expect(throws: ResolutionTimeError.self) { try load() }
    }

    private let fresh = SharedTraining.table.rows(Array(300..<330))

    @Test func `A model that was stored and loaded forecasts the same bits`() throws {
        let model = try SharedTraining.training.model
        #expect(try model.store(in: folder.registry) == 1)
        let loaded = try load()
        var tickets = fresh
        tickets.categorical[1].codes[3] = -1
        let (before, after) = (model.forecasts(of: tickets), loaded.forecasts(of: tickets))
        #expect(before.map(\.distribution) == after.map(\.distribution))
        #expect(before.map(\.contributions) == after.map(\.contributions))
        #expect(before.map(\.tier) == after.map(\.tier))
        #expect(before.map(\.relativeEffort) == after.map(\.relativeEffort))
        #expect(before.map(\.missing) == after.map(\.missing))
        #expect(loaded.settings == model.settings)
        #expect(loaded.provenance == model.provenance)
        #expect(loaded.sourceColumns == model.sourceColumns)
    }

    @Test func `A stored model can be stored again without a change`() throws {
        _ = try SharedTraining.training.model.store(in: folder.registry)
        #expect(try load().store(in: folder.registry) == 2)
        #expect(
            folder.read("resolution-time/1/model.safetensors") == folder.read("resolution-time/2/model.safetensors"))
        #expect(folder.text("resolution-time/2/card.md").hasPrefix("# Resolution time, version 2\n"))
    }

    @Test func `The columns that a model reads have the kinds they had`() throws {
        #expect(
            try SharedTraining.training.model.sourceColumns == [
                "priority": .categorical, "group": .categorical, "customer": .categorical, "assignee": .categorical,
                "users": .numeric, "subject": .text,
            ])
    }

    @Test func `A change of a checksummed file that keeps the shapes is read`() throws {
        _ = try SharedTraining.training.model.store(in: folder.registry)
        try replaceWeights { tensors in
            guard let values = tensors["base.0.logBaselines"]?.values else { return }
            tensors["base.0.logBaselines"]?.values = values.map { $0 - 1 }
        }
        let loaded = try load()
        let model = try SharedTraining.training.model
        #expect(loaded.fits[0].logBaselines == model.fits[0].logBaselines.map { $0 - 1 })
    }

    @Test func `A model without any one of its tensors is refused`() throws {
        _ = try SharedTraining.training.model.store(in: folder.registry)
        let names = try weights.tensors.keys.sorted()
        #expect(names.starts(with: ["base.0.coefficients", "base.0.logBaselines", "base.1.coefficients"]))
        for name in names {
            let removed = try #require(weights.tensors[name])
            try replaceWeights { $0[name] = nil }
            let part = name.hasPrefix("text.") ? name : String(name.prefix(while: { $0 != "." }))
            #expect(refusal()?.description.contains(part) == true, "\(name)")
            try replaceWeights { $0[name] = removed }
        }
        #expect(throws: Never.self) { try load() }
    }

    @Test func `A model from before missing parts were learnt forecasts tickets that lack nothing as it did`() throws {
        let model = try SharedTraining.training.model
        _ = try model.store(in: folder.registry)
        try replaceWeights { tensors in tensors = tensors.filter { !$0.key.hasPrefix("missing.") } }
        let loaded = try load()
        #expect(loaded.forecasts(of: fresh).map(\.distribution) == model.forecasts(of: fresh).map(\.distribution))
        var tickets = fresh
        tickets.categorical[0].codes = tickets.categorical[0].codes.map { _ in -1 }
        #expect(loaded.forecasts(of: tickets).count == tickets.count)
    }

    @Test(arguments: [
        ("base.0.coefficients", "base.0"), ("base.1.logBaselines", "base.1"),
        ("text.subject.projection", "text.subject.projection"), ("missing.weights", "missing"),
        ("missing.means", "missing"), ("missing.covariance", "missing"),
    ])
    func `A tensor of another length is refused`(tensor: String, part: String) throws {
        _ = try SharedTraining.training.model.store(in: folder.registry)
        try replaceWeights {
            guard let values = $0[tensor]?.values else { return }
            $0[tensor] = Tensor(shape: [values.count + 1], values: values + [0])
        }
        #expect(refusal() == .inconsistent(part))
    }

    @Test func `What is stored of missing parts has a row a part and none a ticket`() throws {
        let model = try SharedTraining.training.model
        _ = try model.store(in: folder.registry)
        let parts = model.schema.partCount
        let predictors = 1 + model.fits.reduce(0) { $0 + $1.bands.count }
        #expect(
            try weights.tensors.filter { $0.key.hasPrefix("missing.") }.mapValues(\.shape) == [
                "missing.covariance": [parts, parts], "missing.means": [predictors, parts],
                "missing.slopes": [predictors, parts], "missing.weights": [parts],
            ])
    }

    @Test(arguments: [Double.nan, .infinity, 1e9])
    func `A covariance that is none is refused`(value: Double) throws {
        _ = try SharedTraining.training.model.store(in: folder.registry)
        // The second element is one of a pair, whose other one stays.
        try replaceWeights { $0["missing.covariance"]?.values[1] = value }
        #expect(refusal() == .inconsistent("missing"))
    }

    @Test func `Coefficients with rows and columns exchanged are refused`() throws {
        _ = try SharedTraining.training.model.store(in: folder.registry)
        try replaceWeights { tensors in
            guard let tensor = tensors["base.0.coefficients"] else { return }
            tensors["base.0.coefficients"] = Tensor(shape: tensor.shape.reversed(), values: tensor.values)
        }
        #expect(refusal() == .inconsistent("base.0"))
    }

    @Test func `Precisions for another number of bands are refused`() throws {
        _ = try SharedTraining.training.model.store(in: folder.registry)
        try changeDescription { text in
            let key = try #require(text.firstRange(of: "\"precisions\""))
            let start = try #require(text[key.upperBound...].firstIndex(of: "["))
            text.insert(contentsOf: "[1],", at: text.index(after: start))
        }
        #expect(refusal() == .inconsistent("precisions"))
    }

    @Test func `A mixture of another number of base models is refused`() throws {
        _ = try SharedTraining.training.model.store(in: folder.registry)
        try changeDescription { text in
            let key = try #require(text.firstRange(of: "\"baseModels\""))
            let digit = try #require(text[key.upperBound...].firstIndex { $0.isNumber })
            text.replaceSubrange(digit...digit, with: "9")
        }
        #expect(refusal() == .inconsistent("mixture"))
    }

    @Test func `Errors are one line for people`() {
        #expect(
            ResolutionTimeError.tooFewResolved(3, needed: 30).description
                == "3 resolved tickets are known at the cut; at least 30 are needed")
        #expect(
            ResolutionTimeError.nothingHeldOut.description
                == "no ticket opens at or after the cut: there is nothing to evaluate")
        #expect(
            ResolutionTimeError.inconsistent("base.0").description
                == "the stored model does not fit together: base.0")
    }
}

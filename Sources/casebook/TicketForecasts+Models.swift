import ArgumentParser
import Models
import Records
import Service

extension TicketForecasts {
    /// The model in use in a folder of models; nil when there is none of resolution times.
    init?(models: String, redactor: Redactor, command: String) throws {
        do {
            let registry = ModelRegistry(path: models)
            guard let version = try registry.currentVersion(of: ResolutionTimeModel.name) else { return nil }
            self.init(try ResolutionTimeModel(from: registry, version: version), version: version, redactor: redactor)
        } catch let error as ModelFileError {
            StandardInput.say("casebook \(command): \(error.description)")
            throw ExitCode(error.exitCode)
        }
    }
}

import Commands
import Models
import Records

extension TicketForecasts {
    /// The model in use in a folder of models; nil when there is none of resolution times.
    init?(models: String, redactor: Redactor, command: String) throws {
        let registry = ModelRegistry(path: models)
        let found = try Program.casebook(command).reporting { () -> (ResolutionTimeModel, Int)? in
            guard let version = try registry.currentVersion(of: ResolutionTimeModel.name) else { return nil }
            return (try ResolutionTimeModel(from: registry, version: version), version)
        }
        guard let (model, version) = found else { return nil }
        self.init(model, version: version, redactor: redactor)
    }
}

import ArgumentParser

/// The daily work of a desk on the command line.
@main
struct Casebook: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "casebook", abstract: "Statistical models for a support desk.",
        subcommands: [
            Accounts.self, Articles.self, Check.self, Correlate.self, Erase.self, Fixes.self, Formats.self, Groups.self,
            History.self, Impact.self, Import.self, Ingest.self, Migrate.self, Publish.self, Receive.self, Redact.self,
            Regressions.self, Retain.self, Signatures.self, Simulate.self, Suggest.self, Sync.self, Trends.self,
            Warnings.self,
        ])
}

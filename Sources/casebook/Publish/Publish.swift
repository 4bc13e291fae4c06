import ArgumentParser
import Commands
import Connectors
import FoundationEssentials
import Glibc
import Records
import Storage

/// Brings articles into knowledge bases.
struct Publish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Publish, update and retire articles in knowledge bases.",
        discussion: """
            The knowledge bases are described in a file of JSON: {"knowledgeBases": [{"name", "kind" (mediawiki, zendesk-help-center, \
            servicenow or confluence), "address", "user", "secret": {"environment": NAME} or {"file": PATH}, "place", "audience" \
            (internal or everyone), "drafts"}]}. The place is a beginning of names of pages, LOCALE/SECTION, the sys_id of a knowledge \
            base, or the id of a space. Articles that somebody has read are published, those for the team alone only where the \
            audience is internal; drafts go as drafts where "drafts" is true, and stay here otherwise. What a person has changed there \
            is never written over: it is a conflict until somebody has looked at both texts and says so with --reconciled. Ends with 65 when \
            something waits for a person, and with 75 when another run may do what this one could not.
            """)

    @Option(help: ArgumentHelp("The description of the knowledge bases.", valueName: "file"))
    var systems: String

    @Option(help: ArgumentHelp("Only the knowledge base of this name.", valueName: "name"))
    var base: String?

    @Option(
        help: ArgumentHelp(
            "Take what the knowledge base now says of this article as agreed upon, and publish nothing; needs --base.",
            valueName: "article"))
    var reconciled: String?

    @Flag(help: "Say what would be done, and do nothing.")
    var dryRun = false

    @Flag(help: "Print one JSON object.")
    var json = false

    @OptionGroup
    var options: StoreOptions

    func validate() throws {
        if reconciled != nil, base == nil { throw ValidationError("--reconciled needs --base") }
        if reconciled != nil, dryRun { throw ValidationError("--reconciled and --dry-run exclude each other") }
    }

    func run() async throws {
        let descriptions = try described()
        let store = try options.open(for: "publish", dryRun ? .reading : .existing)
        let context = try Program.casebook("publish").reporting {
            if !dryRun { try store.claimWriting() }
            return try store.customers()
        }
        let redactor = try options.redaction.redactor(for: "publish", knowing: context)
        var found: [(base: String, outcomes: [PublishOutcome])] = []
        for description in descriptions {
            let base = try Program.casebook("publish").reporting {
                try description.open(environment: ProcessInfo.processInfo.environment, clock: { StoreOptions.now })
            }
            let publisher = Publisher(
                description, base: base, store: store, redactor: redactor, actor: StoreOptions.entry(.published).actor,
                clock: { StoreOptions.now })
            let result: Result<[PublishOutcome], any Error>
            do {
                if let reconciled {
                    try await reconcile(reconciled, publisher)
                    result = .success([])
                } else {
                    result = .success(try await publish(publisher))
                }
            } catch {
                result = .failure(error)
            }
            found.append((description.name, try result.get()))
        }
        guard reconciled == nil else { return }
        report(found)
        let outcomes = found.flatMap(\.outcomes)
        if outcomes.contains(where: { $0.action == .conflict || ($0.action == .failed && !$0.isPassing) }) {
            throw ExitCode(EX_DATAERR)
        }
        if outcomes.contains(where: { $0.action == .failed }) { throw ExitCode(EX_TEMPFAIL) }
    }

    private func publish(_ publisher: Publisher) async throws -> [PublishOutcome] {
        do throws(StorageError) {
            return try await publisher.publish(isDry: dryRun)
        } catch {
            throw Program.casebook("publish").failure(error)
        }
    }

    private func reconcile(_ article: String, _ publisher: Publisher) async throws {
        let result: Result<Bool, SystemFault>
        do throws(StorageError) {
            result = try await publisher.reconcile(article)
        } catch {
            throw Program.casebook("publish").failure(error)
        }
        switch result {
        case .success(true): break
        case .success(false):
            throw Program.casebook("publish").failure("\(options.store): no article \"\(article)\"", EX_NOINPUT)
        case .failure(let fault):
            throw Program.casebook("publish").failure("\(fault)", fault.isPassing ? EX_TEMPFAIL : EX_DATAERR)
        }
    }

    private func described() throws -> [KnowledgeBaseDescription] {
        let file = try Program.casebook("publish").reporting { try RecordFile(reading: systems) }
        let all = try Program.casebook("publish").reporting {
            try KnowledgeBaseDescription.read(file.bytes, file: systems)
        }
        guard let base else { return all }
        guard let one = all.first(where: { $0.name == base }) else {
            throw Program.casebook("publish").failure("\(systems): there is no knowledge base \"\(base)\"", EX_USAGE)
        }
        return [one]
    }

    private func report(_ found: [(base: String, outcomes: [PublishOutcome])]) {
        guard json else {
            for (base, outcomes) in found {
                for outcome in outcomes {
                    let words = [base, outcome.article, outcome.action.rawValue, outcome.reason].filter { !$0.isEmpty }
                    print(words.joined(separator: "\t"))
                }
            }
            return
        }
        JSONLineWriter.print { line in
            line.member("bases", found) { item, line in
                line.object { line in
                    line.member("base", item.base)
                    line.member("articles", item.outcomes) { outcome, line in
                        line.object {
                            $0.member("article", outcome.article)
                            $0.member("version", Double(outcome.version))
                            $0.member("action", outcome.action.rawValue)
                            $0.member("reason", outcome.reason)
                            $0.member("page", outcome.page)
                        }
                    }
                }
            }
        }
    }
}

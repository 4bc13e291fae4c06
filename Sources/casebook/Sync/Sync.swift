import ArgumentParser

/// Keeps tickets the same here and in the systems where people work on them.
struct Sync: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Keep tickets the same here and in ticket systems.",
        discussion: """
            The systems are described in a file of JSON: {"systems": [{"name", "kind" (zendesk, servicenow, jira, requesttracker or roundup), \
            "address", "user", "secret": {"environment": NAME} or {"file": PATH}, "hookSecret", "place", "statuses": {theirs: new, open, \
            waiting, solved or closed}, "priorities", "agents" and "groups": {theirs: ours}, "fields": {ours: theirs}, "ours": [fields]}]}. Secrets stand in the \
            environment, or in files that only their owner may read. Where both sides have changed a field, the system's value \
            stands, but for the fields that "ours" names.
            """,
        subcommands: [SyncRun.self, SyncAct.self, SyncCheck.self, SyncRefused.self], defaultSubcommand: SyncRun.self)
}

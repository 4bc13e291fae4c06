import Records

@testable import Logs

/// Lines of JSON and the customers that they are about, and what is found in them.
struct SightingLog {
    let directory: CustomerDirectory
    private var lines: [String] = []

    init(_ context: CustomerContext) {
        directory = CustomerDirectory(context)
    }

    /// Accounts with those ids, all on deployments of their own when `deployments` is set.
    init(ids: [String], aliases: [(String, String)] = [], deployments: Bool = false) {
        self.init(
            CustomerContext(
                accounts: ids.map { Account(id: $0) },
                deployments: deployments
                    ? ids.map { Deployment(id: "cell-of-\($0)", hosts: ["host-of-\($0)"], accounts: [$0]) } : [],
                aliases: aliases.map { AccountAlias(account: $0.0, kind: "workspace", value: $0.1) }))
    }

    mutating func add(
        _ body: String, _ attributes: [String: String] = [:], resource: [String: String] = [:], more: String = ""
    ) {
        lines.append(
            #"{"timeUnixNano":"1767571200000000000","severityNumber":17,"body":\#(Self.json(body)),"attributes":\#(Self.json(attributes)),"resource":\#(Self.json(resource))\#(more)}"#
        )
    }

    mutating func addLine(_ line: String) { lines.append(line) }

    private static func json(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }

    private static func json(_ values: [String: String]) -> String {
        // A value that is a number by its looks is one.
        "{"
            + values.sorted { $0.key < $1.key }.map {
                json($0.key) + ":" + ($0.value.first == "#" ? String($0.value.dropFirst()) : json($0.value))
            }.joined(separator: ",") + "}"
    }

    /// What the whole log says, settled at its end.
    func sightings(remembersForms: Bool = true) -> LogSightings {
        var finder = AccountFinder(directory, remembersForms: remembersForms)
        forEachBatch { batch in
            for record in batch.records { finder.add(record, in: batch, signature: -1) }
        }
        return finder.take()
    }

    /// For each record the ids of the accounts that it surely names, each settled before the next one is read.
    func namedInStream() -> [[String]] {
        var finder = AccountFinder(directory)
        var named: [[String]] = []
        forEachBatch { batch in
            for record in batch.records {
                finder.add(record, in: batch, signature: -1)
                named += Self.named(finder.take(), directory)
            }
        }
        return named
    }

    /// For each record the ids of the accounts that it surely names.
    func named() -> [[String]] { Self.named(sightings(), directory) }

    /// For each record its deployment.
    func deployments() -> [String?] {
        sightings().lines.map { $0.deployment < 0 ? nil : directory.deployments[Int($0.deployment)].id }
    }

    private static func named(_ sightings: LogSightings, _ directory: CustomerDirectory) -> [[String]] {
        sightings.lines.map { line in
            sightings.mentions(of: line).filter { $0.form != .similar }.map { directory.accounts[Int($0.account)].id }
        }
    }

    private func forEachBatch(_ body: (LogBatch) -> Void) {
        var stream = LogStream(format: .json, observedTime: ReadLog.now)
        var batch = LogBatch()
        stream.read(Array(lines.map { $0 + "\n" }.joined().utf8), into: &batch)
        body(batch)
        batch.removeAll()
        stream.finish(into: &batch)
        body(batch)
    }
}

internal import Algorithms

/// How often each signature came, by account, deployment, version, environment, service and hour: exact, sparse and mergeable.
///
/// Ordinary lines are counted under no signature: they tell how much could have gone wrong. 16 bytes a cell in memory.
public struct CountTable: Sendable, Equatable {
    /// Where lines come from; each part is an index of its names, -1 when it is not known.
    public struct Scope: Sendable, Hashable {
        /// The index of the account.
        public var account: Int32
        /// The index of the deployment.
        public var deployment: Int32
        /// The index of the version.
        public var version: Int32
        /// The index of the environment.
        public var environment: Int32
        /// The index of the service whose version it is; -1 also where the version is known otherwise.
        public var service: Int32

        /// Creates a scope.
        public init(
            account: Int32 = -1, deployment: Int32 = -1, version: Int32 = -1, environment: Int32 = -1,
            service: Int32 = -1
        ) {
            self.account = account
            self.deployment = deployment
            self.version = version
            self.environment = environment
            self.service = service
        }
    }

    /// The lines of a signature from a scope in an hour.
    public struct Cell: Sendable, Hashable, BitwiseCopyable {
        /// The index of the signature; -1 for ordinary lines.
        public var signature: Int32
        /// The hours since 1970 UTC.
        public var hour: Int32
        /// The index of the scope.
        public var scope: Int32
        /// The lines, at least 1.
        public var count: UInt32

        /// Creates a cell.
        public init(signature: Int32, hour: Int32, scope: Int32, count: UInt32) {
            self.signature = signature
            self.hour = hour
            self.scope = scope
            self.count = count
        }

        static func precedes(_ left: Cell, _ right: Cell) -> Bool {
            (left.signature, left.hour, left.scope) < (right.signature, right.hour, right.scope)
        }
    }

    /// Whether what stands in place of ordinary lines is what was told of exposures, which no change of a log can falsify.
    public var hasExposures = false

    /// A signature that is counted.
    public struct Name: Sendable, Hashable, Codable {
        /// The id, which follows from the content.
        public var id: String
        /// The template.
        public var template: String

        /// Creates a name.
        public init(id: String, template: String) {
            self.id = id
            self.template = template
        }
    }

    /// The signatures by their indexes.
    public private(set) var signatures: [Name] = []
    /// The ids of the accounts.
    public private(set) var accounts: [String] = []
    /// The ids of the deployments.
    public private(set) var deployments: [String] = []
    /// The versions.
    public private(set) var versions: [String] = []
    /// The environments.
    public private(set) var environments: [String] = []
    /// The services.
    public private(set) var services: [String] = []
    /// The scopes by their indexes.
    public private(set) var scopes: [Scope] = []
    /// In order of signature, hour and scope, each once.
    public private(set) var cells: [Cell] = []

    /// Creates an empty table.
    public init() {}

    /// Takes names, scopes and cells.
    ///
    /// - Parameters:
    ///   - cells: In any order; those of one signature, hour and scope are added up.
    /// - Returns: nil when an index has no name.
    public init?(
        signatures: [Name], accounts: [String], deployments: [String], versions: [String], environments: [String],
        services: [String] = [], scopes: [Scope], cells: consuming [Cell]
    ) {
        func holds(_ index: Int32, _ count: Int) -> Bool { index >= -1 && Int(index) < count }
        let areKnown = scopes.allSatisfy {
            holds($0.account, accounts.count) && holds($0.deployment, deployments.count)
                && holds($0.version, versions.count) && holds($0.environment, environments.count)
                && holds($0.service, services.count)
        }
        guard areKnown,
            cells.allSatisfy({ holds($0.signature, signatures.count) && $0.scope >= 0 && holds($0.scope, scopes.count) }
            )
        else { return nil }
        self.signatures = signatures
        self.accounts = accounts
        self.deployments = deployments
        self.versions = versions
        self.environments = environments
        self.services = services
        self.scopes = scopes
        self.cells = Self.summed(consume cells)
    }

    /// Its names and scopes alone.
    public var withoutCells: CountTable { keeping { _ in false } }

    /// Its names, its scopes and some of its cells.
    func keeping(_ isKept: (Cell) -> Bool) -> CountTable {
        var table = self
        table.cells.removeAll { !isKept($0) }
        return table
    }

    /// The hours from the first to the last; nil when nothing was counted.
    public var hours: ClosedRange<Int32>? {
        guard var (first, last) = cells.first.map({ ($0.hour, $0.hour) }) else { return nil }
        for cell in cells { (first, last) = (min(first, cell.hour), max(last, cell.hour)) }
        return first...last
    }

    /// The cells of a signature, in order of hour; -1 for ordinary lines.
    public func cells(of signature: Int32) -> ArraySlice<Cell> {
        let begin = cells.partitioningIndex { $0.signature >= signature }
        let end = cells.partitioningIndex { $0.signature > signature }
        return cells[begin..<end]
    }

    /// Adds what another table counted elsewhere; names are the same where their texts are.
    ///
    /// - Complexity: O(n log n) in the cells of both.
    public mutating func merge(_ other: CountTable) {
        hasExposures = hasExposures || other.hasExposures
        let signature = Self.joined(&signatures, other.signatures) { $0.id }
        let account = Self.joined(&accounts, other.accounts) { $0 }
        let deployment = Self.joined(&deployments, other.deployments) { $0 }
        let version = Self.joined(&versions, other.versions) { $0 }
        let environment = Self.joined(&environments, other.environments) { $0 }
        let service = Self.joined(&services, other.services) { $0 }
        func mapped(_ index: Int32, _ map: [Int32]) -> Int32 { index < 0 ? -1 : map[Int(index)] }
        let scope = Self.joined(
            &scopes,
            other.scopes.map {
                Scope(
                    account: mapped($0.account, account), deployment: mapped($0.deployment, deployment),
                    version: mapped($0.version, version), environment: mapped($0.environment, environment),
                    service: mapped($0.service, service))
            }
        ) { $0 }
        guard !other.cells.isEmpty else { return }
        cells = Self.summed(
            cells
                + other.cells.map {
                    Cell(
                        signature: mapped($0.signature, signature), hour: $0.hour, scope: scope[Int($0.scope)],
                        count: $0.count)
                })
    }

    private static func joined<Item, Key: Hashable>(
        _ all: inout [Item], _ other: [Item], _ key: (Item) -> Key
    ) -> [Int32] {
        var known = Dictionary(all.enumerated().map { (key($1), Int32($0)) }, uniquingKeysWith: { first, _ in first })
        return other.map { item in
            if let index = known[key(item)] { return index }
            let index = Int32(truncatingIfNeeded: all.count)
            known[key(item)] = index
            all.append(item)
            return index
        }
    }

    /// Cells in order, those of one signature, hour and scope added up.
    public static func summed(_ cells: consuming [Cell]) -> [Cell] {
        var all = consume cells
        let isInOrder = zip(all, all.dropFirst()).allSatisfy { !Cell.precedes($1, $0) }
        if !isInOrder { CellOrder.sort(&all) }
        // Where they stand, as there may be many millions.
        var count = 0
        for index in all.indices where all[index].count > 0 {
            let cell = all[index]
            if count > 0, all[count - 1].signature == cell.signature, all[count - 1].hour == cell.hour,
                all[count - 1].scope == cell.scope
            {
                let (sum, overflow) = all[count - 1].count.addingReportingOverflow(cell.count)
                all[count - 1].count = overflow ? .max : sum
            } else {
                all[count] = cell
                count += 1
            }
        }
        all.removeSubrange(count...)
        return all
    }
}

internal import Records

/// Where a version runs: a deployment; an account where none is known, or on a deployment where versions go by account.
///
/// A service with versions of its own has places of its own.
struct Place: Hashable, Sendable {
    let deployment: Int32
    let account: Int32
    let environment: Int32
    let service: Int32

    /// - Parameter shared: The homes where versions go by account (see ``home(of:)``).
    /// - Returns: nil for lines that do not tell where they are of.
    init?(_ scope: CountTable.Scope, shared: Set<CountTable.Scope>) {
        let goesByAccount = scope.deployment < 0 || shared.contains(Self.home(of: scope))
        guard !goesByAccount || scope.account >= 0 else { return nil }
        deployment = scope.deployment
        account = goesByAccount ? scope.account : -1
        environment = scope.environment
        service = scope.service
    }

    /// The deployment and the service of a scope.
    static func home(of scope: CountTable.Scope) -> CountTable.Scope {
        CountTable.Scope(deployment: scope.deployment, service: scope.service)
    }

    var home: CountTable.Scope { CountTable.Scope(deployment: deployment, service: service) }

    func name(_ table: CountTable) -> String {
        account >= 0 ? table.accounts[Int(account)] : table.deployments[Int(deployment)]
    }
}

/// The cells of a table by the places where their lines are of; those of a place in order of signature and hour.
struct PlacedCells: Sendable {
    struct Cell: BitwiseCopyable {
        var signature: Int32 = -1
        var hour: Int32 = 0
        var version: Int32 = -1
        var count: UInt32 = 0
    }

    let places: [Place]
    private let cells: [Cell]
    /// Where the cells of each place begin, and where the last ones end.
    private let starts: [Int]

    init(_ all: ArraySlice<CountTable.Cell>, of table: CountTable, shared: Set<CountTable.Scope> = []) {
        var places: [Place] = []
        var numbers: [Place: Int] = [:]
        let placeOfScope = table.scopes.map { scope -> Int in
            guard let place = Place(scope, shared: shared) else { return -1 }
            if let number = numbers[place] { return number }
            numbers[place] = places.count
            places.append(place)
            return places.count - 1
        }
        var starts = [Int](repeating: 0, count: places.count + 1)
        for cell in all {
            let place = placeOfScope[Int(cell.scope)]
            if place >= 0 { starts[place + 1] += 1 }
        }
        for place in places.indices { starts[place + 1] += starts[place] }
        var next = starts
        var cells = [Cell](repeating: Cell(), count: starts[places.count])
        for cell in all {
            let place = placeOfScope[Int(cell.scope)]
            guard place >= 0 else { continue }
            cells[next[place]] = Cell(
                signature: cell.signature, hour: cell.hour, version: table.scopes[Int(cell.scope)].version,
                count: cell.count)
            next[place] += 1
        }
        self.places = places
        self.starts = starts
        self.cells = cells
    }

    subscript(place: Int) -> ArraySlice<Cell> { cells[starts[place]..<starts[place + 1]] }

    /// The ordinary lines of a place.
    func ordinary(of place: Int) -> ArraySlice<Cell> { self[place].prefix { $0.signature < 0 } }

    /// Whether a place has an ordinary line of a version in some hours.
    func hasOrdinary(_ version: Int32, at place: Int, in hours: Range<Int>) -> Bool {
        ordinary(of: place).contains { $0.version == version && hours.contains(Int($0.hour)) }
    }
}

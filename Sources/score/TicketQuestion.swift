import Records

/// What one ticket asks beyond its forecast; nil where it does not ask.
struct TicketQuestion {
    /// The hours on the wall since it opened.
    let ageHours: Double?
    /// The hours on the wall within its age, the latest, for which its clock stood still.
    let pausedHours: Double?
    /// The hours on the wall from opening to the promised resolution, pauses not counted.
    let slaHours: Double?
    /// The business hours from opening to the promised resolution, pauses not counted.
    let slaBusinessHours: Double?
    /// The customer impact.
    let customerImpact: Double?

    /// The field that cannot be answered, what it says, and why; nil if all can be.
    func fault(hasCalendar: Bool) -> (field: String, value: Double, reason: RowFault.Reason)? {
        typealias Fault = (field: String, value: Double, reason: RowFault.Reason)
        func outside(_ field: String, _ value: Double?, most: Double = .greatestFiniteMagnitude) -> Fault? {
            guard let value, value < 0 || value > most else { return nil }
            return (field, value, .outOfRange(field == "customerImpact" ? "from 0 to 1" : "from 0"))
        }
        let fault =
            outside("ageHours", ageHours) ?? outside("pausedHours", pausedHours) ?? outside("slaHours", slaHours)
            ?? outside("slaBusinessHours", slaBusinessHours) ?? outside("customerImpact", customerImpact, most: 1)
        if let fault { return fault }
        if let pausedHours {
            guard let ageHours else { return ("pausedHours", pausedHours, .missingCompanion("ageHours")) }
            if pausedHours > ageHours { return ("pausedHours", pausedHours, .outOfRange("from 0 to ageHours")) }
        }
        if let slaBusinessHours {
            if !hasCalendar { return ("slaBusinessHours", slaBusinessHours, .missingCompanion("--calendar")) }
            if slaHours != nil { return ("slaBusinessHours", slaBusinessHours, .conflict(with: "slaHours")) }
        }
        return nil
    }
}

/// What the tickets of a table ask.
struct TicketQuestions {
    /// The columns of numbers that ask.
    static let columns = ["ageHours", "pausedHours", "slaHours", "slaBusinessHours", "customerImpact"]

    private let values: [[Double]?]

    init(of table: TicketTable) {
        values = Self.columns.map { table.numericColumn(named: $0)?.values }
    }

    /// What the ticket of a row asks.
    subscript(row: Int) -> TicketQuestion {
        func answer(_ column: Int) -> Double? {
            guard let value = values[column]?[row], !value.isNaN else { return nil }
            return value
        }
        return TicketQuestion(
            ageHours: answer(0), pausedHours: answer(1), slaHours: answer(2), slaBusinessHours: answer(3),
            customerImpact: answer(4))
    }
}

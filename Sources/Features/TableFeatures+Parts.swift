internal import Records

extension TableFeatures {
    /// The parts of the schema that a ticket does not have, ascending.
    ///
    /// A level that the schema never met is not missing.
    ///
    /// - Parameters:
    ///   - position: The ticket by its place in the rows that were wanted.
    ///   - context: What was known when each ticket opened, one entry a row of the table.
    public func missingParts(at position: Int, context: TicketContext) -> [Int] {
        var parts: [Int] = []
        for part in lookup.parts where isMissing(part.source, at: position, context) { parts.append(part.number) }
        return parts
    }

    private func isMissing(_ source: SchemaLookup.Part.Source, at position: Int, _ context: TicketContext) -> Bool {
        switch source {
        case .number(let column): !numbers[column * rows.count + position].isFinite
        case .text(let column): lookup.texts[column].values?[rows[position]].isEmpty ?? true
        case .levels(let column): levels[column * rows.count + position] == SchemaLookup.Words.missing
        case .signatures: context.signatures.isEmpty
        case .group: lookup.memberships[rows[position]].group.isEmpty
        case .assignee: lookup.memberships[rows[position]].assignee.isEmpty
        case .customer: lookup.memberships[rows[position]].customer.isEmpty
        }
    }
}

internal import Records

/// A part of the columns of a schema is what a ticket has or lacks as a whole: a block, but of the state of the desk what is told of one member.
///
/// Parts are numbered: first the blocks, then what of the state of the desk is told of the group, of the assignee and of the customer.
extension FeatureSchema {
    /// The number of parts.
    public var partCount: Int { blocks.count + DeskState.memberFeatures.count }

    /// The part of each column.
    public var partOfColumn: [Int] {
        var parts = blockOfColumn
        guard let desk else { return parts }
        for (member, features) in DeskState.memberFeatures.enumerated() {
            for feature in features where feature < desk.scales.count {
                parts[desk.column + feature] = blocks.count + member
            }
        }
        return parts
    }

    /// The block to which a part belongs.
    public func block(ofPart part: Int) -> Int {
        part < blocks.count ? part : desk?.block ?? 0
    }
}

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

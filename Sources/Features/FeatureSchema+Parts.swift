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

/// A text of somebody's with values put between its words, and where they are.
public struct PlantedText: Sendable {
    /// A value and the bytes at which it stands.
    public struct Plant: Sendable, Hashable {
        /// What was put there.
        public let item: PlantedItem
        /// Where its value stands.
        public let range: Range<Int>
    }

    /// The text.
    public let bytes: [UInt8]
    /// The values, in order.
    public let plants: [Plant]

    /// Puts invented values between the words of a text.
    ///
    /// The lines are taken in turn, as often as it needs, each copy with one value after a blank, or at its start where it has none.
    ///
    /// - Parameters:
    ///   - items: How many.
    ///   - carrier: The text, at least one byte.
    ///   - seed: The same seed gives the same values at the same places.
    public init(items: Int, in carrier: [UInt8], seed: UInt64) {
        var draw = Draw(seed: seed)
        let lines = carrier.split(separator: 0x0A).filter { $0.count < 2_000 }
        var bytes: [UInt8] = []
        var plants: [Plant] = []
        for index in 0..<items {
            let item = PlantedItem.draw(&draw)
            // A stride through the lines, so that few values reach all parts of a long text.
            let line =
                lines.isEmpty
                ? [] : lines[(index * max(1, lines.count / max(1, items)) + index / max(1, lines.count)) % lines.count]
            let blanks = line.indices.filter { line[$0] == 0x20 }
            let cut = blanks.isEmpty ? line.startIndex : draw.one(of: blanks) + 1
            bytes += line[line.startIndex..<cut]
            bytes += Array(item.before.utf8)
            let start = bytes.count
            bytes += Array(item.value.utf8)
            plants.append(Plant(item: item, range: start..<bytes.count))
            bytes += Array(item.after.utf8)
            bytes.append(0x20)
            bytes += line[cut...]
            bytes.append(0x0A)
        }
        (self.bytes, self.plants) = (bytes, plants)
    }
}

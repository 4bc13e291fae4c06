/// The form in which messages are counted: the message with everything taken out that is a variable by its looks alone.
///
/// It depends on the message and on nothing that was seen before, so counts of shapes can be added in any order and over
/// any number of shards. Numbers, times, addresses, paths, identifiers and the like become ``variable``, names of months
/// and weekdays beside a number become ``date``, runs of blanks become one, all other bytes stay. What is a variable by
/// statistics is decided later, over all shapes together.
struct MessageShape {
    /// Stands for one variable.
    ///
    /// No byte of a message can be mistaken for it, since control bytes are blanks.
    static let variable: UInt8 = 1
    /// Stands for the name of a month or weekday within a date.
    static let date: UInt8 = 2
    /// Bytes of a message that are read; what follows becomes one variable.
    static let longestMessage = 8_192

    /// The bytes of the shape.
    let bytes: [UInt8]

    /// The shape of one message; the fast way is ``SignatureMiner/learn(_:)``.
    init(_ message: Span<UInt8>) {
        bytes = message.withUnsafeBufferPointer { message in
            [UInt8](unsafeUninitializedCapacity: Self.longestMessage + 1) { output, count in
                count = Self.write(message, to: output)
            }
        }
    }

    /// Writes the shape of a message and returns its length.
    ///
    /// - Parameter output: Room for ``longestMessage`` bytes and one more.
    static func write(_ message: UnsafeBufferPointer<UInt8>, to output: UnsafeMutableBufferPointer<UInt8>) -> Int {
        guard let start = output.baseAddress else { return 0 }
        let read = UnsafeBufferPointer(rebasing: message.prefix(longestMessage))
        var scanner = ShapeScanner(read, output: start)
        let count = scanner.scan()
        guard read.count < message.count else { return count }
        output[count] = variable
        return count + 1
    }
}

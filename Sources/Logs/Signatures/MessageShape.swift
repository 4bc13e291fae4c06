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
    /// For each of them the range of the message that it stands for.
    let origins: [Range<Int>]

    /// The shape of one message, with its origins; the fast way is ``SignatureMiner/learn(_:)``.
    init(_ message: Span<UInt8>) {
        (bytes, origins) = message.withUnsafeBufferPointer { message in
            withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.longestMessage + 1) { scratch in
                guard let output = scratch.baseAddress else { return ([], []) }
                let read = UnsafeBufferPointer(rebasing: message.prefix(Self.longestMessage))
                var scanner = ShapeScanner(read, output: output, recording: true)
                var count = scanner.scan()
                var origins = scanner.origins ?? []
                if read.count < message.count {
                    output[count] = Self.variable
                    count += 1
                    origins.append(read.count..<message.count)
                }
                return (Array(UnsafeBufferPointer(start: output, count: count)), origins)
            }
        }
    }
}

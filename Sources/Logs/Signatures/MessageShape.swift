/// The form in which messages are counted: the message with everything taken out that is a variable by its looks alone.
///
/// It depends on the message and on nothing that was seen before, so counts of shapes can be added in any order and over
/// any number of shards. Numbers, times, addresses, paths, identifiers and the like become ``variable``, names of months
/// and weekdays beside a number become ``date``, runs of blanks become one, all other bytes stay. What is a variable by
/// statistics is decided later, over all shapes together.
enum MessageShape {
    /// Stands for one variable. No byte of a message can be mistaken for it, since control bytes are blanks.
    static let variable: UInt8 = 1
    /// Stands for the name of a month or weekday within a date.
    static let date: UInt8 = 2
    /// Bytes of a message that are read; what follows becomes one variable.
    static let longestMessage = 8_192
}

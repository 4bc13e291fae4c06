/// A line of a simulated log before it is written.
struct ImpactLine: Sendable {
    /// Hours from the start by a right clock.
    var hour: Double
    /// Seconds until it arrives.
    var delay: Double
    var phrase: Phrase
    var account: Int
    var deployment: Int
    var host: Int
    var naming: Naming
    /// Shared by the lines of one request.
    var request: UInt64
    /// The number of the effect that caused it; -1 when none did.
    var effect: Int

    /// How it says whom it concerns.
    enum Naming: Sendable {
        case none
        /// The id as it is.
        case id
        /// The id in other letters or with other marks.
        case writtenOtherwise
        case workspace
        case legacyId
        case mail
        case network
    }
}

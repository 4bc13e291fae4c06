/// How the messages of a stream are told apart, once it is known.
struct FrameState: Sendable {
    enum Kind: String, Sendable {
        case unknown
        /// Each message after its length.
        case counted
        /// Messages that end by themselves.
        case plain
        /// What comes cannot be read any more.
        case lost
    }

    var kind = Kind.unknown
    /// The bytes of a message that is too long to be held, which are still to come.
    var skipped = 0
}

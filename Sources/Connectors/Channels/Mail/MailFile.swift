internal import Records

/// The bytes of one mail.
struct MailFile {
    /// The most bytes of one mail that are held: what is beyond them is left out, and said.
    static let longest = 16 << 20

    /// The bytes, the first ``longest``.
    var bytes: [UInt8]
    /// Whether bytes were left out.
    var isCut = false
    /// When it was put where it was found; nil when nobody knows.
    var arrival: Instant?
    /// Where it was found.
    var place: ChannelPlace
}

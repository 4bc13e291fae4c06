/// What was read of a channel, and what became of it.
///
/// Every message that was read is repeated, opens a ticket, goes on with one, adds to one, or has a remark that says why it was
/// left out.
public struct ChannelReport: Sendable, Encodable {
    /// Something to know of one message.
    public struct Remark: Sendable, Encodable {
        /// What there is to know.
        public enum Kind: String, Sendable, Encodable, CaseIterable {
            /// It is no message, or is broken so much that nothing could be read.
            case refused
            /// A machine wrote it, and it belongs to no ticket: it is left out.
            case automatic
            /// The team said it to nobody who had asked: it is left out.
            case teamOnly
            /// It says that somebody came, went or took something back: it is left out.
            case notice
            /// It has more than may be held; the beginning is kept.
            case cut
            /// It names a ticket that is not its sender's, or is not there: it is kept as if it named none.
            case wrongTicket
        }

        /// What there is to know.
        public var kind: Kind
        /// The file, or the entry of an archive.
        public var file: String
        /// The line from 1; nil where lines are not counted.
        public var line: Int?
        /// The first byte from 0; nil where bytes are not counted.
        public var byte: Int?
        /// Why, in words that hold nothing of what was said.
        public var reason: String

        /// One line: where and why.
        public var description: String {
            file + (line.map { ":\($0)" } ?? "") + (byte.map { " (byte \($0))" } ?? "")
                + ": \(kind.rawValue): \(reason)"
        }
    }

    /// The number of remarks of each kind that are kept with their places.
    public static let longestList = 1_000

    /// The messages that were read, refused ones and notices among them.
    public internal(set) var messages = 0
    /// Those that were received before.
    public internal(set) var repeated = 0
    /// The messages received before whose words were changed, or taken back, since.
    public internal(set) var changed = 0
    /// Those that open a ticket which goes on with no other.
    public internal(set) var tickets = 0
    /// Those that open a ticket which goes on with one that was resolved long ago.
    public internal(set) var followUps = 0
    /// Those that open their ticket again.
    public internal(set) var reopened = 0
    /// Those that add to a ticket, reopening ones and those that come before its first message among them.
    public internal(set) var interactions = 0
    /// Those of the last that a machine wrote.
    public internal(set) var automaticInteractions = 0
    /// The files of the messages.
    public internal(set) var attachments = 0
    /// Those of them that are shown within the message.
    public internal(set) var inlineAttachments = 0
    /// The number of remarks of each kind that has one.
    public private(set) var counts: [String: Int] = [:]
    /// The first remarks of each kind.
    public private(set) var remarks: [Remark] = []

    /// The number of remarks of a kind.
    public func count(_ kind: Remark.Kind) -> Int { counts[kind.rawValue] ?? 0 }

    mutating func remark(_ kind: Remark.Kind, _ place: ChannelPlace, _ reason: String) {
        let count = count(kind) + 1
        counts[kind.rawValue] = count
        guard count <= Self.longestList else { return }
        remarks.append(Remark(kind: kind, file: place.file, line: place.line, byte: place.byte, reason: reason))
    }

    /// A message that was read and is left out.
    mutating func leaveOut(_ kind: Remark.Kind, _ place: ChannelPlace, _ reason: String) {
        messages += 1
        remark(kind, place, reason)
    }
}

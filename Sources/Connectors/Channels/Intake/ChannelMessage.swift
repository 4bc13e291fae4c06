internal import Records

/// A message as a channel has it, before anybody has looked for people's data in it.
struct ChannelMessage: Sendable {
    /// Who speaks or is spoken to.
    struct Person: Sendable {
        /// The mail address in small letters, or another id of the channel.
        var id: String
        /// The mail address; empty when it is not known.
        var address: String
        /// The name; empty when it is not known.
        var name: String

        init(id: String, address: String = "", name: String = "") {
            self.id = id
            self.address = address
            self.name = name
        }
    }

    /// A piece of what was said.
    struct Piece: Sendable {
        var text: RawText
        /// Whether it is in HTML.
        var isMarkup = false
    }

    /// A file, as ``Attachment``.
    struct File: Sendable {
        var name: RawText
        var type: String
        var size: Int?
        var hash: [UInt8]?
        var isInline = false
    }

    /// What tells the message apart from all others of its channel.
    var key: String
    /// The keys of messages that it belongs to, the nearest first.
    var related: [String] = []
    /// What its author may have meant as the id of its ticket, the likeliest first.
    var ticketNames: [String] = []
    /// Whether these are meant as ids of tickets for sure.
    var namesTicket = false
    /// The way it came.
    var channel: String
    /// When it was said.
    var time: Instant
    /// When its words were changed last; nil where they are as they were said.
    var editedAt: Instant?
    /// Who says it.
    var sender: Person
    /// Who it is for.
    var recipients: [Person] = []
    /// Others whose names may stand in its words.
    var mentioned: [Person] = []
    /// Who speaks, where the channel knows; nil where only the sender tells.
    var side: Interaction.Side?
    var isPublic = true
    var subject = RawText("")
    var pieces: [Piece] = []
    var files: [File] = []
    /// Whether a message of the team opens a ticket when it belongs to none.
    var opensForTeam = false
    /// Where it stands.
    var place: ChannelPlace

    /// The bytes of what was said.
    var bytes: Int { pieces.reduce(0) { $0 + $1.text.count } }
}

/// Where a message stands in what was read.
public struct ChannelPlace: Sendable, Hashable {
    /// The file, or the entry of an archive.
    public var file: String
    /// The line from 1; nil where lines are not counted.
    public var line: Int?
    /// The first byte from 0; nil where bytes are not counted.
    public var byte: Int?

    init(file: String, line: Int? = nil, byte: Int? = nil) {
        self.file = file
        self.line = line
        self.byte = byte
    }
}

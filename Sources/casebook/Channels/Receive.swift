import ArgumentParser
import Connectors
import Records

/// Takes messages from channels into a tenant's store.
struct Receive: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Take mails, chat messages and forms into a tenant's store.",
        discussion: """
            Each message belongs to the ticket of the message that it answers, to the one that its subject names, or opens one. What \
            was received before is left alone, so the same may be read again. Texts are redacted, people are known by the hash of their \
            id, and of files only name, type, size and SHA-256 are kept. Ends with 65 when something was refused; all else is kept.
            """,
        subcommands: [Mail.self, Chat.self, Forms.self, ReceiveCalls.self])

    /// Reads mails.
    struct Mail: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read mails: mbox, Maildir, or a single mail.",
            discussion: """
                Threads are those of Message-ID, In-Reply-To and References; a subject with the id of a ticket in brackets, such as \
                [#42], names it. Automatic replies and reports of delivery add to a ticket, and open none.
                """)

        @Argument(help: "Folders in one file (mbox), folders (Maildir), or mails; - for standard input.")
        var paths: [String]

        @OptionGroup
        var options: ReceiveOptions

        func run() throws {
            try options.receive(paths, for: "receive mail") { path, intake in
                if path == "-" {
                    var stream = MailStream(file: "standard input")
                    try StandardInput.read(for: "receive mail") { try stream.feed($0, into: &intake) }
                    try stream.finish(into: &intake)
                } else {
                    try intake.readMail(at: path)
                }
            }
        }
    }

    /// Reads chat messages.
    struct Chat: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read chat messages: an export of Slack, or JSON lines.",
            discussion: """
                An export of Slack is a folder or a ZIP archive. JSON lines have conversation and time, and may have id, author, email, \
                name, side (customer, agent, system), public, text and ticket.
                """)

        @Argument(help: "Folders, ZIP archives or files of JSON lines; - for JSON lines on standard input.")
        var paths: [String]

        @OptionGroup
        var options: ReceiveOptions

        func run() throws {
            try options.receive(paths, for: "receive chat") { path, intake in
                if path == "-" {
                    try intake.readChatLines(try RecordFile(standardInputFor: "receive chat"))
                } else {
                    try intake.readChat(at: path)
                }
            }
        }
    }

    /// Reads forms and what web hooks brought.
    struct Forms: ParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Read forms of a portal and what web hooks brought, as JSON lines.",
            discussion: """
                Members are time, and may be id, ticket, contact or email, name, subject, body and fields, an object.
                """)

        @Argument(help: "Files of JSON lines; standard input if none is given, or for -.")
        var paths: [String] = []

        @OptionGroup
        var options: ReceiveOptions

        func run() throws {
            try options.receive(paths.isEmpty ? ["-"] : paths, for: "receive forms") { path, intake in
                try intake.readForms(
                    path == "-" ? RecordFile(standardInputFor: "receive forms") : RecordFile(reading: path))
            }
        }
    }
}

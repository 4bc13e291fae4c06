internal import Glibc
internal import Records

extension ChannelIntake {
    /// Reads mails: a mail folder in one file, a single mail, or a folder in the form of Maildir.
    ///
    /// Of a Maildir what is in `new` and `cur` is read; what is in `tmp` is being delivered. Nothing is moved.
    ///
    /// - Throws: ``ChannelError``.
    public mutating func readMail(at path: String) throws(ChannelError) {
        guard Folder.isFolder(path) else { return try readMailFile(at: path, arrival: nil) }
        var isMaildir = false
        var read: Set<String> = []
        // What another program moves from `new` to `cur` in the meantime is found there at the end.
        for name in ["cur", "new", "cur"] where Folder.isFolder(path + "/" + name) {
            isMaildir = true
            for file in try ChannelError.reading({ () throws(RecordError) in try Folder.names(path + "/" + name) }) {
                let whole = path + "/" + name + "/" + file
                guard !file.hasPrefix("."), !Folder.isFolder(whole), read.insert(whole).inserted else { continue }
                do throws(ChannelError) {
                    try readMailFile(at: whole, arrival: Self.arrival(file))
                } catch .unreadable(let error) {
                    report.leaveOut(.refused, ChannelPlace(file: whole), error.reason)
                }
            }
        }
        guard isMaildir else {
            throw .unreadable(.unreadable(file: path, reason: "no Maildir, as it has neither new nor cur"))
        }
    }

    private mutating func readMailFile(at path: String, arrival: Instant?) throws(ChannelError) {
        var stream = MailStream(file: path, arrival: arrival)
        try Folder.readChunks(at: path) { chunk throws(ChannelError) in try stream.feed(chunk, into: &self) }
        try stream.finish(into: &self)
    }

    /// The time at which a file of a Maildir was delivered: its name begins with it.
    private static func arrival(_ name: String) -> Instant? {
        let digits = name.prefix { $0.isASCII && $0.isNumber }
        guard 9...10 ~= digits.count, name.dropFirst(digits.count).first == ".", let seconds = Double(digits) else {
            return nil
        }
        return Instant(seconds: seconds)
    }
}

extension RecordError {
    /// What is wrong, without the file.
    fileprivate var reason: String {
        switch self {
        case .missingFile: "it is gone"
        case .unreadable(_, let reason): "it cannot be read: \(reason)"
        default: description
        }
    }
}

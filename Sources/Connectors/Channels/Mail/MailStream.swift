internal import Records

/// Reads mails from a stream of bytes: a mail folder in one file, or a single mail.
public struct MailStream: ~Copyable {
    private let file: String
    private var mbox: MboxReader
    /// Whether it is a folder; nil while there are too few bytes to tell.
    private var isFolder: Bool?
    private var bytes: [UInt8] = []
    private var isCut = false
    private let arrival: Instant?

    /// Begins a stream.
    ///
    /// - Parameter file: Its name in messages.
    public init(file: String) {
        self.init(file: file, arrival: nil)
    }

    init(file: String, arrival: Instant?) {
        self.file = file
        self.arrival = arrival
        mbox = MboxReader(file: file)
    }

    /// Takes the next bytes, cut anywhere.
    ///
    /// - Throws: ``ChannelError``.
    public mutating func feed(_ chunk: UnsafeRawBufferPointer, into intake: inout ChannelIntake) throws(ChannelError) {
        if isFolder == true {
            for mail in mbox.feed(chunk) { try intake.add(mail) }
            return
        }
        isCut = isCut || bytes.count + chunk.count > MailFile.longest
        bytes += chunk.prefix(MailFile.longest - bytes.count)
        if isFolder == nil, bytes.count >= 64 { try decide(&intake) }
    }

    /// Ends the stream.
    ///
    /// - Throws: ``ChannelError``.
    public mutating func finish(into intake: inout ChannelIntake) throws(ChannelError) {
        if isFolder == nil { try decide(&intake) }
        guard isFolder == true else {
            // A folder that has no mail is an empty file.
            guard !bytes.isEmpty else { return }
            let place = ChannelPlace(file: file, line: 1, byte: 0)
            let mail = MailFile(bytes: bytes, isCut: isCut, arrival: arrival, place: place)
            return try intake.add(mail)
        }
        for mail in mbox.finish() { try intake.add(mail) }
        if mbox.strayBytes > 0 {
            intake.report.leaveOut(
                .refused, ChannelPlace(file: file, line: 1, byte: 0),
                "\(mbox.strayBytes) bytes stand before the first mail")
        }
    }

    private mutating func decide(_ intake: inout ChannelIntake) throws(ChannelError) {
        isFolder = MboxReader.isMbox(bytes)
        guard isFolder == true else { return }
        let start = bytes
        bytes = []
        for mail in start.withUnsafeBytes({ mbox.feed($0) }) { try intake.add(mail) }
    }
}

extension ChannelIntake {
    /// Takes a mail, unless it was received before.
    mutating func add(_ file: MailFile) throws(ChannelError) {
        guard let mail = MailMessage(file) else {
            return report.leaveOut(.refused, file.place, file.bytes.isEmpty ? "it is empty" : "it has no headers")
        }
        if try isRepeated(mail.key) { return }
        let (message, isCut) = mail.read(now: now, team: team)
        if isCut { report.remark(.cut, file.place, "it has more than may be held; the beginning is kept") }
        try add(message)
    }
}

internal import Records

extension ChannelIntake {
    /// The way chat messages come.
    static let chat = "chat"

    /// Reads chat messages: an export of Slack, as a folder or a ZIP archive, or JSON lines (``readChatLines(_:)``).
    ///
    /// A thread is one conversation, and so is a message without one. A message says what it says since it was changed last, on whatever day and in
    /// whichever export; of one that was deleted after it was received `[withdrawn]` is left. A customer's message opens a ticket, one of the team
    /// only when it begins a thread.
    ///
    /// - Throws: ``ChannelError``.
    public mutating func readChat(at path: String) throws(ChannelError) {
        guard SlackExport.isExport(path) else {
            return try readChatLines(ChannelError.reading { () throws(RecordError) in try RecordFile(reading: path) })
        }
        let export = try ChannelError.reading { () throws(RecordError) in try SlackExport(at: path) }
        for fault in export.faults { report.remark(.refused, ChannelPlace(file: fault.file), fault.reason) }
        let days = try ChannelError.reading { () throws(RecordError) in try export.days() }
        guard !days.isEmpty || !export.users.isEmpty else {
            throw .unreadable(
                .unreadable(file: path, reason: "no export of a chat: neither users.json nor a day of messages"))
        }
        let names = export.users.mapValues(\.shownName)
        for user in export.users.values where user.isMachine != true {
            for name in [user.shownName, user.profile?.displayName ?? ""] { learn(name: name) }
        }
        for day in days {
            let file: String
            let messages: [Result<SlackMessage, any Error>]
            do throws(RecordError) {
                (file, messages) = try export.messages(day.folder, day.name)
            } catch {
                report.leaveOut(.refused, ChannelPlace(file: "\(path)/\(day.folder)/\(day.name)"), error.description)
                continue
            }
            let channel = export.channels[day.folder] ?? day.folder
            for (index, result) in messages.enumerated() {
                let place = ChannelPlace(file: "\(file)#\(index + 1)")
                switch result {
                case .failure(let error): report.leaveOut(.refused, place, JSONComplaint.text(error))
                case .success(let message):
                    try add(message, of: channel, at: place, users: export.users, names: names)
                }
            }
        }
    }

    private mutating func add(
        _ message: SlackMessage, of channel: String, at place: ChannelPlace, users: [String: SlackUser],
        names: [String: String]
    ) throws(ChannelError) {
        func key(_ time: String) -> String { "slack \(channel) \(time)" }
        guard message.role != .notice else {
            if let gone = message.gone { try withdraw(key(gone)) }
            return report.leaveOut(.notice, place, "somebody came or went, or a message is gone")
        }
        guard let seconds = Double(message.stamp), seconds.isFinite, 0..<1e11 ~= seconds else {
            return report.leaveOut(.refused, place, "field \"ts\": no time")
        }
        let text = RawText(SlackMarkup.plain(message, names: names))
        let editedAt = message.editedAt.flatMap { 0..<1e11 ~= $0 ? Instant(seconds: $0) : nil }
        if try isRepeated(key(message.stamp)) {
            if let editedAt { try change(key(message.stamp), to: text, editedAt: editedAt) }
            return
        }
        let user = message.user.flatMap { users[$0] }
        let thread = message.thread ?? message.stamp
        let sender = ChannelMessage.Person(
            id: message.user ?? "", address: user?.profile?.email?.lowercased() ?? "",
            name: user?.shownName ?? message.authorNames.first ?? "")
        let isByMachine = message.role == .byMachine || user?.isMachine == true
        try add(
            ChannelMessage(
                key: key(message.stamp), related: thread == message.stamp ? [] : [key(thread)], channel: Self.chat,
                time: Instant(seconds: seconds), editedAt: editedAt, sender: sender,
                mentioned: message.authorNames.map {
                    ChannelMessage.Person(id: sender.id, address: sender.address, name: $0)
                }, side: isByMachine ? .system : nil,
                pieces: [.init(text: text)],
                files: (message.files ?? []).filter { !$0.isGone }.map { file in
                    ChannelMessage.File(
                        name: RawText(file.name ?? file.title ?? ""), type: file.mimetype?.lowercased() ?? "",
                        size: file.size)
                },
                opensForTeam: message.thread == message.stamp, place: place))
    }
}

internal import Records

extension TicketArrival {
    func take(
        _ messages: [RemoteMessage], _ known: Known, _ people: People, ticket: String, remote: String,
        into step: inout SyncStep
    ) {
        let keyed = Dictionary(known.outbox.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        var arrived: Set<Int> = []
        // A message is sent once: who quotes it with its mark has said something of their own.
        var places: [String: String] = [:]
        for (message, key) in known.messages { if let key { places[key] = message } }
        for message in messages {
            let person = message.author.flatMap { people.known[$0] }
            if let entry = message.key.flatMap({ keyed[$0] }), person?.isAgent != false,
                places[entry.key] ?? message.id == message.id
                    || isRepeated(message, as: places[entry.key], among: messages)
            {
                if places[entry.key] == nil { places[entry.key] = message.id }
                if entry.isOpen, arrived.insert(entry.number).inserted {
                    step.progress.append(.init(number: entry.number, state: .done))
                }
                // One that was changed in place has another key than before.
                if known.messages[message.id] != .some(.some(entry.key)) {
                    step.messages.append(.init(remote: remote, message: message.id, key: entry.key))
                }
                continue
            }
            let text = text(of: message)
            // Somebody may change it, or take out what should not stand there.
            step.texts.append(
                .init(
                    remote: remote, part: .message(message.id), raw: message.text, text: text,
                    isPublic: message.isPublic))
            guard known.messages[message.id] == nil else { continue }
            step.messages.append(.init(remote: remote, message: message.id))
            let isAgent = message.isFromAgent ?? person?.isAgent ?? !message.isPublic
            if !isAgent, let person { step.contacts.append(contact(person, account: people.accounts[person.id])) }
            step.interactions.append(
                Interaction(
                    ticket: ticket, time: message.time, side: isAgent ? .agent : .customer, isPublic: message.isPublic,
                    channel: message.channel.isEmpty ? system.name : message.channel,
                    author: message.author.map { isAgent ? $0 : "\(system.name):\($0)" } ?? "", text: text)
            )
        }
        withdraw(known.messages, notAmong: messages, remote, &step)
        for entry in known.outbox where isSettled(entry) && !arrived.contains(entry.number) && entry.work.isMessage {
            step.progress.append(.init(number: entry.number, state: .waiting))
        }
    }

    /// What somebody has deleted there is not to be read here any more.
    ///
    /// Where no message is told, it is not known whether they may be read.
    private func withdraw(
        _ known: [String: String?], notAmong messages: [RemoteMessage], _ remote: String, _ step: inout SyncStep
    ) {
        guard !messages.isEmpty else { return }
        let told = Set(messages.map(\.id))
        for (id, key) in known.sorted(by: { $0.key < $1.key }) where key == nil && !told.contains(id) {
            step.texts.append(
                .init(remote: remote, part: .message(id), raw: Self.withdrawn, text: redactor.redact(Self.withdrawn)))
        }
    }

    /// What stands in the place of a message that was deleted.
    private static let withdrawn = RawText("[withdrawn]")

    /// Whether a message is another one, said twice: a request may be carried out after it was given up.
    private func isRepeated(_ message: RemoteMessage, as other: String?, among messages: [RemoteMessage]) -> Bool {
        messages.contains { $0.id == other && $0.author == message.author && $0.text == message.text }
    }

    /// The text of a message, and of each file that hangs on it one line.
    private func text(of message: RemoteMessage) -> RedactedText {
        let files = message.attachments.map { file in
            let size = file.bytes.map { ", \($0) bytes" } ?? ""
            return redactor.redact(file.name).string + (file.type.isEmpty ? "" : ", \(file.type)") + size
        }
        let said = message.isMarkup ? redactor.redactMarkup(message.text) : redactor.redact(message.text)
        guard !files.isEmpty else { return said }
        let lines = files.map { "[attachment: \($0)]" }.joined(separator: "\n")
        return redactor.redact(RawText(said.string + "\n" + lines))
    }
}

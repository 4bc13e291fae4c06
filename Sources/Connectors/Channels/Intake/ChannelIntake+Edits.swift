internal import Records
internal import Storage

extension ChannelIntake {
    /// What is left of a message that its author took back.
    private static let withdrawn = RawText("[withdrawn]")

    /// Has a message that was received before say what it says now, unless that is known already.
    mutating func change(_ key: String, to text: RawText, editedAt time: Instant) throws(ChannelError) {
        let isHeld = edit(key) { message in
            guard message.editedAt.map({ $0 < time }) ?? true else { return false }
            (message.pieces, message.editedAt) = ([.init(text: text)], time)
            return true
        }
        guard !isHeld else { return }
        useNames()
        let (store, entry, redacted) = (store, entry, redactor.redact(text))
        let hasChanged = try ChannelError.keeping { () throws(StorageError) in
            try store.change(try store.messageKey(RawText(key)), to: redacted, editedAt: time, by: entry)
        }
        if hasChanged { report.changed += 1 }
    }

    /// Takes a message back, which does not come back by being read again.
    mutating func withdraw(_ key: String) throws(ChannelError) {
        let isHeld = edit(key) { message in
            (message.pieces, message.files) = ([.init(text: Self.withdrawn)], [])
            // Nothing is later.
            message.editedAt = Instant(seconds: .greatestFiniteMagnitude)
            return true
        }
        guard !isHeld else { return }
        let (store, entry, redacted) = (store, entry, redactor.redact(Self.withdrawn))
        let hasChanged = try ChannelError.keeping { () throws(StorageError) in
            try store.withdraw(try store.messageKey(RawText(key)), leaving: redacted, by: entry)
        }
        if hasChanged { report.changed += 1 }
    }

    /// Changes a message that is not kept yet.
    ///
    /// - Returns: Whether there is one.
    private mutating func edit(_ key: String, _ body: (inout ChannelMessage) -> Bool) -> Bool {
        let hasChanged: Bool
        if let place = batch.firstIndex(where: { $0.key == key }) {
            hasChanged = body(&batch[place])
        } else if let place = waiting.firstIndex(where: { $0.key == key }) {
            hasChanged = body(&waiting[place])
        } else {
            return false
        }
        if hasChanged { report.changed += 1 }
        return true
    }
}

internal import Records
internal import Storage

/// What becomes of messages whose writing was answered.
extension SyncSession {
    /// What is known of a message when the answer has come.
    func answered(_ entry: OutboxEntry) -> SyncStep.Progress {
        guard !system.traits.confirmsMessages else { return .init(number: entry.number, state: .done) }
        unseen.insert(entry.number)
        // The feed shows it for nothing; whether it arrived is asked for only when that has not.
        let shown = clock().seconds + system.traits.feedInterval + Sending.settling
        return .init(number: entry.number, state: .sending, isAnswered: true, notBefore: Instant(seconds: shown))
    }

    /// Learns which messages were answered when an earlier process ended: they are looked for, and not sent again.
    func recallAnswered() throws(Stop) {
        let name = description.name
        let open = try stored { () throws(StorageError) in try store.outbox([.sending], in: name) }
        unseen.formUnion(open.filter(\.isAnswered).map(\.number))
    }

    /// Whether an entry was answered and the feed is still to show it; others may be sent behind it.
    func isAwaited(_ entry: OutboxEntry, at now: Instant) -> Bool {
        unseen.contains(entry.number) && entry.notBefore > now
    }

    /// What a reading of all messages of a ticket tells of those that were sent.
    ///
    /// What was answered and is not there is not sent again, as the answer would be the same; what others read than those for whom it is
    /// has arrived, but not where it was to.
    ///
    /// - Parameters:
    ///   - progress: What was made of the reading.
    ///   - outbox: The entries that it is about.
    func confirmed(
        _ progress: [SyncStep.Progress], by messages: [RemoteMessage], of outbox: [OutboxEntry]
    ) -> [SyncStep.Progress] {
        progress.map { item in
            guard let entry = outbox.first(where: { $0.number == item.number }), entry.work.isMessage else {
                return item
            }
            var reason: String?
            if item.state == .waiting, unseen.contains(entry.number) {
                reason = Self.undone
            } else if item.state == .done, let message = messages.first(where: { $0.key == entry.key }) {
                reason = description.misreading(of: message.isPublic, wanted: !entry.work.isForTheTeam)
            }
            guard let reason else { return item }
            return .init(number: entry.number, state: .dead, fault: redactor.redact(RawText(reason)))
        }
    }

    /// Ends a message that was answered and cannot be looked for.
    func endUnseen(_ entry: OutboxEntry, because fault: SystemFault) throws(Stop) {
        try end(
            [entry], because: "it was answered that it is there, and this account may not see whether it is: \(fault)")
    }

    /// Why an entry is ended of which it was answered that it is done.
    static let undone = "the system answered that it was done, and did not do it"
}

extension SystemDescription {
    /// Why a message that has arrived is not where it was to; nil when it is.
    func misreading(of isPublic: Bool, wanted: Bool) -> String? {
        switch (isPublic, wanted) {
        case (false, true): "customers cannot read it: the system keeps it as an internal message"
        // Where nobody but the team reads anything all messages may look alike.
        case (true, false) where !isTeamOnly: "customers can read it: the system keeps it as a public message"
        default: nil
        }
    }
}

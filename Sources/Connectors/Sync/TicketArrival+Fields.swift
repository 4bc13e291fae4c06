internal import Records

extension TicketArrival {
    /// What the system says, in Casebook's words; what customers may have written is redacted, and stays as it is here while it is
    /// not changed there: somebody may have been erased from it.
    func said(_ remote: RemoteTicket, _ known: Known) -> [String: String] {
        var values: [String: String] = [:]
        let stood = shown(known.link?.values ?? [:])
        for (field, value) in remote.fields {
            let name = system.name(of: field)
            values[name] =
                (known.unchanged.contains(.field(name)) ? stood[name] : nil)
                ?? system.said(value, of: field, redactor: redactor)
        }
        return values
    }

    func hearFields(of remote: RemoteTicket, _ step: inout SyncStep) {
        step.texts += Self.texts(of: remote, in: system).map { part, raw in
            .init(remote: remote.id, part: part, raw: raw, text: RedactedText())
        }
    }

    /// The fields of a ticket in which people write.
    static func texts(
        of remote: RemoteTicket, in system: SystemDescription
    ) -> [(part: SyncStep.HeardText.Part, raw: RawText)] {
        remote.fields.compactMap { field, value in
            switch field {
            case .custom, .resolution: (.field(system.name(of: field)), RawText(value))
            default: nil
            }
        }
    }

    /// The values that stand here from now on.
    func merge(
        _ said: [String: String], _ remote: RemoteTicket, _ known: Known, into step: inout SyncStep, ticket: String
    ) -> [String: String] {
        let isForeign = isForeign(known.link, remote)
        // What was just opened from here has not changed there.
        let agreed = known.link.map { $0.version.isEmpty ? said : shown($0.values) } ?? [:]
        var values = said
        // A field that is empty there is in neither; what waits for it is decided on all the same, and what was refused does not stand.
        let awaited = known.outbox.filter(\.isOpen).compactMap(\.work.field)
        for name in Set(said.keys).union(agreed.keys).union(awaited).union(known.refused).sorted() {
            var entries = known.outbox.filter { $0.isOpen && $0.work.field == name }
            let theirs = said[name] ?? ""
            var before = agreed[name] ?? ""
            var (standing, isOurs) = (theirs, false)
            let isList = system.field(named: name).map(remote.lists.contains) ?? false
            if let last = arrived(entries, theirs, isList, since: before, known) {
                // It stands in the history since it was done here.
                isOurs = true
                step.progress += entries[...last].map { .init(number: $0.number, state: .done) }
                entries.removeSubrange(...last)
                before = theirs
            }
            let hasChanged = !Self.isSame(theirs, before, isList)
            if let last = entries.last {
                if hasChanged, !system.ownFields.contains(name) {
                    step.progress += entries.map { .init(number: $0.number, state: .overruled) }
                } else {
                    standing = last.work.value ?? ""
                    step.progress += entries.filter { isSettled($0) }.map { .init(number: $0.number, state: .waiting) }
                }
            }
            values[name] = !hasChanged && !isOurs && entries.isEmpty && isForeign ? nil : standing
            if hasChanged, standing == theirs, !isOurs, known.link != nil, !Self.kept.contains(name) {
                step.events.append(
                    TicketEvent(
                        ticket: ticket, time: now, kind: .changed, field: name, from: before, to: theirs,
                        actor: system.name))
            }
        }
        for entry in known.outbox where entry.isOpen {
            let isDone: Bool
            switch entry.work {
            case .tags(let added, let removed):
                isDone = added.isSubset(of: remote.tags) && removed.isDisjoint(with: remote.tags)
            case .link(let other): isDone = remote.links.contains(other)
            case .opening: isDone = true
            case .field, .message, .note, .unreadable: continue
            }
            if isDone {
                step.progress.append(.init(number: entry.number, state: .done))
            } else if isSettled(entry) {
                step.progress.append(.init(number: entry.number, state: .waiting))
            }
        }
        return values
    }

    /// Values as they are shown by who is known today: a name that was learnt since is no change.
    private func shown(_ values: [String: String]) -> [String: String] {
        Dictionary(
            uniqueKeysWithValues: values.map { name, value in
                switch system.field(named: name) {
                case .custom, .resolution: (name, redactor.redact(RawText(value)).string)
                default: (name, value)
                }
            })
    }

    /// The last of the values for one field that has arrived, in the order in which they are sent.
    ///
    /// What was sent may be spelled otherwise there; where that is how it was spelled before, only an answer tells that it has arrived.
    private func arrived(
        _ entries: [OutboxEntry], _ theirs: String, _ isList: Bool, since before: String, _ known: Known
    ) -> Int? {
        let isSame = { (entry: OutboxEntry) in
            let value = shown([entry.work.field ?? "": entry.work.value ?? ""]).values.first ?? ""
            let isAnotherSpelling = entry.state == .sending && FieldValue(value).means(FieldValue(theirs))
            return Self.isSame(value, theirs, isList)
                || isAnotherSpelling && (theirs != before || known.answered.contains(entry.number))
        }
        guard let last = entries.lastIndex(where: isSame) else { return nil }
        // What waits behind a value that may still be under way is decided on when that one is.
        let isBehind = entries[..<last].contains { $0.state == .sending && !isSettled($0) }
        return entries[last].state == .sending || !isBehind ? last : nil
    }

    /// Whether two values of a field are the same; of a list the order means nothing, of a time the zone.
    private static func isSame(_ one: String, _ other: String, _ isList: Bool) -> Bool {
        one == other || isList && FieldList.isSame(one, other) || FieldValue(one).isSameInstant(as: FieldValue(other))
    }

    /// The fields whose changes the store itself writes into the history of a ticket.
    private static let kept: Set<String> = ["priority", "category", "group", "assignee"]
}

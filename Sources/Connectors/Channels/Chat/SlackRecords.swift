internal import FoundationEssentials

/// A person of `users.json`.
struct SlackUser: Decodable {
    struct Profile: Decodable {
        var email: String?
        var fullName: String?
        var displayName: String?

        private enum CodingKeys: String, CodingKey {
            case email
            case fullName = "real_name"
            case displayName = "display_name"
        }
    }

    var id: String
    var name: String?
    var fullName: String?
    var isMachine: Bool?
    var profile: Profile?

    private enum CodingKeys: String, CodingKey {
        case id, name, profile
        case fullName = "real_name"
        case isMachine = "is_bot"
    }

    /// The name that people know.
    var shownName: String { [profile?.fullName, fullName, name].lazy.compactMap(\.self).first { !$0.isEmpty } ?? "" }
}

/// A channel of `channels.json` and its like.
struct SlackChannel: Decodable {
    var id: String
    var name: String?
}

/// A message of a day's file.
struct SlackMessage: Decodable {
    struct File: Decodable {
        var name: String?
        var title: String?
        var mimetype: String?
        var size: Int?
        var mode: String?

        /// Whether it has been deleted.
        var isGone: Bool { mode == "tombstone" }
    }

    var type: String?
    var subtype: String?
    var user: String?
    /// What the message itself tells of its author, who may be missing in `users.json`: people of other workspaces are.
    var profile: JSON?
    var machine: String?
    var text: String?
    /// What programs write instead of the text, or besides it.
    var blocks: JSON?
    var attachments: JSON?
    /// Seconds since 1970 with six decimals, which tell the messages of a channel apart.
    var stamp: String
    /// The stamp of the first message of its thread.
    var thread: String?
    var files: [File]?
    /// Who changed it last, and when.
    var edited: JSON?
    /// The stamp of another message that is gone.
    var deleted: JSON?

    private enum CodingKeys: String, CodingKey {
        case type, subtype, user, text, blocks, attachments, files, edited
        case deleted = "deleted_ts"
        case profile = "user_profile"
        case machine = "bot_id"
        case stamp = "ts"
        case thread = "thread_ts"
    }

    /// The names that the message itself tells of its author, the one that people know first.
    var authorNames: [String] {
        ["real_name", "display_name"].compactMap { profile?[$0].text }.filter { !$0.isEmpty }
    }

    /// When it was changed last, in seconds since 1970; nil where it is as it was said.
    var editedAt: Double? { (edited?["ts"].text).flatMap(Double.init) }

    /// The stamp of the message that this one says is gone, perhaps its own; nil where it says nothing of the kind.
    var gone: String? {
        switch subtype {
        case "tombstone": stamp
        case "message_deleted": deleted?.text
        default: nil
        }
    }

    /// What becomes of a message by its subtype.
    enum Role {
        case said
        case byMachine
        /// Somebody came, went, named or pinned something, or a message is gone.
        case notice
    }

    /// What becomes of it.
    var role: Role {
        switch subtype {
        case nil, "", "thread_broadcast", "file_share", "me_message", "file_comment":
            machine == nil ? .said : .byMachine
        case "bot_message": .byMachine
        default: .notice
        }
    }
}

/// An element of a day's file: a message, or what became of one.
struct SlackEntry: Decodable {
    var message: SlackMessage
    /// The message as it reads since it was changed.
    let changed: SlackMessage?

    private enum CodingKeys: String, CodingKey {
        case changed = "message"
    }

    init(from decoder: any Decoder) throws {
        message = try SlackMessage(from: decoder)
        let members = try decoder.container(keyedBy: CodingKeys.self)
        var changed =
            message.subtype == "message_changed" ? try? members.decode(SlackMessage.self, forKey: .changed) : nil
        if let read = changed, read.editedAt == nil { changed?.edited = .object(["ts": .text(message.stamp)]) }
        self.changed = changed
    }

    /// The messages as they read after all that became of them, each in the place of its element.
    ///
    /// A message that was changed stands where it was said, or where it was changed if that was on another day. One that is gone is a notice.
    static func settled(_ entries: [Result<SlackEntry, any Error>]) -> [Result<SlackMessage, any Error>] {
        var messages = entries.map { $0.map(\.message) }
        var places: [String: Int] = [:]
        for (place, entry) in entries.enumerated() {
            guard case .success(let entry) = entry else { continue }
            if var changed = entry.changed {
                let said = places[changed.stamp]
                if let said, case .success(let before) = messages[said] {
                    changed.thread = changed.thread ?? before.thread
                }
                messages[said ?? place] = .success(changed)
                places[changed.stamp] = said ?? place
            } else if let gone = entry.message.gone {
                if let said = places[gone] { messages[said] = .success(entry.message) }
            } else {
                places[entry.message.stamp] = place
            }
        }
        return messages
    }
}

/// An element of a list that may be wrong without the others being wrong.
struct Perhaps<Item: Decodable>: Decodable {
    let item: Result<Item, any Error>

    init(from decoder: any Decoder) throws {
        item = Result { try Item(from: decoder) }
    }
}

internal import FoundationEssentials
internal import Records

/// An export of Slack, as a folder or as a ZIP archive: people, channels, and one file of messages for each channel and day.
struct SlackExport {
    /// The most bytes of one of its files.
    static let longestFile = 64 << 20

    private enum Place {
        case folder(String)
        case archive(ZIPArchive, prefix: String)
    }

    private let place: Place
    /// The people by their ids.
    private(set) var users: [String: SlackUser] = [:]
    /// The ids of the channels by the names of their folders.
    private(set) var channels: [String: String] = [:]
    /// What was wrong with the lists of people and channels.
    private(set) var faults: [(file: String, reason: String)] = []

    /// Opens an export and reads its people and channels.
    ///
    /// - Throws: ``RecordError``.
    init(at path: String) throws(RecordError) {
        if Folder.isFolder(path) {
            place = .folder(path)
        } else {
            let archive = try ZIPArchive(reading: path)
            let list = archive.entries.filter { $0.name == "users.json" || $0.name.hasSuffix("/users.json") }
            let shortest = list.map(\.name).min { $0.utf8.count < $1.utf8.count } ?? "users.json"
            place = .archive(archive, prefix: String(shortest.dropLast("users.json".count)))
        }
        for user in try list("users.json", SlackUser.self) { users[user.id] = user }
        for name in ["channels.json", "groups.json", "dms.json", "mpims.json"] {
            for channel in try list(name, SlackChannel.self) { channels[channel.name ?? channel.id] = channel.id }
        }
    }

    /// Whether a path is an export, and not a file of another form.
    static func isExport(_ path: String) -> Bool {
        if Folder.isFolder(path) { return true }
        return Folder.start(of: path, count: 2) == [0x50, 0x4B]
    }

    /// The files of messages: the folder and the name of each, by folder and day.
    ///
    /// - Throws: ``RecordError``.
    func days() throws(RecordError) -> [(folder: String, name: String)] {
        var days: [(folder: String, name: String)] = []
        switch place {
        case .folder(let path):
            for folder in try Folder.names(path) where Folder.isFolder(path + "/" + folder) {
                days += try Folder.names(path + "/" + folder).map { (folder, $0) }
            }
        case .archive(let archive, let prefix):
            for entry in archive.entries where entry.name.hasPrefix(prefix) {
                let parts = entry.name.dropFirst(prefix.count).split(separator: "/", omittingEmptySubsequences: false)
                if parts.count == 2, !parts[1].isEmpty { days.append((String(parts[0]), String(parts[1]))) }
            }
            days.sort { ($0.folder, $0.name) < ($1.folder, $1.name) }
        }
        return days.filter { Self.isDay($0.name) }
    }

    /// Whether a name is that of a day's file, such as `2026-03-01.json`.
    private static func isDay(_ name: String) -> Bool {
        name.hasSuffix(".json") && name.utf8.count == 15 && Instant(iso8601: String(name.prefix(10))) != nil
    }

    /// Reads a file of messages, as they read when its day was over.
    ///
    /// - Throws: ``RecordError``.
    func messages(_ folder: String, _ name: String) throws(RecordError) -> (
        file: String, messages: [Result<SlackMessage, any Error>]
    ) {
        let file = try file("\(folder)/\(name)")
        do {
            let list = try JSONDecoder().decode([Perhaps<SlackEntry>].self, from: Data(file.bytes))
            return (file.path, SlackEntry.settled(list.map(\.item)))
        } catch {
            throw .unreadable(file: file.path, reason: JSONComplaint.text(error))
        }
    }

    /// Reads a list of the export; a missing one is empty.
    private mutating func list<Item: Decodable>(_ name: String, _ type: Item.Type) throws(RecordError) -> [Item] {
        let file: RecordFile
        do throws(RecordError) {
            file = try self.file(name)
        } catch .missingFile {
            return []
        }
        guard let list = try? JSONDecoder().decode([Perhaps<Item>].self, from: Data(file.bytes)) else {
            faults.append((file.path, "no list of objects in JSON"))
            return []
        }
        for (index, element) in list.enumerated() {
            if case .failure(let error) = element.item {
                faults.append((file.path, "element \(index + 1): \(JSONComplaint.text(error))"))
            }
        }
        return list.compactMap { try? $0.item.get() }
    }

    private func file(_ name: String) throws(RecordError) -> RecordFile {
        switch place {
        case .folder(let path):
            let file = try RecordFile(reading: path + "/" + name)
            guard file.bytes.count <= Self.longestFile else {
                throw .unreadable(file: file.path, reason: "it has more than \(Self.longestFile) bytes")
            }
            return file
        case .archive(let archive, let prefix):
            guard let entry = archive.entries.first(where: { $0.name == prefix + name }) else {
                throw .missingFile(file: "\(archive.path)/\(name)")
            }
            return try archive.read(entry, most: Self.longestFile)
        }
    }
}

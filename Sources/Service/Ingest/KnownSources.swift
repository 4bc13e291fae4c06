internal import Logs
internal import Records

/// The sources of a store and those that this run has added, each of which at most one file goes on with.
///
/// A file is known by its number on its device when its beginning is still the same, so that renaming does not matter.
/// The others are known by their beginning: a log that was copied away before it was emptied, or that was packed. As long
/// as the log that such a file was made of is there too, the copy waits: all that it holds is read from the log. Once that was done
/// and the copy is at rest, it is known as read.
struct KnownSources {
    /// What a file is to be read as.
    enum Claim {
        /// A log of which nothing was read; the source has no format yet.
        case new(LogSource)
        /// A log that goes on where its source stands.
        case resumed(LogSource)
    }

    private struct Entry {
        var source: LogSource
        /// Whether a file of this run is, or was, read as this source.
        var isHeld = false
    }

    /// By slot.
    private var entries: [Entry]
    /// The slots of sources by their beginning, as of the last claim.
    private var slots: [LogSource.Head: [Int]] = [:]
    /// The files that were found to be copies, with the slot of the source of what they were copied from.
    private var copies: [LogFile.ID: Int] = [:]

    /// The bytes that two logs must share to be taken for one.
    private static let leastHead = 64
    /// The nanoseconds without a change after which a copy is complete.
    private static let rest: Int64 = 60_000_000_000

    /// How many files were found to be copies.
    var copyCount: Int { copies.count }

    init(_ sources: [LogSource]) {
        entries = sources.map { Entry(source: $0) }
    }

    /// Says what each file is to be read as, and under which slot; nil for one that waits.
    ///
    /// - Parameters:
    ///   - files: Regular files that are not being read.
    ///   - present: The paths of all files that are there.
    ///   - now: The time, in nanoseconds since 1970 UTC.
    mutating func claim(
        _ files: [LogFile], among present: [LogFile.ID: String], at now: Int64
    ) -> [(slot: Int, claim: Claim)?] {
        guard !files.isEmpty else { return [] }
        slots = Dictionary(grouping: entries.indices) { entries[$0].source.head }
        let numbered = Dictionary(grouping: entries.indices) { LogFile.ID(of: entries[$0].source) }
        var claimed = files.map { file in
            numbered[file.id]?.first { !entries[$0].isHeld && Self.begins(file, as: entries[$0].source) }.map { slot in
                hold(slot, file)
                return slot
            }
        }
        // The log comes before its copies: it may have grown since, and what is packed does not grow.
        let unknown = files.indices.filter { claimed[$0] == nil }.sorted {
            (files[$0].isGzip ? 1 : 0, -files[$0].size, $0) < (files[$1].isGzip ? 1 : 0, -files[$1].size, $1)
        }
        for index in unknown {
            switch origin(of: files[index], among: present, at: now) {
            case .claimed(let slot):
                // A shorter copy had it so far.
                if let copy = claimed.firstIndex(of: slot) {
                    claimed[copy] = nil
                    copies[files[copy].id] = slot
                }
                hold(slot, files[index])
                claimed[index] = slot
            case .present: continue
            case .read(let format):
                var source = Self.new(files[index], path: files[index].path, start: files[index].start)
                source.checkpoint = LogCheckpoint(format: format)
                source.checkpoint.position = files[index].size
                claimed[index] = add(source)
            case .none: claimed[index] = add(Self.new(files[index], path: files[index].path, start: files[index].start))
            }
        }
        return claimed.map { slot in slot.map { ($0, claim(of: $0)) } }
    }

    /// As above for a stream, which is sent again from its beginning.
    mutating func claim(_ stream: LogFile, named name: String, start: [UInt8]) -> (slot: Int, claim: Claim) {
        let known = entries.firstIndex { entry in
            !entry.isHeld && entry.source.path == name && entry.source.inode == 0
                && LogStream.head(of: start, count: entry.source.head.count) == entry.source.head
        }
        let slot = known ?? entries.count
        if known == nil { entries.append(Entry(source: Self.new(stream, path: name, start: start))) }
        entries[slot].isHeld = true
        return (slot, claim(of: slot))
    }

    /// Notes where the reading of a log stands.
    mutating func note(_ log: OpenLog) {
        if let source = log.known() { entries[log.slot].source = source }
    }

    /// Lets another file go on with the source of a log, since the log was emptied or has lost its name.
    mutating func release(_ slot: Int) {
        entries[slot].isHeld = false
    }
}

// MARK: - Telling files

extension KnownSources {
    private enum Origin {
        /// The source that the file goes on with.
        case claimed(Int)
        /// Another file that holds all of it, or one that is still being read.
        case present
        /// Another file of this format, of which all was read that this one holds.
        case read(String)
        case none
    }

    private mutating func add(_ source: LogSource) -> Int {
        slots[source.head, default: []].append(entries.count)
        entries.append(Entry(source: source, isHeld: true))
        return entries.count - 1
    }

    private func claim(of slot: Int) -> Claim {
        let source = entries[slot].source
        return source.checkpoint.format.isEmpty ? .new(source) : .resumed(source)
    }

    private mutating func hold(_ slot: Int, _ file: LogFile) {
        entries[slot].isHeld = true
        entries[slot].source.path = file.path
        (entries[slot].source.device, entries[slot].source.inode) = (file.id.device, file.id.inode)
    }

    /// Where the content of a file comes from whose number is not known.
    private mutating func origin(of file: LogFile, among present: [LogFile.ID: String], at now: Int64) -> Origin {
        let start = file.start
        let counts = Set(slots.keys.lazy.map(\.count).filter { $0 >= Self.leastHead })
        for slot in counts.flatMap({ slots[LogStream.head(of: start, count: $0)] ?? [] }).sorted() {
            let source = entries[slot].source
            let id = LogFile.ID(of: source)
            if let path = present[id], let other = LogFile(opening: path), other.id == id,
                Self.begins(other, as: source)
            {
                if file.isCopy(of: other) {
                    copies[file.id] = slot
                    let isRead =
                        !file.isGzip && !other.isGzip && source.checkpoint.position >= file.size
                        && now - file.lastChange > Self.rest
                    return isRead ? .read(source.checkpoint.format) : .present
                }
                if other.isCopy(of: file) { return .claimed(slot) }
            } else if entries[slot].isHeld {
                return .present
            } else if Self.begins(file, as: source) {
                return .claimed(slot)
            } else if copies[file.id] == slot {
                // The log was read beyond the copy before it was emptied.
                entries[slot].source.checkpoint.position = file.size
                return .claimed(slot)
            }
        }
        return .none
    }

    private static func new(_ file: LogFile, path: String, start: [UInt8]) -> LogSource {
        LogSource(
            path: path, device: file.id.device, inode: file.id.inode, head: LogStream.head(of: start),
            checkpoint: LogCheckpoint(format: ""))
    }

    private static func begins(_ file: LogFile, as source: LogSource) -> Bool {
        let start = file.start
        guard LogStream.head(of: start, count: source.head.count) == source.head else { return false }
        // A file that is shorter than what was read of it was emptied since, and begins anew.
        return LogStream.isGzip(start) || file.size >= source.checkpoint.position
    }
}

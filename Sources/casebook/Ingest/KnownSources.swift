import Logs
import Records

/// The sources of a store, of which every file that is found may claim one.
///
/// A file is known by its number on its device when its beginning is still the same, so that renaming does not matter.
/// The others are known by their beginning alone: a log that was copied away before it was emptied, or that was packed.
struct KnownSources {
    private var unclaimed: [LogSource]

    /// The bytes that two logs must share to be taken for one.
    private static let leastHead = 64

    init(_ sources: [LogSource]) {
        unclaimed = sources
    }

    /// For each file the source that it goes on with; nil for a new one.
    mutating func claim(_ files: [LogFile]) -> [LogSource?] {
        var claimed = files.map { file in claim { Self.isSameFile($0, file) } }
        for (index, file) in files.enumerated() where claimed[index] == nil {
            claimed[index] = claim { source in
                source.head.count >= Self.leastHead && Self.begins(file, as: source)
            }
        }
        return claimed
    }

    /// The source that a stream goes on with, which is sent again from its beginning.
    mutating func claim(streamNamed name: String, start: [UInt8]) -> LogSource? {
        claim { source in
            source.path == name && source.inode == 0
                && LogStream.head(of: start, count: source.head.count) == source.head
        }
    }

    private mutating func claim(_ isRight: (LogSource) -> Bool) -> LogSource? {
        unclaimed.firstIndex(where: isRight).map { unclaimed.remove(at: $0) }
    }

    private static func isSameFile(_ source: LogSource, _ file: LogFile) -> Bool {
        source.inode == file.id.inode && source.device == file.id.device && file.isRegular && begins(file, as: source)
    }

    private static func begins(_ file: LogFile, as source: LogSource) -> Bool {
        let start = file.start
        guard LogStream.head(of: start, count: source.head.count) == source.head else { return false }
        // A file that is shorter than what was read of it was emptied since, and begins anew.
        return LogStream.isGzip(start) || file.size >= source.checkpoint.position
    }
}

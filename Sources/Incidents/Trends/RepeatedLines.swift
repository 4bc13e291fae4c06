internal import Records

/// Finds lines of batches that were sent before, as shippers send them again that did not hear that they arrived.
///
/// The lines of a source are cut into blocks at lines that their own hash chooses, one in four, so that the same lines give the same blocks wherever
/// a batch begins (content-defined chunking; Muthitacharoen, Chen and Mazières 2001, "A low-bandwidth network file system", section 3.1). A source is
/// a place, a deployment and a kind, failing or ordinary, as a batch may hold the lines of one source, or failing ones alone. A run of blocks is a
/// repeat where all were seen before, each begins earlier than the latest line before the run, and the run holds lines of six times at least, each
/// later than those before: what a program writes in a loop does not go back in time.
///
/// Lines are the same where their times, traces, keys and all that is counted of them are; lines that say no time never are, nor those that say whole
/// seconds and nothing else that two copies of a program would not. The first and the last
/// few lines of a batch stay, up to where blocks are cut.
///
/// Memory: 8 MB for the last million blocks or so, and eight bytes for each line of a part of a log.
struct RepeatedLines: Sendable {
    /// What came last of a source.
    fileprivate struct Source {
        /// The hash of the last line.
        var last: UInt64 = 0
        /// The latest time, the latest before the run, and the latest of the run.
        var (newest, latest, reached) = (Int64.min, Int64.min, Int64.min)
        /// The hash of the lines since the last cut, when the first one happened, and how many times they add to the run.
        var block: (hash: UInt64, begin: Int64, times: Int)?
        /// The times of the run so far.
        var times = 0
        /// The places, in the part that is looked at, of the lines of the block, and of those of a run that is too short as yet.
        var (open, run): ([Int], [Int]) = ([], [])
    }

    private static let sources = 1_024
    private static let blocks = 1 << 20
    private static let cut: UInt64 = 3
    private static let fewestTimes = 6

    private var sources = [Source](repeating: Source(), count: Self.sources)
    /// A block stands at the place of its hash until another one takes it.
    private var seen: [UInt64] = []

    /// The places of those of the next lines that were sent before.
    mutating func places(in sightings: LogSightings) -> Set<Int> {
        if seen.isEmpty { seen = [UInt64](repeating: 0, count: Self.blocks) }
        for index in sources.indices {
            sources[index].open.removeAll(keepingCapacity: true)
            sources[index].run.removeAll(keepingCapacity: true)
        }
        var found: Set<Int> = []
        for (place, line) in sightings.lines.enumerated()
        where line.time != LogSighting.noTime && Self.isTold(line, sightings) {
            let (hash, source) = Self.hashes(line, sightings)
            add(place, hash, line.time, to: Int(source % UInt64(Self.sources)), &found)
        }
        return found
    }

    private mutating func add(_ place: Int, _ hash: UInt64, _ time: Int64, to index: Int, _ found: inout Set<Int>) {
        var block = sources[index].block ?? (0, time, 0)
        block.hash = Self.mixed(block.hash, hash)
        // Lines a little out of order go back and forth between the same times.
        if time > sources[index].reached {
            sources[index].reached = time
            block.times += 1
        }
        // Of the same line again and again none is a place to cut at, else each would be a block of its own.
        let isCut = hash & Self.cut == 0 && hash != sources[index].last
        sources[index].last = hash
        sources[index].newest = max(sources[index].newest, time)
        sources[index].open.append(place)
        sources[index].block = isCut ? nil : block
        guard isCut else { return }
        let slot = Int(block.hash % UInt64(Self.blocks))
        let wasSeen = block.begin < sources[index].latest && seen[slot] == block.hash
        seen[slot] = block.hash
        sources[index].end(block.times, wasSeen: wasSeen, Self.fewestTimes, &found)
    }

    /// Whether it can be told from the line of another copy of a program that nothing names: by a part of a second, a trace or a key.
    private static func isTold(_ line: LogSighting, _ sightings: LogSightings) -> Bool {
        line.time % 1_000_000_000 != 0 || line.trace != 0 || line.joinKeyCount > 0
    }

    private static func hashes(_ line: LogSighting, _ sightings: LogSightings) -> (line: UInt64, source: UInt64) {
        let isFailure = AccountLine.isFailure(line.severity)
        let from = UInt64(UInt32(bitPattern: line.place)) << 32 | UInt64(UInt32(bitPattern: line.deployment))
        let source = mixed(from, isFailure ? 1 : 2)
        var hash = mixed(source, UInt64(bitPattern: line.time))
        hash = mixed(hash, UInt64(UInt32(bitPattern: line.signature)) << 32 | UInt64(UInt32(bitPattern: line.version)))
        hash = mixed(hash, line.trace)
        for place in line.joinKeyRange { hash = mixed(hash, sightings.joinKeys[place]) }
        for place in line.mentionRange {
            hash = mixed(hash, UInt64(UInt32(bitPattern: sightings.mentions[place].account)))
        }
        return (hash, source)
    }

    /// Multiplies and folds.
    @inline(__always)
    private static func mixed(_ hash: UInt64, _ value: UInt64) -> UInt64 {
        let product = (hash ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: value ^ 0xA076_1D64_78BD_642F)
        return product.high ^ product.low
    }
}

extension RepeatedLines.Source {
    /// Ends a block.
    fileprivate mutating func end(
        _ times: Int, wasSeen: Bool, _ fewest: Int, _ found: inout Set<Int>
    ) {
        defer { open.removeAll(keepingCapacity: true) }
        guard wasSeen else {
            (self.times, latest, reached) = (0, newest, .min)
            return run.removeAll(keepingCapacity: true)
        }
        self.times += times
        run += open
        guard self.times >= fewest else { return }
        found.formUnion(run)
        run.removeAll(keepingCapacity: true)
    }
}

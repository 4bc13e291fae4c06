internal import Glibc
internal import Records

/// Finds lines of batches that were sent before, as shippers send them again that did not hear that they arrived.
///
/// The lines of a source are cut into blocks at lines that their own hash chooses, one in four, so that the same lines give the same blocks wherever
/// a batch begins (content-defined chunking; Muthitacharoen, Chen and Mazières 2001, "A low-bandwidth network file system", section 3.1). A source is
/// a place, a deployment and a kind, failing or ordinary, as a batch may hold the lines of one source, or failing ones alone. A run of blocks is a
/// repeat where all were seen before, each begins earlier than the latest line before the run, the run holds lines of six times at least, each
/// later than those before, as what a program writes in a loop does not go back in time, and its lines tell so much together (``LineSurprisal``) that
/// in one of a million logs one of its lines begins such a run by chance. Of lines that say whole seconds and little else a run is therefore longer, and
/// what two copies of a program write evenly or in turns at the same times is none.
///
/// Lines are the same where their times, traces, keys and all that is counted of them are; lines that say no time never are. The first and the last
/// few lines of a batch stay, up to where blocks are cut.
///
/// Memory: 8 MB for the last million blocks or so, that of ``LineSurprisal``, and eight bytes for each line of a part of a log.
struct RepeatedLines: Sendable {
    /// What came last of a source.
    fileprivate struct Source {
        /// The hash of the last line, that of what it says, and its time.
        var (last, said, time): (UInt64, UInt64, Int64) = (0, 0, 0)
        /// The latest time, the latest before the run, and the latest of the run.
        var (newest, latest, reached) = (Int64.min, Int64.min, Int64.min)
        /// The hash of the lines since the last cut, when the first one happened, and how many times they add to the run.
        var block: (hash: UInt64, begin: Int64, times: Int)?
        /// The first lines of the block.
        var lines: [LineSurprisal.Line] = []
        /// The times of the run so far, and the bits that its lines tell.
        var (times, bits) = (0, 0.0)
        /// The places, in the part that is looked at, of the lines of the block, and of those of a run that is too short as yet.
        var (open, run): ([Int], [Int]) = ([], [])
    }

    private static let sources = 1_024
    private static let blocks = 1 << 20
    private static let cut: UInt64 = 3
    private static let fewestTimes = 6
    /// The bits of a chance of one in a million.
    private static let certainty = 20.0
    /// The lines of a block that are asked what they tell.
    private static let mostLines = 256

    private var sources = [Source](repeating: Source(), count: Self.sources)
    /// A block stands at the place of its hash until another one takes it.
    private var seen: [UInt64] = []
    private var surprisal = LineSurprisal()
    /// The lines so far, each of which may begin a run.
    private var lines = 0

    /// The places of those of the next lines that were sent before.
    mutating func places(in sightings: LogSightings) -> Set<Int> {
        if seen.isEmpty { seen = [UInt64](repeating: 0, count: Self.blocks) }
        for index in sources.indices {
            sources[index].open.removeAll(keepingCapacity: true)
            sources[index].run.removeAll(keepingCapacity: true)
        }
        var found: Set<Int> = []
        for (place, line) in sightings.lines.enumerated() where line.time != LogSighting.noTime {
            let (said, source) = Self.hashes(line, sightings)
            add(place, said, line.time, to: Int(source % UInt64(Self.sources)), &found)
        }
        return found
    }

    private mutating func add(_ place: Int, _ said: UInt64, _ time: Int64, to index: Int, _ found: inout Set<Int>) {
        lines += 1
        let hash = Self.mixed(said, UInt64(bitPattern: time))
        var block = sources[index].block ?? (0, time, 0)
        block.hash = Self.mixed(block.hash, hash)
        // Lines a little out of order go back and forth between the same times.
        if time > sources[index].reached {
            sources[index].reached = time
            block.times += 1
        }
        // Of the same line again and again none is a place to cut at, else each would be a block of its own.
        let isCut = hash & Self.cut == 0 && hash != sources[index].last
        if sources[index].lines.count < Self.mostLines {
            let seconds = time / 1_000_000_000 - sources[index].time / 1_000_000_000
            sources[index].lines.append(
                LineSurprisal.Line(said: said, before: sources[index].said, seconds: seconds))
        }
        (sources[index].last, sources[index].said, sources[index].time) = (hash, said, time)
        sources[index].newest = max(sources[index].newest, time)
        sources[index].open.append(place)
        sources[index].block = isCut ? nil : block
        guard isCut else { return }
        let slot = Int(block.hash % UInt64(Self.blocks))
        let wasSeen = block.begin < sources[index].latest && seen[slot] == block.hash
        seen[slot] = block.hash
        end(block.times, of: index, wasSeen: wasSeen, &found)
    }

    /// Ends the block of a source.
    private mutating func end(_ times: Int, of index: Int, wasSeen: Bool, _ found: inout Set<Int>) {
        defer {
            sources[index].open.removeAll(keepingCapacity: true)
            sources[index].lines.removeAll(keepingCapacity: true)
        }
        guard wasSeen else {
            for line in sources[index].lines { surprisal.add(line) }
            return sources[index].endRun()
        }
        // Before the first line of a run another one stood when it was sent first.
        for line in sources[index].lines.dropFirst(sources[index].times == 0 ? 1 : 0) {
            sources[index].bits += surprisal.bits(of: line)
        }
        sources[index].times += times
        sources[index].run += sources[index].open
        guard sources[index].times >= Self.fewestTimes,
            sources[index].bits >= Self.certainty + log2(Double(lines))
        else { return }
        found.formUnion(sources[index].run)
        sources[index].run.removeAll(keepingCapacity: true)
    }

    /// The hashes of all that a line says but its whole second, and of its source.
    private static func hashes(_ line: LogSighting, _ sightings: LogSightings) -> (said: UInt64, source: UInt64) {
        let isFailure = AccountLine.isFailure(line.severity)
        let from = UInt64(UInt32(bitPattern: line.place)) << 32 | UInt64(UInt32(bitPattern: line.deployment))
        let source = mixed(from, isFailure ? 1 : 2)
        var hash = mixed(source, UInt64(bitPattern: line.time % 1_000_000_000))
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
    static func mixed(_ hash: UInt64, _ value: UInt64) -> UInt64 {
        let product = (hash ^ 0x9E37_79B9_7F4A_7C15).multipliedFullWidth(by: value ^ 0xA076_1D64_78BD_642F)
        return product.high ^ product.low
    }
}

extension RepeatedLines.Source {
    /// Begins a run after the block.
    fileprivate mutating func endRun() {
        (times, bits, latest, reached) = (0, 0, newest, .min)
        run.removeAll(keepingCapacity: true)
    }
}

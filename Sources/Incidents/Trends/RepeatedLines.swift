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
/// Memory: 8 MB for the last million blocks or so, that of ``LineSurprisal``, and four bytes for each line of a part of a log.
struct RepeatedLines: Sendable {
    /// What came last of a source.
    ///
    /// All of it stands in one piece, as the next line is mostly of another source, and each piece of memory that it touches is a miss of the cache.
    fileprivate struct Source: BitwiseCopyable {
        /// The hash of the last line, that of what it says, and its time.
        var (last, said, time): (UInt64, UInt64, Int64) = (0, 0, 0)
        /// The latest time, the latest before the run, and the latest of the run.
        var (newest, latest, reached) = (Int64.min, Int64.min, Int64.min)
        /// The lines since the last cut.
        var block = Block()
        /// The times of the run so far, and the bits that its lines tell.
        var (times, bits) = (0, 0.0)
        /// The place of the last line in the part that is looked at, -1 before the first.
        var place: Int32 = -1
        /// The lines of that part which are of a run that is too short as yet, before the block.
        var linesOfRun = 0
    }

    fileprivate struct Block: BitwiseCopyable {
        /// The lines that are asked what they tell.
        static let most = 16

        var hash: UInt64 = 0
        /// The time of its first line, and how many times its lines add to the run.
        var (time, times): (Int64, Int) = (0, 0)
        /// Its lines, and those of them in the part that is looked at.
        var (lines, linesOfPart) = (0, 0)
        /// The first lines.
        var first = InlineArray<16, LineSurprisal.Line>(repeating: LineSurprisal.Line())

        mutating func begin() { (hash, times, lines, linesOfPart) = (0, 0, 0, 0) }
    }

    private static let sources = 1_024
    private static let blocks = 1 << 20
    fileprivate static let cut: UInt64 = 3
    private static let fewestTimes = 6
    /// The bits of a chance of one in a million.
    private static let certainty = 20.0

    private var sources = [Source](repeating: Source(), count: Self.sources)
    /// A block stands at the place of its hash until another one takes it.
    private var seen: [UInt64] = []
    /// For each line of a part the place of the line of its source before it; -1 for none.
    private var before: [Int32] = []
    private var surprisal = LineSurprisal()
    /// The lines so far, each of which may begin a run.
    private var lines = 0

    /// The places of those of the next lines that were sent before.
    mutating func places(in sightings: LogSightings) -> Set<Int> {
        if seen.isEmpty { seen = [UInt64](repeating: 0, count: Self.blocks) }
        for index in sources.indices { sources[index].beginPart() }
        before.removeAll(keepingCapacity: true)
        var found: Set<Int> = []
        for (place, line) in sightings.lines.enumerated() {
            before.append(-1)
            guard line.time != LogSighting.noTime else { continue }
            lines += 1
            let (said, source) = Self.hashes(line, sightings)
            let index = Int(source % UInt64(Self.sources))
            before[place] = sources[index].place
            if sources[index].add(said, line.time, at: Int32(truncatingIfNeeded: place)) { end(index, &found) }
        }
        return found
    }

    /// Ends the block of a source.
    private mutating func end(_ index: Int, _ found: inout Set<Int>) {
        defer { sources[index].block.begin() }
        let hash = sources[index].block.hash
        let slot = Int(hash % UInt64(Self.blocks))
        let wasSeen = sources[index].block.time < sources[index].latest && seen[slot] == hash
        seen[slot] = hash
        let first = 0..<min(sources[index].block.lines, Block.most)
        guard wasSeen else {
            for line in first { surprisal.add(sources[index].block.first[line]) }
            return sources[index].endRun()
        }
        // Before the first line of a run another one stood when it was sent first.
        for line in first.dropFirst(sources[index].times == 0 ? 1 : 0) {
            sources[index].bits += surprisal.bits(of: sources[index].block.first[line])
        }
        sources[index].times += sources[index].block.times
        sources[index].linesOfRun += sources[index].block.linesOfPart
        guard sources[index].times >= Self.fewestTimes,
            sources[index].bits >= Self.certainty + log2(Double(lines))
        else { return }
        var place = sources[index].place
        for _ in 0..<sources[index].linesOfRun {
            found.insert(Int(place))
            place = before[Int(place)]
        }
        sources[index].linesOfRun = 0
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
    /// Forgets the places of its lines.
    fileprivate mutating func beginPart() {
        (place, linesOfRun, block.linesOfPart) = (-1, 0, 0)
    }

    /// Adds a line to the block.
    ///
    /// - Returns: Whether it ends it.
    fileprivate mutating func add(_ said: UInt64, _ time: Int64, at place: Int32) -> Bool {
        let hash = RepeatedLines.mixed(said, UInt64(bitPattern: time))
        if block.lines == 0 { block.time = time }
        block.hash = RepeatedLines.mixed(block.hash, hash)
        // Lines a little out of order go back and forth between the same times.
        if time > reached {
            reached = time
            block.times += 1
        }
        if block.lines < RepeatedLines.Block.most {
            let seconds = time / 1_000_000_000 - self.time / 1_000_000_000
            block.first[block.lines] = LineSurprisal.Line(said: said, before: self.said, seconds: seconds)
        }
        block.lines += 1
        block.linesOfPart += 1
        // Of the same line again and again none is a place to cut at, else each would be a block of its own.
        let isCut = hash & RepeatedLines.cut == 0 && hash != last
        (last, self.said, self.time, self.place) = (hash, said, time, place)
        newest = max(newest, time)
        return isCut
    }

    /// Begins a run after the block.
    fileprivate mutating func endRun() {
        (times, bits, latest, reached) = (0, 0, newest, .min)
        linesOfRun = 0
    }
}

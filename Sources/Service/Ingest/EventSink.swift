internal import Logs
internal import Records
internal import Storage

/// Counts what is delivered and keeps it, together with where the sources stand, every few seconds.
struct EventSink {
    let handoff: Handoff
    let store: TenantStore
    var counter: EventCounter
    /// The sources of which something is to be kept, by slot.
    private var changed: [Int: LogSource] = [:]
    private var numbers: [Int: Int64] = [:]
    private let clock: @Sendable () -> Int64
    private var lastKept: Int64

    /// The time between two writes.
    private static let interval: Int64 = 2_000_000_000

    /// - Parameter clock: Tells the time, in nanoseconds.
    init(_ handoff: Handoff, _ store: TenantStore, _ counter: EventCounter, _ clock: @escaping @Sendable () -> Int64) {
        self.handoff = handoff
        self.store = store
        self.counter = counter
        self.clock = clock
        lastKept = clock()
    }

    /// Works until nothing more comes, or a write fails.
    mutating func run() {
        var delivery = Delivery()
        do throws(StorageError) {
            while true {
                let arrival = handoff.take(into: &delivery, within: 1)
                if arrival == .delivery { add(&delivery) }
                if arrival == .end || counter.isFull || clock() - lastKept > Self.interval { try keep() }
                if arrival == .end { return handoff.end(unplaced) }
            }
        } catch {
            handoff.end(failure: error, unplaced)
        }
    }

    private var unplaced: Handoff.Unplaced {
        Handoff.Unplaced(ofNoScope: counter.recordsWithoutScope, ofNoAccount: counter.recordsWithoutAccount)
    }

    private mutating func add(_ delivery: inout Delivery) {
        counter.add(delivery.batch)
        counter.addPassed(delivery.passed, at: delivery.time)
        if var source = delivery.source {
            source.id = source.id ?? numbers[delivery.slot]
            changed[delivery.slot] = source
        }
        handoff.giveBack(&delivery.batch)
    }

    private mutating func keep() throws(StorageError) {
        lastKept = clock()
        let slots = changed.keys.sorted()
        let sources = slots.compactMap { changed[$0] }
        let events = counter.take()
        guard !events.isEmpty || !sources.isEmpty else { return }
        for (slot, source) in zip(slots, try store.keep(events, sources)) { numbers[slot] = source.id }
        changed.removeAll()
    }
}

import Glibc
import Logs
import Records
import Storage

/// Counts what is delivered and keeps it, together with where the sources stand, every few seconds.
struct EventSink {
    let handoff: Handoff
    let store: TenantStore
    var counter: EventCounter
    /// The sources of which something is to be kept, by slot.
    private var changed: [Int: LogSource] = [:]
    private var numbers: [Int: Int64] = [:]
    private var lastKept = StandardInput.now

    /// The time between two writes.
    private static let interval: Int64 = 2_000_000_000

    init(_ handoff: Handoff, _ store: TenantStore, _ counter: EventCounter) {
        self.handoff = handoff
        self.store = store
        self.counter = counter
    }

    /// Works until nothing more comes, or a write fails.
    mutating func run() {
        do {
            while true {
                let (delivery, isEnd) = handoff.take(within: 1)
                if let delivery { add(delivery) }
                if isEnd || counter.isFull || StandardInput.now - lastKept > Self.interval { try keep() }
                if isEnd { return handoff.end() }
            }
        } catch {
            handoff.end(failure: "\(error)")
        }
    }

    private mutating func add(_ delivery: consuming Delivery) {
        counter.add(delivery.batch)
        counter.addPassed(delivery.passed, at: delivery.time)
        if var source = delivery.source {
            source.id = source.id ?? numbers[delivery.slot]
            changed[delivery.slot] = source
        }
        handoff.giveBack(delivery.batch)
    }

    private mutating func keep() throws(StorageError) {
        lastKept = StandardInput.now
        let slots = changed.keys.sorted()
        let sources = slots.compactMap { changed[$0] }
        let events = counter.take()
        guard !events.isEmpty || !sources.isEmpty else { return }
        for (slot, source) in zip(slots, try store.keep(events, sources)) { numbers[slot] = source.id }
        changed.removeAll()
    }
}

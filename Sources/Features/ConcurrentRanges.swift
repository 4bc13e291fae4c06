internal import Synchronization

/// The values of a function of consecutive ranges, in their order, each made on a core that is free.
///
/// - Parameters:
///   - count: The end of the last range; the first begins at 0.
///   - size: The length of all ranges but the last, at least 1.
public func concurrently<Value: Sendable>(
    _ count: Int, by size: Int, _ value: @Sendable (Range<Int>) -> Value
) -> [Value] {
    let values = Mutex([Value?](repeating: nil, count: (count + size - 1) / size))
    SharedParts.perform((count + size - 1) / size) { position in
        let start = position * size
        let made = value(start..<min(count, start + size))
        values.withLock { $0[position] = made }
    }
    return values.withLock { $0.compactMap(\.self) }
}

/// The values of a function of the numbers below a count, in their order, made on all cores that are free.
///
/// - Parameters:
///   - count: The number of values.
///   - size: How many of them are made at a time, at least 1.
public func concurrently<Value: Sendable>(
    each count: Int, by size: Int, _ value: @Sendable (Int) -> Value
) -> [Value] {
    // Each is made in its place, as large values cost much to copy.
    [Value](unsafeUninitializedCapacity: count) { values, initialized in
        nonisolated(unsafe) let values = values
        SharedParts.perform((count + size - 1) / size) { part in
            for number in part * size..<min(count, (part + 1) * size) {
                values.initializeElement(at: number, to: value(number))
            }
        }
        initialized = count
    }
}

/// The values of two functions, made at the same time where two cores are free.
public func concurrently<First: Sendable, Second: Sendable>(
    _ first: @Sendable () -> First, _ second: @Sendable () -> Second
) -> (First, Second) {
    let one = Mutex<First?>(nil)
    let other = Mutex<Second?>(nil)
    SharedParts.perform(2) { position in
        if position == 0 {
            let made = first()
            one.withLock { $0 = made }
        } else {
            let made = second()
            other.withLock { $0 = made }
        }
    }
    guard let one = one.withLock({ $0 }), let other = other.withLock({ $0 }) else {
        preconditionFailure("both positions are performed")
    }
    return (one, other)
}

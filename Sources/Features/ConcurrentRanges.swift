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

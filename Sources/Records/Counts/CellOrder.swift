internal import Dispatch

/// Sorts cells by signature, hour and scope.
///
/// Digit by digit, the least significant first (radix sort), over the bits that the cells need: a few passes where comparing takes one for each doubling of their number.
enum CellOrder {
    private static let digitBits = 11
    /// Below so many, comparing is as fast.
    private static let least = 4_096

    /// Where the parts of a key stand, and from where on they count.
    private struct Key {
        let first: (signature: Int64, hour: Int64, scope: Int64)
        let shift: (signature: Int, hour: Int)
        let bits: Int

        init(_ cells: [CountTable.Cell]) {
            var low = (signature: Int64.max, hour: Int64.max, scope: Int64.max)
            var high = (signature: Int64.min, hour: Int64.min, scope: Int64.min)
            for cell in cells {
                low = (
                    min(low.signature, Int64(cell.signature)), min(low.hour, Int64(cell.hour)),
                    min(low.scope, Int64(cell.scope))
                )
                high = (
                    max(high.signature, Int64(cell.signature)), max(high.hour, Int64(cell.hour)),
                    max(high.scope, Int64(cell.scope))
                )
            }
            func width(_ low: Int64, _ high: Int64) -> Int { Int64.bitWidth - (high - low).leadingZeroBitCount }
            first = low
            shift.hour = width(low.scope, high.scope)
            shift.signature = shift.hour + width(low.hour, high.hour)
            bits = shift.signature + width(low.signature, high.signature)
        }

        @inline(__always)
        func of(_ cell: CountTable.Cell) -> UInt64 {
            UInt64(bitPattern: Int64(cell.signature) &- first.signature) << UInt64(shift.signature)
                | UInt64(bitPattern: Int64(cell.hour) &- first.hour) << UInt64(shift.hour)
                | UInt64(bitPattern: Int64(cell.scope) &- first.scope)
        }
    }

    /// Sorts in place; cells of one signature, hour and scope keep their order.
    static func sort(_ cells: inout [CountTable.Cell]) {
        guard cells.count >= least else { return cells.sort(by: CountTable.Cell.precedes) }
        let key = Key(cells)
        // Three numbers of 32 bits that are all used to the full do not fit.
        guard key.bits <= UInt64.bitWidth else { return cells.sort(by: CountTable.Cell.precedes) }
        var other = [CountTable.Cell](unsafeUninitializedCapacity: cells.count) { $1 = cells.count }
        for shift in stride(from: 0, to: key.bits, by: digitBits) {
            pass(cells, to: &other, key, UInt64(shift))
            swap(&cells, &other)
        }
    }

    /// Sorts by one digit; each half of the cells goes to places of its own, on a core of its own as far as there are two.
    private static func pass(
        _ cells: [CountTable.Cell], to sorted: inout [CountTable.Cell], _ key: Key, _ shift: UInt64
    ) {
        let digits = 1 << digitBits
        let mask = UInt64(digits - 1)
        let halves = [0..<cells.count / 2, cells.count / 2..<cells.count]
        var places = [Int](repeating: 0, count: halves.count * digits)
        cells.withUnsafeBufferPointer { cells in
            sorted.withUnsafeMutableBufferPointer { sorted in
                places.withUnsafeMutableBufferPointer { places in
                    nonisolated(unsafe) let (cells, sorted, places) = (cells, sorted, places)
                    DispatchQueue.concurrentPerform(iterations: halves.count) { half in
                        let first = half * digits
                        for index in halves[half] {
                            places[first + Int(key.of(cells[index]) >> shift & mask)] += 1
                        }
                    }
                    var next = 0
                    for digit in 0..<digits {
                        for half in halves.indices {
                            let count = places[half * digits + digit]
                            places[half * digits + digit] = next
                            next += count
                        }
                    }
                    DispatchQueue.concurrentPerform(iterations: halves.count) { half in
                        let first = half * digits
                        for index in halves[half] {
                            let place = first + Int(key.of(cells[index]) >> shift & mask)
                            sorted[places[place]] = cells[index]
                            places[place] += 1
                        }
                    }
                }
            }
        }
    }
}

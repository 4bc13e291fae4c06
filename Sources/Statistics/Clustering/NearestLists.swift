/// The nearest vectors that were met so far of each of some vectors, the nearest first.
struct NearestLists {
    /// The most that each has.
    private let most: Int
    private var entries: [Neighbour]
    private var counts: [Int]
    /// The least product that is taken into each list.
    private var floors: [Float]

    /// Empty lists.
    ///
    /// - Parameters:
    ///   - rows: The number of lists.
    ///   - count: The most that each has, at least 1.
    ///   - least: The least inner product.
    init(of rows: Int, count: Int, least: Float) {
        most = count
        entries = Array(repeating: Neighbour(number: 0, product: 0), count: rows * count)
        counts = Array(repeating: 0, count: rows)
        floors = Array(repeating: least, count: rows)
    }

    /// One list.
    subscript(row: Int) -> ArraySlice<Neighbour> { entries[row * most..<row * most + counts[row]] }

    /// Takes what is near enough of some vectors.
    ///
    /// - Parameters:
    ///   - products: The inner products of all rows with these vectors, row by row.
    ///   - row: The list.
    ///   - numbers: The numbers of the vectors.
    ///   - own: The number of the vector whose list it is.
    mutating func add(_ products: [Float], row: Int, of numbers: ArraySlice<Int32>, except own: Int32) {
        let width = SIMD16<Float>.scalarCount
        let begin = row * numbers.count
        var floor = floors[row]
        products.withUnsafeBytes { bytes in
            var place = 0
            while place < numbers.count {
                let end = min(numbers.count, place + width)
                // Most are below the floor, which sixteen at a time tell.
                if end - place == width {
                    let some = bytes.loadUnaligned(fromByteOffset: 4 * (begin + place), as: SIMD16<Float>.self)
                    if !any(some .>= floor) {
                        place = end
                        continue
                    }
                }
                for one in place..<end {
                    let product = products[begin + one]
                    let number = numbers[numbers.startIndex + one]
                    if product >= floor, number != own {
                        floor = insert(Neighbour(number: number, product: product), into: row, floor)
                    }
                }
                place = end
            }
        }
        floors[row] = floor
    }

    /// Puts a neighbour in its place of a list, and returns the least product that the list takes from now on.
    private mutating func insert(_ new: Neighbour, into row: Int, _ floor: Float) -> Float {
        let start = row * most
        var slot = start + counts[row]
        if counts[row] == most {
            guard new < entries[slot - 1] else { return floor }
            slot -= 1
        } else {
            counts[row] += 1
        }
        while slot > start, new < entries[slot - 1] {
            entries[slot] = entries[slot - 1]
            slot -= 1
        }
        entries[slot] = new
        return counts[row] == most ? max(floor, entries[start + most - 1].product) : floor
    }
}

import LinearAlgebra
import Statistics
import Testing

/// What is refused, and how.
struct HazardErrorTests {
    @Test(
        arguments: [[], [0], [1, 2], [0, 2, 2], [0, 3, 2], [0, .infinity], [0, .nan], [-1, 0, 1]] as [[Double]])
    func `boundaries that do not start at 0 and ascend are refused`(boundaries: [Double]) {
        #expect(throws: HazardError.invalidGrid) { try AgeGrid(boundaries: boundaries) }
    }

    @Test(arguments: [([], 10), ([1, -1], 10), ([.nan], 10), ([.infinity], 10), ([1, 2], 1)] as [([Double], Int)])
    func `a grid needs durations and two intervals`(durations: [Double], intervals: Int) {
        #expect(throws: HazardError.invalidGrid) { try AgeGrid(covering: durations, intervals: intervals) }
    }

    @Test(arguments: [-1, Double.infinity, .nan])
    func `an age that is none is refused`(age: Double) {
        #expect(throws: HazardError.invalidGrid) { try AgeGrid(covering: [1, 2], longestAge: age, intervals: 4) }
    }

    @Test(arguments: [[], [1], [0, 0], [0, 3], [0, 2, 1], [0, -1]])
    func `bands start at 0, ascend and lie in the grid`(starts: [Int]) throws {
        let grid = try AgeGrid(boundaries: [0, 1, 2, 3])
        #expect(throws: HazardError.invalidParameter("bandStarts")) {
            try HazardRegression(grid: grid, bandStarts: starts, halfLifeDays: 1)
        }
    }

    @Test func `parameters outside their range are named`() throws {
        let grid = try AgeGrid(boundaries: [0, 1, 2])
        for halfLife in [0, -1, Double.nan] {
            #expect(throws: HazardError.invalidParameter("halfLifeDays")) {
                try HazardRegression(grid: grid, bandStarts: [0], halfLifeDays: halfLife)
            }
        }
        #expect(throws: HazardError.invalidParameter("iterationLimit")) {
            try HazardRegression(grid: grid, bandStarts: [0], halfLifeDays: 1, iterationLimit: 0)
        }
        let model = try HazardRegression(grid: grid, bandStarts: [0], halfLifeDays: 1)
        let sample = HazardRows(covariates: [[1]], logAges: [0.5], events: [true]).sample
        for penalties in [[], [-1], [.nan], [.infinity], [1, 1]] as [[Double]] {
            #expect(throws: HazardError.invalidParameter("penalties")) {
                try model.fit(sample, penalties: penalties)
            }
        }
    }

    @Test func `a sample without events is refused`() throws {
        let model = try HazardRegression(grid: AgeGrid(boundaries: [0, 1]), bandStarts: [0], halfLifeDays: 1)
        for rows in [HazardRows(covariates: [[1]], logAges: [0.5], events: [false])] {
            #expect(throws: HazardError.noEvents) { try model.fit(rows.sample, penalties: [1]) }
        }
        let empty = HazardSample(
            design: MixedMatrix(SparseMatrix(columns: 1)), logAges: [], events: [], entryDays: [], now: 0)
        #expect(throws: HazardError.noEvents) { try model.fit(empty, penalties: [1]) }
    }

    @Test func `errors speak in one line`() {
        #expect(HazardError.invalidGrid.description == "boundaries of ages must start at 0 and ascend")
        #expect(HazardError.invalidParameter("penalties").description == "penalties is outside its range")
        #expect(HazardError.noEvents.description == "no observed event: a hazard cannot be estimated")
    }

    @Test func `lists of other lengths are the caller's mistake`() async {
        await #expect(processExitsWith: .failure) {
            _ = HazardSample(
                design: MixedMatrix(SparseMatrix(columns: 1)), logAges: [1], events: [true], entryDays: [0], now: 0)
        }
        await #expect(processExitsWith: .failure) {
            _ = DurationDistribution(grid: try AgeGrid(boundaries: [0, 1]), hazards: [1, 2])
        }
        await #expect(processExitsWith: .failure) { _ = FadingCounts(cells: 1, halfLife: 0) }
    }
}

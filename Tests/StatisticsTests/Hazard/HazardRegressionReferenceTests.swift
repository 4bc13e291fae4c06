import FoundationEssentials
import Glibc
import Statistics
import Testing

/// Agreement with R 4.2.2 on 160 generated rows, 129 of them events; the script is Reference/hazard_regression.R.
///
/// R fits the baselines as parameters of a Poisson model with the pseudo events as rows, to 1e-14. Newton's method here ends when the
/// objective gains less than a millionth, so the maximum agrees far better than the place where it is taken, and the variances,
/// which belong to the last step but one, worst.
struct HazardRegressionReferenceTests {
    private let rows: HazardRows
    private let numbers: [String: [Double]]

    init() throws {
        let data = try Self.lines("hazard_data.csv").dropFirst().map {
            $0.split(separator: ",").compactMap { Double($0) }
        }
        rows = HazardRows(
            covariates: data.map { [$0[3], $0[4]] }, logAges: data.map { log1p($0[0]) },
            events: data.map { $0[1] == 1 },
            entryDays: data.map { $0[2] }, now: 100)
        var numbers: [String: [Double]] = [:]
        for line in try Self.lines("hazard_regression.txt") {
            let words = line.split(separator: " ")
            numbers[String(words[0])] = words.dropFirst().compactMap { Double($0) }
        }
        self.numbers = numbers
    }

    private static func lines(_ name: String) throws -> [Substring] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let data = try Data(contentsOf: folder.appending(path: "Reference").appending(path: name))
        return String(decoding: data, as: UTF8.self).split(separator: "\n")
    }

    private func difference(_ values: [Double], _ name: String) throws -> Double {
        largestDifference(values, try #require(numbers[name], "no frozen numbers \(name)"))
    }

    @Test(arguments: [("steady", Double.infinity), ("fading", 30)], [("plain", [0, 0]), ("ridge", [4, 1.5])])
    func `fits agree with R`(memory: (name: String, halfLife: Double), ridge: (name: String, penalties: [Double]))
        throws
    {
        let key = "\(memory.name).\(ridge.name)"
        let model = try HazardRegression(
            grid: AgeGrid(boundaries: [0, 2, 8, 24, 72, 200]), bandStarts: [0, 2], halfLifeDays: memory.halfLife)
        let fit = try model.fit(rows.sample, penalties: ridge.penalties, wantsPosterior: true)
        for band in 0..<2 {
            #expect(try difference(fit.coefficients[band], "\(key).coefficients.\(band + 1)") < 5e-6)
            #expect(try difference(fit.posteriorVariances[band], "\(key).variances.\(band + 1)") < 1e-3)
        }
        #expect(try difference(fit.logBaselines, "\(key).baselines") < 1e-6)
        #expect(try difference([fit.penalisedLogLikelihood], "\(key).objective") < 1e-9)
    }
}

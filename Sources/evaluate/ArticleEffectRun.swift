import FoundationEssentials
import Records
import Simulation
import Statistics

/// What was said of the effect of articles, beside what it was.
struct ArticleEffectRun: Encodable {
    /// One article with what one method says of it.
    struct Told: Sendable {
        let truth: ArticleEffectScenario.Truth
        let wildness: Double
        let reduction: IntervalEstimate
        let avoided: IntervalEstimate?
        let verdict: EffectVerdict

        init(_ truth: ArticleEffectScenario.Truth, wildness: Double, _ fit: FittedPlaceboContrast) {
            self.truth = truth
            self.wildness = wildness
            reduction = fit.reduction
            avoided = fit.avoided
            verdict = fit.verdict
        }

        init(
            _ truth: ArticleEffectScenario.Truth, wildness: Double, rateRatio: IntervalEstimate,
            leastWorthNaming: Double
        ) {
            self.truth = truth
            self.wildness = wildness
            reduction = IntervalEstimate(
                1 - rateRatio.value, in: 1 - rateRatio.interval.upperBound...1 - rateRatio.interval.lowerBound)
            avoided = nil
            verdict = EffectVerdict(reduction: reduction.interval, leastWorthNaming: leastWorthNaming)
        }
    }

    /// What is said of the articles of one desk.
    struct Desk: Sendable {
        var told: [Told] = []
        var rivals: [NaiveContrast: [Told]] = [:]
        var notComparable = 0

        init(seed: UInt64) {
            guard let contrast = try? PlaceboContrast(horizon: ArticleEffectScenario.horizon),
                let scenario = try? ArticleEffectScenario(seed: seed)
            else { return }
            for truth in scenario.truths {
                if let fit = try? contrast.fit(scenario.panel, of: truth.group) {
                    told.append(Told(truth, wildness: scenario.wildness, fit))
                } else {
                    notComparable += 1
                }
                for rival in NaiveContrast.allCases {
                    let ratio = rival.rateRatio(
                        scenario.panel, of: truth.group, level: contrast.level, memory: contrast.memory,
                        horizon: contrast.horizon)
                    guard let ratio else { continue }
                    rivals[rival, default: []].append(
                        Told(
                            truth, wildness: scenario.wildness, rateRatio: ratio,
                            leastWorthNaming: contrast.leastWorthNaming))
                }
            }
        }
    }

    /// The measures of some articles.
    struct Row: Encodable {
        let name: String
        let n: Int
        let coverage: Double
        /// The share of true reductions below their interval.
        let below: Double
        let width: Double
        let bias: Double
        let rmse: Double
        let cannotTell: Double
        let helped: Double
        let harmed: Double

        init(_ name: String, _ told: [Told]) {
            let accuracy = IntervalAccuracy(told.map { ($0.truth.reduction, $0.reduction) })
            func share(_ verdict: EffectVerdict) -> Double {
                Double(told.count { $0.verdict == verdict }) / Double(told.count)
            }
            self.name = name
            n = accuracy.count
            coverage = accuracy.coverage
            below = accuracy.below
            width = accuracy.width
            bias = accuracy.bias
            rmse = accuracy.rootMeanSquare
            cannotTell = share(.cannotTell)
            helped = share(.helped)
            harmed = share(.harmed)
        }

        var text: String {
            let numbers = [coverage, width, bias, rmse, cannotTell, helped, harmed]
            return name.leftAligned(in: 26) + "\(n)".rightAligned(in: 6)
                + numbers.map { "\(($0 * 1_000).rounded() / 1_000)".rightAligned(in: 9) }.joined()
        }
    }

    let articles: Int
    let notComparable: Int
    let coverage: Double
    /// The coverage of the tickets that did not come.
    let avoidedCoverage: Double
    let width: Double
    let rmse: Double
    let cannotTell: Double
    /// The share of articles without effect that are said to have helped.
    let falseHelped: Double
    let byEffect: [Row]
    let byVolume: [Row]
    let byDesk: [Row]
    let byOccasion: [Row]
    let rivals: [Row]

    /// The rows by tickets a week.
    private static let volumes: [(name: String, range: Range<Double>)] = [
        ("below 4 tickets a week", 0..<4), ("4 to 15", 4..<15), ("15 to 60", 15..<60), ("60 to 150", 60..<150),
        ("150 and more", 150..<Double.infinity),
    ]

    /// The rows by how far the groups of a desk go their own ways.
    private static let desks: [(name: String, range: Range<Double>)] = [
        ("calm desks", 0..<0.4), ("usual desks", 0.4..<0.7), ("wild desks", 0.7..<2),
    ]

    init(_ desks: [Desk]) {
        let told = desks.flatMap(\.told)
        let all = Row("all", told)
        articles = told.count
        notComparable = desks.reduce(0) { $0 + $1.notComparable }
        coverage = all.coverage
        width = all.width
        rmse = all.rmse
        cannotTell = all.cannotTell
        avoidedCoverage =
            IntervalAccuracy(told.compactMap { item in item.avoided.map { (Double(item.truth.avoided), $0) } }).coverage
        byEffect = ArticleEffectScenario.Size.allCases.map { size in
            Row(size.rawValue, told.filter { $0.truth.size == size })
        }
        falseHelped = byEffect.first { $0.name == ArticleEffectScenario.Size.none.rawValue }?.helped ?? .nan
        byVolume = Self.volumes.map { volume in
            Row(volume.name, told.filter { volume.range.contains($0.truth.weekly) })
        }
        byDesk = Self.desks.map { desk in Row(desk.name, told.filter { desk.range.contains($0.wildness) }) }
        byOccasion = [
            Row("after a peak", told.filter { !$0.truth.isOfOutbreak }),
            Row("because of an outbreak", told.filter(\.truth.isOfOutbreak)),
            Row("outbreak, none", told.filter { $0.truth.isOfOutbreak && $0.truth.size == .none }),
        ]
        rivals = NaiveContrast.allCases.flatMap { rival in
            let told = desks.flatMap { $0.rivals[rival] ?? [] }
            return [
                Row(rival.rawValue, told), Row(rival.rawValue + ", none", told.filter { $0.truth.size == .none }),
            ]
        }
    }

    /// The same for people.
    var text: String {
        let title = ["coverage", "width", "bias", "rmse", "open", "helped", "harmed"]
        var lines = [
            "\(articles) articles, \(notComparable) more that cannot be compared; "
                + "tickets avoided covered \((avoidedCoverage * 1_000).rounded() / 1_000)",
            "".leftAligned(in: 26) + "n".rightAligned(in: 6) + title.map { $0.rightAligned(in: 9) }.joined(),
        ]
        lines += (byEffect + byVolume + byDesk + byOccasion + rivals).map(\.text)
        lines.insert(
            "coverage \((coverage * 1_000).rounded() / 1_000), width \((width * 1_000).rounded() / 1_000)", at: 1)
        return lines.joined(separator: "\n") + "\n"
    }
}

import Simulation
import Statistics
import Testing

struct ArticleEffectScenarioTests {
    @Test func `the same seed draws the same desk, another seed another`() throws {
        #expect(try ArticleEffectScenario(seed: 3).panel == ArticleEffectScenario(seed: 3).panel)
        #expect(try ArticleEffectScenario(seed: 3).truths == ArticleEffectScenario(seed: 3).truths)
        #expect(try ArticleEffectScenario(seed: 3).panel != ArticleEffectScenario(seed: 4).panel)
    }

    @Test func `sizes are what they say, and tickets that were kept away are counted`() throws {
        var seen: Set<ArticleEffectScenario.Size> = []
        for seed in UInt64(1)...12 {
            let desk = try ArticleEffectScenario(seed: seed)
            #expect((24...72).contains(desk.panel.groups) && (70...130).contains(desk.panel.periods))
            #expect(desk.panel.changedAt.count { $0 != nil } == desk.truths.count)
            for truth in desk.truths {
                seen.insert(truth.size)
                #expect(truth.weekly > 0)
                switch truth.size {
                case .none: #expect(truth.reduction == 0 && truth.avoided == 0)
                case .small: #expect((0.05...0.25).contains(truth.reduction) && truth.avoided >= 0)
                case .large: #expect((0.25...0.7).contains(truth.reduction) && truth.avoided >= 0)
                case .more: #expect((-0.4...(-0.1)).contains(truth.reduction) && truth.avoided <= 0)
                }
            }
        }
        #expect(seen.count >= 3)
    }

    @Test func `articles come after a peak`() throws {
        var (recent, usual) = (0, 0)
        for seed in UInt64(1)...12 {
            let panel = try ArticleEffectScenario(seed: seed).panel
            for (group, change) in panel.changedAt.enumerated() {
                guard let change else { continue }
                recent += panel.sum(group, change - 4..<change)
                usual += panel.sum(group, change - 26..<change)
            }
        }
        #expect(Double(recent) / 4 > 1.1 * Double(usual) / 26)
    }

    @Test func `some desks have outbreaks, and their articles come about them`() throws {
        var desks: Set<Bool> = []
        var (struck, all) = (0, 0)
        for seed in UInt64(1)...40 {
            let desk = try ArticleEffectScenario(seed: seed)
            let isOfOutbreak = Set(desk.truths.map(\.isOfOutbreak))
            #expect(isOfOutbreak.count == 1)
            desks.formUnion(isOfOutbreak)
            for truth in desk.truths where truth.isOfOutbreak {
                guard let change = desk.panel.changedAt[truth.group] else { continue }
                let weeks = desk.panel.counts[truth.group][change - 12..<min(change + 1, desk.panel.periods)].sorted()
                all += 1
                struck += weeks[weeks.count - 1] > 2 * weeks[weeks.count / 2] ? 1 : 0
            }
        }
        #expect(desks.count == 2)
        #expect(Double(struck) > 0.8 * Double(all))
    }
}

import Testing

@testable import Simulation

struct TroubleTests {
    private func trouble(_ course: Trouble.Course) -> Trouble {
        Trouble(
            start: 1_000, end: 11_000, scope: Trouble.Scope(deployments: [true], functions: [true]), course: course,
            chance: 0.8,
            causes: [], outcomes: [nil], component: [], componentPerHour: 0, repeats: 1,
            writing: WritingHabits(share: 0, delayMinutes: 1, vagueShare: 0), noisy: nil,
            words: TroubleWords(function: "", noun: "", message: ""))
    }

    @Test func `nothing fails before and after a trouble`() {
        for course in [Trouble.Course.steady, .rising, .pulses(period: 10, on: 4)] {
            #expect(trouble(course).chance(at: 999) == 0)
            #expect(trouble(course).chance(at: 11_000) == 0)
        }
    }

    @Test func `a rising trouble is half as strong in its middle, and a pulsing one is weak between its pulses`() {
        #expect(trouble(.steady).chance(at: 6_000) == 0.8)
        #expect(trouble(.rising).chance(at: 6_000) == 0.4)
        let pulses = trouble(.pulses(period: 10, on: 4))
        #expect(pulses.chance(at: 1_000 + 600 + 239) == 0.8)
        #expect(pulses.chance(at: 1_000 + 600 + 241) == 0.04)
    }

    @Test func `the second trouble of a hard desk falls into the time of the first, on other deployments`() {
        var overlaps = 0
        for seed in 1...12 {
            var draw = Draw(seed: UInt64(seed))
            let world = ImpactWorld(scenario: .sharedClusterOutage, grade: .hard, &draw)
            let requests = Rhythm.requests(of: world, &draw)
            let plan = TroublePlan(.sharedClusterOutage, .hard, in: world, requests: requests, &draw)
            for (index, one) in plan.troubles.enumerated() {
                for other in plan.troubles.dropFirst(index + 1) where one.start < other.end && other.start < one.end {
                    overlaps += 1
                    #expect(!zip(one.scope.deployments, other.scope.deployments).contains { $0 && $1 })
                }
            }
        }
        #expect(overlaps >= 6)
    }

    @Test func `the requests of a noisy neighbour do not fail`() {
        for seed in 1...4 {
            var draw = Draw(seed: UInt64(seed))
            let world = ImpactWorld(scenario: .noisyNeighbour, grade: .hard, &draw)
            let requests = Rhythm.requests(of: world, &draw)
            let plan = TroublePlan(.noisyNeighbour, .hard, in: world, requests: requests, &draw)
            let traffic = DeskTraffic(world: world, plan: plan, requests: requests, grade: .hard, &draw)
            for (index, trouble) in plan.troubles.enumerated() {
                guard let noisy = trouble.noisy else { continue }
                #expect(traffic.harm[index][noisy].failed == 0)
                let inTime = traffic.requests.filter { $0.time >= trouble.start && $0.time < trouble.end }
                #expect(inTime.count { $0.account == noisy } > 100)
            }
        }
    }
}

import Incidents
import Records
import Testing

struct ServiceVersionsTests {
    /// Ten days of a shop and a mailer on two deployments, of which one gets a new mailer on the seventh day, with a failure of its own.
    private func twoServices() -> CountsOfTests {
        var counts = CountsOfTests()
        for hour in 0..<240 {
            for place in ["eu", "us"] {
                let isNew = place == "eu" && hour >= 144
                func add(_ signature: String?, _ count: Int, _ service: String, _ version: String) {
                    counts.add(
                        signature, hour, count, deployment: place, version: version, environment: "production",
                        service: service)
                }
                add(nil, 60, "shop", "5.1.0")
                add("slow", 1, "shop", "5.1.0")
                add(nil, 40, "mailer", isNew ? "2.4.0" : "2.3.0")
                add("bounce", 1, "mailer", isNew ? "2.4.0" : "2.3.0")
                if isNew { add("panic", 5, "mailer", "2.4.0") }
            }
        }
        return counts
    }

    @Test func `versions are compared within the service that has them, and nothing is told of the other one`() throws {
        let found = VersionComparison.all(twoServices().table)
        #expect(found.map(\.template) == ["panic", "bounce"] && found.map(\.verdict) == [.regressed, .notRegressed])
        #expect(found.allSatisfy { $0.service == "mailer" && $0.before == "2.3.0" && $0.version == "2.4.0" })
        #expect(found.allSatisfy { !$0.isRollback && !$0.isMixed && $0.control == .sameEnvironment })
        #expect(found.allSatisfy { $0.deployments == ["eu"] })
    }

    @Test func `a number that two services have is a version of each`() {
        var counts = CountsOfTests()
        for hour in 0..<240 {
            for (service, start) in [("shop", 96), ("mailer", 168)] {
                let version = hour < start ? "1.0" : "1.1"
                counts.add(nil, hour, 50, deployment: "eu", version: version, service: service)
                counts.add("failure of \(service)", hour, 1, deployment: "eu", version: version, service: service)
            }
        }
        let found = VersionComparison.all(counts.table)
        #expect(
            Set(found.map { "\($0.template), \($0.service)" }) == [
                "failure of shop, shop", "failure of mailer, mailer",
            ])
        #expect(Set(found.map { Int($0.since.seconds / 3_600) - CountsOfTests.monday }) == [96, 168])
    }

    /// Two weeks of four sites, of which two get a new version of all services on the eleventh day.
    private func product(_ services: [String?], hoursApart: Int = 0) -> CountTable {
        var counts = CountsOfTests()
        for hour in 0..<24 * 14 {
            for site in 0..<4 {
                for (number, service) in services.enumerated() {
                    let isNew = site < 2 && hour >= 240 + number * hoursApart
                    func add(_ signature: String?, _ count: Int) {
                        counts.add(
                            signature, hour, count, deployment: "site \(site)", version: isNew ? "5.3" : "5.2",
                            service: service)
                    }
                    add(nil, 30 + hour % 7)
                    add("failure", isNew ? 3 : 1)
                    add("other failure", hour % 3)
                }
            }
        }
        return counts.table
    }

    @Test func `services with the same versions count together, as if none were named`() {
        let found = VersionComparison.all(product(["web", "api", "worker"]))
        #expect(found.first?.verdict == .regressed)
        #expect(found == VersionComparison.all(product([nil, nil, nil])))
    }

    @Test func `services that get a version within a day of each other have the same versions`() {
        let found = VersionComparison.all(product(["web", "api"], hoursApart: 10))
        #expect(!found.isEmpty && found.allSatisfy(\.service.isEmpty))
    }

    @Test func `services of one product beside another service are one, by their names`() {
        var counts = twoServices()
        for hour in 0..<240 {
            for place in ["eu", "us"] {
                let version = place == "eu" && hour >= 144 ? "2.4.0" : "2.3.0"
                counts.add(
                    nil, hour, 20, deployment: place, version: version, environment: "production", service: "bounces")
            }
        }
        let found = VersionComparison.all(counts.table)
        #expect(found.first?.template == "panic" && found.allSatisfy { $0.service == "bounces, mailer" })
    }

    @Test func `lines that name a version and no service are compared by themselves beside services with others`() {
        var counts = twoServices()
        for hour in 0..<240 {
            let version = hour < 72 ? "9.0" : "9.1"
            counts.add(nil, hour, 30, deployment: "us", version: version, environment: "production")
            counts.add("unnamed", hour, 1, deployment: "us", version: version, environment: "production")
        }
        let found = VersionComparison.all(counts.table)
        #expect(found.filter { $0.verdict == .regressed }.map(\.template) == ["panic"])
        #expect(
            found.filter { $0.template == "unnamed" }.map { [$0.before, $0.version, $0.service] } == [
                ["9.0", "9.1", ""]
            ])
    }
}

import Knowledge
import Records
import Testing

struct OnlineGroupsTests {
    private func groups(
        _ texts: [CaseText], links: [(first: Int, second: Int, isOne: Bool)] = []
    ) -> OnlineGroups {
        var groups = OnlineGroups(links: links)
        for text in texts { groups.add(text) }
        return groups
    }

    @Test func `a case joins the group of those like it when it comes`() {
        var groups = groups(DeskOfTests.texts)
        groups.regroup()
        let before = groups.ofCase
        for issue in 0..<3 {
            #expect(groups.add(DeskOfTests.texts[issue]) == before[issue])
        }
        let other = groups.add(CaseText(title: "Invoice", body: "Why was value added tax charged twice in March?"))
        #expect(!before.contains(other))
        #expect(groups.add(CaseText(title: "", body: "")) != other)
    }

    @Test func `a group keeps its id when all cases are grouped anew`() {
        var groups = groups(DeskOfTests.texts)
        groups.regroup()
        let before = groups.ofCase
        #expect(Set(before).count == 3)
        groups.regroup()
        #expect(groups.ofCase == before)
    }

    @Test func `with a hundred cases they are grouped anew, and the largest part of a group keeps its id`() {
        var groups = groups(DeskOfTests.texts)
        groups.regroup()
        let before = groups.ofCase
        for text in DeskOfTests.texts.prefix(100 - DeskOfTests.count) { groups.add(text) }
        for issue in 0..<3 {
            let ids = DeskOfTests.members(issue).map { groups.ofCase[$0] }
            #expect(2 * ids.count(where: { $0 == before[issue] }) > ids.count)
            #expect(Set(ids).subtracting([before[issue]]).isDisjoint(with: before))
        }
    }

    @Test func `the order in which cases come is forgotten`() {
        var straight = groups(DeskOfTests.texts)
        var turned = groups(DeskOfTests.texts.reversed())
        straight.regroup()
        turned.regroup()
        let pairs = Set(zip(straight.ofCase, turned.ofCase.reversed()).map { [$0, $1] })
        #expect(pairs.count == 3)
    }

    @Test func `what people said holds once both cases are there and grouped anew`() {
        var groups = groups(DeskOfTests.texts, links: [(0, 1, true), (0, 3, false), (2, 5_000, true)])
        groups.regroup()
        #expect(groups.ofCase[0] == groups.ofCase[1] && groups.ofCase[0] != groups.ofCase[3])
    }

    @Test func `no cases are no groups`() {
        var groups = OnlineGroups()
        groups.regroup()
        #expect(groups.ofCase.isEmpty)
    }
}

import Records
import Testing

@testable import Knowledge

struct IssueGroupsTests {
    private let texts = DeskOfTests.texts

    /// Whether two groupings are the same but for the names.
    private func isSame(_ one: [Int], _ other: [Int]) -> Bool {
        let pairs = Set(zip(one, other).map { [$0, $1] })
        return pairs.count == Set(one).count && pairs.count == Set(other).count
    }

    @Test func `cases about three things make three groups`() {
        let groups = IssueGroups(CaseIndex(texts))
        #expect(isSame(groups.ofCase, DeskOfTests.labels))
        #expect(groups.members == (0..<3).map(DeskOfTests.members))
    }

    @Test func `the order of the cases does not matter`() {
        let straight = IssueGroups(CaseIndex(texts)).ofCase
        let turned = IssueGroups(CaseIndex(texts.reversed())).ofCase
        #expect(isSame(straight, turned.reversed()))
    }

    @Test func `a case about something else stays alone`() {
        let other = CaseText(title: "Invoice", body: "Why was value added tax charged twice in March?")
        let groups = IssueGroups(CaseIndex(texts + [other])).ofCase
        #expect(groups.count(where: { $0 == groups[texts.count] }) == 1)
    }

    @Test func `no cases make no groups`() {
        #expect(IssueGroups(CaseIndex([])).members.isEmpty)
    }

    @Test func `what people say of two cases stands over what they are like`() {
        let joined = IssueGroups(CaseIndex(texts), links: [(0, 1, true)]).ofCase
        #expect(joined[0] == joined[1])
        let parted = IssueGroups(CaseIndex(texts), links: [(0, 3, false)]).ofCase
        #expect(parted[0] != parted[3])
    }

    @Test func `the later word on a pair counts, whichever of them is named first`() {
        let parted = IssueGroups(CaseIndex(texts), links: [(0, 1, true), (1, 0, false)]).ofCase
        #expect(parted[0] != parted[1])
        let joined = IssueGroups(CaseIndex(texts), links: [(3, 0, false), (0, 3, true)]).ofCase
        #expect(joined[0] == joined[3])
    }

    @Test func `what is one through other cases is one even where it is said to be two`() {
        let groups = IssueGroups(CaseIndex(texts), links: [(0, 1, true), (1, 2, true), (0, 2, false)]).ofCase
        #expect(groups[0] == groups[2])
    }
}

import Features
import Records
import Statistics
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

    @Test func `an alert that comes again and again is one issue, and leaves the others as they are`() {
        let alert = CaseText(
            title: "Disk almost full", body: "The monitor reports that the volume is above its threshold.")
        let flood = Array(repeating: alert, count: 60)
        let index = CaseIndex(texts + flood)
        let groups = IssueGroups(index).ofCase
        #expect(isSame(Array(groups.prefix(texts.count)), DeskOfTests.labels))
        #expect(Set(groups.suffix(60)).count == 1 && !groups.prefix(texts.count).contains(groups[texts.count]))
        // No copy is looked for among the copies.
        #expect(
            index.neighbours(count: 12, least: 0).allSatisfy { near in near.count { Int($0.number) >= texts.count } <= 1
            })
        let apart = IssueGroups(index, links: [(texts.count, texts.count + 5, false)]).ofCase
        #expect(apart[texts.count] != apart[texts.count + 5])
    }

    @Test func `groups stay one that have nothing to do with what holds cases apart`() {
        let pairs = [(0, 2), (4, 6)].map { AverageLinkage.Pair($0.0, $0.1) }
        let apart = [AverageLinkage.Pair(0, 3)]
        let groups = [0, 0, 1, 1, 2, 2, 3, 3]
        #expect(IssueGroups.decided(groups, together: pairs, apart: []) { [] } == [0, 0, 0, 0, 1, 1, 1, 1])
        let decided = IssueGroups.decided(groups, together: pairs, apart: apart) { [0, 1, 0, 2, 3, 4, 3, 4] }
        #expect(decided == [0, 1, 0, 2, 3, 3, 3, 3])
    }

    @Test(arguments: [nil, "one", "two"] as [String?])
    func `a desk of few customers or unknown ones has its groups, with labels, and no articles`(customer: String?) {
        var cases = DeskOfTests.cases
        for number in cases.indices {
            cases[number].customer = customer == "two" && number % 2 == 0 ? "one" : customer
        }
        let knowledge = DeskKnowledge(cases, at: DeskOfTests.end)
        let many = DeskKnowledge(DeskOfTests.cases, at: DeskOfTests.end)
        #expect(knowledge.background.lexicon.count == 0)
        #expect(knowledge.groups.map(\.cases) == many.groups.map(\.cases))
        #expect(knowledge.groups.map { $0.label.count } == [5, 5, 5])
        let book = knowledge.articles()
        #expect(book.drafts.isEmpty && book.refused.count == 3)
        #expect(
            book.refused.allSatisfy {
                switch $0.reason {
                case .fewCustomers, .unknownCustomers: true
                default: false
                }
            })
    }
}

internal import Features
public import Models
internal import Statistics

/// Cases by the issue that they are about.
///
/// The graph joins each case with its nearest by ``Likeness``; the places of cases in the latent space are drawn towards those of their neighbours,
/// so that dense places part from each other, and average linkage joins what is near. What resolved the cases counts beside their words, as far as cases of the same words tell the
/// same; see ``SolutionAgreement``. What people said of two cases stands over it. The result does not depend on the order of the cases, but for ties and the directions that are
/// drawn for solutions.
public struct IssueGroups: Sendable {
    /// The group of each case, numbered from 0 by the first of its cases.
    public private(set) var ofCase: [Int]

    /// Groups the cases of an index.
    ///
    /// - Parameters:
    ///   - index: The cases.
    ///   - solutions: What resolved them; nil where that is not known.
    ///   - links: Pairs of cases of which a person said that they are one issue (`true`) or two; the later word on a pair counts. What is said to be one is
    ///     one, directly or through other cases, even where it is said to be two as well; the groups of both become one.
    ///   - settings: What tells groups apart.
    public init(
        _ index: CaseIndex, resolvedBy solutions: Solutions? = nil,
        links: [(first: Int, second: Int, isOne: Bool)] = [], settings: IssueGroupSettings = IssueGroupSettings()
    ) {
        self.init(
            index, candidates: index.neighbours(count: CaseIndex.latentCandidates, least: 0),
            outcomes: solutions?.outcomes ?? [], links: links, settings: settings)
    }

    /// - Parameters:
    ///   - candidates: Cases that may be neighbours of each, by how like it they are, the nearest first.
    ///   - outcomes: What resolved each case, from 0; nil where that is not known, and none where nothing is.
    init(
        _ index: CaseIndex, candidates: [[Neighbour]], outcomes: [Int?],
        links: [(first: Int, second: Int, isOne: Bool)], settings: IssueGroupSettings
    ) {
        func nearest(_ candidates: [[Neighbour]]) -> [[Neighbour]] {
            candidates.map { near in
                Array(near.prefix(settings.neighbours).prefix { Double($0.product) >= settings.leastLikeness })
            }
        }
        var neighbours = nearest(candidates)
        var places = index.places(dimensions: settings.dimensions)
        if let agreement = SolutionAgreement(outcomes, neighbours: neighbours) {
            neighbours = nearest(agreement.judged(candidates))
            places = agreement.drawn(places, by: neighbours, steps: settings.steps)
        } else {
            places = places.drawnTogether(by: neighbours, steps: settings.steps)
        }
        var said: [AverageLinkage.Pair: Bool] = [:]
        for link in links {
            said[AverageLinkage.Pair(min(link.first, link.second), max(link.first, link.second))] = link.isOne
        }
        let pairs = said.sorted { ($0.key.first, $0.key.second) < ($1.key.first, $1.key.second) }
        let (together, apart) = (pairs.filter(\.value).map(\.key), pairs.filter { !$0.value }.map(\.key))
        let linkage = AverageLinkage(least: settings.leastCosine)
        let copies = index.copies()
        let found = linkage.groups(places, neighbours: neighbours, copies: copies, apart: apart)
        ofCase = Self.decided(found, together: together, apart: apart) {
            linkage.groups(places, neighbours: neighbours, copies: copies, together: together, apart: apart)
        }
    }

    /// Joins the groups of cases that are one as a whole: who says that two cases are one issue speaks of their issues.
    ///
    /// Where groups cannot be one as a whole, as cases of them are said to be two, the two cases leave them for a group of their own, and nothing else changes.
    ///
    /// - Parameters:
    ///   - groups: The group of each case, within which no pair is held apart.
    ///   - together: Pairs that are one.
    ///   - apart: Pairs that are two.
    ///   - single: The groups when what is said speaks of single cases.
    static func decided(
        _ groups: [Int], together: [AverageLinkage.Pair], apart: [AverageLinkage.Pair], single: () -> [Int]
    ) -> [Int] {
        guard !together.isEmpty else { return groups }
        var sets = DisjointSets(count: (groups.max() ?? -1) + 1)
        for pair in together { sets.join(groups[pair.first], groups[pair.second]) }
        let labels = sets.labels
        let unions = groups.map { labels[$0] }
        let impossible = Set(apart.filter { unions[$0.first] == unions[$0.second] }.map { unions[$0.first] })
        guard !impossible.isEmpty else { return numbered(unions) }
        return numbered(
            zip(unions, single()).map { union, group in [union, impossible.contains(union) ? group : -1] })
    }

    /// Groups by the first of their cases.
    private static func numbered<Group: Hashable>(_ groups: [Group]) -> [Int] {
        var numbers: [Group: Int] = [:]
        return groups.map { group in
            let number = numbers[group] ?? numbers.count
            numbers[group] = number
            return number
        }
    }

    /// The cases of each group, ascending.
    public var members: [[Int]] {
        var members = [[Int]](repeating: [], count: (ofCase.max() ?? -1) + 1)
        for (number, group) in ofCase.enumerated() { members[group].append(number) }
        return members
    }
}

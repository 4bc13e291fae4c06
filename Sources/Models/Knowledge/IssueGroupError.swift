/// Why a model of issue groups cannot be learnt or used.
public enum IssueGroupError: Error, Equatable, Sendable {
    /// There are fewer tickets than anything can be learnt from.
    case tooFewTickets(Int, needed: Int)
    /// No word comes from enough customers.
    case noSharedWord(customers: Int, needed: Int)
    /// The model was learnt when texts were cut into other words than now.
    case otherWords(version: Int)
    /// Parts of a stored model contradict each other.
    case inconsistent(String)
}

extension IssueGroupError: CustomStringConvertible {
    /// One line: what is wrong.
    public var description: String {
        switch self {
        case .tooFewTickets(let count, let needed): "\(count) tickets with text; \(needed) are needed"
        case .noSharedWord(let customers, let needed):
            "no word comes from \(needed) customers; there are tickets of \(customers)"
        case .otherWords(let version):
            "version \(version) of issue-groups was trained by a program that cuts texts into other words; train it again"
        case .inconsistent(let part): "the parts of the model contradict each other: \(part)"
        }
    }
}

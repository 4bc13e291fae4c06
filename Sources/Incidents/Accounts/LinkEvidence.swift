internal import Records

/// Why an account is believed to be hurt by an incident.
public enum LinkEvidence: Sendable, Hashable {
    /// Lines of the incident name it by its id.
    case id(lines: Int)
    /// Lines name it by an alias.
    case alias(lines: Int)
    /// Lines come from an address of it.
    case address(lines: Int)
    /// Lines share a trace with a line that names it.
    case trace(lines: Int)
    /// Lines share a request, session or user with lines that name it.
    case joinKey(lines: Int)
    /// Lines name something that is close to a name of it.
    case similar(lines: Int)
    /// Lines come from a deployment that it alone uses.
    case soleAccount(lines: Int)
    /// It uses a deployment that fails; the share of the accounts there that is hurt, as far as lines name any, is an estimate.
    case deployment(id: String, share: Double?)
    /// Its ordinary use changed by a factor in the same time.
    case change(factor: Double)
    /// It opened tickets in the same time, in words that fit.
    case tickets(count: Int)
    /// A person said so.
    case person

    /// The name of the kind, for machines.
    public var kind: String {
        switch self {
        case .id: "id"
        case .alias: "alias"
        case .address: "address"
        case .trace: "trace"
        case .joinKey: "request"
        case .similar: "similar"
        case .soleAccount: "soleAccount"
        case .deployment: "deployment"
        case .change: "change"
        case .tickets: "tickets"
        case .person: "person"
        }
    }

    /// What it says, as a part of a sentence about the account.
    public var phrase: String {
        switch self {
        case .id(let lines): "\(Self.lines(lines)) it by its id"
        case .alias(let lines): "\(Self.lines(lines)) it by another name"
        case .address(let lines): "\(Self.count(lines, "line")) from its network"
        case .trace(let lines): "\(Self.count(lines, "line")) in traces that name it"
        case .joinKey(let lines): "\(Self.count(lines, "line")) with a request, session or user of it"
        case .similar(let lines): "\(Self.count(lines, "line")) with a name close to its own"
        case .soleAccount(let lines): "\(Self.count(lines, "line")) from a deployment that it alone uses"
        case .deployment(let id, let share?):
            "it uses \(id), where about \(Int((share * 100).rounded())) % of the accounts are hurt"
        case .deployment(let id, nil): "it uses \(id), where what fails names no account"
        case .change(let factor) where factor < 1: "its use fell to \(Int((factor * 100).rounded())) % of the usual"
        case .change(let factor): "its use rose to \(Int((factor * 100).rounded())) % of the usual"
        case .tickets(let count): "it opened \(Self.count(count, "ticket")) that fit"
        case .person: "a person confirmed it"
        }
    }

    private static func lines(_ count: Int) -> String { count == 1 ? "1 line names" : "\(count) lines name" }

    private static func count(_ count: Int, _ noun: String) -> String { "\(count) \(noun)\(count == 1 ? "" : "s")" }
}

extension AffectedAccount {
    /// One sentence: how likely, and why.
    public var explanation: String {
        let percent = Int((probability * 100).rounded())
        guard !evidence.isEmpty else { return "\(percent) % likely hurt: nothing speaks for it." }
        return "\(percent) % likely hurt: \(evidence.map(\.phrase).joined(separator: "; "))."
    }
}

/// The names that appear in the files of a synthetic desk.
enum DeskNames {
    static func customer(_ index: Int) -> String { "customer-" + padded(index + 1, 4) }
    static func group(_ index: Int) -> String { "group-" + padded(index + 1, 1) }
    static func assignee(_ index: Int) -> String { "agent-" + padded(index + 1, 2) }
    static func ticket(_ index: Int) -> String { "T" + padded(index + 1, 6) }

    static func padded(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

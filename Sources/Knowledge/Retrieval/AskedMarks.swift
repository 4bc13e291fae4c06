/// The signatures and the environment of a question.
struct AskedMarks: Sendable {
    /// Those that some case has, each with what it weighs.
    var signatures: [(mark: Int32, weight: Float)] = []
    /// What all signatures weigh, those that no case has among them.
    var allSignatures: Float = 0
    /// The facts of the environment that some case has.
    var facts: [Int32] = []
    /// The fields of those that no case has.
    var unknownFields: [String] = []

    /// Adds what a case has in common with the question to how alike they are.
    func add(_ marks: [Int32], to likeness: inout Likeness) {
        if allSignatures > 0 {
            var seen: Float = 0
            for (mark, weight) in signatures where marks.contains(mark) { seen += weight }
            likeness.signatures = seen / allSignatures
        }
        let allFacts = facts.count + unknownFields.count
        if allFacts > 0 {
            var common = 0
            for fact in facts where marks.contains(fact) { common += 1 }
            likeness.environment = Float(common) / Float(allFacts)
        }
    }
}

/// Answers that are made in any order and come out in that of their questions.
struct OrderedAnswers: Sendable {
    /// What there is to say of one block of lines.
    struct Answer: Sendable {
        /// The lines of the answer.
        var lines: [[UInt8]] = []
        /// The lines that could not be scored, one complaint each.
        var complaints: [String] = []
    }

    private var next = 0
    private var waiting: [Int: Answer] = [:]

    /// Adds the answer of a block.
    ///
    /// - Parameters:
    ///   - answer: The answer.
    ///   - number: The place of its block, from 0, each once.
    /// - Returns: The answers whose turn it is now, in order.
    mutating func add(_ answer: Answer, at number: Int) -> [Answer] {
        waiting[number] = answer
        var ready: [Answer] = []
        while let answer = waiting.removeValue(forKey: next) {
            ready.append(answer)
            next += 1
        }
        return ready
    }
}

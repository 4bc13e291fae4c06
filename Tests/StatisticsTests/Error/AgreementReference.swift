import Testing

/// Frozen cases of partitions and rankings; the script is Reference/agreement.py.
struct AgreementReference {
    let cases: [(name: String, numbers: [String: [Double]])]

    init() throws {
        var cases: [(name: String, numbers: [String: [Double]])] = []
        for line in try RegressionReference.lines("agreement.txt") {
            let words = line.split(separator: " ")
            if words[0] == "case" {
                cases.append((String(words[1]), [:]))
            } else {
                try #require(!cases.isEmpty)
                cases[cases.count - 1].numbers[String(words[0])] = words.dropFirst().compactMap { Double($0) }
            }
        }
        self.cases = cases
    }
}

/// Names of instances as orchestrators make them: a name, a dash and random letters or digits, such as `web-x7k2p`.
enum InstanceName {
    /// The fewest random letters and digits.
    private static let leastSuffix = 5

    /// Whether a word without digits may be one: what stands behind its last dash are letters that make no word.
    ///
    /// Kubernetes takes consonants and digits alone, so that no words come about (k8s.io/apimachinery, `rand.SafeEncodeString`); others take
    /// hexadecimal digits. One in five suffixes of the former has no digit.
    static func isOne(_ word: [UInt8]) -> Bool {
        guard let dash = word.lastIndex(of: 0x2d), dash > 0 else { return false }
        let suffix = word[(dash + 1)...]
        guard suffix.count >= leastSuffix else { return false }
        return suffix.allSatisfy { consonants.contains($0) } || suffix.allSatisfy(\.isHexadecimal)
    }

    private static let consonants = Set("bcdfghjklmnpqrstvwxz".utf8)

    /// Whether bytes between dashes are random: letters and digits that change more than once, two digits or more.
    ///
    /// `oauth2` and `log4j` are words with a number.
    static func isRandom(_ part: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
        guard part.count >= leastSuffix else { return false }
        var (digits, letters, changes) = (0, 0, 0)
        var isHexadecimal = true
        for index in part {
            let byte = text[index]
            guard byte.isDigit || byte.isLetter else { return false }
            if byte.isDigit { digits += 1 } else { letters += 1 }
            isHexadecimal = isHexadecimal && byte.isHexadecimal
            if index > part.lowerBound, byte.isDigit != text[index - 1].isDigit { changes += 1 }
        }
        return letters > 0 && (digits >= 2 && changes >= 2 || digits >= 1 && isHexadecimal && part.count >= 6)
    }
}

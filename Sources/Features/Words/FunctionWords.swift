/// Words of English that hold sentences together and say nothing of what a text is about.
public enum FunctionWords {
    private static let words: Set<String> = Set(
        """
        a also am an and any are as at be been being but by can could did do does doing for from had has have having he hello her \
        hi his i if in into is it its just me my no nor of on or our please she should so some such t than thank thanks that the \
        their them then there these they this those to was we were will with would yes you your
        """.split(separator: " ").map(String.init))

    /// The same by the hash of their bytes, so that looking one up makes no string.
    private static let hashes = Set(
        words.map { word in Array(word.utf8).withUnsafeBytes { WordHash.of($0) } })

    /// Whether a word in lower case is one.
    public static func contains(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.count <= 7 && hashes.contains(WordHash.of(bytes))
    }
}

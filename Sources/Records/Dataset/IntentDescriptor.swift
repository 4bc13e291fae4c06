/// A data set of kind `intents`: short questions, each with a label that says what is asked.
public struct IntentDescriptor: Sendable, Equatable, Codable {
    /// The value of `kind`.
    public static let kind = "intents"

    /// The files of the two parts.
    public struct Files: Sendable, Equatable, Codable {
        /// What may be learned from.
        public var train: String
        /// What is measured.
        public var test: String
    }

    /// Which columns are read.
    public struct Columns: Sendable, Equatable, Codable {
        /// The question.
        public var text: String
        /// What is asked.
        public var label: String
    }

    /// The name; also the folder in which its files are looked for.
    public var name: String
    /// Always ``kind``.
    public var kind: String
    /// The files of the two parts.
    public var files: Files
    /// Which columns are read.
    public var columns: Columns

    /// Reads a descriptor.
    ///
    /// - Parameter file: The JSON and the path that stands in error messages.
    /// - Returns: nil for a descriptor of another kind.
    /// - Throws: ``RecordError/invalidDescriptor(file:key:reason:)``.
    public init?(json file: RecordFile) throws(RecordError) {
        let found: Self? = try file.descriptor(
            of: Self.kind, needing: "name, files.train, files.test, columns.text and columns.label, each a text")
        guard let found else { return nil }
        try file.check(
            name: found.name, files: [("files.train", [found.files.train]), ("files.test", [found.files.test])])
        self = found
    }

    /// A question.
    public struct Question: Sendable, Hashable {
        /// What was said.
        public var text: RedactedText
        /// What is asked.
        public var label: String

        /// States what was said.
        public init(text: RedactedText, label: String) {
            self.text = text
            self.label = label
        }
    }

    /// Reads one of the files.
    ///
    /// - Throws: ``RecordError``; a question without a label is an error, and so is a table without one of the columns.
    public func questions(in file: RecordFile, redactor: Redactor) throws(RecordError) -> [Question] {
        var questions: [Question] = []
        _ = try RecordRows.read(file, badRows: .areErrors, columns: [columns.text, columns.label]) {
            row throws(JSONRefusal) in
            questions.append(
                Question(
                    text: redactor.redact(RawText(try row.words(columns.text))),
                    label: try row.neededIdentifier(columns.label)))
        }
        guard !questions.isEmpty else { throw .emptyFile(file: file.path) }
        return questions
    }
}

extension SignatureObservationReader {
    /// Reads a whole file.
    ///
    /// - Parameters:
    ///   - file: The path.
    ///   - redactor: Gives customers the names that they have in tickets that were read with it.
    /// - Returns: The observations in the order of time.
    /// - Throws: ``RecordError``.
    public static func read(file: String, redactor: Redactor) throws(RecordError) -> [SignatureObservation] {
        let content = try RecordFile(reading: file)
        var reader = SignatureObservationReader(file: file)
        var failure: RecordError?
        var observations: [SignatureObservation] = []
        content.bytes.withUnsafeBytes { bytes in
            do throws(RecordError) {
                observations = try reader.read(bytes)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        observations += try reader.finish()
        var pass = RedactionPass(redactor)
        var levels = LevelRedaction()
        for index in observations.indices {
            observations[index].customer = levels.redact(observations[index].customer, &pass)
            observations[index].signature = levels.redact(observations[index].signature, &pass)
        }
        return observations.sorted { $0.time < $1.time }
    }
}

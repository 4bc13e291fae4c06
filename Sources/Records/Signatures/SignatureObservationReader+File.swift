extension SignatureObservationReader {
    /// Reads a whole file.
    ///
    /// - Returns: The observations in the order of time.
    /// - Throws: ``RecordError``.
    public static func read(file: String) throws(RecordError) -> [SignatureObservation] {
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
        return observations.sorted { $0.time < $1.time }
    }
}

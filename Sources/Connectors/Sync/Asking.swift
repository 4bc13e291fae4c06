/// Turns what a request throws into a value, so that what follows may throw something else.
enum Asking {
    static func result<Value>(
        _ request: () async throws(SystemFault) -> Value
    ) async -> Result<Value, SystemFault> {
        do throws(SystemFault) {
            return .success(try await request())
        } catch {
            return .failure(error)
        }
    }
}

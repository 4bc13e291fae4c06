/// Turns what a request throws into a value, so that what follows may throw something else.
enum Asking {
    /// The answer to a request, or why there is none.
    ///
    /// - Parameter isOfOne: Whether it is about one ticket: where that is refused as gone, the ticket is, and not the way of asking.
    static func result<Value>(
        ofOneTicket isOfOne: Bool = false, _ request: () async throws(SystemFault) -> Value
    ) async -> Result<Value, SystemFault> {
        do throws(SystemFault) {
            return .success(try await request())
        } catch .gone where isOfOne {
            return .failure(.missing)
        } catch {
            return .failure(error)
        }
    }
}

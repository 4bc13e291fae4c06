import Records

extension CustomerDirectory {
    /// Says on standard error that nothing of a desk tells its customers, so that no line can be one's.
    func reportUnknownCustomers(of desk: String, for command: String) {
        guard accounts.isEmpty else { return }
        StandardInput.say(
            "casebook \(command): no customer is known, so no line is told to be one's: \(desk) has none of accounts, deployments with accounts, "
                + "aliases and contacts, as .ndjson or .csv")
    }
}

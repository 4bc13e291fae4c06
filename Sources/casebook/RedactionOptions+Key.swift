import Commands
import Records

extension RedactionOptions {
    /// The redactor, which knows the names of customers too; with a random key where none is given, which is said.
    func redactor(for command: String, knowing customers: CustomerContext = CustomerContext()) throws -> Redactor {
        let redactor = try Program.casebook(command).reporting { try self.redactor(knowing: customers) }
        if !hasKey {
            StandardInput.say(
                "casebook \(command): no --key-file and no \(RedactionFiles.keyVariable): tokens are made with a random key and "
                    + "fit those of no other run")
        }
        return redactor
    }

    /// The tenant's key; nil where none is given.
    func tenantKey(for command: String) throws -> TenantKey? {
        try Program.casebook(command).reporting { try tenantKey() }
    }
}

import ArgumentParser
import Commands
import Glibc
import Records
import Storage

/// Which store a command works on, and with which key.
struct StoreOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The tenant's store.", valueName: "file"))
    var store: String

    @OptionGroup
    var redaction: RedactionOptions

    /// Opens the store with the key, where one is given.
    func open(for command: String, _ access: TenantStore.Access) throws -> TenantStore {
        try redaction.openStore(at: store, for: command, access)
    }

    /// The tenant's key; nil where none is given.
    func key(for command: String) throws -> TenantKey? { try redaction.tenantKey(for: command) }

    /// An entry of the audit log for this user, now.
    static func entry(_ action: AuditEntry.Action) -> AuditEntry {
        let user = getpwuid(getuid()).map { String(cString: $0.pointee.pw_name) } ?? "user \(getuid())"
        return AuditEntry(time: now, actor: user, action: action)
    }

    static var now: Instant { Instant(seconds: Double(WallClock.nanoseconds / 1_000_000_000)) }
}

extension RedactionOptions {
    /// Opens a store with the key, where one is given.
    func openStore(at path: String, for command: String, _ access: TenantStore.Access) throws -> TenantStore {
        // Beyond the limit of a file's size a write fails like one on a full disk, instead of ending the program.
        signal(SIGXFSZ, SIG_IGN)
        let key = try tenantKey(for: command)
        return try Program.casebook(command).reporting {
            try TenantStore(path: path, key: key, access: access)
        }
    }
}

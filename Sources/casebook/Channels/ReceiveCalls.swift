import ArgumentParser
import Commands
import Connectors
import FoundationEssentials
import Glibc
import Records
import Service
import Storage

/// Takes what portals and chats post, until it is told to end.
struct ReceiveCalls: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "calls", abstract: "Take forms and chat messages that are posted over HTTP.",
        discussion: """
            Goes on until it is told to end. POST http://127.0.0.1:PORT/forms takes a form and /chat a chat message: one JSON object, as \
            receive forms and receive chat read them from files, of 1 MiB at most, with the header X-Casebook-Signature: sha256= and the \
            HMAC-SHA256 of the body in hexadecimal digits. Once it is kept it is answered {"repeated":false,"ticket":ID}; what was \
            posted before changes nothing. A proxy with a certificate stands before it.
            """)

    /// Where the secret is when no file is named.
    private static let secretVariable = "CASEBOOK_CALLS_SECRET"

    @Option(help: ArgumentHelp("The port of this machine; 0 for any that is free.", valueName: "port"))
    var listen: Int

    @Option(
        help: ArgumentHelp(
            "The file, of mode 0600, with the secret that calls are signed with; else it is in $\(secretVariable).",
            valueName: "file"))
    var secretFile: String?

    @OptionGroup
    var channel: ChannelOptions

    func validate() throws {
        if !(0...65_535).contains(listen) { throw ValidationError("--listen is no port") }
    }

    func run() async throws {
        let program = Program.casebook("receive calls")
        let place = secretFile.map(Secret.file) ?? .environment(Self.secretVariable)
        let secret = try program.reporting { try place.value(in: ProcessInfo.processInfo.environment) }
        let store = try channel.options.open(for: "receive calls", .creating)
        try program.reporting {
            guard store.hasKey else { throw StorageError.noKey(file: store.path) }
            try store.claimReceiving()
        }
        let channel = channel
        let receiver = PortalReceiver(
            store: store, secret: secret, clock: { StoreOptions.now }, entry: { StoreOptions.entry(.imported) },
            open: { () throws(ChannelError) in try channel.intake(into: store) },
            tell: { program.report("casebook receive calls: \($0)") })
        // What cannot be kept is to be told now, and not by the first call.
        _ = try program.reporting { try channel.intake(into: store) }
        Stop.watch()
        do {
            try await receiver.listen(port: listen, isAskedToEnd: { Stop.isAsked }) { port in
                program.report("casebook receive calls: listening at http://127.0.0.1:\(port)/")
            }
        } catch {
            throw program.failure("port \(listen): \(error)", EX_UNAVAILABLE)
        }
    }
}

import Connectors
import Foundation
import Glibc
import Records

/// `casebook sync`, as a process that is killed and started again.
final class SyncProcess {
    private let program: String
    private let arguments: [String]
    private let environment: [String: String]
    private let port: Int
    private let log: String
    private var process: ChildProcess?

    /// Where web hooks call.
    var hookAddress: String { "http://127.0.0.1:\(port)/hooks/" }

    init(
        folder: String, store: String, key: [UInt8], description: SystemDescription, secret: String, hookSecret: String
    ) throws {
        let me = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        program = me.deletingLastPathComponent().appendingPathComponent("casebook").path
        guard access(program, X_OK) == 0 else {
            throw SyncTrial.Failure(description: "\(program): no such program")
        }
        let keyFile = folder + "/key"
        try Data(key).write(to: URL(fileURLWithPath: keyFile))
        let systems: JSON = [
            "systems": [
                [
                    "name": .text(description.name), "kind": .text(description.kind.rawValue),
                    "address": .text(description.address), "user": .text(description.user),
                    "place": .text(description.place), "secret": ["environment": "CASEBOOK_TRIAL_SECRET"],
                    "hookSecret": ["environment": "CASEBOOK_TRIAL_HOOK"], "teamOnly": .flag(description.isTeamOnly),
                ]
            ]
        ]
        let file = folder + "/systems.json"
        try Data(systems.bytes).write(to: URL(fileURLWithPath: file))
        port = try Self.freePort()
        arguments = ["sync", "run", "--systems", file, "--store", store, "--key-file", keyFile]
        environment = ProcessInfo.processInfo.environment.merging(
            ["CASEBOOK_TRIAL_SECRET": secret, "CASEBOOK_TRIAL_HOOK": hookSecret]
        ) { $1 }
        log = folder + "/sync.log"
    }

    /// Starts it, to go on until it is ended.
    func start(listening: Bool, writingNotes: Bool = false) throws {
        try launch(["--follow"] + (listening ? ["--listen", "\(port)"] : []) + (writingNotes ? ["--notes"] : []))
    }

    /// Kills it as `kill -9` does.
    func kill() { end(SIGKILL) }

    /// Tells it to end, and waits until it has.
    func end() { end(SIGTERM) }

    private func end(_ signal: Int32) {
        process?.signal(signal)
        process?.wait()
        process = nil
    }

    /// Runs it until nothing is left to be done, or for some seconds.
    ///
    /// - Returns: Its exit code.
    func catchUp(seconds: Int) throws -> Int32 {
        try launch(["--seconds", "\(seconds)"])
        defer { process = nil }
        return process?.wait() ?? 0
    }

    private func launch(_ more: [String]) throws {
        end()
        process = try ChildProcess(program, arguments + more, environment: environment, log: log)
    }

    /// A port that nobody listens at; somebody else may take it before we do, and then starting fails.
    private static func freePort() throws -> Int {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, size) == 0 && getsockname(descriptor, $0, &size) == 0
            }
        }
        guard bound else { throw SyncTrial.Failure(description: "no port is free") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}

import Foundation
import Records

@testable import Connectors

/// The mock ticket systems in a process of their own.
final class MockServer: @unchecked Sendable {
    /// Such as `http://127.0.0.1:40123`.
    let address: String
    private let process: Process
    private let input: Pipe
    private let control: SystemConnection

    /// Runs a test with systems of its own, which end with it.
    static func run<Value>(_ test: (MockServer) async throws -> Value) async throws -> Value {
        let server = try MockServer()
        let result: Result<Value, any Error>
        do {
            result = .success(try await test(server))
        } catch {
            result = .failure(error)
        }

        // The server ends with its input.
        try? server.input.fileHandleForWriting.close()
        server.process.waitUntilExit()
        return try result.get()
    }

    /// Starts the systems on a free port.
    private init() throws {
        let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "MockTicketSystems/serve.py")
        process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", script.path(percentEncoded: false), "--port", "0", "--until-eof"]
        input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line: [UInt8] = []
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != 0x0A { line.append(byte) }
        guard let start = String(decoding: line, as: UTF8.self).range(of: "http://") else {
            throw MockFault(said: line)
        }
        address = String(String(decoding: line, as: UTF8.self)[start.lowerBound...])
        control = SystemConnection(address: address, credentials: nil, clock: MockServer.now) { json in
            (json.string, [])
        }
    }

    /// The time by the clock of this machine.
    @Sendable static func now() -> Instant { Instant(seconds: Date().timeIntervalSince1970) }

    /// Asks the control API; `path` is what follows `/mock/`.
    @discardableResult
    func tell(_ path: String, _ body: JSON) async throws -> JSON {
        try await control.send(SystemRequest("POST", "/mock/" + path, body: .json(body))).json
    }

    /// Reads from the control API.
    func ask(_ path: String, _ query: [SystemRequest.Query] = []) async throws -> JSON {
        try await control.send(SystemRequest("GET", "/mock/" + path, query: query)).json
    }

    /// A ticket as the server has it.
    func state(of ticket: String, in system: String) async throws -> JSON {
        try await ask("state", [.init("system", system), .init("tickets", ticket)])["tickets"].items.first ?? .null
    }

    /// The accepted writes, in order.
    func journal(of system: String) async throws -> [JSON] {
        try await ask("journal", [.init("system", system)])["entries"].items
    }

    /// Sends a request as one of the users of the systems.
    @discardableResult
    func request(_ method: String, _ path: String, as user: String, secret: String, body: JSON = .null) async throws
        -> JSON
    {
        let connection = SystemConnection(
            address: address, credentials: .basic(user: user, secret: secret), clock: MockServer.now
        ) { json in (json.string, []) }
        let request = SystemRequest(method, path, body: body.isNull ? .none : .json(body))
        let answer: Result<SystemResponse, SystemFault>
        do throws(SystemFault) {
            answer = .success(try await connection.send(request))
        } catch {
            answer = .failure(error)
        }

        return try answer.get().json
    }
}

/// The server said something else than where it listens.
struct MockFault: Error {
    let said: [UInt8]
}

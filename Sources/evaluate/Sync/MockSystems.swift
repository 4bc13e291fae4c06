import Commands
import Connectors
import Foundation
import Glibc
import Records

/// The mock ticket systems, in a process of their own that ends with this one.
final class MockSystems: Sendable {
    /// Where they are.
    let address: String
    private let process: ChildProcess
    private let connection: SystemConnection

    /// Starts them.
    ///
    /// - Parameter folder: Where they are kept.
    /// - Throws: An exit code, after the reason was said.
    init(folder: String) async throws {
        let script = folder + "/serve.py"
        guard FileManager.default.fileExists(atPath: script) else {
            throw program.failure(
                "\(script): no such file; give the folder of the mock ticket systems with --mocks", EX_NOINPUT)
        }
        process = try ChildProcess("python3", [script, "--port", "0", "--until-eof"])
        let address = process.firstLine().split(separator: " ").last ?? ""
        guard address.hasPrefix("http://") else {
            throw program.failure("\(script): did not start", EX_UNAVAILABLE)
        }
        self.address = String(address)
        connection = SystemConnection(
            address: self.address, credentials: nil, clock: { WallClock.now }, explain: { _ in nil })
    }

    /// Asks something of the control interface.
    @discardableResult
    func ask(_ method: String, _ path: String, _ body: JSON? = nil) async throws -> JSON {
        try await connection.send(SystemRequest(method, "/mock/" + path, body: body.map { .json($0) } ?? .none)).json
    }

    func end() {
        process.signal(SIGTERM)
        process.wait()
    }
}

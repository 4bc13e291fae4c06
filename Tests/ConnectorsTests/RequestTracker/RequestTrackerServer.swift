import Foundation
import Records
import Testing

@testable import Connectors

/// A real Request Tracker with a data base of its own, in a process of its own, for all tests of a suite.
final class RequestTrackerServer: @unchecked Sendable {
    @TaskLocal static var current: RequestTrackerServer?

    /// Such as `http://127.0.0.1:40123`.
    let address: String
    /// The token of the administrator.
    let token: String
    private let process: Process
    private let input = Pipe()
    private let folder: URL

    private static let mocks = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "MockTicketSystems")

    /// Whether it is installed, and this is an account that may copy its data base.
    static let isInstalled =
        FileManager.default.isReadableFile(atPath: "/var/lib/dbconfig-common/sqlite3/request-tracker5/rtdb")
        && FileManager.default.isExecutableFile(atPath: "/usr/share/request-tracker5/libexec/rt-server")
        && getuid() == 0

    fileprivate init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "requesttracker-\(UUID().uuidString)")
        process = Process()
        process.executableURL = Self.mocks.appending(path: "requesttracker.sh")
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        var environment = ProcessInfo.processInfo.environment
        environment["PORT"] = "0"
        environment["DATA"] = folder.path(percentEncoded: false)
        process.environment = environment
        try process.run()
        var line: [UInt8] = []
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != 0x0A { line.append(byte) }
        guard let start = String(decoding: line, as: UTF8.self).range(of: "http://") else {
            throw MockFault(said: line)
        }
        address = String(String(decoding: line, as: UTF8.self)[start.lowerBound...])
        token = try String(contentsOf: folder.appending(path: "token"), encoding: .utf8).trimmed
    }

    fileprivate func end() {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    /// The way to the system as its administrator.
    func system(place: String = "", fields: [String: String] = [:], secret: String? = nil) -> RequestTrackerSystem {
        let description = SystemDescription(
            name: "rt", kind: .requesttracker, address: address, secret: .environment("SECRET"), place: place,
            fields: fields)
        return RequestTrackerSystem(description, secret: secret ?? token, clock: MockServer.now)
    }

    /// Sends a request as the administrator.
    @discardableResult
    func send(_ method: String, _ path: String, _ body: JSON = .null) async throws -> JSON {
        let connection = SystemConnection(
            address: address, credentials: .scheme("token", secret: token), clock: MockServer.now
        ) { json in (json.string, []) }
        let request = SystemRequest(method, "/REST/2.0/" + path, body: body.isNull ? .none : .json(body))
        let answer: Result<SystemResponse, SystemFault>
        do throws(SystemFault) {
            answer = .success(try await connection.send(request))
        } catch {
            answer = .failure(error)
        }
        return try answer.get().json
    }

    /// Puts tickets into the data base itself, of one change each, such as `2026-05-01 10:00:00`.
    func insertTickets(_ count: Int, at time: String) throws {
        let process = Process()
        process.executableURL = Self.mocks.appending(path: "insert_rows.py")
        process.arguments = [
            "requesttracker", folder.appending(path: "rtdb").path(percentEncoded: false), "\(count)", time,
        ]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw MockFault(said: []) }
    }

    /// Opens a ticket for a customer; gives its id.
    func open(_ subject: String = "Upload fails", _ text: String = "It fails") async throws -> String {
        let body: JSON = [
            "Queue": "General", "Subject": .text(subject), "Content": .text(text), "Requestor": "jan@example.com",
            "CustomFields": ["BuildVersion": "1.2.3"],
        ]
        return try #require(try await send("POST", "ticket", body)["id"].identifier)
    }
}

/// Starts the server before the tests of a suite, and ends it behind them.
struct RequestTrackerTrait: SuiteTrait, TestScoping {
    func provideScope(
        for test: Test, testCase: Test.Case?, performing function: @concurrent @Sendable () async throws -> Void
    ) async throws {
        let server = try RequestTrackerServer()
        defer { server.end() }
        try await RequestTrackerServer.$current.withValue(server, operation: function)
    }
}

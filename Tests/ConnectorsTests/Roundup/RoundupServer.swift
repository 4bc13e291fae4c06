import Foundation
import Records

@testable import Connectors

/// A real Roundup with an empty classic tracker, in a process of its own.
final class RoundupServer: @unchecked Sendable {
    /// Such as `http://127.0.0.1:40123/t`.
    let address: String
    private let process: Process
    private let input = Pipe()
    private let folder: URL

    private static let mocks = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "MockTicketSystems")

    /// Whether there is an installation, which the first question makes; it needs the network.
    static let isInstalled: Bool = {
        guard let install = try? script("install", in: nil, output: Pipe(), input: Pipe()) else { return false }
        install.waitUntilExit()
        return install.terminationStatus == 0
    }()

    /// Runs a test with a tracker of its own, which ends with it.
    static func run<Value>(_ test: (RoundupServer) async throws -> Value) async throws -> Value {
        let server = try RoundupServer()
        let result: Result<Value, any Error>
        do {
            result = .success(try await test(server))
        } catch {
            result = .failure(error)
        }
        try? server.input.fileHandleForWriting.close()
        server.process.waitUntilExit()
        try? FileManager.default.removeItem(at: server.folder)
        return try result.get()
    }

    private init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "roundup-\(UUID().uuidString)")
        let output = Pipe()
        process = try Self.script("serve", in: folder, output: output, input: input)
        var line: [UInt8] = []
        while let byte = try output.fileHandleForReading.read(upToCount: 1)?.first, byte != 0x0A { line.append(byte) }
        guard let start = String(decoding: line, as: UTF8.self).range(of: "http://") else {
            throw MockFault(said: line)
        }
        address = String(String(decoding: line, as: UTF8.self)[start.lowerBound...])
    }

    private static func script(_ word: String, in folder: URL?, output: Pipe, input: Pipe) throws -> Process {
        let process = Process()
        process.executableURL = mocks.appending(path: "roundup.sh")
        process.arguments = [word]
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        var environment = ProcessInfo.processInfo.environment
        environment["PREFIX"] = mocks.deletingLastPathComponent().deletingLastPathComponent().appending(
            path: ".real/roundup"
        ).path(
            percentEncoded: false)
        environment["PORT"] = "0"
        environment["DATA"] = folder?.path(percentEncoded: false)
        process.environment = environment
        try process.run()
        return process
    }

    /// The way to the tracker as its administrator.
    func system(user: String = "admin", secret: String = "secretpw", fields: [String: String] = [:]) -> RoundupSystem {
        let description = SystemDescription(
            name: "roundup", kind: .roundup, address: address, user: user, secret: .environment("SECRET"),
            fields: fields)
        return RoundupSystem(description, secret: secret, clock: MockServer.now)
    }

    /// Makes an item; gives its id.
    @discardableResult
    func make(_ list: String, _ members: [String: JSON]) async throws -> String {
        let json = try await send("POST", "/rest/data/\(list)", body: .object(members))
        return json["data"]["id"].identifier ?? ""
    }

    /// Changes an item, whatever state it is in.
    func change(_ item: String, _ members: [String: JSON]) async throws {
        let tag = try await send("GET", "/rest/data/\(item)")["data"]["@etag"].text ?? ""
        var members = members
        members["@op"] = members["@op"] ?? "replace"
        try await send("PATCH", "/rest/data/\(item)", tag: tag, body: .object(members))
    }

    /// Retires an item.
    func retire(_ item: String) async throws {
        let tag = try await send("GET", "/rest/data/\(item)")["data"]["@etag"].text ?? ""
        try await send("DELETE", "/rest/data/\(item)", tag: tag)
    }

    /// An item as the tracker has it, with the content of messages.
    func item(_ item: String) async throws -> JSON {
        try await send("GET", "/rest/data/\(item)?@verbose=3")["data"]["attributes"]
    }

    /// Puts issues into the data base of the tracker itself, of one activity each, such as `2026-05-01 10:00:00`.
    func insertIssues(_ count: Int, at time: String) throws {
        let process = Process()
        process.executableURL = Self.mocks.appending(path: "insert_rows.py")
        process.arguments = [
            "roundup", folder.appending(path: "db/db").path(percentEncoded: false), "\(count)", time,
        ]
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw MockFault(said: []) }
    }

    /// The mail that the tracker would have sent.
    var mail: String {
        (try? String(contentsOf: folder.appending(path: "mail.log"), encoding: .utf8)) ?? ""
    }

    @discardableResult
    private func send(_ method: String, _ path: String, tag: String? = nil, body: JSON = .null) async throws -> JSON {
        let origin = address.dropLast(2)
        let connection = SystemConnection(
            address: address, credentials: .basic(user: "admin", secret: "secretpw"),
            headers: [("X-Requested-With", "rest"), ("Referer", address + "/"), ("Origin", String(origin))],
            clock: MockServer.now, explain: RoundupReason.read)
        let request = SystemRequest(
            method, path, headers: tag.map { [("If-Match", $0)] } ?? [], body: body.isNull ? .none : .json(body))
        let answer: Result<SystemResponse, SystemFault>
        do throws(SystemFault) {
            answer = .success(try await connection.send(request))
        } catch {
            answer = .failure(error)
        }
        return try answer.get().json
    }
}

import Testing

@testable import Logs

@Suite("The outcome of a request")
struct RequestOutcomeTests {
    private func record(_ text: String) throws -> LogRecord {
        var reader = LogReader(format: .json, observedTime: ReadLog.now)
        var batch = LogBatch()
        reader.read(Array(text.utf8), into: &batch)
        reader.finish(into: &batch)
        return try #require(batch.records.first)
    }

    @Test(
        "gives a severity to a record without one",
        arguments: [
            (#"{"body":"10.0.0.7 - - [03/Mar/2025:00:00:02 +0000] \"GET /x HTTP/1.1\" 502 120"}"#, 17),
            (#"{"body":"GET /x 404 3ms"}"#, 13),
            (#"{"body":"\"GET /x\" status=200 bytes=3"}"#, 9),
            (#"{"body":"request completed","attributes":{"http.response.status_code":503}}"#, 17),
            (#"{"body":"request completed","attributes":{"http.status_code":"200"}}"#, 9),
            (#"{"msg":"request completed","req":{"method":"GET"},"res":{"statusCode":500}}"#, 17),
            (#"{"msg":"done","status":404,"path":"/x"}"#, 13),
            (#"{"status":502,"request_method":"GET","uri":"/x"}"#, 17),
            (#"{"body":"call ended","attributes":{"rpc.grpc.status_code":14}}"#, 17),
            (#"{"body":"call ended","attributes":{"rpc.grpc.status_code":5}}"#, 13),
            (#"{"body":"call ended","attributes":{"grpc.code":"DeadlineExceeded"}}"#, 17),
            (#"{"body":"call ended","attributes":{"rpc.response.status_code":"NOT_FOUND"}}"#, 13),
            (#"{"body":"call ended","attributes":{"grpc.code":"OK"}}"#, 9),
        ] as [(String, UInt8)])
    func severity(_ text: String, _ number: UInt8) throws {
        #expect(try record(text).severityNumber == number)
    }

    @Test(
        "is not read from what tells of none",
        arguments: [
            #"{"body":"order is shipped","status":500}"#,
            #"{"body":"order is shipped","status":"late","path":"/x"}"#,
            #"{"body":"job ended","http.status":42}"#,
            #"{"body":"call ended","grpc.code":"Strange"}"#,
            #"{"body":"GET /x took 500 ms"}"#,
        ])
    func unknown(_ text: String) throws {
        #expect(try record(text).severityNumber == 0)
    }

    @Test("counts as a failure where the server failed, whatever level the line has, and keeps the level")
    func failed() throws {
        let failed = try record(#"{"severityNumber":9,"body":"GET /x 502 3ms"}"#)
        #expect(failed.severityNumber == 9)
        #expect(failed.countedSeverity == 17)
        let fatal = try record(#"{"severityNumber":21,"body":"GET /x 502 3ms"}"#)
        #expect(fatal.countedSeverity == 21)
        let refused = try record(#"{"severityNumber":9,"body":"GET /x 404 3ms"}"#)
        #expect(refused.countedSeverity == 9)
    }
}

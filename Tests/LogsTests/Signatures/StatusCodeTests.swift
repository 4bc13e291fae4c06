import Testing

@testable import Logs

@Suite("The status of a response")
struct StatusCodeTests {
    @Test(
        "is a part of a signature where it clearly is one",
        arguments: [
            (#""GET /orders/7 HTTP/1.1" 502 120"#, #""GET <*> <*>" 502 <*>"#),
            (
                #"10.0.0.7 - - [03/Mar/2025:00:00:02 +0000] "POST /a/b HTTP/2" 404 0"#,
                #"<*> - - [<*> <*>] "POST <*> <*>" 404 <*>"#
            ),
            ("GET /orders/7 503 12ms", "GET <*> 503 <*>"),
            ("GET /orders/7 -> 503 in 12 ms", "GET <*> -> 503 in <*> ms"),
            ("DELETE /orders/7 HTTP/1.1 204", "DELETE <*> <*> 204"),
            ("method=GET path=/orders/7 status=500 took=12", "method=GET path=<*> status=500 took=<*>"),
            (#"{"path":"/orders/7","status_code": 500}"#, #"{"path":"<*>","status_code": 500}"#),
            ("probe failed with statuscode: 503", "probe failed with statuscode: 503"),
            ("upstream answered, error code: 429.", "upstream answered, error code: 429."),
        ])
    func kept(_ line: String, _ template: String) {
        #expect(SignatureMiner.templates(of: [line]) == [template])
    }

    @Test(
        "is no other number",
        arguments: [
            ("GET took 200 ms", "GET took <*> ms"),
            ("read 404 rows", "read <*> rows"),
            ("status=1500", "status=<*>"),
            ("status=600", "status=<*>"),
            ("status=200ms", "status=<*>"),
            ("barcode: 123", "barcode: <*>"),
            ("line 200: GET", "line <*>: GET"),
        ])
    func others(_ line: String, _ template: String) {
        #expect(SignatureMiner.templates(of: [line]) == [template])
    }

    @Test("parts requests that failed from those that did not, whatever their paths and number are")
    func outage() {
        let lines = [200, 201, 204, 301, 302, 304, 400, 401, 403, 404, 429, 500, 502, 503].flatMap { status in
            (0..<40).map { #""GET /orders/\#($0) HTTP/1.1" \#(status) \#($0 * 31)"# }
        }
        #expect(SignatureMiner.templates(of: lines).count == 14)
        let kinds = ["web", "api", "shop", "mail", "auth", "cart", "user", "file", "help", "docs", "news", "test"]
        let words = kinds.map { "status=\($0) of job" } + ["status=502 of job", "status=200 of job"]
        #expect(
            SignatureMiner.templates(of: words) == ["status=200 of job", "status=502 of job", "status=<*> of job"])
    }

    @Test("is found in a text that tells of a request")
    func value() {
        func status(_ text: String) -> Int? {
            Array(text.utf8).withUnsafeBufferPointer { StatusCode.value(in: $0) }
        }
        #expect(status(#"10.0.0.7 - - [03/Mar/2025] "GET /x HTTP/1.1" 502 120"#) == 502)
        #expect(status(#""GET /x" bytes=200 status=404"#) == 404)
        #expect(status("GET https://shop.example/x 200 1ms") == 200)
        #expect(status("PUT /x took 200 ms") == nil)
        #expect(status("status=502") == nil)
        #expect(status("GET /x") == nil)
        #expect(status("GET /x 50") == nil)
        #expect(status(#""GET"#) == nil)
        #expect(status("") == nil)
    }
}

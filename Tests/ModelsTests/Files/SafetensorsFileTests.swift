import Models
import Statistics
import Testing

struct SafetensorsFileTests {
    static let sample = SafetensorsFile(tensors: [
        "b": Tensor(shape: [2, 2], values: [1, -2.5, .pi, 0]), "a": Tensor(shape: [1], values: [7]),
        "e": Tensor(shape: [0, 3], values: []),
    ])

    /// Printed by Reference/safetensors_bytes.py.
    static let reference = """
        c8000000000000007b225f5f6d657461646174615f5f223a7b226279223a226e756d7079227d2c2261223a7b226474797065223a22463634222c\
        227368617065223a5b315d2c22646174615f6f666673657473223a5b302c385d7d2c2262223a7b226474797065223a22463634222c2273686170\
        65223a5b322c325d2c22646174615f6f666673657473223a5b382c34305d7d2c2265223a7b226474797065223a22463634222c22736861706522\
        3a5b302c335d2c22646174615f6f666673657473223a5b34302c34305d7d7d2020200000000000001c40000000000000f03f00000000000004c0\
        182d4454fb2109400000000000000000
        """

    static func file(_ header: String, data: Int = 0) -> [UInt8] {
        let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
        return length + Array(header.utf8) + [UInt8](repeating: 0, count: data)
    }

    @Test func `the bytes of the reference implementation are read`() throws {
        let digits = Array(Self.reference.utf8).map { Int($0) - ($0 < 58 ? 48 : 87) }
        let bytes = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] * 16 + digits[$0 + 1]) }
        #expect(try SafetensorsFile(decoding: bytes, file: "w") == Self.sample)
    }

    @Test func `the bytes are worked by hand`() {
        let header = #"{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}"#
        let bytes = SafetensorsFile(tensors: ["a": Tensor(shape: [1], values: [1])]).encoded()
        #expect(bytes == Self.file(header + "  ") + [0, 0, 0, 0, 0, 0, 0xF0, 0x3F])
    }

    @Test(arguments: [
        [:], ["scalar": Tensor(shape: [], values: [3])], sample.tensors,
        [
            "\"quoted\\ \u{1}\n": Tensor(shape: [1], values: [-0.0]),
            "ü🙂": Tensor(shape: [2], values: [.infinity, .leastNonzeroMagnitude]),
        ],
    ])
    func `what was written is read`(tensors: [String: Tensor]) throws {
        let file = SafetensorsFile(tensors: tensors)
        let bytes = file.encoded()
        let header = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
        #expect(header % 8 == 0)
        #expect(try SafetensorsFile(decoding: bytes, file: "w") == file)
    }

    @Test func `the payload of a number that is none survives`() throws {
        let value = Double(bitPattern: 0x7FF8_0000_DEAD_BEEF)
        let bytes = SafetensorsFile(tensors: ["n": Tensor(shape: [1], values: [value])]).encoded()
        let read = try SafetensorsFile(decoding: bytes, file: "w")
        #expect(read.tensors["n"]?.values.map(\.bitPattern) == [value.bitPattern])
    }

    @Test func `equal tensors give equal bytes in whatever order they came`() {
        let names = (0..<50).map { "t\($0)" }
        func file(_ names: [String]) -> SafetensorsFile {
            var tensors: [String: Tensor] = [:]
            for name in names { tensors[name] = Tensor(shape: [1], values: [Double(name.count)]) }
            return SafetensorsFile(tensors: tensors)
        }
        #expect(file(names).encoded() == file(names.reversed()).encoded())
    }

    static func entry(_ shape: String, _ offsets: String, type: String = "F64") -> String {
        #"{"dtype":"\#(type)","shape":\#(shape),"data_offsets":\#(offsets)}"#
    }

    @Test(arguments: [
        (
            file(#"{"a":\#(entry("[1]", "[0,8]", type: "I8"))}"#, data: 8),
            SafetensorsFault.elementType(tensor: "a", "I8")
        ),
        (file(#"{"a":\#(entry("[-1]", "[0,8]"))}"#, data: 8), .shape(tensor: "a", [-1])),
        (
            file(#"{"a":\#(entry("[4611686018427387904,4,0]", "[0,0]"))}"#),
            .shape(tensor: "a", [4_611_686_018_427_387_904, 4, 0])
        ),
        (
            file(#"{"a":\#(entry("[2305843009213693952]", "[0,0]"))}"#),
            .size(tensor: "a", shape: [2_305_843_009_213_693_952], bytes: 0)
        ),
        (file(#"{"a":\#(entry("[1]", "[-8,0]"))}"#, data: 8), .offsets(tensor: "a", [-8, 0], available: 8)),
        (file(#"{"a":\#(entry("[1]", "[8,0]"))}"#, data: 8), .offsets(tensor: "a", [8, 0], available: 8)),
        (file(#"{"a":\#(entry("[1]", "[0,8,8]"))}"#, data: 8), .offsets(tensor: "a", [0, 8, 8], available: 8)),
        (file(#"{"a":\#(entry("[1]", "[]"))}"#, data: 8), .offsets(tensor: "a", [], available: 8)),
        (file(#"{"a":\#(entry("[2]", "[0,16]"))}"#, data: 8), .offsets(tensor: "a", [0, 16], available: 8)),
        (file(#"{"a":\#(entry("[2]", "[0,8]"))}"#, data: 8), .size(tensor: "a", shape: [2], bytes: 8)),
        (file(#"{"a":\#(entry("[0]", "[0,4]"))}"#, data: 4), .size(tensor: "a", shape: [0], bytes: 4)),
        (file(#"{"a":\#(entry("[1]", "[8,16]"))}"#, data: 16), .discontinuity(tensor: "a", begin: 8, expected: 0)),
        (
            file(#"{"a":\#(entry("[2]", "[0,16]")),"b":\#(entry("[2]", "[8,24]"))}"#, data: 24),
            .discontinuity(tensor: "b", begin: 8, expected: 16)
        ),
        (file(#"{"a":\#(entry("[1]", "[0,8]"))}"#, data: 9), .trailingBytes(1)),
        (file("{}", data: 1), .trailingBytes(1)),
        ([], .noHeaderLength(bytes: 0)), ([1, 2, 3, 4], .noHeaderLength(bytes: 4)),
        ([UInt8](repeating: 255, count: 8), .headerLength(.max, available: 0)),
        (Array(file("{}").dropLast()), .headerLength(2, available: 1)),
        (file(" {}"), .header(reason: "it does not begin with {")),
        (file(""), .header(reason: "it does not begin with {")),
        (file(#"{"a":{"dtype":"F64","shape":[]}}"#), .header(reason: #"key "a.data_offsets": the key is missing"#)),
    ])
    func `damage is named`(bytes: [UInt8], fault: SafetensorsFault) {
        #expect(throws: ModelFileError.damagedWeights(file: "w", fault)) {
            try SafetensorsFile(decoding: bytes, file: "w")
        }
        #expect(!fault.description.isEmpty)
    }

    @Test(arguments: [
        "{", "{\"a\":1}", "{\"a\":\(String(repeating: "[", count: 10_000))\(String(repeating: "]", count: 10_000))}",
        String(repeating: "{\"a\":", count: 10_000), #"{"__metadata__":{"a":1}}"#, "{}\u{0}x",
        #"{"a":\#(entry("[1e99]", "[0,8]"))}"#, #"{"a":\#(entry("[0.5]", "[0,8]"))}"#,
    ])
    func `a header that is none is refused`(header: String) {
        do {
            _ = try SafetensorsFile(decoding: Self.file(header, data: 8), file: "w")
            Issue.record("accepted")
        } catch {
            guard case .damagedWeights("w", .header) = error else {
                Issue.record("\(error)")
                return
            }
            #expect(error.exitCode == 65)
        }
    }

    @Test(arguments: [1 as UInt64, 2, 3])
    func `altered bytes never crash the reader and what it accepts is well formed`(seed: UInt64) {
        var random = SplitMix64(seed: seed)
        let whole = Self.sample.encoded()
        for _ in 0..<2_000 {
            var bytes = whole
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
                case 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
                case 2 where bytes.count > 1: bytes.removeLast(Int.random(in: 1..<bytes.count, using: &random))
                default: bytes.insert(UInt8.random(in: 48...57, using: &random), at: place)
                }
            }
            guard let read = try? SafetensorsFile(decoding: bytes, file: "w") else { continue }
            #expect(read.tensors.values.allSatisfy { $0.shape.reduce(1, *) == $0.values.count }, "seed \(seed)")
        }
    }
}

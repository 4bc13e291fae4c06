import Glibc
import Testing

@testable import Models

struct ModelFileErrorTests {
    @Test(arguments: [
        (ModelFileError.missingFile(file: "f"), 66, "f: no such file"),
        (.missingModel(path: "f"), 66, "f: no such model"),
        (.missingVersion(path: "f", version: 9), 66, "f: there is no version 9"),
        (.unreadable(file: "f", code: EACCES), 66, "f: cannot be opened: Permission denied"),
        (.readFailed(file: "f", code: EIO), 74, "f: cannot be read: Input/output error"),
        (.notAFile(file: "f"), 65, "f: not a file"),
        (.invalidName("/"), 65, "\"/\" cannot be the name of a model"),
        (.damagedWeights(file: "f", .trailingBytes(3)), 65, "f: damaged: 3 bytes follow the last tensor"),
        (
            .newerFormat(file: "f", formatVersion: 2, known: 1), 65,
            "f: format version 2 is newer than this program, which reads 1"
        ),
        (.otherKind(file: "f", kind: "a", expected: "b"), 65, "f: a model of kind \"a\", expected \"b\""),
        (
            .checksumMismatch(file: "f", found: "1", expected: "2"), 65,
            "f: damaged: its SHA-256 is 1, model.json says 2"
        ),
        (.cannotCreate(path: "f", code: EACCES), 73, "f: cannot be created: Permission denied"),
        (.cannotWrite(file: "f", code: ENOSPC), 74, "f: cannot be written: No space left on device"),
    ])
    func `each error has its exit code and one line`(error: ModelFileError, exitCode: Int32, description: String) {
        #expect(error.exitCode == exitCode)
        #expect(error.description == description)
    }

    @Test func `a full disk is an output error`() {
        let full = open("/dev/full", O_WRONLY)
        defer { close(full) }
        #expect(throws: ModelFileError.cannotWrite(file: "f", code: ENOSPC)) {
            try StoredFile(path: "f").write([1], to: full)
        }
    }

    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ])
    func `checksums are those of FIPS 180`(text: String, checksum: String) {
        #expect(Checksum.sha256(Array(text.utf8)) == checksum)
    }
}

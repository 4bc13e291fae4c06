import Records
import Testing

@testable import Knowledge

struct RepetitionTests {
    private func original(_ note: String...) -> Int? {
        Repetition.original(in: note.map { RedactedText(stringLiteral: $0) }) { $0 == "12" || $0 == "HD 12" ? 12 : nil }
    }

    @Test(arguments: [
        "Closed as a Duplicate of ticket 12, please follow that one from now on instead.", "DUPE: 12", "dup (#12)",
        "Merged into 12", "12", "HD 12", "same as 12", "Zusammengeführt mit 12", "Doublon de la demande 12",
        "Demande fusionnée avec 12", "Demande fusionne\u{301}e avec 12", "duplicate\tof\r\n12",
    ])
    func `a note names the case that it repeats`(note: String) {
        #expect(original(note) == 12)
        #expect(
            original("We looked into it.", note + ".") == (["12", "HD 12", "same as 12"].contains(note) ? nil : 12))
    }

    @Test(arguments: [
        "Restarted 12 hosts", "Connected the report to 12 and closed it", "Duplicated 12 rows",
        "a_duplicate-of 12 was made", "We see 12 of them in the list again", "duplicate of", "",
    ])
    func `other numbers name none`(note: String) {
        #expect(original(note) == nil)
    }
}

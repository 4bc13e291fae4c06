import Records
import Testing

struct AlignedTextTests {
    @Test func `a text fills its column, and has a space beside it where it is too long`() {
        #expect("ab".leftAligned(in: 5) == "ab   ")
        #expect("ab".rightAligned(in: 5) == "   ab")
        #expect("".leftAligned(in: 3) == "   ")
        #expect("abcde".leftAligned(in: 5) == "abcde ")
        #expect("abcdefg".rightAligned(in: 5) == " abcdefg")
    }

    @Test func `letters count, not their bytes`() {
        #expect("Größe".rightAligned(in: 7) == "  Größe")
    }
}

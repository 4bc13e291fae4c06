import Records
import Testing

struct RoundedPlacesTests {
    @Test func `numbers keep so many digits after the point`() {
        #expect(0.12345.rounded(places: 3) == 0.123 && (-0.0625).rounded(places: 3) == -0.063)
        #expect(2.5.rounded(places: 0) == 3 && 1_234.5.rounded(places: 1) == 1_234.5)
        #expect(Double.nan.rounded(places: 2).isNaN && Double.infinity.rounded(places: 2) == .infinity)
    }
}

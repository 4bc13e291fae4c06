import Records
import Testing

struct CivilTimeTests {
    @Test(arguments: [
        ((1970, 1, 1), 0), ((2000, 2, 29), 11_016), ((1969, 12, 31), -1), ((2024, 12, 31), 20_088),
        ((1900, 3, 1), -25_508), ((0, 3, 1), -719_468),
    ])
    func `days are counted from 1970`(date: (year: Int, month: Int, day: Int), number: Int) {
        #expect(CivilTime.dayNumber(year: date.year, month: date.month, day: date.day) == number)
        #expect(CivilTime.date(ofDay: number) == date)
    }

    @Test func `every day of 800 years follows the one before`() {
        var (year, month, day) = (1600, 1, 1)
        let first = CivilTime.dayNumber(year: year, month: month, day: day)
        for number in first..<(first + 2 * 146_097) {
            guard CivilTime.date(ofDay: number) == (year, month, day),
                CivilTime.dayNumber(year: year, month: month, day: day) == number
            else {
                Issue.record("day \(number) is not \(year)-\(month)-\(day)")
                return
            }
            day += 1
            if day > CivilTime.days(inMonth: month, of: year) { (month, day) = (month + 1, 1) }
            if month > 12 { (year, month) = (year + 1, 1) }
        }
    }

    @Test(arguments: [(0, 3), (4, 0), (-1, 2), (-4, 6), (19_999, 3)])
    func `weekdays count from Monday`(day: Int, weekday: Int) {
        #expect(CivilTime.weekday(ofDay: day) == weekday)
    }

    @Test(arguments: [
        (0.0, CivilTime(year: 1970, month: 1, day: 1)),
        (-0.5, CivilTime(year: 1969, month: 12, day: 31, hour: 23, minute: 59, second: 59.5)),
        (1_709_210_096.25, CivilTime(year: 2024, month: 2, day: 29, hour: 12, minute: 34, second: 56.25)),
    ])
    func `seconds and fields agree both ways`(seconds: Double, civil: CivilTime) {
        #expect(CivilTime(localSeconds: seconds) == civil)
        #expect(civil.localSeconds == seconds)
    }

    @Test(arguments: [
        (CivilTime(year: 2024, month: 2, day: 29), true), (CivilTime(year: 2023, month: 2, day: 29), false),
        (CivilTime(year: 1900, month: 2, day: 29), false), (CivilTime(year: 2000, month: 2, day: 29), true),
        (CivilTime(year: 2024, month: 13, day: 1), false), (CivilTime(year: 2024, month: 4, day: 31), false),
        (CivilTime(year: 2024, month: 1, day: 1, hour: 24), false),
        (CivilTime(year: 2024, month: 1, day: 1, minute: 60), false),
        (CivilTime(year: 2024, month: 1, day: 1, second: 60), false),
    ])
    func `a day that does not exist is not valid`(civil: CivilTime, isValid: Bool) {
        #expect(civil.isValid == isValid)
        let date = CivilDate(year: civil.year, month: civil.month, day: civil.day)
        #expect((date != nil) == CivilTime(year: civil.year, month: civil.month, day: civil.day).isValid)
    }

    @Test func `times beyond all calendars do not trap`() {
        for seconds in [1e300, -1e300, Double.greatestFiniteMagnitude] {
            #expect(CivilTime(localSeconds: seconds).isValid)
        }
    }
}

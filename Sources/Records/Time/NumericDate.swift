/// A date of three numbers as exports write it, with the time of day after it: `03/04/2024 14:05`, `4.3.2024`, `2024/03/04 2:05 PM`.
///
/// Slashes, dots or dashes part the numbers. The year has four digits and stands first or last; with dots the day stands before the month.
enum NumericDate: Equatable {
    /// A time, with its offset from UTC in seconds where one is given.
    struct Time: Equatable {
        var civil: CivilTime
        var offset: Int?

        func instant(in zone: ZoneRules) -> Instant {
            offset.map { Instant(seconds: civil.localSeconds - Double($0)) } ?? zone.instant(of: civil)
        }
    }

    /// The way of writing leaves one day.
    case plain(Time)
    /// One of the orders gives no day.
    case ordered(DateOrder, Time)
    /// Each order gives a day, which is the same one where both numbers are.
    case ambiguous(dayFirst: Time, monthFirst: Time)

    /// Reads a date and its time of day; nil for any other text, and where no order gives a day.
    init?(_ bytes: UnsafeRawBufferPointer) {
        var scanner = CivilTimeScanner(bytes)
        guard let first = scanner.number(digits: 4),
            let separator = ["/", ".", "-"].first(where: { scanner.skip($0) }),
            let second = scanner.number(digits: 2), scanner.skip(separator), let third = scanner.number(digits: 4),
            let (clock, offset) = scanner.timeOfDay()
        else { return nil }
        func time(_ year: Int, _ month: Int, _ day: Int) -> Time? {
            var civil = clock
            (civil.year, civil.month, civil.day) = (year, month, day)
            return civil.isValid ? Time(civil: civil, offset: offset) : nil
        }
        if first.digits == 4, third.digits <= 2 {
            guard let time = time(first.number, second.number, third.number) else { return nil }
            self = .plain(time)
            return
        }
        guard first.digits <= 2, third.digits == 4 else { return nil }
        let dayFirst = time(third.number, second.number, first.number)
        let monthFirst = time(third.number, first.number, second.number)
        switch (dayFirst, monthFirst) {
        case (let time?, _) where separator == ".": self = .plain(time)
        case (nil, _) where separator == ".": return nil
        case (let dayFirst?, let monthFirst?): self = .ambiguous(dayFirst: dayFirst, monthFirst: monthFirst)
        case (let time?, nil): self = .ordered(.dayFirst, time)
        case (nil, let time?): self = .ordered(.monthFirst, time)
        case (nil, nil): return nil
        }
    }

    /// The order in which the date must be written; nil where it may be either.
    var order: DateOrder? {
        if case .ordered(let order, _) = self { order } else { nil }
    }

    /// The time, where a column is written in an order; nil where that gives no day, or the order is needed and not known.
    func time(_ order: DateOrder?) -> Time? {
        switch self {
        case .plain(let time): time
        case .ordered(let own, let time): own == order ? time : nil
        case .ambiguous(let dayFirst, let monthFirst):
            if order == nil {
                dayFirst == monthFirst ? dayFirst : nil
            } else {
                order == .dayFirst ? dayFirst : monthFirst
            }
        }
    }
}

extension CivilTimeScanner {
    /// The time of day after a date, and an offset from UTC where one is given; midnight where nothing follows, nil where something else does.
    mutating func timeOfDay() -> (clock: CivilTime, offset: Int?)? {
        var clock = CivilTime(year: 0, month: 1, day: 1)
        if isAtEnd { return (clock, nil) }
        _ = skip(",")
        guard skip(" ") || skip("T"), let (hour, _) = number(digits: 2), minutes(of: &clock) else { return nil }
        clock.hour = hour
        if isAtEnd { return (clock, nil) }
        _ = skip(" ")
        let isMorning = skip("A") || skip("a")
        if isMorning || skip("P") || skip("p") {
            guard skip("M") || skip("m"), (1...12).contains(hour) else { return nil }
            clock.hour = hour % 12 + (isMorning ? 0 : 12)
            if isAtEnd { return (clock, nil) }
            _ = skip(" ")
        }
        guard let offset = offsetFromUTC(), isAtEnd else { return nil }
        return (clock, offset)
    }
}

extension Instant {
    /// The seconds since 1970 that are taken for a time: 1990 to May 2033.
    ///
    /// So a date of this century written without marks is none, from the year on in four digits, or in two from 2020. Some others of ten digits cannot be
    /// told from seconds: `1999123123`, `1903041405`, `1304202414`.
    private static let epochs = 631_152_000.0..<2_000_000_000

    /// A time as seconds or milliseconds since 1970 UTC, from 1990 to May 2033; nil for any other number.
    init?(epoch number: Double) {
        guard let seconds = [number, number / 1_000].first(where: { Self.epochs.contains($0) }) else { return nil }
        self.init(seconds: seconds)
    }

    /// Reads a time as tables hold it: ISO 8601, a date of three numbers, or seconds or milliseconds since 1970.
    ///
    /// - Parameters:
    ///   - bytes: The text.
    ///   - zone: The zone of times without an offset.
    ///   - order: The order of day and month in the column; nil where it does not need one.
    init?(written bytes: UnsafeRawBufferPointer, zone: ZoneRules, order: DateOrder?) {
        if let instant = Instant(iso8601: bytes, zone: zone) {
            self = instant
        } else if let date = NumericDate(bytes) {
            guard let time = date.time(order) else { return nil }
            self = time.instant(in: zone)
        } else {
            // An exponent has lost the minutes.
            guard bytes.allSatisfy({ 48...57 ~= $0 || $0 == UInt8(ascii: ".") }),
                let number = DecimalScanner.number(bytes)
            else { return nil }
            self.init(epoch: number)
        }
    }
}

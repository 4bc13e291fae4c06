internal import Records

/// What is needed to turn a time as it is written into nanoseconds since 1970 UTC.
struct LogClock: Sendable {
    /// The zone of times without one.
    let zone: ZoneRules
    /// When the log is read; times without a year or a day are the nearest ones to it that are not after it by over a day.
    var observedTime: Int64
    /// Whether the day comes before the month in dates with slashes that may be read either way.
    var isDayFirst = false
    private let isUTC: Bool

    init(zone: ZoneRules, observedTime: Int64) {
        self.zone = zone
        self.observedTime = observedTime
        isUTC = zone == .utc
    }

    /// The year in which a month and day lie that were written without it.
    func year(month: Int, day: Int) -> Int {
        let today = CivilTime(localSeconds: Double(observedTime / 1_000_000_000))
        let isLater = CivilTime.dayNumber(year: today.year, month: month, day: day) > today.dayNumber + 1
        var year = isLater ? today.year - 1 : today.year
        // The 29th of February lies in the last leap year.
        while month == 2, day == 29, CivilTime.days(inMonth: 2, of: year) == 28 { year -= 1 }
        return year
    }

    /// Nanoseconds since 1970 UTC; nil when they do not fit.
    ///
    /// - Parameter offset: Seconds east of Greenwich; nil for local time.
    @inline(__always)
    func nanoseconds(of civil: CivilFields, offset: Int?) -> Int64? {
        let days = CivilTime.dayNumber(year: civil.year, month: civil.month, day: civil.day)
        var seconds = days * 86_400 + civil.hour * 3_600 + civil.minute * 60 + civil.second
        if let offset {
            seconds -= offset
        } else if !isUTC {
            let local = CivilTime(
                year: civil.year, month: civil.month, day: civil.day, hour: civil.hour, minute: civil.minute,
                second: Double(min(civil.second, 59)))
            seconds = Int(zone.instant(of: local).seconds) + max(0, civil.second - 59)
        }
        return Self.nanoseconds(seconds: seconds, fraction: civil.nanosecond)
    }

    static func nanoseconds(seconds: Int, fraction: Int) -> Int64? {
        let (product, overflow) = Int64(seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, isBeyond) = product.addingReportingOverflow(Int64(fraction))
        return overflow || isBeyond || sum == LogRecord.noTime ? nil : sum
    }

    /// The time that a number stands for, whose unit its size tells; nil when it does not fit.
    static func nanoseconds(_ number: Int64) -> Int64? {
        let size = number.magnitude
        let unit: Int64 =
            size < 100_000_000_000
            ? 1_000_000_000
            : size < 100_000_000_000_000
                ? 1_000_000
                : size < 100_000_000_000_000_000 ? 1_000 : 1
        let (product, overflow) = number.multipliedReportingOverflow(by: unit)
        return overflow || product == LogRecord.noTime ? nil : product
    }

    /// As ``nanoseconds(_:)-(Int64)`` for a number with a fraction.
    static func nanoseconds(_ number: Double) -> Int64? {
        let size = number.magnitude
        let unit = size < 1e11 ? 1e9 : size < 1e14 ? 1e6 : size < 1e17 ? 1e3 : 1
        // The whole part and the fraction are scaled apart, so that seconds keep their microseconds.
        let whole = number.rounded(.down)
        let fraction = ((number - whole) * unit).rounded()
        guard number.isFinite, (whole * unit).magnitude < 9.2e18 else { return nil }
        return Int64(whole) * Int64(unit) + Int64(fraction)
    }
}

/// The fields of a date and a time of day.
struct CivilFields: Sendable, BitwiseCopyable {
    var year = 0
    var month = 0
    var day = 0
    var hour = 0
    var minute = 0
    var second = 0
    var nanosecond = 0

    /// Whether they exist; a leap second does.
    var isValid: Bool {
        month >= 1 && month <= 12 && day >= 1 && day <= CivilTime.days(inMonth: month, of: year) && hour < 24
            && minute < 60 && second <= 60
    }
}

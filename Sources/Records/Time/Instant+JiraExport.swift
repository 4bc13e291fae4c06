extension Instant {
    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// A time as Jira writes it into exported tables, `30/Sep/21 17:20` or with a year of four digits; years of two digits are from 2000 on.
    ///
    /// - Returns: nil for any other text.
    public init?(jiraExport text: String) {
        let parts = text.split(separator: " ", omittingEmptySubsequences: true)
        guard parts.count == 2 else { return nil }
        let date = parts[0].split(separator: "/", omittingEmptySubsequences: false)
        let time = parts[1].split(separator: ":", omittingEmptySubsequences: false)
        guard date.count == 3, time.count == 2, let day = Self.digits(date[0]), let year = Self.digits(date[2]),
            date[2].count == 2 || date[2].count == 4, let month = Self.months.firstIndex(where: { $0 == date[1] }),
            let hour = Self.digits(time[0]), let minute = Self.digits(time[1])
        else { return nil }
        let civil = CivilTime(
            year: date[2].count == 2 ? 2_000 + year : year, month: month + 1, day: day, hour: hour, minute: minute)
        guard civil.isValid else { return nil }
        self.init(seconds: civil.localSeconds)
    }

    /// A number without a sign.
    private static func digits(_ text: Substring) -> Int? {
        text.utf8.allSatisfy { 48...57 ~= $0 } ? Int(text) : nil
    }
}

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
        guard date.count == 3, time.count == 2, let day = Int(date[0]), let year = Int(date[2]),
            let month = Self.months.firstIndex(where: { $0 == date[1] }), let hour = Int(time[0]),
            let minute = Int(time[1])
        else { return nil }
        let civil = CivilTime(
            year: year < 100 ? 2_000 + year : year, month: month + 1, day: day, hour: hour, minute: minute)
        guard civil.isValid else { return nil }
        self.init(seconds: civil.localSeconds)
    }
}

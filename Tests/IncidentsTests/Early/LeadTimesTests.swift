import Incidents
import Records
import Testing

struct LeadTimesTests {
    private func entry(_ detected: Double, _ ticket: Double?, first: Double = 0) -> LeadTimes.Entry {
        LeadTimes.Entry(
            incident: "i", firstEvidence: Instant(seconds: first), detectedAt: Instant(seconds: detected),
            firstTicket: ticket.map { Instant(seconds: $0) })
    }

    @Test func `a lead is the time from the detection to the first ticket`() {
        #expect(entry(100, 700).lead == 600)
        #expect(entry(100, nil).lead == nil)
        #expect(entry(100, 700).missReason == nil)
    }

    @Test func `a miss has a reason`() {
        #expect(entry(100, 50).missReason == "until the ticket there were too few lines to tell")
        #expect(entry(100, 50, first: 80).missReason == "the ticket came before the first line")
    }

    @Test func `without incidents nothing is known`() {
        let leads = LeadTimes([], tickets: [])
        #expect(leads.shareFirst == nil)
        #expect(leads.medianLead == nil)
    }
}

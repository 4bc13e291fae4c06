import ArgumentParser
import Commands
import Features
import Records
import Storage

/// Tells what happened to a ticket.
struct History: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Tell what happened to a ticket, over all channels, systems and incidents.",
        discussion: """
            In the order of time: opening, messages of every channel, changes, resolution and reopening, incidents that name the ticket or \
            hurt its account while it was open, articles, tickets that go on with others, and the systems that have it too, by their \
            numbers, at the time of its last change there. What a system has refused of what was said or changed here names it \
            (refusedBy). Of a message what is new in it is \
            shown, without greetings, quotes and signatures, with the number of bytes that are left out; --full shows all of it.
            """)

    @Argument(
        help: ArgumentHelp(
            "The ticket: its id, or what one of its systems calls it.", valueName: "ticket"))
    var ticket: String

    @OptionGroup
    var options: StoreOptions

    @Flag(help: "Show messages whole.")
    var full = false

    @Flag(help: "Print one JSON object.")
    var json = false

    func run() throws {
        let store = try options.open(for: "history", .reading)
        let (id, entries) = try Program.casebook("history").reporting {
            let id = try store.ticketID(called: ticket) ?? ticket
            return (id, try store.timeline(ofTicket: id))
        }
        let items = entries.map { HistoryItem($0, isFull: full) }
        guard json else {
            for item in items { print(item.text) }
            return
        }
        JSONLineWriter.print { line in
            line.member("ticket", id)
            line.member("entries", items) { item, line in item.write(to: &line) }
        }
    }
}

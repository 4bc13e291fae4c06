/// How agents write around their solutions.
enum AgentPhrases {
    static let openings: [Pattern] = [
        "Hello {first},", "Hi {first},", "Dear {person},", "Good morning {first},", "Hello,", "Hi,", "Hi there,", "",
    ]
    static let closings: [Pattern] = [
        "Kind regards\n{agent}\n{product} Support", "Best regards, {agent}", "Regards\n{agent}", "{product} Support",
        "Best\n{agent}", "", "Let us know if it [works|helps].",
    ]
    static let introductions: [Pattern] = [
        "Thank you for [your message|writing|reporting this].", "[Sorry|We are sorry] for the trouble.",
        "We [could reproduce|have found] it.", "This is a known [issue|thing].", "I had a look at it.", "", "", "",
    ]
    /// Questions and what customers answer.
    static let exchanges: [(question: Pattern, answers: [Pattern])] = [
        ("Which version do you [use|have]?", ["We are on {version}.", "{version}", "It is {version} I think."]),
        (
            "[Since when|When] did it [start|begin]?",
            ["Since {day} I think.", "{day}, around {hour} o'clock.", "Hard to say, some days ago."]
        ),
        ("How many users are affected?", ["About {count}.", "Only me so far.", "All of us, {count} people."]),
        (
            "Can you send [an example|a screenshot]?",
            ["Here is one: {order}", "{order} for instance", "See {order} and the one after it.", "Attached."]
        ),
        (
            "Which browser do you use?",
            ["{browser}", "We have {browser} here.", "Tried {browser} and another one, same."]
        ),
        (
            "On which [server|host] is this?",
            ["It is {host}.", "{host}", "I do not know, [my colleague|our admin] does."]
        ),
        (
            "Do others [see|have] it too?",
            ["[Yes|Yes, exactly], about {count} users.", "No, [only here|only with us].", "Everybody at {company}."]
        ),
    ]
    static let causes: [Pattern] = [
        "Cause: ", "Root cause: ", "Reason: ", "Analysis: ", "FYI team: ", "Found it: ",
    ]
    static let remarks: [Pattern] = [
        "Logged in on {host} to check.", "Talked to {person} on the phone.", "Same as with {company} last time.",
        "Checked {order} in the database.", "Customer {company} is [annoyed|in a hurry].",
        "Waiting for {person}.", "Passed on to second line.",
    ]
    static let applied: [Pattern] = [
        "[Done|Applied] on {host} together with {person}.", "Tested with {order}.", "Confirmed by {person}.",
        "Customer {company} informed.", "Order {order} was corrected by hand.",
    ]
    static let brief = [
        "done", "fixed", "closed", "solved", "ok", "resolved", "see comments", "Done.", "Fixed", "", "",
        "no answer from customer",
    ]
    static let receipts: [Pattern] = [
        "Your request {ticket} has been received. We will answer within one working day.",
        "Thank you for contacting {product} Support. Your number is {ticket}.",
        "Hello {person}, we have opened {ticket} for you.",
    ]
    static let duplicates: [Pattern] = [
        "Duplicate of {ticket}", "Same as {ticket}, closed.", "Duplicate, see {ticket}.", "Merged into {ticket}",
    ]
    static let linked: [Pattern] = [
        "Please see {article}.", "The steps are in article {article}.", "Our article {article} describes it.",
    ]
}

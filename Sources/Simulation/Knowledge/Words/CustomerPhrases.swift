/// How customers begin, go on and end.
enum CustomerPhrases {
    static let openings: [Pattern] = [
        "Hello,", "Hi,", "Hi team,", "Dear support,", "Good morning,", "Hello {product} team,", "Dear Sir or Madam,",
        "Hey,", "Hi {agentFirst},",
        "Dear {agentFirst},", "To whom it may concern,", "Good afternoon", "",
    ]
    static let closings = [
        "Thanks", "Best regards", "Kind regards", "Thank you in advance,", "Regards", "Cheers", "Many thanks", "BR",
        "Best", "Yours sincerely", "thx",
    ]
    static let triggered: [Pattern] = [
        "This [happens|occurs|only shows] ", "It [only happens|happens|seems to happen] ", "We [see|notice|have] it ",
        "As far as we can tell, [only|it is] ", "[Always|Every time] ", "",
    ]
    static let details: [Pattern] = [
        "We are [on|using] version {version}.", "[Browser|We use] {browser}.",
        "It [started|began] [on {day}|around {hour} o'clock|this morning].",
        "About {count} [users|people|colleagues] are affected.", "{count} {objects} so far.",
        "[Restarting|A restart] did not help.",
        "It worked [fine|well] until {day}.", "We have not changed anything [on our side|here].",
        "[Last month|Last quarter] there was something similar.",
        "The problem [comes and goes|is permanent].", "I tried it with {browser} [as well|too].",
        "We need this [for our month end|before Friday|urgently].",
        "My colleagues in the other office [have|see] the same.", "[Nobody|No one] here knows what to do.",
        "It is about {component}.",
    ]
    static let identifying: [Pattern] = [
        "It [is|happens] on our server {host}.", "Our host is {host}.", "[An example is|See for example] {order}.",
        "For instance {order} and others.",
        "We are {company}.", "Our system is called {host}.", "It concerns {company} only.",
        "[Please look at|Check] {order} on {host}.",
    ]
    static let errors: [Pattern] = [
        "The [message|error] [is|says] \"{error}\".", "We [get|see] [the error|this message]: {error}",
        "[Error|Message]: {error}", "There is a red box with {error}.",
    ]
    static let codes: [Pattern] = [
        "[It says|The screen says] {code}.", "Error code {code}.", "In the log I [find|see] {code}.",
    ]
    static let asks: [Pattern] = [
        "[Can|Could] you [help|have a look|check this]?", "Please [help|advise|fix this|look into it].",
        "What [can|should] we do?", "Is this a [known issue|bug]?",
        "[Any idea|Do you have an idea]?", "We are waiting for your [answer|feedback].", "Please call [me|us] back.",
        "",
    ]
    static let empty = ["", "", "help", "see subject", "urgent!!", "?", "as above", "pls fix", "-", "call me"]
    static let vague: [Pattern] = [
        "it does not work", "problem", "[help|help needed]", "[question|short question]", "{product} again",
        "still broken?", "[urgent|urgent issue]", "something is wrong with {component}",
    ]
    static let subjectStarts: [Pattern] = [
        "", "", "", "", "", "", "", "URGENT: ", "Re: ", "FW: ", "{product}: ", "[Problem|Issue]: ", "{component} - ",
    ]
    static let subjectEnds: [Pattern] = [
        "", "", "", "", "", "", " [again|since {day}|since the update]", " - [please help|urgent]", "!!",
        " ({company})", " on {host}", "?",
    ]
    static let phone: [Pattern] = [
        "{person} called: ", "Call from {person}, {company}. ", "Customer [says|reports]: ",
        "Caller {person} [reports|says] that ", "[Phone|By phone]: ",
    ]
    static let forwarded: [Pattern] = [
        "FYI, see below.", "Please see the [mail|message] of my colleague below.", "Can you take care of this?", "fwd",
        "Forwarding this to you, [thanks|please answer directly].",
    ]
    static let unhelped: [Pattern] = [
        "[Still the same|Same problem], sorry.", "That did not help, [still the same|nothing has changed].",
        "I tried it, but the {object} is as before.", "Unfortunately [no change|no difference].",
        "We did that. Still the same.", "[Reopening|I have to reopen this]: it is back.",
        "no luck, still the same here",
    ]
    static let thanks: [Pattern] = [
        "[Works|It works] now, thank you {agentFirst}!", "Great, [that did it|that helped].",
        "Thanks, you can close this.", "[Perfect|Super], thank you.", "That was it. Thanks a lot\n{person}", "ok thx",
        "Confirmed, solved for {company}.",
    ]
    static let browsers = [
        "Chrome 124", "Firefox 126", "Edge", "Safari 17", "Chrome on Windows 11", "the iPad app", "Android 14",
        "Citrix",
    ]
    static let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]
}

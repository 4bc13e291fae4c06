/// What customers ask once and nobody asks again, with what they are told.
enum OneOffPhrases {
    struct Topic: Sendable {
        var questions: [Pattern]
        var answers: [Pattern]
    }

    static let topics = [
        Topic(
            questions: [
                "How do we [rename|relabel] the {object}", "Can the colour of the {object} be changed",
                "Is there a way to [group|sort] {objects} by {field}", "What does {field} mean in the {object}",
            ],
            answers: [
                "That is described in the guide for {component}, chapter {jargon}.", "This is done under {menu}.",
                "{field} and everything around it is explained in the help of the {object}.",
            ]),
        Topic(
            questions: [
                "Feature request: {objects} with {field}", "We would like {setting} for the {object}",
                "Can {component} be [used|run] with {jargon}",
            ],
            answers: [
                "[Thank you for the idea, we|We] passed it on to product management.",
                "This is not possible at present.", "It is planned, but we have no date yet.",
            ]),
        Topic(
            questions: [
                "Please add {count} users to {component}", "Please [move|transfer] our {objects} to the new workspace",
                "Please restore {objects} that I deleted on {day}",
                "Can you [export|send us] all {objects} of {count} months",
            ],
            answers: [
                "This is done, {count} [entries|items] in all.", "We did it last night, please check.",
                "Done as asked.",
            ]),
        Topic(
            questions: [
                "Training on {component} for {count} [people|new colleagues]",
                "Offer for {count} more licences of {component}",
                "[Invoice|Billing] question about {component} and {count} seats",
            ],
            answers: [
                "Our sales team will write to you.", "The offer is on its way.",
                "We corrected it, you get a new [invoice|paper] on {day}.",
            ]),
        Topic(
            questions: [
                "Our auditor asks how long {objects} are kept", "Who may see {field} of our {objects}",
                "Is {component} certified for {jargon}", "Where is the documentation of {field} for {objects}",
            ],
            answers: [
                "The answer is in our trust centre under {jargon}.", "Only {role} may see that.",
                "They are kept for {value} months unless you change {setting}.",
            ]),
        Topic(
            questions: [
                "We want to leave {component} and need our {objects}", "Planned downtime of {component} on {day}",
                "Who is our contact for {component} now",
            ],
            answers: [
                "We have told your account manager.", "Thank you, it is noted.",
                "Your contact has written to you today.",
            ]),
    ]
    static let qualifiers: [Pattern] = [
        "for our {jargon} project", "before the audit", "in the {jargon} workspace", "as we had it with {jargon}",
        "for the new branch", "without {role} rights", "by API", "for {field} only", "once a quarter",
        "since we are {count} people now",
    ]
}

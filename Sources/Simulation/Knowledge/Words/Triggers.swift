/// When a problem comes up; what tells apart two problems that look alike.
enum Triggers {
    static let all: [Pattern] = [
        "when [two people|two colleagues|more than one of us] [edit|work on] it at the same time",
        "[if|when] [a|the] date filter is [set|active|on]",
        "[as soon as|once] there are more than [500|five hundred] [entries|items]",
        "for [users|people] who [joined|were added] [recently|this month|lately]",
        "when [it is opened|we open it|you come] from a link in a mail",
        "on [the phone|mobile devices|the mobile app] only",
        "after [switching|changing] the language", "[if|when] the name [contains|has] a [quote|apostrophe] or a slash",
        "[at|around] the end of the month", "when the VPN is [on|connected]",
        "[while|as long as] the nightly run [is active|is running]",
        "after [copying|cloning|duplicating] another one", "for [archived|closed|old] records",
        "[if|when] the currency is not [the default|our own]", "with two [tabs|windows] open",
        "[if|when] single sign-on is used",
        "when a [deputy|stand-in] [acts|signs] for [somebody on leave|an absent colleague]",
        "for [guests|external users|partners]",
        "[if|when] an attachment is [larger|bigger] than 10 MB", "after [undoing|going back] one step",
        "[if|when] the [cost centre|cost center] is [empty|blank|not filled in]", "when we [use|apply] the bulk action",
        "[between|from] midnight [and|to] two o'clock", "in the [sandbox|test workspace] only",
        "for [weekly|recurring] [items|entries]",
        "when it [comes|arrives] over the API", "[if|when] the [amount|price] is [zero|negative]",
        "after [being offline|a dead spot|losing the connection] for a while", "after the session [timed out|expired]",
        "for [read-only users|people who may only read]", "[if|when] the [parent|main] entry was [deleted|removed]",
        "in the [compact|dense] view", "when [scrolling|we scroll] down [quickly|fast]",
        "[if|when] it is sorted by the second column", "with more than one [site|location|branch]",
        "[if|when] the approver is [the owner|the same person]",
    ]
}

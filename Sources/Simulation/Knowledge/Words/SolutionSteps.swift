/// What agents tell customers to do: each step with the ways to write it.
enum SolutionSteps {
    /// Steps that go with many solutions.
    static let supporting: [[Pattern]] = [
        ["[Then restart|Restart] {component}.", "After that {component} needs a restart."],
        ["[Sign|Log] out and in again.", "The users have to sign in again."],
        ["Wait [ten minutes|until {job} has run].", "It takes until the next run of {job}."],
        ["Check that the {object} is [right|correct] now.", "Then open the {object} and check it."],
        ["Repeat this for every [workspace|site].", "The same has to be done in each workspace."],
        ["[Make|Take] a backup of the {object} first.", "Before, export the {object} to be safe."],
        ["[Ask the users to reload|Reload] the page with Ctrl+F5.", "A hard reload (Ctrl+F5) shows it at once."],
        ["You need admin rights for this.", "Only an admin can do that."],
    ]
    /// Before a fix is released.
    static let upgrade: [[Pattern]] = [
        ["[Upgrade|Update] {component} to version {newVersion}.", "Install version {newVersion}, it has the fix."],
        [
            "This is fixed in {newVersion}: [please upgrade|install it] and {setting} can [stay as it was|be reset].",
            "Version {newVersion} of {component} solves it, so [upgrade|update] and undo the workaround with {setting}.",
        ],
    ]
    /// What agents try first and what seldom helps.
    static let attempts: [[Pattern]] = [
        [
            "Please clear the [cache|cookies] of your browser and try again.",
            "Can you empty the browser cache and try once more?",
        ],
        [
            "Please try [another browser|a private window].",
            "Does it work in a private window or another browser? Please test.",
        ],
        [
            "Please restart your [computer|device] and try again.",
            "A restart of the device usually helps, please do that first.",
        ],
        ["Please reset your password and sign in again.", "Reset the password, then sign in once more."],
        ["Please reinstall the app.", "Remove the app and install it again, please."],
        [
            "We have restarted {component}, please try again.",
            "{component} was restarted on our side. It should work now.",
        ],
        ["Please remove the {object} and create it again.", "Delete the {object} once and set it up anew."],
        ["Please switch off your ad blocker and VPN.", "Try without VPN and ad blocker please."],
    ]
    static let settings = [
        "Strict", "Early", "Silent", "Shared", "Keep", "Deferred", "Linked", "Parallel", "Inherit", "Compact",
        "Guarded", "Legacy",
    ]
    static let settingObjects = [
        "posting", "numbering", "ownership", "preview", "locking", "rounding", "delivery", "retention", "matching",
        "refresh", "routing", "paging",
    ]
    static let menus = ["Administration", "Settings", "Workspace", "Tools", "Setup", "Control centre"]
    static let submenus = [
        "Limits", "Roles", "Jobs", "Integrations", "Templates", "Security", "Advanced", "Data", "Regional", "Queues",
        "Maintenance", "Search",
    ]
    static let fields = [
        "cost centre", "owner id", "external key", "tax code", "valid from", "region code", "status flag", "parent id",
        "due date", "unit", "language code", "batch number",
    ]
    static let roles = ["Editor", "Approver", "Clerk", "Planner", "Auditor", "Publisher", "Operator", "Steward"]
}

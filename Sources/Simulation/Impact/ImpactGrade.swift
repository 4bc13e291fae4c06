/// How much a simulated desk shows of whom its incidents hurt.
public enum ImpactGrade: String, Sendable, CaseIterable {
    /// Nearly every record of a request names its account by its id, the files of the customers are complete, and incidents keep apart.
    case easy
    /// Half the records name no account; services use aliases and other spellings, some are mute and tied to the others by a trace, a
    /// request, a session or a user only; facts are missing from the files; incidents overlap in time; tickets are late, vague or missing.
    case hard
}

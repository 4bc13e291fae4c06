/// What a word says about what stands around it.
struct Cue: OptionSet {
    let rawValue: UInt32

    static let phone = Cue(rawValue: 1)
    /// Makes a number with separators a phone number, and nothing else.
    static let call = Cue(rawValue: 2)
    /// Makes the number before it a phone number.
    static let line = Cue(rawValue: 4)
    static let password = Cue(rawValue: 8)
    static let secret = Cue(rawValue: 16)
    static let key = Cue(rawValue: 32)
    /// Makes a key one that opens something.
    static let qualifier = Cue(rawValue: 64)
    static let version = Cue(rawValue: 128)
    static let address = Cue(rawValue: 256)
    static let ssn = Cue(rawValue: 512)
    static let card = Cue(rawValue: 1024)
    static let identity = Cue(rawValue: 2048)
    static let document = Cue(rawValue: 4096)
    static let scheme = Cue(rawValue: 8192)
    static let folder = Cue(rawValue: 16384)
    /// Stands where a value would stand and is none.
    static let filler = Cue(rawValue: 32768)
    /// A command whose option -p is no password.
    static let otherOption = Cue(rawValue: 65536)
    /// A command or option that goes with a password.
    static let login = Cue(rawValue: 131_072)
    static let owner = Cue(rawValue: 262_144)
    static let iban = Cue(rawValue: 524_288)
    static let service = Cue(rawValue: 1_048_576)
    static let measure = Cue(rawValue: 2_097_152)
    /// The word for a number, which is one of a person after ``mine``.
    static let number = Cue(rawValue: 4_194_304)
    /// The one who writes.
    static let mine = Cue(rawValue: 8_388_608)
    /// A word for somebody's own number.
    static let ownNumber = Cue(rawValue: 16_777_216)
    static let cookie = Cue(rawValue: 33_554_432)

    /// Something other than a phone whose number may look like one.
    static let thing = Cue(rawValue: 67_108_864)

    /// How many there are.
    static let count = 27

    /// The cues that are remembered up to the end of a line.
    static let remembered: Cue = [
        .phone, .call, .version, .address, .ssn, .card, .identity, .document, .otherOption, .login, .iban,
        .ownNumber, .cookie,
    ]
}

/// Words around a secret that is told in a sentence.
enum SentenceWords {
    private static func hashes(_ text: String) -> Set<UInt64> {
        Set(text.split { $0 == " " || $0 == "\n" }.map { NameFolding.hash(String($0)) })
    }

    /// Words after which the secret stands.
    static let copulas = hashes(
        """
        is was are be will to as ist war lautet lautete est sera était es era é è são fue und now been set changed reset updated currently still just \
        jetzt nun neu called being equals becomes
        """)

    /// Words between "passport" or "licence" and its number.
    static let ofDocuments = hashes(
        "s number numbers no num nr nummer numero id is was are card code my ist lautet est es e the licence license")

    /// Words that may stand between "password" and its verb.
    static let between = hashes(
        """
        for on of the my our this that a an your his her their account user portal login server database db vpn wifi router admin root web \
        site app application mail email and in at value which i we used use using für auf von des der dem das den
        """)
}

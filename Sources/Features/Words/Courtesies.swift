internal import Records

/// The wordings that open and close a letter, and those that are put below every letter.
enum Courtesies {
    private static let greetings: [StaticString] = [
        "hello", "hi", "hey", "dear", "greetings", "good morning", "good afternoon", "good evening", "good day",
        "to whom it may concern", "hallo", "guten tag", "guten morgen", "guten abend", "sehr geehrte", "sehr geehrter",
        "liebe", "lieber", "moin", "servus", "grüezi", "bonjour", "bonsoir", "salut", "cher", "chère", "chers",
        "madame", "monsieur", "mesdames", "hola", "buenos días", "buenas tardes", "buenas noches", "buenos dias",
        "estimado", "estimada", "estimados", "estimadas",
        "ciao", "buongiorno", "buonasera", "salve", "gentile", "beste", "geachte", "goedemorgen", "goedemiddag",
        "goedendag", "olá", "bom dia", "boa tarde", "boa noite", "prezado", "prezada", "dzień dobry", "witam", "cześć",
        "szanowny", "szanowna", "szanowni", "здравствуйте", "добрый день", "доброе утро", "добрый вечер", "привет",
        "уважаемый", "уважаемая", "уважаемые", "доброго дня", "добрий день", "dobrý den", "vážený", "vážená", "merhaba",
        "sayın", "iyi günler", "günaydın", "hej", "hei", "god dag", "god morgon", "hyvä", "tisztelt", "kedves",
        "jó napot", "bună ziua", "안녕하세요", "안녕하십니까",
    ]
    /// Words in small letters that people are addressed with.
    private static let addressees: Set<String> = [
        "team", "all", "everyone", "everybody", "there", "folks", "support", "sir", "madam", "sirs", "or", "and",
        "damen", "und", "herren", "herr", "frau", "zusammen", "alle", "an", "à", "tous", "toutes", "et", "équipe",
        "madame",
        "monsieur", "messieurs", "equipo", "a", "todos", "y", "señor", "señora", "señores", "the", "colleagues",
        "kollegen",
        "service", "desk", "de", "again", "morning", "afternoon",
    ]

    /// The most words of a name behind a greeting that is closed, and the most letters of one in a script without capitals.
    private static let (nameWords, nameLetters) = (3, 6)

    /// Where a line goes on behind its greeting; nil where there is none.
    ///
    /// A name behind the sign that ends a greeting is of the greeting where the line ends with it and another follows: below a blank one, or behind a sign
    /// that ends the name too, as else it is the first line of what is said.
    ///
    /// - Parameters:
    ///   - line: The line.
    ///   - isFollowed: Whether another line follows: then the greeting need not end with a sign.
    ///   - isAlone: Whether a blank line is the next.
    static func greetingEnd(_ line: UnsafeBufferPointer<UInt8>, isFollowed: Bool, isAlone: Bool) -> Int? {
        guard let phrase = greetings.compactMap({ end(of: $0, beginning: line) }).max() else { return nil }
        let limit = min(line.count, 80)
        var place = phrase
        var (names, letters) = (0, 0)
        while place < limit {
            switch line[place] {
            case UInt8(ascii: ","), UInt8(ascii: "!"), UInt8(ascii: ":"):
                let isLine = isFollowed && limit == line.count
                return isLine && isName(line[(place + 1)...], isAlone: isAlone) ? line.count : place + 1
            case UInt8(ascii: ";"), UInt8(ascii: "?"): return nil
            case 0...0x20, UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "/"): place += 1
            case 0x80... where isSign(at: place, in: line):
                place += WordCharacter(at: place, in: UnsafeRawBufferPointer(line)).width
            default:
                let end = line[place..<limit].firstIndex { $0 <= 0x20 || ",!:;?/".utf8.contains($0) } ?? limit
                let token = RedactedText.tokenEnd(at: place, in: line)
                guard token != nil || isAddressee(line[place..<end]), names < 6 else { return nil }
                if token == nil { letters += caselessLetters(line[place..<end]) }
                guard letters <= nameLetters else { return nil }
                names += 1
                place = token ?? end
            }
        }
        return limit == line.count && names <= 4 && (isFollowed || names == 0) ? line.count : nil
    }

    private static func isAddressee(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        let folded = FoldedLine(word).string
        if addressees.contains(folded) { return true }
        return !["i", "i'm", "i've", "we", "my", "our"].contains(folded) && isCapital(word)
    }

    /// Whether a word begins like a name: with a capital letter, or one of a script that has none.
    static func isCapital(_ word: some Collection<UInt8>) -> Bool {
        Array(word.prefix(4)).withUnsafeBytes { word in
            guard !word.isEmpty else { return false }
            let first = WordCharacter(at: 0, in: word)
            let letter = first.small.properties
            return first.isCapital || (letter.isAlphabetic && !letter.isLowercase)
        }
    }

    /// Whether no letter stands at a place, but a no-break space, a quote or the like.
    private static func isSign(at place: Int, in line: UnsafeBufferPointer<UInt8>) -> Bool {
        WordCharacter(at: place, in: UnsafeRawBufferPointer(line)).kind == .sign
    }

    /// Whether the rest of a line is a name and no more.
    private static func isName(_ rest: Slice<UnsafeBufferPointer<UInt8>>, isAlone: Bool) -> Bool {
        let words = rest.split { $0 <= 0x20 || ",!".utf8.contains($0) }
        guard let last = rest.last, isAlone || ",!".utf8.contains(last) else { return false }
        return 1...nameWords ~= words.count && last != UInt8(ascii: ".") && last != UInt8(ascii: "?")
            && words.allSatisfy { $0.first == UInt8(ascii: "<") || (isAddressee($0) && !isAcronym($0)) }
            && words.reduce(0) { $0 + caselessLetters($1) } <= nameLetters
    }

    /// Whether a word is of capital letters of ASCII alone, which names of people are not beside greetings.
    private static func isAcronym(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
        word.count > 1 && word.allSatisfy { 65...90 ~= $0 || 48...57 ~= $0 }
    }

    /// The letters of a word in a script without capitals; 0 in others.
    private static func caselessLetters(_ word: Slice<UnsafeBufferPointer<UInt8>>) -> Int {
        Array(word).withUnsafeBytes { word in
            var (place, letters) = (0, 0)
            while place < word.count {
                let character = WordCharacter(at: place, in: word)
                let letter = character.small.properties
                if letter.isAlphabetic, !letter.isLowercase { letters += 1 }
                place += character.width
            }
            return letters
        }
    }

    /// Where a phrase in small letters ends that a line begins with, and no letter follows; nil where it begins with another.
    private static func end(of phrase: StaticString, beginning line: UnsafeBufferPointer<UInt8>) -> Int? {
        phrase.withUTF8Buffer { phrase in
            let (phrase, line) = (UnsafeRawBufferPointer(phrase), UnsafeRawBufferPointer(line))
            var (place, end) = (0, 0)
            while place < phrase.count {
                guard end < line.count else { return nil }
                let (wanted, found) = (WordCharacter(at: place, in: phrase), WordCharacter(at: end, in: line))
                guard wanted.small == found.small else { return nil }
                place += wanted.width
                end += found.width
            }
            guard end < line.count else { return end }
            let next = line[end]
            let isOver = next < 0x80 ? !(97...122 ~= next | 0x20) : WordCharacter(at: end, in: line).kind == .sign
            return isOver ? end : nil
        }
    }

    private static let regards: Set<String> = [
        "best regards", "kind regards", "warm regards", "with kind regards", "with best regards", "regards",
        "best wishes",
        "sincerely", "yours sincerely", "yours faithfully", "yours truly", "respectfully", "rgds", "br", "cheers",
        "mit freundlichen grüßen", "mit freundlichen grüssen", "mit freundlichen gruessen", "mit freundlichem gruß",
        "mit besten grüßen", "freundliche grüße", "freundliche grüsse", "viele grüße", "beste grüße", "liebe grüße",
        "schöne grüße", "herzliche grüße", "gruß", "grüße", "mfg", "vg", "lg", "cordialement", "bien cordialement",
        "cdlt",
        "bien à vous", "sincères salutations", "meilleures salutations", "salutations", "bonne journée", "saludos",
        "un saludo", "saludos cordiales", "cordiales saludos", "un cordial saludo", "atentamente",
        "cordiali saluti", "distinti saluti", "met vriendelijke groet", "met vriendelijke groeten",
        "vriendelijke groeten",
        "atenciosamente", "cumprimentos", "com os melhores cumprimentos", "pozdrawiam", "z poważaniem",
        "с уважением", "med vänliga hälsningar", "vänliga hälsningar", "med venlig hilsen", "venlig hilsen", "mvh",
        "med vennlig hilsen", "vennlig hilsen", "s pozdravem", "saygılarımla", "iyi çalışmalar",
        "ystävällisin terveisin",
        "terveisin", "üdvözlettel", "tisztelettel", "よろしくお願いします", "よろしくお願いいたします", "此致敬礼",
    ]
    private static let thanks: Set<String> = [
        "thanks", "thank you", "many thanks", "thanks a lot", "thanks in advance", "thank you in advance", "thx",
        "thanks for your help", "thank you for your help", "thanks in advance for your help",
        "thank you in advance for your help", "thanks for your support", "thank you for your support",
        "vielen dank für ihre hilfe", "danke für die hilfe", "merci de votre aide", "merci pour votre aide",
        "gracias por su ayuda", "gracias por la ayuda",
        "best",
        "thanks and regards", "thanks & regards", "thank you very much", "danke", "vielen dank", "danke im voraus",
        "vielen dank im voraus", "besten dank", "merci", "merci d'avance", "merci beaucoup", "gracias",
        "muchas gracias",
        "gracias de antemano", "grazie", "grazie mille", "bedankt", "alvast bedankt", "obrigado", "obrigada",
        "dziękuję",
        "спасибо", "tack", "děkuji", "teşekkürler", "kiitos", "köszönöm", "ありがとうございます", "谢谢", "감사합니다",
    ]

    /// How a letter is closed.
    enum Closing {
        /// By a formula, below which only the writer and their address can stand.
        case regards
        /// By thanks, below which a letter may go on.
        case thanks
    }

    /// The closing that a line is, with or without a name behind it.
    static func closing(_ line: UnsafeBufferPointer<UInt8>) -> Closing? {
        guard line.count <= 80 else { return nil }
        let folded = FoldedLine(line)
        let core = String(folded.core)
        if regards.contains(core) { return .regards }
        if thanks.contains(core) { return .thanks }
        guard let comma = line.firstIndex(where: { $0 == UInt8(ascii: ",") || $0 == UInt8(ascii: "!") }) else {
            return nil
        }
        let phrase = String(FoldedLine(line[..<comma]).core)
        guard regards.contains(phrase) || thanks.contains(phrase) else { return nil }
        let names = line[(comma + 1)...].split { $0 <= 0x20 }
        guard names.count <= 4, names.allSatisfy({ isCapital($0) || $0.first == UInt8(ascii: "<") }) else { return nil }
        return regards.contains(phrase) ? .regards : .thanks
    }

    /// By their first bytes, as every line is compared with them.
    private static let footers = Dictionary(grouping: [
        "sent from", "sent via", "get outlook for", "gesendet von", "von meinem", "gesendet mit", "envoyé de mon",
        "envoyé depuis", "envoyé à partir de", "enviado desde", "please consider the environment",
        "think before you print",
        "bitte denken sie an die umwelt", "pensez à l'environnement",
        "inviato da iphone", "inviato dal mio", "verstuurd vanaf mijn", "verzonden vanaf mijn", "enviado do meu",
        "enviado de mi", "wysłano z iphone", "wysłane z iphone", "отправлено с iphone", "skickat från min",
        "sendt fra min",
        "odesláno z iphonu", "odesláno z mého", "iphone'umdan gönderildi", "lähetetty iphonesta", "iphoneから送信", "发自我的",
        "從我的 iphone", "나의 iphone에서 보냄", "iphone-ról küldve",
    ]) { $0.utf8.first }

    /// Whether a line is what a mail program, or a company, puts below every message.
    static func isFooter(_ line: FoldedLine) -> Bool {
        line.string.utf8.count <= 120
            && footers[line.string.utf8.first]?.contains { line.begins(with: $0) } ?? false
    }

    private static let notices: [StaticString] = [
        "confidential", "intended recipient", "intended only", "intended solely", "privileged", "unauthorized",
        "unauthorised", "disclaimer", "in error", "delete", "vertraulich", "richtige adressat", "irrtümlich",
        "vernichten",
        "unbefugte", "confidentiel", "destinataire", "par erreur", "confidencial", "destinatario", "por error",
        "prohibida",
        "strictly prohibited", "nicht gestattet", "virus",
        "riservat", "destinatari", "per errore", "vertrouwelijk", "geadresseerde", "abusievelijk", "confidenciais",
        "por engano", "poufn", "adresat", "usunięcie", "конфиденциальн", "получател", "по ошибке", "konfidentiell",
        "mottagare", "fortrolig", "modtager", "důvěrn", "adresát", "gizli", "luottamuksellin",
    ]

    /// Whether a long paragraph is a legal notice: two of the words of such notices stand in it.
    static func isNotice(_ paragraph: some Collection<UInt8>) -> Bool {
        let folded = paragraph.prefix(4_096).map { 65...90 ~= $0 ? $0 | 0x20 : $0 }
        return folded.withUnsafeBufferPointer { folded in
            notices.count { folded.contains($0) } >= 2
        }
    }
}

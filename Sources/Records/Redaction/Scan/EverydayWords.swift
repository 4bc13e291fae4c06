/// Words that names are confused with, and words that go with names.
enum EverydayWords {
    static func hashes(_ text: String) -> Set<UInt64> {
        Set(text.split { $0 == " " || $0 == "\n" }.map { NameFolding.hash(String($0)) })
    }

    static func contains(_ word: String) -> Bool { words.contains(NameFolding.hash(word)) }

    /// Words that stand before a name and before little else.
    static let greetings = hashes(
        """
        mr mrs ms miss mx dr prof sir madam herr frau monsieur madame mme mlle signor signora sig senor senora sr sra dhr mevr
        hi hello hey dear hallo liebe lieber bonjour cher chere ciao caro cara hola estimado estimada thanks regards cheers cc attn
        """)

    /// Titles that are no part of a name.
    static let titles = hashes(
        "mr mrs ms miss mx dr prof sir herr frau monsieur madame mme signor signora senor senora ing dipl")

    /// Small words inside surnames.
    static let particles = hashes(
        "van von der den de del della di da do dos das du la le el al bin ibn ben ter ten zu zur af av y e o d l")

    /// How companies end.
    static let companyForms = hashes(
        """
        inc incorporated corp corporation co company ltd limited llc llp lp plc gmbh ag kg kgaa ug ohg gbr ev se sa sas sarl srl spa snc bv nv
        ab as asa aps oy oyj sro doo kft zrt pty pte sdn bhd kk group holding holdings mbh s a r l p
        sp
        """
    ).union(leadingForms)

    /// How companies end in several words, none of which tells it alone.
    static let companyEndings = ["z o o", "z oo", "sp zoo"].map {
        $0.split(separator: " ").map { NameFolding.hash(String($0)) }
    }

    /// How companies begin, and end as well.
    static let leadingForms = hashes("ооо зао оао пао ао ат пат прат тов 주식회사 유한회사")

    /// How the "and" of a company's name is written in words.
    static let conjunctions = ["and", "und", "et", "y", "e", "en", "och", "og", "i", "ja"]
    static let conjunctionHashes = hashes(conjunctions.joined(separator: " "))

    /// Names and parts of names that are also words, months, places or terms of the trade.
    private static let words = hashes(
        """
        ace acre adder advanced agent air airlines alert allen alpha amber american an angel apple applied
        april arch archer arrow art as aspen associates at august aurora austin autumn bacon ball bank banks
        bar barker barn basic bass batch bath bay beach beam bean bear bell bend best beta bill bin birch bird
        bishop black blank blaze block bloom blue bold bolt bond book boss bow box boy branch brand brandy
        bridge bright brown buck bud bug bull bunch burn burns bush by cable cage camp cannon cap capital car
        card care carpenter carry case cash castle cat central chain chambers chance change channel chapel
        charity chase check cherry chip christian church city clean clear cliff close cloud coal code college
        comfort constant consulting cook cooper copper coral core corn cotton count court cove cream creek
        crisp cross crow crown crystal curtain daisy dash data dawn day deal dean dear december delta destiny
        diamond digital do dodge dollar dove draw drew drive duke dusk dusty eagle earl early east easter edge
        electric ember energy english european even ever fair faith fall farmer fast fawn february fern field
        fields finance financial fine finish first fish fisher flint flower flowers fly foods ford foreman
        forest fork fountain fox frame frank free french fresh friday frost gale garden gate gates gay gem
        gene general gentry george giant gift gin glass glen global go gold golden good grace green groovy
        grove guest guy hall ham hand harmony harvest haven hawk hay hazel he head health heart heaven hedge
        held hero hill hills ho holiday holly home honey hood hook hope horn horse house hunt hunter ice in
        industries insurance international is island it ivory ivy january java jersey jewel job joker jolly
        joy judge july june junior justice key king knot labs lake lamb land lane law le leaf legend level li
        liberty light lily line lines link linux lion little lo lock logistics long lord lot love lucky luna
        ma main major mall man manor maple march mark marks mason master may mayor me media men merit merry
        metal mild mile miles mill miller mills mint misty mode monday monk moon moor more morning moss motors
        mountain mustard my national neat network networks new news ng no noble noon north november oak ocean
        october of olive on onyx opal or oracle orange owl page painter palm pan park parks partners pass pat
        patience patient peace peacock pear pearl pen penny pepper perl phoenix pike pilot pine piper plant
        plum poem pole pond pool poole porter post pound powder power powers price prince prior prosper proud
        python query quick quill rail rain ranger ray read reader reason record reef rest retail rice rich
        ridge ring rio river rivers road rock roman root ruby rule rush rust sage sailor sale salmon salt sand
        sandy saturday saturn savage saw scala scout sea search season self senior september serene server
        service services shade sharp shell shield shine shore short show sierra silver singer site skip sky
        slate small smart snow so software solutions son spark sparrow spear speed spice spring square staff
        stage star stark steel stem stern still stock stone storm story straw street strong su summer sun
        sunday sunny swan sweet swift system systems table teal tech technologies technology temple term test
        the thread thursday tide tiger tile timber time tin to token topaz tower town trace trail tree trinity
        true trust tuesday union united up us valley van venture venus victor victory view vine violet virgin
        virginia wait walker wall walls ward warner waters wave way we wednesday well wells west wheat wheeler
        white whitehead wide will willow wilt win wind winner winter wise wish wolf wood woods wool word worth
        yard yarrow year young zone
        """)

    /// The name as it is written where there are no umlauts: ae, oe, ue, ss, aa.
    static func expanded(_ name: String) -> String {
        var text = ""
        for character in name {
            switch character {
            case "ä", "æ", "Ä", "Æ": text += "ae"
            case "ö", "ø", "œ", "Ö", "Ø": text += "oe"
            case "ü", "Ü": text += "ue"
            case "ß": text += "ss"
            case "å", "Å": text += "aa"
            case "þ", "Þ": text += "th"
            default: text.append(character)
            }
        }
        return text
    }
}

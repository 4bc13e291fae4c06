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

    /// How many there are.
    static let count = 22

    /// The cues that are remembered up to the end of a line.
    static let remembered: Cue = [
        .phone, .call, .version, .address, .ssn, .card, .identity, .document, .otherOption, .login, .iban,
    ]
}

extension Cue {
    private static let words: [(Cue, String)] = [
        (
            .phone,
            """
            phone phones telephone tel fax mobile cell cellphone cellular whatsapp sms handy telefon
            telefonnummer mobil mobilnummer rufnummer telefono telefax téléphone portable cellulare celular
            móvil teléfono telefone telemóvel telefoon puhelin telefonszám landline hotline voicemail msisdn
            pager
            """
        ),
        (
            .call,
            """
            call calling reach answering contact dial ring text callback calls anrufen appeler chiamare llamar
            """
        ),
        (
            .line,
            """
            office fax mobile cell phone tel landline ext extension mobil telefon
            """
        ),
        (
            .password,
            """
            password passwords passe passwd passphrase passcode pwd pass passw pw pswd userpass sshpass passwort
            kennwort motdepasse contraseña contrasena senha parola wachtwoord lösenord hasło haslo heslo
            salasana adgangskode şifre пароль
            """
        ),
        (
            .secret,
            """
            secret secrets token tokens credential credentials apikey accesskey secretkey sig signature
            authtoken accesstoken jwt refreshtoken clientsecret privatekey accountkey sharedaccesskey bearer
            authkey auth authorization passkey apisecret
            """
        ),
        (
            .key,
            """
            key keys
            """
        ),
        (
            .qualifier,
            """
            api access secret private account shared encryption master auth signing client app license service
            storage subscription session deploy webhook
            """
        ),
        (
            .version,
            """
            version versions bump release update updated updating updates cve fixed vm jre ver build upgrade upgraded upgrading v revision java jdk openssl patch
            """
        ),
        (
            .address,
            """
            ip ips ipv4 ipv6 address addr host hosts server remote ping gateway subnet dns peer node
            inet
            """
        ),
        (
            .ssn,
            """
            ssn ssns socialsecurity social itin
            """
        ),
        (
            .card,
            """
            card cards visa mastercard maestro amex credit debit cc pan kreditkarte carte tarjeta carta
            """
        ),
        (
            .identity,
            """
            nhs sin nino tfn medicare bsn pesel personnummer cpr cpf cnpj aadhaar aadhar nif nie dni nir nis rut
            curp pan identity identification national steuer steuerid steuernummer idnr fiscale codice
            insee citizen resident rrn nric fin taxpayer tax vat ahv avs egn cnp oib jmbg tckn kimlik
            fødselsnummer henkilötunnus hetu insurance
            """
        ),
        (
            .document,
            """
            passport licence license reisepass führerschein passeport pasaporte
            passaporto
            """
        ),
        (
            .scheme,
            """
            bearer basic
            """
        ),
        (
            .folder,
            """
            home users
            """
        ),
        (
            .filler,
            """
            a an the is was are were be been and or not no none null nil true false yes undefined empty missing
            wrong incorrect invalid required optional expired correct valid needed stored set unset changed
            reset used ok fine for from in on of to with without by at as it its this that these those must
            should can cannot could will would may might has have had does do did if when while then else but so
            because string str int integer bool boolean bytes byte char chars object array list any var let
            const new file files field fields property properties value values name type types prompt provider
            protected based only same different too very also still never always your my our their his her user
            users username authentication auth error errors failed failure fail fails exception unknown default
            redacted masked hidden removed example examples placeholder text hash hashed encrypted plain
            plaintext clear config configuration env environment variable self super return import class func
            function def void public private static final secret password token key long weak strong short here
            there below above using via needs need please what which how who why where kerberos ldap simple
            digest getting get gets sent send being expiry renewal renewer issuer identifier service manager
            store alias aliases mismatch
            """
        ),
        (
            .otherOption,
            """
            mkdir ssh scp sftp docker tar cp ps netstat nc patch unzip install pip rsync podman psql kill lsof
            nmap telnet make pidof sysctl
            """
        ),
        (
            .login,
            """
            mysql mysqldump mysqladmin mariadb mongo mongosh mongodump sshpass login logon ldapsearch sqlplus
            sqlcmd kinit htpasswd smbclient user username net
            """
        ),
        (
            .owner,
            """
            my our his her their temporary temp new old root admin initial current wifi
            """
        ),
        (
            .iban,
            """
            iban account konto
            """
        ),
        (
            .service,
            """
            root ubuntu admin administrator user users username public default shared guest centos vagrant
            runner jenkins docker git www app build deploy service all defaultuser runneradmin circleci travis
            debian fedora pi node work local data dev test home xxx foo bar bin lib logs tmp oracle postgres
            mysql your yourname me someone somebody myuser
            """
        ),
        (
            .measure,
            """
            ms s bytes byte kb mb gb tb sec secs seconds minutes hours days ns us records rows blocks lines
            times percent
            """
        ),
    ]

    /// The last two letters of the words that name a secret, five bits each.
    static let endings: [Bool] = {
        var endings = [Bool](repeating: false, count: 1024)
        for (cue, words) in words where !cue.isDisjoint(with: [.password, .secret, .key]) {
            for word in words.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
                let last = word.utf8.suffix(2).map { Int($0 & 31) }
                endings[last[0] << 5 | last[1]] = true
            }
        }
        return endings
    }()

    /// The cues by the hash of the word.
    static let table = WordTable(
        words.flatMap { cue, words in
            words.split { $0 == " " || $0 == "\n" }.map { (hash: NameFolding.hash(String($0)), value: cue.rawValue) }
        })
}

/// How the keys of providers begin, and how much of which characters follows.
struct KeyPrefix: Sendable {
    enum Alphabet: Sendable {
        /// Upper-case letters and digits.
        case upper
        case hex
        case alphanumeric
        /// Letters, digits, `_` and `-`.
        case url
        /// `url` and dots.
        case dotted
        /// Letters, digits, `+`, `/`, `=`, `_`, `-` and dots.
        case base64
    }

    let prefix: [UInt8]
    let alphabet: Alphabet
    let least: Int
    let most: Int

    private init(_ prefix: String, _ alphabet: Alphabet, _ least: Int, _ most: Int = 2_048) {
        (self.prefix, self.alphabet, self.least, self.most) = (Array(prefix.utf8), alphabet, least, most)
    }

    /// The families, as their owners document them.
    static let all: [KeyPrefix] = [
        // Amazon
        .init("AKIA", .upper, 16, 16), .init("ASIA", .upper, 16, 16), .init("ABIA", .upper, 16, 16),
        .init("ACCA", .upper, 16, 16), .init("AROA", .upper, 16, 17), .init("AIDA", .upper, 16, 17),
        .init("ABSK", .base64, 60),
        // GitHub, GitLab, Bitbucket, Atlassian
        .init("ghp_", .alphanumeric, 30), .init("gho_", .alphanumeric, 30), .init("ghu_", .alphanumeric, 30),
        .init("ghs_", .alphanumeric, 30), .init("ghr_", .alphanumeric, 30), .init("github_pat_", .url, 22),
        .init("glpat-", .dotted, 20), .init("gldt-", .url, 20), .init("glrt-", .dotted, 20),
        .init("glcbt-", .url, 20),
        .init("glptt-", .url, 20), .init("glft-", .url, 20), .init("glimt-", .url, 20), .init("glagent-", .url, 20),
        .init("gloas-", .url, 20), .init("glsoat-", .url, 20), .init("glffct-", .url, 20),
        .init("GR1348941", .url, 20),
        .init("ATATT3", .base64, 60), .init("ATCTT3", .base64, 60), .init("ATBB", .alphanumeric, 24, 40),
        // Slack, Discord, Telegram and other channels
        .init("xoxb-", .url, 12), .init("xoxp-", .url, 12), .init("xoxa-", .url, 12), .init("xoxr-", .url, 12),
        .init("xoxs-", .url, 12), .init("xoxe-", .url, 12), .init("xoxe.", .dotted, 12), .init("xoxo-", .url, 12),
        .init("xoxc-", .url, 12), .init("xoxd-", .base64, 12), .init("xapp-", .url, 12), .init("xwfp-", .url, 12),
        // Payments
        .init("sk_live_", .alphanumeric, 10), .init("sk_test_", .alphanumeric, 10),
        .init("rk_live_", .alphanumeric, 10),
        .init("rk_test_", .alphanumeric, 10), .init("sk_prod_", .alphanumeric, 10),
        .init("rk_prod_", .alphanumeric, 10),
        .init("whsec_", .base64, 20), .init("sq0atp-", .url, 22, 60), .init("sq0csp-", .url, 40, 60),
        .init("sq0idp-", .url, 22, 60), .init("EAAA", .url, 56, 64), .init("shpat_", .hex, 32, 32),
        .init("shpca_", .hex, 32, 32), .init("shppa_", .hex, 32, 32), .init("shpss_", .hex, 32, 32),
        .init("access_token$production$", .alphanumeric, 20), .init("EZAK", .alphanumeric, 54),
        .init("EZTK", .alphanumeric, 54),
        .init("FLWSECK", .url, 12),
        // Google
        .init("AIza", .url, 35, 35), .init("ya29.", .url, 20), .init("GOCSPX-", .url, 20),
        .init("GOOG", .alphanumeric, 20, 60),
        .init("1//0", .url, 30),
        // Models
        .init("sk-ant-", .url, 20), .init("sk-proj-", .url, 20), .init("sk-svcacct-", .url, 20),
        .init("sk-admin-", .url, 20),
        .init("sk-or-v1-", .hex, 40), .init("sk-", .alphanumeric, 20), .init("sess-", .alphanumeric, 40),
        .init("hf_", .alphanumeric, 30),
        .init("api_org_", .alphanumeric, 30), .init("r8_", .alphanumeric, 37), .init("gsk_", .alphanumeric, 40),
        .init("xai-", .alphanumeric, 60),
        .init("pplx-", .alphanumeric, 40),
        // Packages
        .init("npm_", .alphanumeric, 36), .init("pypi-", .url, 50), .init("rubygems_", .hex, 48),
        .init("oy2", .alphanumeric, 43, 43),
        .init("CLOJARS_", .alphanumeric, 60), .init("AKCp", .alphanumeric, 60), .init("dckr_pat_", .url, 20),
        .init("dckr_oat_", .url, 20),
        .init("cmVmdGtu", .alphanumeric, 50, 60),
        // Mail and messages
        .init("SG.", .dotted, 40), .init("xkeysib-", .url, 40), .init("xsmtpsib-", .url, 40),
        .init("key-", .hex, 32, 32), .init("SK", .hex, 32, 32),
        .init("pubkey-", .hex, 32, 32), .init("re_", .alphanumeric, 30),
        // Clouds and infrastructure
        .init("dop_v1_", .hex, 64), .init("doo_v1_", .hex, 64), .init("dor_v1_", .hex, 64),
        .init("dapi", .hex, 32, 34),
        .init("dp.pt.", .alphanumeric, 40), .init("dp.st.", .dotted, 40), .init("hvs.", .url, 24),
        .init("hvb.", .url, 24), .init("hvr.", .url, 24),
        .init("LTAI", .alphanumeric, 17, 24), .init("AKID", .alphanumeric, 28, 40), .init("HRKU-", .url, 36),
        .init("fo1_", .url, 40),
        .init("fm1r_", .base64, 60), .init("fm2_", .base64, 60), .init("pul-", .hex, 40, 40),
        .init("age-secret-key-1", .alphanumeric, 50),
        .init("AGE-SECRET-KEY-1", .upper, 50), .init("tskey-", .url, 20), .init("CCIPAT_", .url, 20),
        .init("bkua_", .hex, 40), .init("nfp_", .alphanumeric, 36),
        .init("vercel_", .alphanumeric, 24), .init("sbp_", .hex, 40), .init("sb_secret_", .url, 20),
        .init("PSCALE_", .url, 30),
        .init("pscale_tkn_", .dotted, 30), .init("pscale_pw_", .dotted, 30), .init("pscale_oauth_", .dotted, 30),
        // Observation
        .init("NRAK-", .alphanumeric, 27), .init("NRII-", .url, 32), .init("NRAL-", .url, 20),
        .init("NRRA-", .hex, 40), .init("NRSP-", .alphanumeric, 20),
        .init("glc_", .base64, 32), .init("glsa_", .url, 32), .init("sntrys_", .base64, 40),
        .init("sntryu_", .hex, 60),
        .init("phc_", .alphanumeric, 40), .init("phx_", .alphanumeric, 40), .init("dt0c01.", .dotted, 80),
        .init("ddp_", .alphanumeric, 34), .init("hcaik_", .alphanumeric, 50),
        // Work and documents
        .init("pat-na1-", .url, 36), .init("pat-eu1-", .url, 36), .init("lin_api_", .alphanumeric, 40),
        .init("secret_", .alphanumeric, 43, 43), .init("ntn_", .alphanumeric, 40),
        .init("PMAK-", .url, 50), .init("PMAT-", .alphanumeric, 26), .init("figd_", .url, 36),
        .init("shippo_live_", .hex, 40), .init("shippo_test_", .hex, 40),
        .init("tfp_", .url, 40), .init("duffel_live_", .url, 43),
        .init("ops_eyJ", .base64, 100), .init("rdme_", .alphanumeric, 60), .init("zpka_", .alphanumeric, 30),
        .init("CFPAT-", .url, 40),
        .init("dG9rOj", .base64, 40), .init("SWMTKN-1-", .url, 60), .init("ico-", .alphanumeric, 32, 32),
    ]

    /// The prefixes by their first byte.
    static let byFirstByte: [[KeyPrefix]] = (0..<256).map { byte in all.filter { Int($0.prefix[0]) == byte } }

    /// Bit b of entry a: whether some prefix begins with the bytes a and b.
    static let firstTwo: [UInt8] = {
        var table = [UInt8](repeating: 0, count: 65_536)
        for key in all { table[Int(key.prefix[0]) << 8 | Int(key.prefix[1])] = 1 }
        return table
    }()

    func takes(_ byte: UInt8, _ classes: UInt8) -> Bool {
        let byteClass = ByteClass(rawValue: classes)
        if byteClass.contains(.high) { return false }
        switch alphabet {
        case .upper: return byteClass.contains(.digit) || byteClass.contains(.upper)
        case .hex: return byteClass.contains(.digit) || byteClass.contains(.hexLetter)
        case .alphanumeric: return byteClass.contains(.word)
        case .url: return byteClass.contains(.word) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
        case .dotted: return byteClass.contains(.word) || "_-.".utf8.contains(byte)
        case .base64: return byteClass.contains(.word) || "_-.+/=".utf8.contains(byte)
        }
    }
}

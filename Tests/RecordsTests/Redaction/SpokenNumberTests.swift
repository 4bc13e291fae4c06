import Records
import Testing

/// Numbers to call that a word before them tells, in the languages and scripts of customers.
struct SpokenNumberTests {
    @Test(arguments: [
        ("电话 ", "13800138000", ""), ("手机号：", "13912345678", ""), ("我的手机是", "13855523686", "，谢谢"),
        ("手机 ", "138 0013 8000", ""), ("请联系", "13812345678", "。"), ("連絡先は", "09012345678", "まで"),
        ("전화번호는 ", "010-1234-5678", "입니다"), ("телефон: ", "89161234567", ""),
        ("мой телефон ", "8 (916) 123-45-67", ""), ("هاتفي ", "0501234567", ""),
        ("mob ", "9876543210", ""), ("Telefon: ", "(0 30) 27 72 040", ""), ("Meu celular é ", "11987654321", ""),
    ])
    func `after a word for a telephone`(before: String, number: String, after: String) throws {
        #expect(try Redactors.plain().found(before + number + after) == ["phone|\(number)"])
    }

    @Test(arguments: [
        ("Il mio numero è", "347 6701139"), ("Il mio numero è", "333/3418344"), ("Il mio numero è", "347-6701139"),
        ("Mi número es", "612345678"), ("mijn nummer is", "0612345678"), ("My number is", "4155550198"),
        ("Мой номер:", "9161234567"), ("Call me at", "4155550198"), ("chiamatemi al", "347 67 01 139"),
        ("bel", "0612345678"), ("unter", "(0 30) 2772040"), ("Llámeme al", "612 345 678"),
        ("pueden contactarme en el", "612 345 678"),
        ("Mi chiami al", "347 670 1139"), ("può contattarmi al", "347 670 1139"), ("unter", "0711 / 21 36 69 53"),
    ])
    func `after what says that somebody is to be called`(before: String, number: String) throws {
        #expect(try Redactors.plain().found("\(before) \(number), ok") == ["phone|\(number)"])
    }

    @Test(arguments: [
        "order number 612345678", "numero d'ordine 347670113", "my number of rows: 12345678", "our order 347 670113",
        "Bestellnummer 0612345678", "号码 文件 1700000000123", "call 1234567890 took 12 ms", "用户 13812345678901 行",
        "cell 3 of 1200", "GET /cell?x=3 200", "(0 30) of 2772040", "version 4.18.2.1 build 20240611.3",
        "error code 169-447-9363", "mobile build 842.184.1167", "call stack depth 954 2205",
        "13800138000", "订单 13800138000", "took 13812345678 ns", "10.20.30.40:8080 up 12:34:56",
    ])
    func `other numbers stay`(text: String) throws {
        #expect(try Redactors.plain().found(text).filter { $0.hasPrefix("phone") } == [])
    }
}

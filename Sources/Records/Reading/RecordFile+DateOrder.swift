internal import CSimdJSON

// What is wrong with a file or a row is passed over here, as the pass that asks for the order tells of it.
extension RecordFile {
    /// The order of day and month that the first date with a number above 12 tells, in a column of a CSV file; nil where none does.
    func dateOrder(ofColumn column: String) -> DateOrder? {
        bytes.withUnsafeBytes { bytes in
            var scanner = CSVScanner(bytes)
            guard let header = try? CSVHeader(file: path, scanner: &scanner, bytes: bytes),
                let position = try? header.position(of: column)
            else { return nil }
            while !scanner.isAtEnd {
                let (start, line) = (scanner.position, scanner.line)
                let ending = scanner.next()
                guard ending == .complete || ending == .endOfSource, scanner.fields.count == header.names.count
                else {
                    scanner.move(to: start, line: line)
                    scanner.skipLine(from: start)
                    continue
                }
                if let order = scanner.fields[position].withBytes(in: bytes, { NumericDate($0)?.order }) {
                    return order
                }
            }
            return nil
        }
    }

    /// The order of day and month that the first date with a number above 12 tells, under a key of JSON lines; nil where none does.
    func dateOrder(ofKey key: String) -> DateOrder? {
        let parser = JSONLineParser()
        var splitter = LineSplitter()
        let name = Array(key.utf8)
        var order: DateOrder?
        func note(_ line: LineSplitter.Line) {
            guard order == nil, let fields = parser.parse(line.bytes) else { return }
            for field in fields where order == nil && field.parent == 0 && field.name.elementsEqual(name) {
                if case .text(let text) = field.value { order = NumericDate(text)?.order }
            }
        }
        let step = 1 << 20
        for start in stride(from: 0, to: bytes.count, by: step) where order == nil {
            splitter.feed(bytes[start..<min(start + step, bytes.count)], note)
        }
        splitter.finish(note)
        return order
    }
}

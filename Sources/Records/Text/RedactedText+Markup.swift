extension RedactedText {
    /// The words of a mail in HTML, line by line; the same text when it is not in HTML.
    ///
    /// Blocks become lines, items of lists lines that begin with `- `, and quoted blocks lines that begin with `> `. Style sheets, scripts and
    /// comments go. Character references are resolved where they stand for a letter beyond ASCII or for punctuation; one that
    /// stands for a letter, a digit or a sign of ASCII becomes a blank, and so does a tag within a word, so that nothing comes together that
    /// no redactor has read as a whole. Tokens stay as they are.
    ///
    /// It counts as HTML when it begins with an element of HTML, or has three elements of those that lay out a mail.
    ///
    /// - Complexity: O(bytes).
    public var withoutMarkup: RedactedText {
        var text = string
        return text.withUTF8(MarkupReader.isMarkup) ? markupWords : self
    }

    /// The same words of a text that is known to be HTML, whatever it looks like.
    public var markupWords: RedactedText {
        var text = string
        return text.withUTF8 { bytes in
            var reader = MarkupReader(bytes)
            return RedactedText(redacted: String(decoding: reader.read(), as: UTF8.self))
        }
    }
}

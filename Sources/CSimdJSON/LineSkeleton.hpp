#ifndef LINE_SKELETON_HPP
#define LINE_SKELETON_HPP

#include "CSimdJSONLogs.h"

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

struct csimdjson_log_reader;

namespace logs {

/// What lines have in common that differ in the values of their strings and whole numbers alone: the bytes between these, and what was read of one of
/// them.
///
/// A program writes few forms of lines, so that most are read by comparing. What is not surely of the form is left to the parser: a string that holds
/// anything but printable ASCII, a quote or a backslash, and a number of more than 18 digits, with a sign or with a zero before it.
class Skeleton {
  public:
    /// Takes the form of a line that was read last.
    ///
    /// Returns whether it has one: a line with a backslash, and one of very many values, has none.
    bool take(std::string_view line, const csimdjson_log_reader &reader, const csimdjson_log_record &record);

    /// Reads a line that is of the form; otherwise it changes nothing and returns false.
    bool read(std::string_view line, csimdjson_log_reader &reader, csimdjson_log_record &record) const;

  private:
    static constexpr size_t most_values = 48;
    static constexpr size_t longest_line = 8'192;

    /// A string or a whole number.
    struct Value {
        /// Where the literal before it ends among all literals.
        uint32_t literal_end;
        /// Where a string stands in the text of the record without strings.
        uint32_t text;
        uint32_t field;
        bool is_string;
    };

    /// One that was found in a line.
    struct Found {
        const char *start;
        uint32_t length;
        int64_t bits;
    };

    static const char *string_end(const char *place, const char *end);
    static bool whole_number(const char *&place, const char *end, int64_t &number);
    bool match(std::string_view line, std::array<Found, most_values> &found) const;

    std::string literals;
    std::vector<Value> values;
    /// The text of the record without strings.
    std::string text;
    std::vector<csimdjson_log_field> fields;
    /// For each field the strings before its key.
    std::vector<uint32_t> strings_before;
    csimdjson_log_record record{};
};

/// The forms that lines had of late.
class Skeletons {
  public:
    bool read(std::string_view line, csimdjson_log_reader &reader, csimdjson_log_record &record);
    void learn(std::string_view line, const csimdjson_log_reader &reader, const csimdjson_log_record &record);

  private:
    static constexpr size_t most = 8;
    /// What to learn a form costs, by how often forms were met: lines of which each has its own are not learnt for nothing.
    static constexpr int price = 16;
    static constexpr int most_credit = 256;

    std::array<Skeleton, most> skeletons;
    /// The one that is made.
    Skeleton next;
    /// The indexes of forms, those that were met last first.
    std::array<uint8_t, most> order{};
    size_t count = 0;
    int credit = most_credit;
};

} // namespace logs

#endif

#ifndef LOG_FIELDS_HPP
#define LOG_FIELDS_HPP

#include "CSimdJSONLogs.h"
#include "LineSkeleton.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <simdjson.h>
#include <string>
#include <string_view>
#include <vector>

namespace logs {

using simdjson::dom::element;

/// Beyond it a value is left out and the record says so.
constexpr int deepest = 32;
/// Members of an object in which repeated keys are looked for.
constexpr size_t longest_key_list = 64;

/// The names that stand for something, found by their length and ends.
class Names {
  public:
    struct Name {
        std::string text;
        int32_t role;
        int32_t priority;
        bool is_nanos;
    };

    void add(std::string_view text, int32_t role, bool is_nanos) {
        const auto priority = static_cast<int32_t>(names.size());
        const auto bucket = hash(text);
        names.push_back({std::string(text), role, priority, is_nanos});
        buckets[bucket].push_back(priority);
        if (text.find('.') != std::string_view::npos) { has_dots = true; }
    }

    const Name *find(std::string_view text) const {
        if (text.empty()) { return nullptr; }
        for (auto index : buckets[hash(text)]) {
            if (names[index].text == text) { return &names[index]; }
        }
        return nullptr;
    }

    bool has_dots = false;

  private:
    static size_t hash(std::string_view text) {
        const auto first = static_cast<unsigned char>(text.front());
        const auto last = static_cast<unsigned char>(text.back());
        return (text.size() * 31 + first * 7 + last) % 128;
    }

    std::vector<Name> names;
    std::vector<int32_t> buckets[128];
};

/// Says when a key comes twice in one object, among the first ones.
class Keys {
  public:
    bool repeats(std::string_view key) {
        if (count == longest_key_list) { return false; }
        const auto first = key.empty() ? 0u : static_cast<unsigned char>(key.front());
        const auto last = key.empty() ? 0u : static_cast<unsigned char>(key.back());
        const auto bit = uint64_t{1} << ((key.size() * 5 + first * 3 + last) % 64);
        bool found = false;
        if (seen & bit) {
            for (size_t index = 0; index < count && !found; index++) { found = keys[index].is(key); }
        }
        seen |= bit;
        keys[count++] = {key.data(), key.size()};
        return found;
    }

  private:
    /// Not a view, which would be set to nothing before it is set, all of them for every object.
    struct Key {
        const char *start;
        size_t length;

        bool is(std::string_view other) const { return std::string_view(start, length) == other; }
    };

    uint64_t seen = 0;
    size_t count = 0;
    Key keys[longest_key_list];
};

} // namespace logs

struct csimdjson_log_reader {
    simdjson::dom::parser parser;
    logs::Names names;
    logs::Skeletons skeletons;
    std::vector<csimdjson_log_record> records;
    std::vector<csimdjson_log_field> fields;
    std::vector<char> text;

    void begin();
    csimdjson_log_record blank(size_t line) const;
    void append(csimdjson_log_field &field, std::string_view bytes);
    /// Adds a value with all that it holds; returns the index of its field.
    size_t add(std::string_view key, logs::element value, int64_t parent, uint8_t scope, int depth, uint32_t &flags);
    csimdjson_log_reading reading() const;
};

#endif

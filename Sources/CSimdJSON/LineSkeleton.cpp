#include "LogFields.hpp"

#include <algorithm>
#include <utility>

namespace logs {

namespace {

/// A bit in each byte that is a quote, a backslash or no printable ASCII.
uint64_t ends(uint64_t bytes) {
    constexpr uint64_t ones = 0x0101010101010101;
    constexpr uint64_t highs = 0x8080808080808080;
    const auto quote = bytes ^ ones * '"';
    const auto backslash = bytes ^ ones * '\\';
    // Borrows reach only bytes above one that counts itself, and the first one is what is asked for.
    return ((quote - ones) | (backslash - ones) | (bytes - ones * 0x20) | bytes) & highs;
}

bool is_digit(char byte) { return static_cast<unsigned char>(byte - '0') < 10; }

bool is_of_number(char byte) {
    return is_digit(byte) || byte == '-' || byte == '+' || byte == '.' || byte == 'e' || byte == 'E';
}

bool is_space(char byte) { return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r'; }

} // namespace

/// The quote that ends a string; null where something else ends it.
const char *Skeleton::string_end(const char *place, const char *end) {
    // What is read beyond the line is padding.
    while (place < end) {
        uint64_t bytes;
        std::memcpy(&bytes, place, sizeof bytes);
        if (const auto found = ends(bytes)) {
            place += __builtin_ctzll(found) / 8;
            return place < end && *place == '"' ? place : nullptr;
        }
        place += sizeof bytes;
    }
    return nullptr;
}

bool Skeleton::whole_number(const char *&place, const char *end, int64_t &number) {
    const auto *start = place;
    number = 0;
    while (place < end && is_digit(*place) && place - start < 19) { number = number * 10 + (*place++ - '0'); }
    const auto digits = place - start;
    return digits > 0 && digits < 19 && (*start != '0' || digits == 1);
}

bool Skeleton::match(std::string_view line, std::array<Found, most_values> &found) const {
    const auto *place = line.data();
    const auto *end = place + line.size();
    size_t literal = 0;
    for (size_t index = 0; index < values.size(); index++) {
        const auto length = values[index].literal_end - literal;
        if (static_cast<size_t>(end - place) < length) { return false; }
        if (std::memcmp(place, literals.data() + literal, length) != 0) { return false; }
        place += length;
        literal += length;
        auto &value = found[index];
        value.start = place;
        if (values[index].is_string) {
            place = string_end(place, end);
            if (!place) { return false; }
            value.length = static_cast<uint32_t>(place - value.start);
        } else {
            value.length = 0;
            if (!whole_number(place, end, value.bits)) { return false; }
        }
    }
    const auto length = literals.size() - literal;
    return static_cast<size_t>(end - place) == length && std::memcmp(place, literals.data() + literal, length) == 0;
}

bool Skeleton::read(std::string_view line, csimdjson_log_reader &reader, csimdjson_log_record &result) const {
    std::array<Found, most_values> found;
    if (!match(line, found)) { return false; }
    // Before each string, and after the last one, as many bytes of strings.
    std::array<uint32_t, most_values + 1> shifts;
    size_t strings = 0;
    uint32_t shift = 0;
    shifts[0] = 0;
    const auto base = static_cast<uint32_t>(reader.text.size());
    const auto first = reader.fields.size();
    for (size_t index = 0; index < values.size(); index++) {
        if (!values[index].is_string) { continue; }
        shift += found[index].length;
        shifts[++strings] = shift;
    }
    reader.text.resize(base + text.size() + shift);
    auto *place = reader.text.data() + base;
    size_t written = 0;
    reader.fields.insert(reader.fields.end(), fields.begin(), fields.end());
    auto *copies = reader.fields.data() + first;
    for (size_t index = 0; index < fields.size(); index++) { copies[index].key += base + shifts[strings_before[index]]; }
    for (size_t index = 0; index < values.size(); index++) {
        const auto &value = values[index];
        auto &field = copies[value.field];
        if (!value.is_string) {
            field.bits = found[index].bits;
            continue;
        }
        std::memcpy(place, text.data() + written, value.text - written);
        place += value.text - written;
        written = value.text;
        field.text = static_cast<uint32_t>(place - reader.text.data());
        field.text_length = found[index].length;
        std::memcpy(place, found[index].start, found[index].length);
        place += found[index].length;
    }
    std::memcpy(place, text.data() + written, text.size() - written);
    result.flags = record.flags;
    for (size_t slot = 0; slot < csimdjson_log_slots; slot++) {
        if (record.slots[slot] >= 0) { result.slots[slot] = record.slots[slot] + static_cast<int32_t>(first); }
    }
    return true;
}

bool Skeleton::take(std::string_view line, const csimdjson_log_reader &reader, const csimdjson_log_record &read) {
    if (line.size() > longest_line || line.find('\\') != std::string_view::npos) { return false; }
    if (read.flags & csimdjson_log_too_deep) { return false; }
    literals.clear();
    values.clear();
    text.clear();
    strings_before.clear();
    const auto first = read.first_field;
    fields.assign(reader.fields.begin() + first, reader.fields.end());
    size_t field = 0;
    uint32_t strings = 0;
    // What is read goes into the text in the order of the line: the key of each field, and its string.
    const auto begin_fields = [&] {
        while (field < fields.size()) {
            auto &next = fields[field];
            strings_before.push_back(strings);
            const auto key = std::string_view(reader.text.data() + next.key, next.key_length);
            next.key = static_cast<uint32_t>(text.size());
            text += key;
            if (next.kind != csimdjson_object && next.kind != csimdjson_array) { return true; }
            field++;
        }
        return false;
    };
    size_t written = 0;
    const auto add = [&](size_t end, bool is_string) {
        literals.append(line.data() + written, end - written);
        values.push_back({static_cast<uint32_t>(literals.size()), static_cast<uint32_t>(text.size()),
                          static_cast<uint32_t>(field), is_string});
    };
    for (size_t place = 0; place < line.size();) {
        const auto byte = line[place];
        if (byte == '"') {
            const auto end = line.find('"', place + 1);
            if (end == std::string_view::npos) { return false; }
            auto next = end + 1;
            while (next < line.size() && is_space(line[next])) { next++; }
            if (next < line.size() && line[next] == ':') {
                place = end + 1;
                continue;
            }
            if (!begin_fields() || fields[field].kind != csimdjson_string) { return false; }
            auto &string = fields[field];
            if (std::string_view(reader.text.data() + string.text, string.text_length) !=
                line.substr(place + 1, end - place - 1)) {
                return false;
            }
            add(place + 1, true);
            strings++;
            written = end;
            place = end + 1;
            field++;
        } else if (byte == '-' || is_digit(byte)) {
            const auto start = place;
            while (place < line.size() && is_of_number(line[place])) { place++; }
            if (!begin_fields()) { return false; }
            const auto kind = fields[field].kind;
            if (kind != csimdjson_integer && kind != csimdjson_number) { return false; }
            const auto *digits = line.data() + start;
            int64_t number = 0;
            if (whole_number(digits, line.data() + place, number) && digits == line.data() + place) {
                if (kind != csimdjson_integer || fields[field].bits != number) { return false; }
                add(start, false);
                written = place;
            }
            field++;
        } else if (byte == 't' || byte == 'f' || byte == 'n') {
            if (!begin_fields()) { return false; }
            const auto kind = fields[field].kind;
            if (kind != csimdjson_true && kind != csimdjson_false && kind != csimdjson_null) { return false; }
            place += byte == 'f' ? 5 : 4;
            field++;
        } else {
            place++;
        }
        if (values.size() > most_values) { return false; }
    }
    if (begin_fields()) { return false; }
    literals.append(line.data() + written, line.size() - written);
    record = read;
    for (auto &slot : record.slots) {
        if (slot >= 0) { slot -= static_cast<int32_t>(first); }
    }
    return true;
}

bool Skeletons::read(std::string_view line, csimdjson_log_reader &reader, csimdjson_log_record &record) {
    // Where forms are seldom met again, few are tried.
    const auto tried = credit >= price ? count : std::min<size_t>(count, 2);
    for (size_t index = 0; index < tried; index++) {
        const auto form = order[index];
        if (!skeletons[form].read(line, reader, record)) { continue; }
        std::copy_backward(order.begin(), order.begin() + index, order.begin() + index + 1);
        order[0] = form;
        credit = std::min(credit + 1, most_credit);
        return true;
    }
    return false;
}

void Skeletons::learn(std::string_view line, const csimdjson_log_reader &reader, const csimdjson_log_record &record) {
    if (credit < price) {
        credit++;
        return;
    }
    credit -= price;
    if (!next.take(line, reader, record)) { return; }
    // The form that was met the longest ago makes room.
    const auto form = count < most ? static_cast<uint8_t>(count++) : order[most - 1];
    std::swap(skeletons[form], next);
    std::copy_backward(order.begin(), order.begin() + count - 1, order.begin() + count);
    order[0] = form;
}

} // namespace logs

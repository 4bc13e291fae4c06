#include "LogFields.hpp"

#include <new>

using logs::element;
using simdjson::dom::element_type;

void csimdjson_log_reader::begin() {
    records.clear();
    fields.clear();
    text.clear();
}

csimdjson_log_record csimdjson_log_reader::blank(size_t line) const {
    csimdjson_log_record record{};
    record.line = static_cast<uint32_t>(line);
    record.first_field = static_cast<uint32_t>(fields.size());
    for (auto &slot : record.slots) { slot = -1; }
    return record;
}

void csimdjson_log_reader::append(csimdjson_log_field &field, std::string_view bytes) {
    field.text = static_cast<uint32_t>(text.size());
    field.text_length = static_cast<uint32_t>(bytes.size());
    text.insert(text.end(), bytes.begin(), bytes.end());
}

size_t csimdjson_log_reader::add(
    std::string_view key, element value, int64_t parent, uint8_t scope, int depth, uint32_t &flags) {
    csimdjson_log_field field{};
    const auto index = fields.size();
    field.key = static_cast<uint32_t>(text.size());
    field.key_length = static_cast<uint32_t>(key.size());
    text.insert(text.end(), key.begin(), key.end());
    field.scope = scope;
    field.up = parent < 0 ? 0 : static_cast<int32_t>(static_cast<int64_t>(index) - parent);
    switch (value.type()) {
    case element_type::STRING: {
        std::string_view string;
        (void)value.get(string);
        field.kind = csimdjson_string;
        append(field, string);
        break;
    }
    case element_type::INT64:
        (void)value.get(field.bits);
        field.kind = csimdjson_integer;
        break;
    case element_type::UINT64:
    case element_type::DOUBLE: {
        double number = 0;
        (void)value.get(number);
        std::memcpy(&field.bits, &number, sizeof number);
        field.kind = csimdjson_number;
        break;
    }
    case element_type::BOOL: {
        bool truth = false;
        (void)value.get(truth);
        field.kind = truth ? csimdjson_true : csimdjson_false;
        break;
    }
    case element_type::OBJECT: {
        field.kind = csimdjson_object;
        fields.push_back(field);
        simdjson::dom::object object;
        if (value.get(object)) { return index; }
        if (depth >= logs::deepest) {
            flags |= csimdjson_log_too_deep;
            return index;
        }
        logs::Keys keys;
        for (auto member : object) {
            if (keys.repeats(member.key)) { flags |= csimdjson_log_duplicate_key; }
            add(member.key, member.value, static_cast<int64_t>(index), scope, depth + 1, flags);
        }
        return index;
    }
    case element_type::ARRAY: {
        field.kind = csimdjson_array;
        fields.push_back(field);
        simdjson::dom::array array;
        if (value.get(array)) { return index; }
        if (depth >= logs::deepest) {
            flags |= csimdjson_log_too_deep;
            return index;
        }
        for (auto item : array) { add({}, item, static_cast<int64_t>(index), scope, depth + 1, flags); }
        return index;
    }
    default:
        field.kind = csimdjson_null;
        break;
    }
    fields.push_back(field);
    return index;
}

csimdjson_log_reading csimdjson_log_reader::reading() const {
    return {records.data(), records.size(), fields.data(), fields.size(), text.data(), text.size()};
}

namespace {

/// One object of JSON lines.
class Line {
  public:
    Line(csimdjson_log_reader &reader, csimdjson_log_record &record) : reader(reader), record(record) {
        for (auto &priority : priorities) { priority = INT32_MAX; }
    }

    void take(simdjson::dom::object object) {
        logs::Keys keys;
        for (auto member : object) {
            if (keys.repeats(member.key)) { record.flags |= csimdjson_log_duplicate_key; }
            const auto *name = reader.names.find(member.key);
            const bool holds_others = name && name->role >= csimdjson_log_attributes;
            if (holds_others && member.value.is_object()) {
                const bool is_resource = name->role == csimdjson_log_resource;
                take_members(member.value, is_resource ? csimdjson_scope_resource : csimdjson_scope_attribute);
                continue;
            }
            const auto index =
                reader.add(member.key, member.value, -1, csimdjson_scope_attribute, 0, record.flags);
            if (name && !holds_others) { offer(*name, index); }
            if (reader.names.has_dots && member.value.is_object()) { offer_members(member.key, index); }
        }
        for (auto slot : record.slots) {
            if (slot >= 0) { reader.fields[static_cast<size_t>(slot)].scope = csimdjson_scope_used; }
        }
    }

  private:
    void take_members(element value, uint8_t scope) {
        simdjson::dom::object object;
        if (value.get(object)) { return; }
        logs::Keys keys;
        for (auto member : object) {
            if (keys.repeats(member.key)) { record.flags |= csimdjson_log_duplicate_key; }
            reader.add(member.key, member.value, -1, scope, 1, record.flags);
        }
    }

    void offer(const logs::Names::Name &name, size_t index) {
        if (reader.fields[index].kind == csimdjson_null) { return; }
        if (name.priority > priorities[name.role]) { return; }
        priorities[name.role] = name.priority;
        record.slots[name.role] = static_cast<int32_t>(index);
        const uint32_t flag = name.role == csimdjson_log_time       ? csimdjson_log_time_is_nanos
                              : name.role == csimdjson_log_observed ? csimdjson_log_observed_is_nanos
                                                                    : 0;
        record.flags = name.is_nanos ? record.flags | flag : record.flags & ~flag;
    }

    /// Looks for names such as `log.level` among the members of the object `log`, whose field was just added.
    void offer_members(std::string_view key, size_t parent) {
        char path[64];
        if (key.size() + 2 > sizeof path) { return; }
        std::memcpy(path, key.data(), key.size());
        path[key.size()] = '.';
        for (auto index = parent + 1; index < reader.fields.size(); index++) {
            const auto &field = reader.fields[index];
            if (static_cast<size_t>(field.up) != index - parent) { continue; }
            const auto length = key.size() + 1 + field.key_length;
            if (length > sizeof path) { continue; }
            std::memcpy(path + key.size() + 1, reader.text.data() + field.key, field.key_length);
            const auto *name = reader.names.find({path, length});
            if (name && name->role < csimdjson_log_slots) { offer(*name, index); }
        }
    }

    csimdjson_log_reader &reader;
    csimdjson_log_record &record;
    int32_t priorities[csimdjson_log_slots];
};

void parse(csimdjson_log_reader &reader, std::string_view line, csimdjson_log_record &record) {
    element document;
    simdjson::dom::object object;
    const auto error = reader.parser.parse(line.data(), line.size(), false).get(document);
    if (error) {
        record.error = error;
    } else if (document.get(object)) {
        record.error = -1;
    } else {
        Line(reader, record).take(object);
        reader.skeletons.learn(line, reader, record);
    }
}

} // namespace

extern "C" {

csimdjson_log_reader *csimdjson_log_create(void) { return new (std::nothrow) csimdjson_log_reader(); }

void csimdjson_log_destroy(csimdjson_log_reader *reader) { delete reader; }

void csimdjson_log_map(csimdjson_log_reader *reader, const char *name, size_t length, int32_t role, int32_t is_nanos) {
    if (length == 0 || role < 0 || role > csimdjson_log_resource) { return; }
    reader->names.add({name, length}, role, is_nanos != 0);
}

csimdjson_log_reading csimdjson_log_read_lines(
    csimdjson_log_reader *reader, const char *bytes, const csimdjson_span *lines, size_t count) {
    reader->begin();
    for (size_t line = 0; line < count; line++) {
        auto record = reader->blank(line);
        const std::string_view text(bytes + lines[line].start, lines[line].length);
        if (!reader->skeletons.read(text, *reader, record)) { parse(*reader, text, record); }
        record.fields = static_cast<uint32_t>(reader->fields.size()) - record.first_field;
        record.first_resource = record.first_field;
        record.resources = record.fields;
        reader->records.push_back(record);
    }
    return reader->reading();
}

int csimdjson_is_utf8(const char *bytes, size_t length) { return simdjson::validate_utf8(bytes, length); }

int csimdjson_is_encoding_error(int code) { return code == simdjson::UTF8_ERROR; }

int csimdjson_is_depth_error(int code) { return code == simdjson::DEPTH_ERROR; }
}

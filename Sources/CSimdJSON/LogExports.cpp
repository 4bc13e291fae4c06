#include "LogFields.hpp"

using logs::element;
using simdjson::dom::array;
using simdjson::dom::object;

namespace {

/// A member by its name in JSON or in the protobuf definition, which readers must take too.
bool find(object from, std::string_view name, std::string_view proto_name, element &value) {
    return !from.at_key(name).get(value) || (!proto_name.empty() && !from.at_key(proto_name).get(value));
}

/// One `ExportLogsServiceRequest`.
class Export {
  public:
    Export(csimdjson_log_reader &reader, size_t line) : reader(reader), line(line) {}

    /// Whether it is one.
    bool take(object request) {
        element value;
        array resources;
        if (!find(request, "resourceLogs", "resource_logs", value) || value.get(resources)) { return false; }
        for (auto item : resources) {
            object resource_logs;
            if (!item.get(resource_logs)) { take_resource(resource_logs); }
        }
        return true;
    }

  private:
    void take_resource(object resource_logs) {
        resource_flags = 0;
        first_resource = reader.fields.size();
        element value;
        object resource;
        if (find(resource_logs, "resource", "", value) && !value.get(resource)) {
            if (find(resource, "attributes", "", value)) {
                add_pairs(value, -1, csimdjson_scope_resource, 0, resource_flags);
            }
        }
        array scopes;
        if (!find(resource_logs, "scopeLogs", "scope_logs", value)
            && !find(resource_logs, "instrumentationLibraryLogs", "instrumentation_library_logs", value)) {
            return;
        }
        if (value.get(scopes)) { return; }
        const auto resources = reader.fields.size();
        for (auto item : scopes) {
            object scope_logs;
            if (!item.get(scope_logs)) { take_scope(scope_logs, resources); }
        }
    }

    void take_scope(object scope_logs, size_t resource_end) {
        element value;
        array records;
        if (!find(scope_logs, "logRecords", "log_records", value) || value.get(records)) { return; }
        std::string_view name;
        element scope;
        if (find(scope_logs, "scope", "", scope)) {
            object members;
            if (scope.get(members) || !find(members, "name", "", value) || value.get(name)) { name = {}; }
        }
        for (auto item : records) {
            object record;
            if (!item.get(record)) { take_record(record, name, resource_end); }
        }
    }

    void take_record(object members, std::string_view scope, size_t resource_end) {
        auto record = reader.blank(line);
        record.flags = csimdjson_log_time_is_nanos | csimdjson_log_observed_is_nanos | resource_flags;
        slot(record, members, "timeUnixNano", "time_unix_nano", csimdjson_log_time);
        slot(record, members, "observedTimeUnixNano", "observed_time_unix_nano", csimdjson_log_observed);
        slot(record, members, "severityNumber", "severity_number", csimdjson_log_severity_number);
        slot(record, members, "severityText", "severity_text", csimdjson_log_severity_text);
        slot(record, members, "traceId", "trace_id", csimdjson_log_trace);
        slot(record, members, "spanId", "span_id", csimdjson_log_span);
        element value;
        if (find(members, "body", "", value)) {
            record.slots[csimdjson_log_body] = static_cast<int32_t>(reader.fields.size());
            add_value({}, value, -1, csimdjson_scope_used, 0, record.flags);
        }
        if (find(members, "attributes", "", value)) {
            add_pairs(value, -1, csimdjson_scope_attribute, 0, record.flags);
        }
        if (!scope.empty()) {
            csimdjson_log_field field{};
            field.kind = csimdjson_string;
            constexpr std::string_view key = "otel.scope.name";
            reader.append(field, key);
            field.key = field.text;
            field.key_length = field.text_length;
            reader.append(field, scope);
            reader.fields.push_back(field);
        }
        record.fields = static_cast<uint32_t>(reader.fields.size()) - record.first_field;
        record.first_resource = static_cast<uint32_t>(first_resource);
        record.resources = static_cast<uint32_t>(resource_end - first_resource);
        reader.records.push_back(record);
    }

    void slot(csimdjson_log_record &record, object members, std::string_view name, std::string_view proto, int role) {
        element value;
        if (!find(members, name, proto, value) || value.is_null()) { return; }
        record.slots[role] = static_cast<int32_t>(
            reader.add(name, value, -1, csimdjson_scope_used, logs::deepest, record.flags));
    }

    /// Adds the pairs of a `KeyValueList`.
    void add_pairs(element list, int64_t parent, uint8_t scope, int depth, uint32_t &flags) {
        array pairs;
        if (list.get(pairs)) { return; }
        logs::Keys keys;
        for (auto item : pairs) {
            object pair;
            element key;
            std::string_view name;
            if (item.get(pair) || !find(pair, "key", "", key) || key.get(name)) { continue; }
            if (keys.repeats(name)) { flags |= csimdjson_log_duplicate_key; }
            element value;
            if (find(pair, "value", "", value)) { add_value(name, value, parent, scope, depth, flags); }
        }
    }

    /// Adds an `AnyValue`.
    void add_value(std::string_view key, element any, int64_t parent, uint8_t scope, int depth, uint32_t &flags) {
        object members;
        if (any.get(members)) {
            reader.add(key, any, parent, scope, depth, flags);
            return;
        }
        for (auto member : members) {
            element list;
            object nested;
            const bool is_map = member.key == "kvlistValue" || member.key == "kvlist_value";
            const bool is_list = member.key == "arrayValue" || member.key == "array_value";
            if (!is_map && !is_list) {
                const auto index = reader.add(key, member.value, parent, scope, depth, flags);
                const bool is_integer = member.key == "intValue" || member.key == "int_value";
                if (is_integer && reader.fields[index].kind == csimdjson_string) { become_integer(index); }
                return;
            }
            csimdjson_log_field field{};
            reader.append(field, key);
            field.key = field.text;
            field.key_length = field.text_length;
            field.text_length = 0;
            field.kind = is_map ? csimdjson_object : csimdjson_array;
            field.scope = scope;
            const auto index = static_cast<int64_t>(reader.fields.size());
            field.up = parent < 0 ? 0 : static_cast<int32_t>(index - parent);
            reader.fields.push_back(field);
            if (depth >= logs::deepest) {
                flags |= csimdjson_log_too_deep;
            } else if (!member.value.get(nested) && find(nested, "values", "", list)) {
                array items;
                if (is_map) {
                    add_pairs(list, index, scope, depth + 1, flags);
                } else if (!list.get(items)) {
                    for (auto item : items) { add_value({}, item, index, scope, depth + 1, flags); }
                }
            }
            return;
        }
        // An empty AnyValue is a value that is not there.
        csimdjson_log_field field{};
        reader.append(field, key);
        field.key = field.text;
        field.key_length = field.text_length;
        field.text_length = 0;
        field.kind = csimdjson_null;
        field.scope = scope;
        field.up = parent < 0 ? 0 : static_cast<int32_t>(static_cast<int64_t>(reader.fields.size()) - parent);
        reader.fields.push_back(field);
    }

    /// 64-bit integers are strings in protobuf's JSON.
    void become_integer(size_t index) {
        auto &field = reader.fields[index];
        const std::string digits(reader.text.data() + field.text, field.text_length);
        char *end = nullptr;
        errno = 0;
        const auto number = std::strtoll(digits.c_str(), &end, 10);
        if (errno != 0 || digits.empty() || *end != 0) { return; }
        field.kind = csimdjson_integer;
        field.bits = number;
    }

    csimdjson_log_reader &reader;
    size_t line;
    size_t first_resource = 0;
    uint32_t resource_flags = 0;
};

} // namespace

csimdjson_log_reading csimdjson_log_read_otlp(
    csimdjson_log_reader *reader, const char *bytes, const csimdjson_span *documents, size_t count) {
    reader->begin();
    for (size_t line = 0; line < count; line++) {
        auto record = reader->blank(line);
        element document;
        object request;
        record.error =
            reader->parser.parse(bytes + documents[line].start, documents[line].length, false).get(document);
        if (!record.error && (document.get(request) || !Export(*reader, line).take(request))) { record.error = -1; }
        if (record.error) { reader->records.push_back(record); }
    }
    return reader->reading();
}

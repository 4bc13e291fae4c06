#include "CSimdJSON.h"

#include <new>
#include <simdjson.h>
#include <vector>

struct csimdjson_parser {
    simdjson::dom::parser parser;
    std::vector<csimdjson_field> fields;
};

namespace {

csimdjson_field field_of(std::string_view key, simdjson::dom::element value, int32_t parent) {
    csimdjson_field field{};
    field.key = key.data();
    field.key_length = static_cast<uint32_t>(key.size());
    field.parent = parent;
    switch (value.type()) {
    case simdjson::dom::element_type::STRING: {
        std::string_view text;
        (void)value.get(text);
        field.kind = csimdjson_string;
        field.text = text.data();
        field.text_length = static_cast<uint32_t>(text.size());
        break;
    }
    case simdjson::dom::element_type::INT64:
        (void)value.get(field.integer);
        field.kind = csimdjson_integer;
        field.number = static_cast<double>(field.integer);
        break;
    case simdjson::dom::element_type::UINT64:
    case simdjson::dom::element_type::DOUBLE:
        (void)value.get(field.number);
        field.kind = csimdjson_number;
        break;
    case simdjson::dom::element_type::BOOL: {
        bool truth = false;
        (void)value.get(truth);
        field.kind = truth ? csimdjson_true : csimdjson_false;
        break;
    }
    case simdjson::dom::element_type::OBJECT:
        field.kind = csimdjson_object;
        break;
    case simdjson::dom::element_type::ARRAY:
        field.kind = csimdjson_array;
        break;
    default:
        field.kind = csimdjson_null;
        break;
    }
    return field;
}

} // namespace

extern "C" {

csimdjson_parser *csimdjson_create(void) { return new (std::nothrow) csimdjson_parser(); }

void csimdjson_destroy(csimdjson_parser *parser) { delete parser; }

size_t csimdjson_padding(void) { return simdjson::SIMDJSON_PADDING; }

int csimdjson_parse(csimdjson_parser *parser, const char *json, size_t length) {
    parser->fields.clear();
    simdjson::dom::element document;
    auto error = parser->parser.parse(json, length, false).get(document);
    if (error) { return error; }
    simdjson::dom::object object;
    if (document.get(object)) { return -1; }
    for (auto member : object) {
        parser->fields.push_back(field_of(member.key, member.value, 0));
        if (parser->fields.back().kind == csimdjson_array) {
            simdjson::dom::array items;
            if (member.value.get(items)) { continue; }
            const auto parent = static_cast<int32_t>(parser->fields.size());
            for (auto item : items) { parser->fields.push_back(field_of({}, item, parent)); }
            continue;
        }
        if (parser->fields.back().kind != csimdjson_object) { continue; }
        simdjson::dom::object nested;
        if (member.value.get(nested)) { continue; }
        const auto parent = static_cast<int32_t>(parser->fields.size());
        for (auto inner : nested) { parser->fields.push_back(field_of(inner.key, inner.value, parent)); }
    }
    return 0;
}

size_t csimdjson_field_count(const csimdjson_parser *parser) { return parser->fields.size(); }

const csimdjson_field *csimdjson_fields(const csimdjson_parser *parser) { return parser->fields.data(); }

const char *csimdjson_message(int code) {
    if (code < 0) { return "not a JSON object"; }
    return simdjson::error_message(static_cast<simdjson::error_code>(code));
}
}

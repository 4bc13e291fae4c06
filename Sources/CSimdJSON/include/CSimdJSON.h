#ifndef CSIMDJSON_H
#define CSIMDJSON_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// What a value is. The numbers are part of the shim's contract with Swift.
enum {
    csimdjson_null = 0,
    csimdjson_false = 1,
    csimdjson_true = 2,
    csimdjson_number = 3,
    csimdjson_string = 4,
    csimdjson_object = 5,
    csimdjson_array = 6,
    csimdjson_integer = 7
};

/// One member of an object. The pointers stay valid until the next parse with the same parser.
typedef struct {
    const char *key;
    const char *text;
    double number;
    int64_t integer;
    uint32_t key_length;
    uint32_t text_length;
    int32_t kind;
    /// 0 for a member of the top-level object, otherwise 1 + the index of the field that holds it.
    int32_t parent;
} csimdjson_field;

typedef struct csimdjson_parser csimdjson_parser;

/// A parser, or NULL when there is no memory.
csimdjson_parser *csimdjson_create(void);
void csimdjson_destroy(csimdjson_parser *parser);

/// How many readable bytes must follow a document in memory.
size_t csimdjson_padding(void);

/// Parses one object and lists its members; an object among them is followed by its own members, an array by its items,
/// which have no key, one level deep.
/// `json` must be followed by csimdjson_padding() readable bytes. Returns 0, an error code of simdjson, or -1 when the
/// document is no object.
int csimdjson_parse(csimdjson_parser *parser, const char *json, size_t length);

size_t csimdjson_field_count(const csimdjson_parser *parser);
const csimdjson_field *csimdjson_fields(const csimdjson_parser *parser);

/// What an error code of csimdjson_parse means.
const char *csimdjson_message(int code);

#ifdef __cplusplus
}
#endif

#include "CSimdJSONLogs.h"

#endif

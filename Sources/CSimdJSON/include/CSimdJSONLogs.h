#ifndef CSIMDJSON_LOGS_H
#define CSIMDJSON_LOGS_H

#include "CSimdJSON.h"

#ifdef __cplusplus
extern "C" {
#endif

/// What a name of a log record stands for. The first seven are the slots of a record.
enum {
    csimdjson_log_time = 0,
    csimdjson_log_observed = 1,
    csimdjson_log_severity_number = 2,
    csimdjson_log_severity_text = 3,
    csimdjson_log_body = 4,
    csimdjson_log_trace = 5,
    csimdjson_log_span = 6,
    csimdjson_log_slots = 7,
    csimdjson_log_attributes = 7,
    csimdjson_log_resource = 8
};

/// Where a field of a log record belongs.
enum { csimdjson_scope_attribute = 0, csimdjson_scope_resource = 1, csimdjson_scope_used = 2 };

/// What is to be said about a record.
enum {
    csimdjson_log_time_is_nanos = 1,
    csimdjson_log_observed_is_nanos = 2,
    csimdjson_log_duplicate_key = 4,
    csimdjson_log_too_deep = 8
};

/// One value. Key and text are offsets into the text of the reading. `up` is the distance to the field of the list or
/// object that holds it, 0 at the top. `bits` is the integer, or the bits of the double.
typedef struct {
    int64_t bits;
    uint32_t key;
    uint32_t key_length;
    uint32_t text;
    uint32_t text_length;
    int32_t up;
    uint8_t kind;
    uint8_t scope;
    uint16_t reserved;
} csimdjson_log_field;

/// One record: ranges of fields, and for each slot the index of its field or -1. `error` is 0, an error code of simdjson, or
/// -1 for what is no object; `line` is the index of the span it was read from.
typedef struct {
    int32_t error;
    uint32_t flags;
    uint32_t line;
    uint32_t first_field;
    uint32_t fields;
    uint32_t first_resource;
    uint32_t resources;
    int32_t slots[csimdjson_log_slots];
} csimdjson_log_record;

typedef struct {
    uint32_t start;
    uint32_t length;
} csimdjson_span;

/// What one call has read; valid until the next call with the same reader.
typedef struct {
    const csimdjson_log_record *records;
    size_t record_count;
    const csimdjson_log_field *fields;
    size_t field_count;
    const char *text;
    size_t text_length;
} csimdjson_log_reading;

typedef struct csimdjson_log_reader csimdjson_log_reader;

/// A reader, or NULL when there is no memory.
csimdjson_log_reader *csimdjson_log_create(void);
void csimdjson_log_destroy(csimdjson_log_reader *reader);

/// Says what a name stands for; of several names for one slot the first that was mapped wins in a record. A dot in a name
/// matches a dot in a key, and also the member of an object. `is_nanos` is for times that are nanoseconds whatever their
/// size.
void csimdjson_log_map(csimdjson_log_reader *reader, const char *name, size_t length, int32_t role, int32_t is_nanos);

/// Reads one JSON object a span; every span gives one record. csimdjson_padding() bytes must be readable after each span.
csimdjson_log_reading csimdjson_log_read_lines(
    csimdjson_log_reader *reader, const char *bytes, const csimdjson_span *lines, size_t count);

/// Reads one OTLP `ExportLogsServiceRequest` in JSON a span, which gives as many records as it holds, or one with an error.
csimdjson_log_reading csimdjson_log_read_otlp(
    csimdjson_log_reader *reader, const char *bytes, const csimdjson_span *documents, size_t count);

/// Whether bytes are valid UTF-8.
int csimdjson_is_utf8(const char *bytes, size_t length);

/// Whether an error code means that the bytes are no UTF-8, or that they nest too deeply.
int csimdjson_is_encoding_error(int code);
int csimdjson_is_depth_error(int code);

#ifdef __cplusplus
}
#endif

#endif

#ifndef CZLIB_SHIM_H
#define CZLIB_SHIM_H

#include <zlib.h>

/// `inflateInit2` is a macro, which Swift does not see. 15 + 16: the largest window, and the gzip wrapper.
static inline int czlib_inflate_init(z_stream *stream) { return inflateInit2(stream, 15 + 16); }

/// The same without a wrapper, as in a ZIP archive.
static inline int czlib_raw_inflate_init(z_stream *stream) { return inflateInit2(stream, -15); }

#endif

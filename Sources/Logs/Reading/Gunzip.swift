internal import CZlib

/// Takes the gzip wrapper (RFC 1952) off a stream of bytes, in bounded memory; several members are read as one.
final class Gunzip {
    /// What was wrong, once something was; what came before it was handed out.
    private(set) var fault: LogFault.Kind?

    private let stream: UnsafeMutablePointer<z_stream>
    private let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 17, alignment: 16)
    private var isWithinMember = true

    init() {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        if czlib_inflate_init(stream) != Z_OK { fault = .badFrame }
    }

    deinit {
        inflateEnd(stream)
        stream.deallocate()
        output.deallocate()
    }

    /// Whether bytes begin as gzip does.
    static func isGzip(_ bytes: UnsafeRawBufferPointer) -> Bool {
        bytes.count > 2 && bytes[0] == 0x1F && bytes[1] == 0x8B && bytes[2] == 8
    }

    /// Takes the next bytes and calls `body` with what they hold.
    func feed(_ chunk: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void) {
        guard let base = chunk.baseAddress, fault == nil else { return }
        stream.pointee.next_in = UnsafeMutablePointer(mutating: base.assumingMemoryBound(to: UInt8.self))
        stream.pointee.avail_in = UInt32(truncatingIfNeeded: chunk.count)
        while fault == nil {
            if !isWithinMember, !beginMember() { return }
            stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
            stream.pointee.avail_out = UInt32(output.count)
            let status = inflate(stream, Z_NO_FLUSH)
            let count = output.count - Int(stream.pointee.avail_out)
            if count > 0 { body(UnsafeRawBufferPointer(rebasing: output[..<count])) }
            switch status {
            case Z_STREAM_END: isWithinMember = false
            case Z_OK where stream.pointee.avail_in > 0 || stream.pointee.avail_out == 0: continue
            case Z_OK, Z_BUF_ERROR: return
            default: fault = .badFrame
            }
        }
    }

    /// Ends the stream.
    func finish() {
        if isWithinMember, fault == nil { fault = .cutShort }
    }

    /// Begins the next member; false at the end of the bytes.
    private func beginMember() -> Bool {
        // Files are filled up with zeros on some media.
        while stream.pointee.avail_in > 0, stream.pointee.next_in.pointee == 0 {
            stream.pointee.next_in += 1
            stream.pointee.avail_in -= 1
        }
        guard stream.pointee.avail_in > 0 else { return false }
        if inflateReset(stream) != Z_OK { fault = .badFrame }
        isWithinMember = true
        return true
    }
}

/**
 * WebSocket framing of what the server sends (RFC 6455 section 5.2): unmasked, unfragmented text.
 *
 * It stands here, and not in the library, because an event goes to many sockets with the same bytes:
 * they are framed once, and what one socket gets in one turn of the event loop leaves in one write.
 */
const FIN_TEXT = 0x81;

/** One text frame as it goes over the network. */
export function frameBytes(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
  const bytes = Buffer.allocUnsafe(header + length);
  bytes[0] = FIN_TEXT;
  if (header === 2) {
    bytes[1] = length;
  } else if (header === 4) {
    bytes[1] = 126;
    bytes.writeUInt16BE(length, 2);
  } else {
    bytes[1] = 127;
    bytes.writeUInt32BE(0, 2);
    bytes.writeUInt32BE(length, 6);
  }
  bytes.write(text, header);
  return bytes;
}

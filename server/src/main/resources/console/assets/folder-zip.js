// Makes one ZIP of the files of a folder without copying them: a Blob of headers and of the files themselves, which the
// browser reads when it sends them. Stored, sorted, with fixed times: the same folder is always the same bytes, so that an
// upload of it can go on where it was. Formats: PKWARE's APPNOTE.TXT 6.3.10, sections 4.3 to 4.5.

const MAX_16 = 0xffff;
const MAX_32 = 0xffffffff;

/** Names are UTF-8 (APPNOTE, section 4.4.4, bit 11). */
const UTF_8 = 0x0800;

/** The first day that a ZIP can tell: 1 January 1980. */
const DATE = 0x0021;

/** What operating systems leave behind, and the server would ignore. */
const JUNK = /(^|\/)(\.[^/]*|__MACOSX|Thumbs\.db|desktop\.ini)(\/|$)/i;

/**
 * @param files `[{path, file}]`, in any order
 * @param tell is called with the bytes read so far and all there are, for each file must be read once for its checksum
 * @returns `{blob, fingerprint}`
 */
export async function zipOf(files, tell) {
  const kept = files.filter(({path}) => !JUNK.test(path)).sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  const total = kept.reduce((sum, {file}) => sum + file.size, 0);
  const parts = [];
  const directory = [];
  let offset = 0;
  let read = 0;
  for (const {path, file} of kept) {
    if (file.size >= MAX_32) throw new Error(`${path} has 4 GB or more and cannot be an image. Take it out of the folder.`);
    const name = new TextEncoder().encode(path);
    const entry = {name, size: file.size, crc: await crc32(file, bytes => tell((read += bytes), total)), offset};
    const header = localHeader(entry);
    parts.push(header, file);
    directory.push(centralRecord(entry));
    offset += header.length + file.size;
  }
  const size = directory.reduce((sum, record) => sum + record.length, 0);
  parts.push(...directory, end(directory.length, size, offset));
  const listing = kept.map(({path, file}) => `${path}\0${file.size}\0${file.lastModified}`).join('\n');
  return {blob: new Blob(parts, {type: 'application/zip'}), fingerprint: `folder:${await crc32(new Blob([listing]), () => {})}:${total}`};
}

function localHeader({name, size, crc}) {
  return record(30, [name], at => {
    at.setUint32(0, 0x04034b50, true);
    at.setUint16(4, 20, true);
    at.setUint16(6, UTF_8, true);
    at.setUint16(12, DATE, true);
    at.setUint32(14, crc, true);
    at.setUint32(18, size, true);
    at.setUint32(22, size, true);
    at.setUint16(26, name.length, true);
  });
}

/** An offset past 4 GiB is in an extra field (APPNOTE, section 4.5.3). */
function centralRecord({name, size, crc, offset}) {
  const far = offset >= MAX_32;
  const extra = record(far ? 12 : 0, [], at => {
    if (!far) return;
    at.setUint16(0, 0x0001, true);
    at.setUint16(2, 8, true);
    at.setBigUint64(4, BigInt(offset), true);
  });
  return record(46, [name, extra], at => {
    at.setUint32(0, 0x02014b50, true);
    at.setUint16(4, 45, true);
    at.setUint16(6, far ? 45 : 20, true);
    at.setUint16(8, UTF_8, true);
    at.setUint16(14, DATE, true);
    at.setUint32(16, crc, true);
    at.setUint32(20, size, true);
    at.setUint32(24, size, true);
    at.setUint16(28, name.length, true);
    at.setUint16(30, extra.length, true);
    at.setUint32(42, far ? MAX_32 : offset, true);
  });
}

function end(count, size, offset) {
  const large = count >= MAX_16 || offset >= MAX_32 || size >= MAX_32;
  const plain = record(22, [], at => {
    at.setUint32(0, 0x06054b50, true);
    at.setUint16(8, large ? MAX_16 : count, true);
    at.setUint16(10, large ? MAX_16 : count, true);
    at.setUint32(12, large ? MAX_32 : size, true);
    at.setUint32(16, large ? MAX_32 : offset, true);
  });
  return large ? record(76, [plain], at => zip64End(at, count, size, offset)) : plain;
}

/** The ZIP64 end record and its locator (APPNOTE, sections 4.3.14 and 4.3.15). */
function zip64End(at, count, size, offset) {
  at.setUint32(0, 0x06064b50, true);
  at.setBigUint64(4, 44n, true);
  at.setUint16(12, 45, true);
  at.setUint16(14, 45, true);
  at.setBigUint64(24, BigInt(count), true);
  at.setBigUint64(32, BigInt(count), true);
  at.setBigUint64(40, BigInt(size), true);
  at.setBigUint64(48, BigInt(offset), true);
  at.setUint32(56, 0x07064b50, true);
  at.setBigUint64(64, BigInt(offset + size), true);
  at.setUint32(72, 1, true);
}

/** `length` bytes that `fill` writes to, and what comes after them. */
function record(length, tail, fill) {
  const bytes = new Uint8Array(length + tail.reduce((sum, part) => sum + part.length, 0));
  fill(new DataView(bytes.buffer, 0, length));
  let place = length;
  for (const part of tail) {
    bytes.set(part, place);
    place += part.length;
  }
  return bytes;
}

const TABLE = Uint32Array.from({length: 256}, (_, n) => {
  let value = n;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/** The CRC-32 that ZIPs have (APPNOTE, section 4.4.7). */
async function crc32(blob, tell) {
  let crc = -1;
  const reader = blob.stream().getReader();
  for (;;) {
    const {done, value} = await reader.read();
    if (done) return ~crc >>> 0;
    for (let i = 0; i < value.length; i++) crc = TABLE[(crc ^ value[i]) & 0xff] ^ (crc >>> 8);
    tell(value.length);
  }
}

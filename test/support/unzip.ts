/** What is in a ZIP file, read by its directory as other programs do? */
import { crc32, inflateRawSync } from 'node:zlib';

/** The files by name; throws when a size or a checksum is wrong. */
export function unzip(bytes: Uint8Array): Record<string, string> {
  const view = Buffer.from(bytes);
  const end = view.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  const count = view.readUInt16LE(end + 10);
  const files: Record<string, string> = {};
  let at = view.readUInt32LE(end + 16);
  for (let n = 0; n < count; n += 1) {
    if (view.readUInt32LE(at) !== 0x02014b50) throw new Error(`no entry ${n} in the directory`);
    const [crc, packed, size] = [16, 20, 24].map((field) => view.readUInt32LE(at + field));
    const length = view.readUInt16LE(at + 28);
    const name = view.toString('utf8', at + 46, at + 46 + length);
    const head = view.readUInt32LE(at + 42);
    if (view.readUInt32LE(head) !== 0x04034b50) throw new Error(`${name} does not begin where it is said to`);
    const from = head + 30 + view.readUInt16LE(head + 26) + view.readUInt16LE(head + 28);
    const content = inflateRawSync(view.subarray(from, from + (packed ?? 0)));
    if (content.length !== size || crc32(content) !== crc) throw new Error(`${name} is damaged`);
    files[name] = content.toString('utf8');
    at += 46 + length;
  }
  return files;
}

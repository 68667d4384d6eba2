// SPDY/3.1 as clients of exec and port-forward speak it, and as nobody should.
import { constants, createDeflate } from 'node:zlib';
import { array, assert, asyncProperty, uint8Array } from 'fast-check';
import { expect, test } from 'vitest';
import { SpdyConnection, type SpdyStream } from '../../server/src/apiserver/streams/spdy/connection.ts';
import { dictionary } from '../../server/src/apiserver/streams/spdy/dictionary.ts';

const settled = () => new Promise((resolve) => setTimeout(resolve, 30));

function connection() {
  const sent: Buffer[] = [];
  const streams: SpdyStream[] = [];
  const ends: string[] = [];
  const wire = { write: (bytes: Buffer) => void sent.push(bytes), end: () => void ends.push('end') };
  const spdy = new SpdyConnection(wire, { onStream: (stream) => void streams.push(stream), onClose: () => void ends.push('close') });
  return { spdy, sent, streams, ends };
}

const u32 = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const control = (type: number, flags: number, body: Buffer) => Buffer.concat([Buffer.from([0x80, 3, 0, type, flags]), u32(body.length).subarray(1), body]);
const data = (id: number, flags: number, body: Buffer) => Buffer.concat([u32(id), Buffer.from([flags]), u32(body.length).subarray(1), body]);

function compressed(headers: Readonly<Record<string, string>>): Promise<Buffer> {
  const texts = Object.entries(headers).flat();
  const deflate = createDeflate({ dictionary });
  deflate.write(Buffer.concat([u32(texts.length / 2), ...texts.flatMap((text) => [u32(text.length), Buffer.from(text)])]));
  return new Promise((resolve) => deflate.flush(constants.Z_SYNC_FLUSH, () => resolve(deflate.read() as Buffer)));
}

test('[P1] the dictionary is the one of the draft', () => {
  let [a, b] = [1, 0];
  for (const byte of dictionary) [a, b] = [(a + byte) % 65_521, (b + ((a + byte) % 65_521)) % 65_521];
  expect([dictionary.length, (b * 65_536 + a).toString(16)]).toEqual([1423, 'e3c6a7c2']);
});

test('[P2] a stream is opened, answered, written to and ended, in pieces of any size', async () => {
  const { spdy, sent, streams } = connection();
  const open = control(1, 0, Buffer.concat([u32(1), u32(0), Buffer.alloc(2), await compressed({ StreamType: 'data', port: '80' })]));
  const bytes = Buffer.concat([open, control(6, 0, u32(7)), data(1, 0, Buffer.from('hello')), data(1, 1, Buffer.alloc(0))]);
  for (const byte of bytes) spdy.feed(Buffer.from([byte]));
  await settled();
  const heard: string[] = [];
  streams[0]!.listen(
    (part) => heard.push(part.toString()),
    () => heard.push('end'),
  );
  expect([streams[0]!.headers['streamtype'], heard]).toEqual(['data', ['hello', 'end']]);
  expect(sent[0]!.subarray(0, 4)).toEqual(Buffer.from([0x80, 3, 0, 2]));
  expect(sent[1]).toEqual(control(6, 0, u32(7)));
  streams[0]!.write(Buffer.from('x'));
  streams[0]!.end();
  expect(sent.slice(2)).toEqual([data(1, 0, Buffer.from('x')), data(1, 1, Buffer.alloc(0))]);
});

test('[P3] what is no SPDY ends the connection at the most', async () => {
  await assert(
    asyncProperty(array(uint8Array({ maxLength: 60 }), { maxLength: 5 }), async (parts) => {
      const { spdy } = connection();
      for (const part of parts)
        spdy.feed(Buffer.concat([Buffer.from([0x80, 3, 0, part[0] === undefined ? 1 : (part[0] % 9) + 1, 0, 0, 0, part.length]), part]));
      await new Promise((resolve) => setImmediate(resolve));
      spdy.lost();
    }),
    { numRuns: 200, seed: 1 },
  );
});

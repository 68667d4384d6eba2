// One SPDY/3.1 connection from the server's end, as clients of exec and port-forward use it: they open streams, both ends send data.
// Absent, as in the clients' own library (moby/spdystream): flow control windows, priorities, pushed streams.
import { HeaderCodec, type HeaderBlock } from './header-block.ts';

/** What the frames travel on: a socket, or a WebSocket. */
export interface Wire {
  write(bytes: Buffer): void;
  end(): void;
}

export interface StreamEvents {
  onStream(stream: SpdyStream): void;
  onClose(): void;
}

const synStream = 1;
const synReply = 2;
const rstStream = 3;
const ping = 6;
const goAway = 7;
const fin = 1;
/** As large as a frame of these clients gets, with room to spare. */
const longestFrame = 4 * 1024 * 1024;
const mostStreams = 1_000;

export class SpdyConnection {
  readonly #wire: Wire;
  readonly #events: StreamEvents;
  readonly #codec = new HeaderCodec();
  readonly #streams = new Map<number, SpdyStream>();
  #bytes: Buffer = Buffer.alloc(0);
  #work = Promise.resolve();
  #lastStream = 0;
  #closed = false;

  constructor(wire: Wire, events: StreamEvents) {
    this.#wire = wire;
    this.#events = events;
  }

  /** Bytes that came in. Frames are handled in order: headers are unpacked one after another. */
  feed(bytes: Buffer): void {
    this.#work = this.#work.then(() => this.#take(bytes)).catch(() => this.close());
  }

  /** Says goodbye and hangs up. */
  close(): void {
    if (this.#closed) return;
    this.#work = this.#work.then(() => this.#hangUp());
  }

  /** The other end has gone. */
  lost(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#codec.close();
    for (const stream of this.#streams.values()) stream.ended();
    this.#events.onClose();
  }

  #hangUp(): void {
    if (this.#closed) return;
    const body = Buffer.alloc(8);
    body.writeUInt32BE(this.#lastStream, 0);
    this.#control(goAway, 0, body);
    this.lost();
    this.#wire.end();
  }

  async #take(bytes: Buffer): Promise<void> {
    this.#bytes = this.#bytes.length === 0 ? bytes : Buffer.concat([this.#bytes, bytes]);
    while (!this.#closed && this.#bytes.length >= 8) {
      const length = this.#bytes.readUIntBE(5, 3);
      if (length > longestFrame) throw new Error('frame is too long');
      if (this.#bytes.length < 8 + length) return;
      const [head, body] = [this.#bytes.subarray(0, 8), this.#bytes.subarray(8, 8 + length)];
      this.#bytes = this.#bytes.subarray(8 + length);
      if (head[0]! & 0x80) await this.#handle(head.readUInt16BE(2), head[4]!, body);
      else this.#data(head.readUInt32BE(0), head[4]!, body);
    }
  }

  async #handle(type: number, flags: number, body: Buffer): Promise<void> {
    switch (type) {
      case synStream:
        return this.#opened(body.readUInt32BE(0) & 0x7fffffff, flags, await this.#codec.decode(body.subarray(10)));
      case rstStream: {
        const id = body.readUInt32BE(0) & 0x7fffffff;
        this.#streams.get(id)?.ended();
        this.#streams.delete(id);
        return;
      }
      case ping:
        return this.#control(ping, 0, body);
      case goAway:
        return this.#hangUp();
      default:
      // SETTINGS, WINDOW_UPDATE and what else there is change nothing here.
    }
  }

  async #opened(id: number, flags: number, headers: HeaderBlock): Promise<void> {
    if (this.#streams.size >= mostStreams) throw new Error('too many streams');
    this.#lastStream = id;
    const stream = new SpdyStream(headers, {
      write: (bytes) => this.#send(id, 0, bytes),
      end: () => this.#send(id, fin, Buffer.alloc(0)),
    });
    this.#streams.set(id, stream);
    const reply = Buffer.alloc(4);
    reply.writeUInt32BE(id);
    this.#control(synReply, 0, Buffer.concat([reply, await this.#codec.encode({})]));
    this.#events.onStream(stream);
    if (flags & fin) stream.ended();
  }

  #data(id: number, flags: number, body: Buffer): void {
    const stream = this.#streams.get(id & 0x7fffffff);
    if (!stream) return;
    if (body.length > 0) stream.received(body);
    if (flags & fin) stream.ended();
  }

  #send(id: number, flags: number, body: Buffer): void {
    const head = Buffer.alloc(8);
    head.writeUInt32BE(id, 0);
    head.writeUIntBE(body.length, 5, 3);
    head[4] = flags;
    if (!this.#closed) this.#wire.write(Buffer.concat([head, body]));
  }

  #control(type: number, flags: number, body: Buffer): void {
    const head = Buffer.alloc(8);
    head.writeUInt16BE(0x8003, 0);
    head.writeUInt16BE(type, 2);
    head.writeUIntBE(body.length, 5, 3);
    head[4] = flags;
    if (!this.#closed) this.#wire.write(Buffer.concat([head, body]));
  }
}

export class SpdyStream {
  readonly headers: HeaderBlock;
  readonly #out: Wire;
  #onData: (bytes: Buffer) => void = () => {};
  #onEnd: () => void = () => {};
  #early: Buffer[] = [];
  #listens = false;
  #hasEnded = false;
  #sentEnd = false;

  constructor(headers: HeaderBlock, out: Wire) {
    this.headers = headers;
    this.#out = out;
  }

  write(bytes: Buffer): void {
    if (!this.#sentEnd) this.#out.write(bytes);
  }

  end(): void {
    if (this.#sentEnd) return;
    this.#sentEnd = true;
    this.#out.end();
  }

  /** What came before somebody listened is told first. */
  listen(onData: (bytes: Buffer) => void, onEnd: () => void): void {
    this.#listens = true;
    this.#onData = onData;
    this.#onEnd = onEnd;
    for (const bytes of this.#early.splice(0)) onData(bytes);
    if (this.#hasEnded) onEnd();
  }

  received(bytes: Buffer): void {
    if (this.#listens) this.#onData(bytes);
    else this.#early.push(Buffer.from(bytes));
  }

  ended(): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    this.#onEnd();
  }
}

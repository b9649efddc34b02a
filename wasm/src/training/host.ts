import type { Command, Message } from './protocol.js';
import { TrainingSession } from './session.js';
import { Sources } from './sources.js';
import { Turns } from './turns.js';

/** What the page's side says through a port: commands, and at last that it has gone. */
export type PortMessage = Command | { type: 'close' };

/** How long to train before commands have their turn, in milliseconds, where nothing else waits; a pause acts within this. */
const usualSliceMs = 30;

/** All training in one place, a worker or a page: each client speaks through a port with a session of its own, and they take turns. */
export class TrainingHost {
  readonly #start: () => Promise<void>;
  readonly #sliceMs: number;
  readonly #turns = new Turns();
  readonly #sources = new Sources();

  /**
   * @param start starts the engine, once
   * @param sliceMs how long commands, and in a page everything else, may wait for training
   */
  constructor(start: () => Promise<void>, sliceMs = usualSliceMs) {
    this.#start = start;
    this.#sliceMs = sliceMs;
  }

  session(post: (message: Message) => void): TrainingSession {
    return new TrainingSession(post, { start: this.#start, turns: this.#turns, sources: this.#sources, sliceMs: this.#sliceMs });
  }

  /** Serves a client until it closes. */
  open(port: MessagePort): void {
    const session = this.session((message) => port.postMessage(message));
    port.onmessage = ({ data }: MessageEvent<PortMessage>) => {
      if (data.type !== 'close') return session.handle(data);
      session.dispose();
      port.close();
    };
  }
}

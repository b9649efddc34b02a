import type { LitElement, ReactiveController } from 'lit';
import { Resizes } from './resizes.js';

/** Draws again what an element draws by itself when its surroundings change: the page turns dark or light, or there is other room. */
export class Redrawing implements ReactiveController {
  readonly #host: LitElement;
  readonly #draw: () => void;
  readonly #room?: string;
  readonly #resizes = new Resizes(() => this.#draw());
  readonly #theme = matchMedia('(prefers-color-scheme: dark)');

  /** @param room selects what the host renders whose size matters; if left out, none does */
  constructor(host: LitElement, draw: () => void, room?: string) {
    this.#host = host;
    this.#draw = draw;
    this.#room = room;
    host.addController(this);
  }

  hostConnected(): void {
    this.#theme.addEventListener('change', this.#draw);
    this.hostUpdated();
  }

  hostUpdated(): void {
    const room = this.#room && this.#host.querySelector(this.#room);
    // What is observed already is not observed again.
    if (room) this.#resizes.observe(room);
  }

  hostDisconnected(): void {
    this.#theme.removeEventListener('change', this.#draw);
    this.#resizes.disconnect();
  }
}

import type { LightElement } from './light-element.js';

/** So long a button says that it has copied, in milliseconds. */
const saidFor = 2000;

/** Copies texts that its host shows, each in an element with `data-copy`. */
export class Copying {
  readonly #host: LightElement;
  /** What was copied last, for a moment. */
  copied?: string;

  constructor(host: LightElement) {
    this.#host = host;
  }

  /** @param what the value of `data-copy` of the element that shows the text */
  async copy(what: string, text: string): Promise<void> {
    this.copied = what;
    this.#host.requestUpdate();
    try {
      await navigator.clipboard.writeText(text);
      setTimeout(() => {
        this.copied = undefined;
        this.#host.requestUpdate();
      }, saidFor);
    } catch {
      // No clipboard here (an insecure address, a frame without permission): select it, the keyboard does the rest.
      await this.#host.updateComplete;
      getSelection()?.selectAllChildren(this.#host.querySelector(`[data-copy="${what}"]`)!);
    }
  }
}

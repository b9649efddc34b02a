/**
 * Tells of another size with the next frame: whoever draws at once, and so changes sizes while they are told, makes the browser complain
 * to the page.
 */
export class Resizes {
  readonly #observer: ResizeObserver;
  #frame = 0;

  constructor(act: (entry: ResizeObserverEntry) => void) {
    this.#observer = new ResizeObserver((entries) => {
      cancelAnimationFrame(this.#frame);
      this.#frame = requestAnimationFrame(() => act(entries.at(-1)!));
    });
  }

  observe(element: Element): void {
    this.#observer.observe(element);
  }

  disconnect(): void {
    cancelAnimationFrame(this.#frame);
    this.#observer.disconnect();
  }
}

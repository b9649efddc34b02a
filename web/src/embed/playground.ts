import type { PlaygroundEvents } from './events.js';
import { attributeNames, type AttributeName, type Attributes } from './names.js';
import type { ToydlPlayer } from './player.js';

export type { PlaygroundEvents } from './events.js';

/** Fetches what the element becomes when it is near the screen. @internal */
export type LoadPlayer = () => Promise<Pick<typeof import('./player.js'), 'createPlayer'>>;

let loadPlayer: LoadPlayer;

/** Makes `<toydl-playground>` known to the page, unless it is, or there is no page. @internal */
export function definePlayground(load: LoadPlayer): void {
  if (!globalThis.customElements || customElements.get('toydl-playground')) return;
  loadPlayer = load;
  customElements.define('toydl-playground', ToydlPlayground);
}

/** So far from the screen an element begins to load. */
const nearby = '300px';

/** On a server there are no elements; there, this module can be imported all the same. */
const HostElement = (globalThis.HTMLElement ?? class {}) as typeof HTMLElement;

/**
 * `<toydl-playground>`: a network that trains in anybody's page. It is small by itself: nothing else is fetched until it comes near the
 * screen (`loading="eager"`: at once), or until a method is called. What it holds is shown until then, and where it cannot run.
 *
 * Attributes: `dataset`, `layers`, `activation`, `initializer`, `optimizer`, `learning-rate`, `schedule`, `batch-size`, `epochs`, `seed`,
 * `autoplay`; `src` (the address of a lesson), `panels`, `hide`, `theme`, `lang`; `data-url`, `wasm-url`, `worker-url`; `loading`.
 * Events: see `PlaygroundEvents`.
 */
export class ToydlPlayground extends HostElement {
  static readonly observedAttributes: readonly string[] = attributeNames;

  #player?: Promise<ToydlPlayer | undefined>;
  /** Ends the player. */
  #life = new AbortController();
  #nearness?: IntersectionObserver;
  /** What is asked of the player, one after the other. */
  #asked: Promise<unknown> = Promise.resolve();
  #isChanged = false;

  connectedCallback(): void {
    if (!this.#hasRoot()) return;
    // Moved to another place in the page, it goes on.
    if (this.#player) return;
    this.#showFallback();
    if (this.getAttribute('loading') === 'eager' || typeof IntersectionObserver === 'undefined') return void this.#load();
    // Moved before it was near, it is observed already.
    this.#nearness ??= new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && void this.#load(), { rootMargin: nearby });
    this.#nearness.observe(this);
  }

  disconnectedCallback(): void {
    // Not if it is only moved.
    queueMicrotask(() => {
      if (!this.isConnected && this.shadowRoot) this.#end();
    });
  }

  /** In another document, with other styles, it begins anew. */
  adoptedCallback(): void {
    if (this.shadowRoot) this.#end();
  }

  /** Changes that come together act together, and before what is asked after them. */
  attributeChangedCallback(): void {
    if (this.#isChanged || !this.#player) return;
    this.#isChanged = true;
    void this.#withPlayer((player) => {
      this.#isChanged = false;
      return player?.configure(this.#attributes, this.#languages);
    });
  }

  /** Trains, from where it is. */
  start(): Promise<void> {
    return this.#withPlayer((player) => player?.play());
  }

  pause(): Promise<void> {
    return this.#withPlayer((player) => player?.pause());
  }

  /** Trains on one batch, then pauses. */
  step(): Promise<void> {
    return this.#withPlayer((player) => player?.step());
  }

  /** Back to the first weights of this seed. */
  reset(): Promise<void> {
    return this.#withPlayer((player) => player?.reset());
  }

  /**
   * The model with all that its training needs to go on, as a safetensors file.
   * @throws {Error} if there is none: the element is not in a page, or could not be loaded
   */
  async exportModel(): Promise<Uint8Array> {
    const player = await this.#next((it) => it);
    if (!player) throw new Error('There is no model: the element is not in a page, or could not be loaded.');
    return player.exportModel();
  }

  get #attributes(): Attributes {
    const given = attributeNames.flatMap((name: AttributeName) => (this.hasAttribute(name) ? [[name, this.getAttribute(name)!]] : []));
    return Object.fromEntries(given);
  }

  get #languages(): (string | null | undefined)[] {
    return [this.closest('[lang]')?.getAttribute('lang'), ...navigator.languages];
  }

  /** What the author put into the element, as long as there is nothing better. */
  #showFallback(): void {
    this.shadowRoot!.replaceChildren(document.createElement('slot'));
  }

  /** Loads what there is to it, once; undefined if that fails, or the element is in no page. */
  #load(): Promise<ToydlPlayer | undefined> {
    this.#nearness?.disconnect();
    if (!this.isConnected || !this.shadowRoot) return Promise.resolve(undefined);
    return (this.#player ??= this.#create(this.#life.signal));
  }

  async #create(signal: AbortSignal): Promise<ToydlPlayer | undefined> {
    try {
      const { createPlayer } = await loadPlayer();
      return await createPlayer({
        root: this.shadowRoot!,
        attributes: this.#attributes,
        languages: this.#languages,
        lessonText: this.querySelector('script[type="application/json"]')?.textContent ?? undefined,
        tell: (name, detail) => this.#tell(name, detail),
        signal,
      });
    } catch (cause) {
      // Taken out of the page, it is not wanted any more; back there, it tries again.
      if (!signal.aborted) {
        this.#player = undefined;
        this.#say(`ToyDL could not be loaded: ${cause instanceof Error ? cause.message : String(cause)}`);
      }
      return undefined;
    }
  }

  #end(): void {
    this.#nearness?.disconnect();
    this.#player = undefined;
    this.#asked = Promise.resolve();
    this.#isChanged = false;
    this.#life.abort();
    this.#life = new AbortController();
    this.#showFallback();
  }

  /** Does something with the player, if there is one, after all that was asked before. */
  #next<Result>(act: (player: ToydlPlayer | undefined) => Result): Promise<Awaited<Result>> {
    const done = this.#asked.then(async () => act(await this.#load()));
    this.#asked = done.catch(() => undefined);
    return done as Promise<Awaited<Result>>;
  }

  /** Does something with the player; what goes wrong is told by an event. */
  async #withPlayer(act: (player: ToydlPlayer | undefined) => unknown): Promise<void> {
    try {
      await this.#next(act);
    } catch (error) {
      this.#tell('toydl-error', { code: 'internal', message: String(error) });
    }
  }

  /** Whether there is a place for what it shows: not if the host's page keeps a closed one. */
  #hasRoot(): boolean {
    try {
      return Boolean(this.shadowRoot ?? this.attachShadow({ mode: 'open' }));
    } catch (error) {
      this.#tell('toydl-error', { code: 'unsupported', message: `This <toydl-playground> cannot show anything: ${(error as Error).message}` });
      return false;
    }
  }

  #say(message: string): void {
    const sentence = document.createElement('p');
    sentence.setAttribute('part', 'error');
    sentence.textContent = message;
    this.#showFallback();
    this.shadowRoot!.append(sentence);
    this.#tell('toydl-error', { code: 'load', message });
  }

  #tell<Name extends keyof PlaygroundEvents>(name: Name, detail: PlaygroundEvents[Name]): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'toydl-playground': ToydlPlayground;
  }
}

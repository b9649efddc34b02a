import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import type { DatasetInfo, OwnSamples } from 'toydl/training/protocol';
import { droppedFiles, requestFor } from '../data/dropped.js';
import { dataOf, datasetNames, sizeOf, type DatasetName } from '../datasets.js';
import { count } from '../format.js';
import { define, LightElement } from '../light-element.js';
import { words } from '../words/index.js';
import { datasetIcon } from './dataset-icon.js';
import type { ToydlOwnData } from './own-data.js';

/** `<toydl-data>`: the choice of a data set. Where `own` is offered, which needs `<toydl-own-data>`, files of one's own can be dropped on it. */
export class ToydlData extends LightElement {
  static override properties = {
    name: { attribute: false }, offered: { attribute: false }, own: { attribute: false }, info: { attribute: false }, looksForOwn: { state: true }, isOver: { state: true },
  };
  declare name: DatasetName;
  declare offered: readonly DatasetName[];
  declare own?: OwnSamples;
  /** What is known of the chosen data set since it is loaded. */
  declare info?: DatasetInfo;
  /** “Your own” is chosen, and there are none yet. */
  declare looksForOwn: boolean;
  /** Files are being dragged over it. */
  declare isOver: boolean;

  constructor() {
    super();
    this.name = 'mnist';
    this.offered = datasetNames;
    this.looksForOwn = false;
    this.isOver = false;
    this.addEventListener('dragover', (event) => this.#onDragOver(event));
    this.addEventListener('dragleave', (event) => (this.isOver &&= this.contains(event.relatedTarget as Node | null)));
    this.addEventListener('drop', (event) => void this.#onDrop(event));
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    if (changed.has('name')) this.looksForOwn = false;
  }

  get #offersOwn(): boolean {
    return this.offered.includes('own');
  }

  get #chosen(): DatasetName {
    return this.looksForOwn ? 'own' : this.name;
  }

  override render() {
    const { title, label } = words().dataPanel;
    return html`<section part="card data" class="card data ${this.isOver ? 'is-over' : ''}" aria-labelledby="data-title">
      <h2 id="data-title">${title}</h2>
      <fieldset class="datasets">
        <legend class="visually-hidden">${label}</legend>
        ${this.offered.map((name) => this.#option(name))}
      </fieldset>
      <p class="hint" data-testid="data-hint">${about(this.#chosen, this.own, this.#chosen === this.name ? this.info : undefined)}</p>
      ${this.#offersOwn ? html`<toydl-own-data .own=${this.name === 'own' ? this.own : undefined} ?hidden=${this.#chosen !== 'own'}></toydl-own-data>` : nothing}
    </section>`;
  }

  #option(name: DatasetName) {
    return html`<label class="dataset" part="dataset-${name}" data-name=${name} title=${about(name, this.own)}>
      <input type="radio" name="dataset" value=${name} data-testid="data-${name}" .checked=${live(name === this.#chosen)} @change=${() => this.#choose(name)} />
      ${datasetIcon(name)}<span>${words().data.names[name]}</span>
    </label>`;
  }

  #choose(name: DatasetName): void {
    this.looksForOwn = name === 'own' && !this.own;
    if (!this.looksForOwn && name !== this.name) this.emit('toydl-data', { name });
  }

  #onDragOver(event: DragEvent): void {
    if (!this.#offersOwn || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    this.isOver = true;
  }

  async #onDrop(event: DragEvent): Promise<void> {
    this.isOver = false;
    if (!this.#offersOwn || !event.dataTransfer?.types.includes('Files')) return;
    event.preventDefault();
    const files = await droppedFiles(event.dataTransfer);
    this.looksForOwn = this.name !== 'own';
    this.querySelector<ToydlOwnData>('toydl-own-data')!.read(requestFor(files));
  }
}

/** What a data set is, how large, and of which classes; those of one's own are in a table of their own. */
function about(name: DatasetName, own?: OwnSamples, info?: DatasetInfo): string {
  const said = words().dataPanel;
  const size = info?.size ?? sizeOf(name, own);
  if (!size) return said.about[name];
  const names = name === 'own' ? undefined : info?.classNames.join(', ');
  return `${said.about[name]} ${said.size(count(size.train), count(size.test), count(dataOf(name, own).classes), names)}`;
}

define('toydl-data', ToydlData);

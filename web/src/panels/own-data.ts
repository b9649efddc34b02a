import { html, nothing } from 'lit';
import type { OwnSamples } from 'toydl/training/protocol';
import { chosenFiles } from '../data/dropped.js';
import { inWords, OwnDataError, type Message, type OwnData, type PicturePreview, type TablePreview } from '../data/own-data.js';
import type { ReadRequest } from '../data/read-request.js';
import { readOwnData } from '../data/reader.js';
import { count } from '../format.js';
import { drawInk } from '../ink.js';
import { define, LightElement } from '../light-element.js';
import { words } from '../words/index.js';

const firstProblems = 5;
/** More would be read by nobody. */
const mostProblems = 100;
const mostColumns = 10;

/** `<toydl-own-data>`: chooses files, reads them, shows what is in them, and offers to train with that. */
export class ToydlOwnData extends LightElement {
  static override properties = {
    own: { attribute: false }, reading: { state: true }, data: { state: true }, refusal: { state: true }, showsAllProblems: { state: true },
  };
  /** The samples in use. */
  declare own?: OwnSamples;
  declare reading?: { what: string; done?: number; total?: number };
  /** What was read, and is not in use yet. */
  declare data?: OwnData;
  declare refusal?: OwnDataError;
  declare showsAllProblems: boolean;
  #abort = new AbortController();

  constructor() {
    super();
    this.showsAllProblems = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#abort.abort();
  }

  /** Reads these files, in place of any others. */
  async read(request: ReadRequest): Promise<void> {
    this.#forget();
    const { signal } = this.#abort;
    const what = request.kind === 'table' ? request.file.name : words().dataPanel.own.pictureCount(count(request.pictures.length));
    this.reading = { what };
    try {
      this.data = await readOwnData(request, { signal, onProgress: (done, total) => (this.reading = { what, done, total }) });
    } catch (error) {
      if (signal.aborted) return;
      if (!(error instanceof OwnDataError)) throw error;
      this.refusal = error;
    }
    this.reading = undefined;
  }

  protected override updated(changed: Map<string, unknown>): void {
    if (changed.has('data') && this.data?.preview.kind === 'pictures') this.#drawPictures(this.data.preview);
  }

  override render() {
    const { data, own, refusal, reading } = this;
    return html`
      ${this.#chooser()}
      <p role="status" class="hint" data-testid="own-reading">${reading ? words().dataPanel.own.reading(reading.what) : nothing}</p>
      ${reading ? this.#progress(reading) : nothing}
      ${refusal ? this.#refused(refusal) : nothing}
      ${data ? this.#preview(data) : nothing}
      ${own && !data ? counts(own) : nothing}`;
  }

  #chooser() {
    const said = words().dataPanel.own;
    return html`
      <div class="buttons">
        <label class="button small">${said.table}<input type="file" class="visually-hidden" accept=".csv,.tsv,.txt,text/*" data-testid="own-table" @change=${this.#chooseTable} /></label>
        <label class="button small">${said.pictures}<input type="file" class="visually-hidden" accept="image/*" multiple data-testid="own-pictures" @change=${this.#choosePictures} /></label>
        <label class="button small">${said.folder}<input type="file" class="visually-hidden" webkitdirectory data-testid="own-folder" @change=${this.#choosePictures} /></label>
      </div>
      ${this.data ? nothing : html`<p class="hint">${said.drop} ${said.help}</p>`}
      <p class="hint"><strong>${said.privacy}</strong></p>`;
  }

  #progress({ done, total }: NonNullable<ToydlOwnData['reading']>) {
    const said = words().dataPanel.own;
    return html`
      ${total ? html`<progress aria-label=${said.progress} max=${total} .value=${done ?? 0}></progress>` : nothing}
      <div class="buttons"><button type="button" class="small" data-testid="own-cancel" @click=${this.#forget}>${said.cancel}</button></div>`;
  }

  #refused(refusal: OwnDataError) {
    return html`<div role="alert" data-testid="own-refused" data-code=${refusal.code}>
        <p class="error">${words().dataPanel.own.refused}: ${inWords(words().ownData, refusal)}</p>
      </div>
      ${this.#problems(refusal.problems)}`;
  }

  #preview(data: OwnData) {
    const said = words().dataPanel.own;
    return html`<section class="preview" aria-labelledby="preview-title" data-testid="own-preview">
      <h3 id="preview-title">${said.preview(data.name)}</h3>
      ${data.preview.kind === 'table' ? firstRows(data.preview) : somePictures(data)}
      ${counts(data)}
      ${this.#problems(data.problems)}
      <div class="buttons">
        <button type="button" class="primary" data-testid="own-use" @click=${() => this.#use(data)}>${said.use}</button>
        <button type="button" data-testid="own-discard" @click=${this.#forget}>${said.discard}</button>
      </div>
    </section>`;
  }

  #problems(problems: readonly Message[]) {
    if (problems.length === 0) return nothing;
    const said = words().dataPanel.own;
    const shown = problems.slice(0, this.showsAllProblems ? mostProblems : firstProblems);
    const more = problems.length - shown.length;
    return html`<div class="left-out" data-testid="own-problems">
      <h3>${said.leftOut(count(problems.length))}</h3>
      <ul>${shown.map((problem) => html`<li>${inWords(words().ownData, problem)}</li>`)}</ul>
      ${more === 0 ? nothing : this.showsAllProblems ? html`<p>${said.more(count(more))}</p>` : html`<button type="button" class="small" data-testid="own-more" @click=${() => (this.showsAllProblems = true)}>${said.more(count(more))}</button>`}
    </div>`;
  }

  #drawPictures({ pixels, width, height }: PicturePreview): void {
    const size = width * height;
    this.querySelectorAll<HTMLCanvasElement>('.tiles canvas').forEach((canvas, i) => drawInk(canvas, pixels.subarray(i * size, (i + 1) * size), width));
  }

  #use({ sampleShape, classNames, train, test }: OwnData): void {
    this.#forget();
    this.emit('toydl-data', { name: 'own', own: { sampleShape, classNames, train, test } });
  }

  readonly #forget = (): void => {
    this.#abort.abort();
    this.#abort = new AbortController();
    Object.assign(this, { reading: undefined, data: undefined, refusal: undefined, showsAllProblems: false });
  };

  readonly #chooseTable = (event: Event): void => {
    const [first] = takeFiles(event);
    if (first) void this.read({ kind: 'table', file: first.file });
  };

  readonly #choosePictures = (event: Event): void => {
    const pictures = takeFiles(event);
    if (pictures.length > 0) void this.read({ kind: 'pictures', pictures });
  };
}

/** The files that were chosen; the same ones can be chosen again. */
function takeFiles(event: Event): ReturnType<typeof chosenFiles> {
  const input = event.target as HTMLInputElement;
  const files = chosenFiles(input.files ?? []);
  input.value = '';
  return files;
}

/** The column with the class, and as many of the others as can be looked at. */
function firstRows({ columns, labelColumn, rows }: TablePreview) {
  const said = words().dataPanel.own;
  const shown = columns.map((_, column) => column).filter((column) => column < mostColumns || column === labelColumn);
  const isClass = (column: number) => (column === labelColumn ? 'is-class' : '');
  return html`
    <div class="scroll" role="region" tabindex="0" aria-label=${said.firstRows}>
      <table>
        <thead><tr>${shown.map((column) => html`<th scope="col" class=${isClass(column)}>${columns[column]}${column === labelColumn ? html` <em>${said.classColumn}</em>` : nothing}</th>`)}</tr></thead>
        <tbody>${rows.map((cells) => html`<tr>${shown.map((column) => html`<td class=${isClass(column)}>${cells[column] ?? ''}</td>`)}</tr>`)}</tbody>
      </table>
    </div>
    ${shown.length < columns.length ? html`<p class="hint">${said.moreColumns(count(columns.length - shown.length))}</p>` : nothing}`;
}

function somePictures({ classNames, preview }: OwnData) {
  const { labels } = preview as PicturePreview;
  const said = words().dataPanel.own;
  return html`<ul class="tiles" aria-label=${said.somePictures}>
    ${Array.from(labels, (label) => html`<li><canvas class="ink" role="img" aria-label=${said.picture(classNames[label]!)}></canvas>
      <span aria-hidden="true">${classNames[label]}</span></li>`)}
  </ul>`;
}

/** How many samples of each class there are to train and to test with. */
function counts({ classNames, train, test }: OwnSamples) {
  const said = words().dataPanel.own;
  const row = (name: string, [inTrain, inTest]: [number, number]) => html`<tr><th scope="row">${name}</th><td>${count(inTrain)}</td><td>${count(inTest)}</td></tr>`;
  const of = (label: number): [number, number] => [train, test].map(({ labels }) => labels.reduce((sum, found) => sum + Number(found === label), 0)) as [number, number];
  return html`<div class="scroll" role="region" tabindex="0" aria-label=${said.counts}>
    <table class="counts" data-testid="own-counts">
      <thead><tr><th scope="col">${said.className}</th><th scope="col">${said.train}</th><th scope="col">${said.test}</th></tr></thead>
      <tbody>${classNames.map((name, label) => row(name, of(label)))}</tbody>
      <tfoot>${row(said.all, [train.labels.length, test.labels.length])}</tfoot>
    </table>
  </div>`;
}

define('toydl-own-data', ToydlOwnData);

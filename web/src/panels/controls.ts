import { html, svg } from 'lit';
import type { TrainingState } from 'toydl/training/protocol';
import { icon } from '../icon.js';
import { define, LightElement } from '../light-element.js';
import { words } from '../words/index.js';

const icons = {
  play: svg`<path d="M4 2.5v11l9-5.5z"/>`,
  pause: svg`<path d="M3.5 2.5h3v11h-3zM9.5 2.5h3v11h-3z"/>`,
  step: svg`<path d="M3 2.5v11l7-5.5zM11 2.5h2.5v11H11z"/>`,
  epoch: svg`<path d="M1 2.5v11l5.5-5.5zM6.5 2.5v11L12 8zM12.5 2.5H15v11h-2.5z"/>`,
  reset: svg`<path d="M8 2.5A5.5 5.5 0 1 1 2.6 9h2A3.5 3.5 0 1 0 8 4.5V7L3.8 3.5 8 0z"/>`,
};

/** `<toydl-controls>`: play or pause, one step, one epoch, reset. The keys named in the titles are handled by the app. */
export class ToydlControls extends LightElement {
  static override properties = { playing: { attribute: false }, state: { attribute: false } };
  declare playing: boolean;
  declare state: TrainingState;

  constructor() {
    super();
    this.playing = false;
    this.state = 'loading';
  }

  override render() {
    const said = words().controls;
    const over = this.state === 'done' || this.state === 'failed';
    const [shape, label] = this.playing ? [icons.pause, said.pause] : [icons.play, over ? said.again : said.play];
    const toggle = () => this.emit(this.playing ? 'toydl-pause' : 'toydl-play');
    return html`<div class="controls" part="controls" role="group" aria-label=${said.label}>
      <button type="button" class="primary" part="play" data-testid="play" title=${said.playTitle(label)} aria-keyshortcuts="Space" @click=${toggle}>
        ${icon(shape)}${label}
      </button>
      <button type="button" part="step" data-testid="step" title=${said.stepTitle} aria-keyshortcuts="ArrowRight" ?disabled=${over} @click=${() => this.emit('toydl-step')}>
        ${icon(icons.step)}${said.step}
      </button>
      <button type="button" part="epoch" data-testid="epoch-button" title=${said.epochTitle} aria-keyshortcuts="E" ?disabled=${over} @click=${() => this.emit('toydl-epoch')}>
        ${icon(icons.epoch)}${said.epoch}
      </button>
      <button type="button" part="reset" data-testid="reset" title=${said.resetTitle} aria-keyshortcuts="R" @click=${() => this.emit('toydl-reset')}>
        ${icon(icons.reset)}${said.reset}
      </button>
    </div>`;
  }
}

define('toydl-controls', ToydlControls);

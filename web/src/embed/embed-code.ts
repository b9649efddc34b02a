import type { PanelName } from '../session-panels.js';
import type { Settings, View } from '../settings.js';
import { attributesFrom } from './attributes.js';
import type { Attributes } from './names.js';

/** What an author pastes to have the network that is on screen in a page of their own. */
export interface EmbedCode {
  /** The element, from the host of this page. */
  tag: string;
  /** A frame, where the author's pages take no scripts or no custom elements. */
  frame: string;
  /** The element, from npm. */
  npm: string;
}

/** What an element must show to be like a view; what it shows anyway if left out. */
const panelsOf: Partial<Record<View, readonly PanelName[]>> = {
  inside: ['status', 'controls', 'inside'],
  mistakes: ['status', 'controls', 'mistakes'],
  draw: ['status', 'controls', 'draw'],
  build: ['status', 'controls', 'samples', 'curves', 'data', 'network', 'training'],
};

/** @param page the address of the page, beside which are `toydl/`, `data/` and `embed.html` */
export function embedCode(settings: Settings, page: string, fallback: string): EmbedCode {
  const shown = panelsOf[settings.view];
  const attributes: Attributes = { ...attributesFrom(settings), ...(shown && { panels: shown.join(' ') }) };
  const at = (path: string) => new URL(path, page).href;
  const tag = (more: Attributes) => `<toydl-playground${attributesInHtml({ ...attributes, ...more })}>\n  ${fallback}\n</toydl-playground>`;
  const hash = new URLSearchParams(attributes as Record<string, string>).toString().replaceAll('%2C', ',').replaceAll('+', '%20');
  return {
    tag: `<script src="${at('toydl/tag.js')}"></script>\n${tag({ 'data-url': at('data/') })}`,
    frame: `<iframe src="${inHtml(`${at('embed.html')}#${hash}`)}" title="ToyDL" width="100%" height="720" style="border: 0" loading="lazy"></iframe>\n`
      + `<script src="${at('toydl/parent.js')}"></script>`,
    npm: `npm install toydl\n\nimport 'toydl/element';\n\n${tag({})}`,
  };
}

const attributesInHtml = (attributes: Attributes): string => Object.entries(attributes).map(([name, value]) => ` ${name}="${inHtml(value)}"`).join('');

const inHtml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');

import pageStyles from '../style.css?inline';
import type { Theme } from './names.js';
import playerStyles from './player.css?inline';

/** In CSS pixels, that which breakpoints in rem stand for. */
const pixelsInRem = 16;

const darkness: Record<Theme, string> = { auto: '(prefers-color-scheme: dark)', light: 'not all', dark: 'all' };
/** A style sheet belongs to the document in which it is made. */
const made = new WeakMap<Document, Map<Theme, CSSStyleSheet>>();

export const newStyleSheet = ({ defaultView }: Document): CSSStyleSheet => new (defaultView ?? window).CSSStyleSheet();

/** The page's styles as they hold within an element in somebody else's page. */
export function shadowStyles(theme: Theme, document: Document): CSSStyleSheet {
  const ofDocument = made.get(document) ?? new Map<Theme, CSSStyleSheet>();
  made.set(document, ofDocument);
  const known = ofDocument.get(theme);
  if (known) return known;
  const sheet = newStyleSheet(document);
  sheet.replaceSync(stylesFor(theme));
  ofDocument.set(theme, sheet);
  return sheet;
}

/** What depends on the root's text size depends on `--unit` here, and what depends on the window's width on that of the element. */
function stylesFor(theme: Theme): string {
  const inElement = pageStyles
    .replace(/:root\b/g, ':host')
    .replace(/(^|[\s,}])body(?=\s*\{)/g, '$1:host')
    .replaceAll(/\(prefers-color-scheme:\s*dark\)/g, darkness[theme])
    .replace(/@media\s*(\([^{]*\bwidth\b[^{]*)/g, (_, query: string) =>
      `@container ${query.replace(/([\d.]+)rem/g, (_rem, number: string) => `${Number(number) * pixelsInRem}px`)}`)
    .replace(/(?<![\w.-])(-?[\d.]+)rem\b/g, 'calc($1 * var(--unit))');
  return `:host { all: initial; }\n${inElement}\n${playerStyles}`;
}

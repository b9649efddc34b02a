import pageStyles from '../style.css?inline';
import type { Theme } from './names.js';
import playerStyles from './player.css?inline';

/** In CSS pixels, that which breakpoints in rem stand for. */
const pixelsInRem = 16;

const darkness: Record<Theme, string> = { auto: '(prefers-color-scheme: dark)', light: 'not all', dark: 'all' };
const made = new Map<Theme, CSSStyleSheet>();

/**
 * The page's styles as they hold within an element in somebody else's page: what depends on the root's text size depends on `--unit`,
 * and what depends on the window's width on that of the element.
 */
export function shadowStyles(theme: Theme): CSSStyleSheet {
  const known = made.get(theme);
  if (known) return known;
  const sheet = new CSSStyleSheet();
  const inElement = pageStyles
    .replace(/:root\b/g, ':host')
    .replace(/(^|[\s,}])body(?=\s*\{)/g, '$1:host')
    .replaceAll(/\(prefers-color-scheme:\s*dark\)/g, darkness[theme])
    .replace(/@media\s*(\([^{]*\bwidth\b[^{]*)/g, (_, query: string) =>
      `@container ${query.replace(/([\d.]+)rem/g, (_rem, number: string) => `${Number(number) * pixelsInRem}px`)}`)
    .replace(/(?<![\w.-])(-?[\d.]+)rem\b/g, 'calc($1 * var(--unit))');
  sheet.replaceSync(`:host { all: initial; }\n${inElement}\n${playerStyles}`);
  made.set(theme, sheet);
  return sheet;
}

import { language } from './words/index.js';

/** Numbers as the page shows them, in the manner of its language. */
const inLanguage = (value: number, options: Intl.NumberFormatOptions): string => {
  const key = `${language()} ${JSON.stringify(options)}`;
  const format = formats.get(key) ?? new Intl.NumberFormat(language(), options);
  formats.set(key, format);
  return format.format(value);
};
const formats = new Map<string, Intl.NumberFormat>();
const digits = (count: number): Intl.NumberFormatOptions => ({ minimumFractionDigits: count, maximumFractionDigits: count });

/** 48200 → 48,200 */
export const count = (value: number): string => inLanguage(Math.round(value), {});

/** 0.9712 → 97.1% */
export const percent = (share: number): string => inLanguage(share, { style: 'percent', ...digits(1) });

/** 3100000 → 3.1 */
export const megabytes = (bytes: number): string => inLanguage(bytes / 1e6, digits(1));

/** 3.42 → 3.4; cut, not rounded, so that an epoch is full only at its end. */
export const epoch = (value: number): string => inLanguage(Math.floor(value * 10 + 1e-6) / 10, digits(1));

/** 0.0831 → 0.083; a loss that runs away keeps its width. */
export const loss = (value: number): string =>
  Number.isFinite(value) && Math.abs(value) >= 1000 ? value.toExponential(1) : inLanguage(value, digits(3));

/** A number in at most three digits that count: 0.0123 */
export const short = (value: number): string => inLanguage(value, { maximumSignificantDigits: 3 });

/** 0.0123, or 1.2E-7: a number that may be of any size. */
export const magnitude = (value: number): string =>
  value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e5) ? inLanguage(value, { notation: 'scientific', maximumSignificantDigits: 2 }) : short(value);

/** 0.95 → 95%, 0.985 → 98.5%: a share that somebody has chosen. */
export const exactPercent = (share: number): string => inLanguage(share, { style: 'percent', maximumFractionDigits: 2 });

/** 0.9712 → 97%, for axes */
export const wholePercent = (share: number): string => inLanguage(share, { style: 'percent' });

/** 0.9712 → 97, for tables that say once that it is per cent; – for what is not known */
export const percentNumber = (share: number | undefined): string => (share === undefined ? '–' : inLanguage(Math.round(100 * share), {}));

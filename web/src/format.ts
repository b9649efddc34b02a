/** Numbers as the page shows them. The page is in English, so are its numbers. */
const grouped = new Intl.NumberFormat('en');

/** 48200 → 48,200 */
export const count = (value: number): string => grouped.format(Math.round(value));

/** 0.9712 → 97.1% */
export const percent = (share: number): string => `${(100 * share).toFixed(1)}%`;

/** 3100000 → 3.1 */
export const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(1);

/** 3.42 → 3.4; cut, not rounded, so that an epoch is full only at its end. */
export const epoch = (value: number): string => (Math.floor(value * 10 + 1e-6) / 10).toFixed(1);

/** 0.0831 → 0.083; a loss that runs away keeps its width. */
export const loss = (value: number): string =>
  Number.isFinite(value) && Math.abs(value) >= 1000 ? value.toExponential(1) : value.toFixed(3);

/**
 * Tells of another size with the next frame: whoever draws at once, and so changes sizes while they are told, makes the browser complain
 * to the page.
 */
export const resizes = (act: (entry: ResizeObserverEntry) => void): ResizeObserver =>
  new ResizeObserver((entries) => requestAnimationFrame(() => act(entries.at(-1)!)));

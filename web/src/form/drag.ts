/** How near to the edge of the window the pointer scrolls it, and how fast, in CSS pixels. */
const edge = 56;
const scrollStep = 12;

interface Drag {
  /** The rows among which it is moved, and which of them it is. */
  rows: readonly HTMLElement[];
  from: number;
  /** The place that it would have now. */
  onPlace(place: number): void;
  /** Let go there; undefined if it was called off. */
  onEnd(place?: number): void;
}

/** Follows a pointer that holds a row by its grip, with mouse, finger or pen, until it lets go. */
export function drag(start: PointerEvent, { rows, from, onPlace, onEnd }: Drag): void {
  const grip = start.currentTarget as HTMLElement;
  const row = rows[from]!;
  const others = rows.filter((other) => other !== row);
  const startY = start.clientY + scrollY;
  let y = start.clientY;
  let place = from;
  let frame = 0;

  const placeNow = (): number => {
    const top = row.offsetParent!.getBoundingClientRect().top;
    return others.filter((other) => top + other.offsetTop + other.offsetHeight / 2 < y).length;
  };
  const follow = (): void => {
    if (y < edge) scrollBy(0, -scrollStep);
    if (y > innerHeight - edge) scrollBy(0, scrollStep);
    row.style.translate = `0 ${y + scrollY - startY}px`;
    const next = placeNow();
    if (next !== place) onPlace(next);
    place = next;
    frame = requestAnimationFrame(follow);
  };
  const end = (final?: number): void => {
    cancelAnimationFrame(frame);
    listening.abort();
    row.style.translate = '';
    onEnd(final);
  };

  const listening = new AbortController();
  const { signal } = listening;
  grip.setPointerCapture(start.pointerId);
  grip.addEventListener('pointermove', (event) => (y = event.clientY), { signal });
  grip.addEventListener('pointerup', () => end(placeNow()), { signal });
  grip.addEventListener('pointercancel', () => end(), { signal });
  addEventListener('keydown', (event) => event.key === 'Escape' && end(), { signal });
  frame = requestAnimationFrame(follow);
}

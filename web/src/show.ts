/** As much of somebody's text as a message can hold. */
export const shortened = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}…` : text);

/** A value from outside as a message shows it: no longer than it takes to recognise it. */
export function show(value: unknown): string {
  return shortened(typeof value === 'string' ? `“${value}”` : (JSON.stringify(value) ?? String(value)));
}

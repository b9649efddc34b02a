import { commandNamed, type eventNames } from './names.js';

/**
 * What `embed.html` and the page around it say to each other by `postMessage`: plain objects, each with the version of this protocol.
 * To the parent: `height` (in CSS pixels), and the events of the element by their names, with their details.
 * From the parent: `start`, `pause`, `step`, `reset`.
 */
export const protocolVersion = 1;

export type FrameMessage =
  | { toydl: typeof protocolVersion; type: 'height'; height: number }
  | { toydl: typeof protocolVersion; type: (typeof eventNames)[number]; detail: unknown };

/** The command in a message from whoever; undefined if it is none of ours. */
export function commandIn(data: unknown): ReturnType<typeof commandNamed> {
  if (typeof data !== 'object' || data === null) return undefined;
  const { toydl, type } = data as { toydl?: unknown; type?: unknown };
  return toydl === protocolVersion ? commandNamed(type) : undefined;
}

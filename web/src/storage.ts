import { del, get, set } from 'idb-keyval';
import type { OwnSamples } from 'toydl/training/protocol';

/** What of a run survives a reload: one record, so that it is written whole or not at all. */
export interface SavedRun {
  format: 1;
  /** The settings, as in an address. */
  hash: string;
  playing: boolean;
  step: number;
  checkpoint: Uint8Array;
  curves: Record<string, unknown>;
  earlier: { hash: string; curves: Record<string, unknown> }[];
  offRecord: boolean;
}

/** What a session stores, and where. */
export interface Storage {
  /** @throws what the browser says if it stores nothing here */
  saveRun(run: SavedRun): Promise<void>;
  saveOwnData(samples: OwnSamples): Promise<void>;
}

const runKey = 'toydl-run';
const ownKey = 'toydl-own-data';

/** @throws what the browser says if it stores nothing here */
export const saveRun = async (run: SavedRun): Promise<void> => set(runKey, run);

/** The run of an earlier visit; undefined if there is none, or storage is denied. */
export async function savedRun(): Promise<SavedRun | undefined> {
  const run = await stored<SavedRun>(runKey);
  return run?.format === 1 ? run : undefined;
}

/** Former ones go first: where there is no room for these, a run on these must not find others. @throws what the browser says if it stores nothing here */
export async function saveOwnData(samples: OwnSamples): Promise<void> {
  await del(ownKey);
  await set(ownKey, samples);
}

export const savedOwnData = (): Promise<OwnSamples | undefined> => stored(ownKey);

/** Some browsers throw where they deny storage, others reject. */
async function stored<Value>(key: string): Promise<Value | undefined> {
  try {
    return await get<Value>(key);
  } catch {
    return undefined;
  }
}

import { mnistFiles } from 'toydl/data/files';
import { packageThread } from 'toydl/training/package-thread';
import type { TrainingThread } from 'toydl/training/thread';
import type { DataSource } from 'toydl/training/protocol';
import { sourceOf, type DatasetName } from '../datasets.js';
import { whatIsCarried } from './carried.js';
import type { Places } from './embedding.js';

/** Where a data set is: in the folder that the author names, or else what the package has, which is a starter of MNIST. */
export function embeddedSource(name: DatasetName, { data }: Places): DataSource {
  if (data !== undefined || name !== 'mnist') return sourceOf(name, data ?? '');
  return { kind: 'files', files: whatIsCarried()?.starter ?? mnistFiles() };
}

/** The thread that all elements with the same files share. */
export function embeddedThread({ wasm, worker }: Places): TrainingThread {
  const { workerText, wasmBytes } = whatIsCarried() ?? {};
  return packageThread({ workerText, wasmBytes: wasm === undefined ? wasmBytes : undefined, wasmUrl: wasm, workerUrl: worker });
}

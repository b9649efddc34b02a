import { mnistFiles } from 'toydl/data/files';
import { packageThread, type TrainingThread } from 'toydl/training/thread';
import type { DataSource } from 'toydl/training/protocol';
import { sourceOf, type DatasetName } from '../datasets.js';
import { whatIsCarried } from './carried.js';
import type { Attributes } from './names.js';

const absolute = (url: string): string => new URL(url, document.baseURI).href;

/** Where a data set is: in the folder that the author names, or else what the package has, which is a starter of MNIST. */
export function embeddedSource(name: DatasetName, dataUrl: string | undefined): DataSource {
  if (dataUrl !== undefined) return sourceOf(name, absolute(dataUrl.replace(/\/?$/, '/')));
  return name === 'mnist' ? { kind: 'files', files: whatIsCarried()?.starter ?? mnistFiles() } : sourceOf(name, '');
}

/** The thread that all elements with the same files share. */
export function embeddedThread({ 'wasm-url': wasmUrl, 'worker-url': workerUrl }: Attributes): TrainingThread {
  const carried = whatIsCarried();
  return packageThread({
    ...(carried && { workerText: carried.workerText, wasmBytes: carried.wasmBytes }),
    ...(wasmUrl !== undefined && { wasmUrl: absolute(wasmUrl), wasmBytes: undefined }),
    ...(workerUrl !== undefined && { workerUrl: absolute(workerUrl) }),
  });
}

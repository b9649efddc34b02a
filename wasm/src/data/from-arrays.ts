import { Dataset } from '../dataset.js';
import { Tensor } from '../tensor.js';

/** A data set of samples that are all here, one after another, and the class of each. */
export function datasetFromArrays(sampleShape: readonly number[], samples: ArrayLike<number>, labels: ArrayLike<number>): Dataset {
  using x = new Tensor([labels.length, ...sampleShape], samples);
  using y = new Tensor([labels.length], labels);
  return new Dataset(x, y);
}

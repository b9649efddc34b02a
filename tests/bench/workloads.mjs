// What is measured: workloads.json, which C++ and JavaScript make their networks from.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * { name: workload }. A workload says its `name`, `title`, `layers` for MNIST with Softmax at the end, `optimizer` and `batchSize`; one
 * without an optimizer predicts. `flops`: multiplications and additions that it takes for one sample, as papers count them, zeros and all.
 */
export const workloads = Object.fromEntries(
  Object.entries(JSON.parse(readFileSync(join(import.meta.dirname, 'workloads.json'), 'utf8')))
    .map(([name, workload]) => [name, { name, ...workload }]),
);

import { list, wholeNumber } from './check.js';
import { engine, heap } from './engine.js';
import type * as raw from './engine/toydl.js';
import { ToydlError, unwrap } from './errors.js';
import { Handle, isRaw, rawOf } from './handle.js';

/** Numbers (float32) in row-major order, with a shape whose first dimension is the batch. */
export class Tensor extends Handle<raw.Tensor> {
  protected readonly kind = 'Tensor';

  /**
   * @param shape sizes of at most four dimensions, outermost first
   * @param data as many numbers as the shape wants; zeros if left out
   * @throws {ToydlError} `shape` if they do not fit
   */
  constructor(shape: readonly number[], data?: ArrayLike<number>);
  /** @internal */
  constructor(tensor: raw.Tensor);
  constructor(shape: readonly number[] | raw.Tensor, data?: ArrayLike<number>) {
    super(isRaw(shape) ? (shape as raw.Tensor) : unwrap<raw.Tensor>(engine().makeTensor(list('shape', shape as readonly number[]).map((size) => wholeNumber('a dimension', size, 0)))));
    if (!data) return;
    try {
      this.set(data);
    } catch (error) {
      this.dispose();
      throw error;
    }
  }

  get shape(): number[] {
    return rawOf(this).shape();
  }

  /** How many numbers there are. */
  get size(): number {
    return rawOf(this).size();
  }

  /** A copy of the numbers. */
  toArray(): Float32Array {
    const tensor = rawOf(this);
    return heap().slice(tensor.offset(), tensor.offset() + tensor.size());
  }

  /** Overwrites the numbers. @throws {ToydlError} `shape` if there are not as many. */
  set(data: ArrayLike<number>): void {
    const tensor = rawOf(this);
    list('data', data as readonly number[]);
    if (data.length !== tensor.size()) {
      throw new ToydlError('shape', `a tensor of shape [${this.shape.join(', ')}] has ${tensor.size()} values, ${data.length} were given`);
    }
    heap().set(data, tensor.offset());
  }

  /** Adds to the numbers, one to each: how a layer of your own gathers gradients. @throws {ToydlError} `shape` if there are not as many. */
  add(data: ArrayLike<number>): void {
    const sum = this.toArray();
    list('data', data as readonly number[]);
    if (data.length === sum.length) for (let i = 0; i < sum.length; i++) sum[i]! += data[i]!;
    this.set(data.length === sum.length ? sum : data);
  }

  /** A tensor of its own with the same numbers. */
  clone(): Tensor {
    return new Tensor(this.shape, this.toArray());
  }

  protected override get whyDisposed(): string {
    return 'A batch of a data set lives until the next one, and a model\'s output until its next pass; clone() what shall stay.';
  }
}

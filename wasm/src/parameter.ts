import type * as raw from './engine/toydl.js';
import { Handle, rawOf } from './handle.js';
import { Tensor } from './tensor.js';

/** Something a layer learns: its value, and the gradient of the loss with respect to it. */
export class Parameter extends Handle<raw.Parameter> {
  protected readonly kind = 'Parameter';
  #value?: Tensor;
  #grad?: Tensor;

  /** "weight" or "bias". */
  get name(): string {
    return rawOf(this).name();
  }

  get value(): Tensor {
    return (this.#value ??= new Tensor(rawOf(this).value()));
  }

  /** Adds up over backward passes until an optimizer's step uses it; stays readable until the next backward pass. */
  get grad(): Tensor {
    return (this.#grad ??= new Tensor(rawOf(this).grad()));
  }

  override dispose(): void {
    this.#value?.dispose();
    this.#grad?.dispose();
    super.dispose();
  }
}

import type { Config } from './config.js';

/** All there is to know of one option of a layer, optimizer, … */
export interface OptionDescriptor {
  name: string;
  kind: 'integer' | 'number' | 'boolean' | 'choice' | 'shape' | 'layers' | 'initializer' | 'schedule';
  doc: string;
  required: boolean;
  /** Both ends are allowed. */
  min?: number;
  max?: number;
  choices?: string[];
  /** Absent if it must be given. */
  default?: boolean | number | string | number[] | Config;
}

/** A layer, optimizer, … by its name, with its options. */
export interface Descriptor {
  name: string;
  doc: string;
  options: OptionDescriptor[];
}

/** Everything in the registries of the engine. */
export type Descriptors = Record<'layers' | 'losses' | 'optimizers' | 'schedules' | 'initializers' | 'metrics', Descriptor[]>;

import type { Report } from 'toydl/training/protocol';

/** The details of the events of `<toydl-playground>`: plain objects that can be cloned. */
export interface PlaygroundEvents {
  /** The network is there, untrained, and the first samples are. */
  'toydl-ready': { dataset: string; hash: string };
  /** After each slice of training, about 30 times a second, and after a reset (step 0). */
  'toydl-report': Report;
  /** At the end of each epoch, when the test samples are measured. */
  'toydl-epoch': {
    epoch: number;
    epochs: number;
    /** Optimizer steps since the start. */
    step: number;
    /** Of the test samples: mean cross-entropy, and the share that is right, of so many. */
    loss: number;
    accuracy: number;
    samples: number;
    hash: string;
  };
  /** The goal of a step of the lesson is reached: the step's number, from 0, and the goal as the lesson has it. */
  'toydl-goal': { step: number; goal: unknown };
  /** Something does not work; the element says it too. `code` is that of a `ToydlError`. */
  'toydl-error': { code: string; message: string };
}

type EventsByName = { [Name in keyof PlaygroundEvents]: CustomEvent<PlaygroundEvents[Name]> };

declare global {
  interface HTMLElementEventMap extends EventsByName {}
}

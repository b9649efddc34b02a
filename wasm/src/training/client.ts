import type { Command, DataProgress, Digits, Message, Problem, Report, RunConfig, TestReport, TrainingState } from './protocol.js';

/** What happens during training; all are optional. */
export interface TrainingListeners {
  onData?: (progress: DataProgress) => void;
  onState?: (state: TrainingState) => void;
  onReport?: (report: Report) => void;
  onTest?: (report: TestReport) => void;
  onDigits?: (digits: Digits) => void;
  onProblem?: (problem: Problem) => void;
}

/**
 * Training in a worker, seen from the page: commands go in, reports come out, nothing blocks.
 * Commands may be sent at any time, also while the data is still loading; they act within one slice of training.
 */
export class TrainingClient {
  readonly #worker: Worker;

  /** @param dataUrl folder that holds the data set's `manifest.json`, absolute or relative to the document */
  constructor(dataUrl: string, listeners: TrainingListeners) {
    this.#worker = new Worker(new URL('./worker.js', import.meta.url), { type: 'module' });
    this.#worker.onmessage = ({ data }: MessageEvent<Message>) => {
      switch (data.type) {
        case 'data': return listeners.onData?.(data.progress);
        case 'state': return listeners.onState?.(data.state);
        case 'report': return listeners.onReport?.(data.report);
        case 'test': return listeners.onTest?.(data.report);
        case 'digits': return listeners.onDigits?.(data.digits);
        case 'problem': return listeners.onProblem?.(data.problem);
      }
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      const message = `The training worker failed: ${event.message || 'it could not be started'}. Reload the page.`;
      listeners.onProblem?.({ code: 'worker', message, retry: false });
    };
    this.#send({ type: 'load', dataUrl: new URL(dataUrl, document.baseURI).href });
  }

  /** Throws the present run away and builds a new one; plays at once if asked to. */
  configure(run: RunConfig, { play }: { play: boolean }): void {
    this.#send({ type: 'configure', run, play });
  }

  play(): void {
    this.#send({ type: 'play' });
  }

  pause(): void {
    this.#send({ type: 'pause' });
  }

  /** One batch, then a pause. */
  step(): void {
    this.#send({ type: 'step' });
  }

  /** Back to step 0 with the same seed, so with the same first weights. */
  reset({ play }: { play: boolean }): void {
    this.#send({ type: 'reset', play });
  }

  /** Acts from the next batch on; nothing is thrown away. */
  setLearningRate(value: number): void {
    this.#send({ type: 'learning-rate', value });
  }

  /** Tries a failed download again. */
  retry(): void {
    this.#send({ type: 'retry' });
  }

  dispose(): void {
    this.#worker.terminate();
  }

  #send(command: Command): void {
    this.#worker.postMessage(command);
  }
}

import { Shards } from '../data/shards.js';
import { startEngine } from '../engine.js';
import { ToydlError } from '../errors.js';
import { nextTask } from '../next-task.js';
import { pickDigits } from './digits.js';
import type { Command, Message, RunConfig, TrainingState } from './protocol.js';
import { Run } from './run.js';

/** How long to train before commands have their turn: a pause acts within this. */
const sliceMs = 30;
const digitsEveryMs = 100;
const testEveryMs = 1000;
const firstTestAfterMs = 250;

/** The worker's side of training: takes commands, trains in slices, and posts messages. */
export class TrainingSession {
  readonly #post: (message: Message) => void;
  #dataUrl?: string;
  #shards?: Shards;
  #loading = false;
  #config?: RunConfig;
  #run?: Run;
  #playing = false;
  #failed = false;
  #looping = false;
  #state?: TrainingState;
  #digitsDue = 0;
  #testDue = 0;

  constructor(post: (message: Message) => void) {
    this.#post = post;
  }

  handle(command: Command): void {
    switch (command.type) {
      case 'load':
        this.#dataUrl = command.dataUrl;
        return void this.#load();
      case 'retry':
        return void this.#load();
      case 'configure':
        this.#config = structuredClone(command.run);
        return this.#restart(command.play);
      case 'reset':
        return this.#restart(command.play);
      case 'play':
        this.#playing = true;
        return void this.#loop();
      case 'pause':
        this.#playing = false;
        return this.#setState();
      case 'step':
        this.#playing = false;
        return this.#attempt(() => this.#step(0));
      case 'learning-rate':
        return this.#setLearningRate(command.value);
    }
  }

  /** Loads what is missing of the data; training begins with the first shard. */
  async #load(): Promise<void> {
    if (this.#loading || this.#dataUrl === undefined) return;
    this.#loading = true;
    this.#setState();
    try {
      const [shards] = await Promise.all([this.#shards ?? this.#open(this.#dataUrl), this.#start()]);
      this.#shards = shards;
      await shards.load((progress) => {
        this.#post({ type: 'data', progress });
        if (!this.#run && !this.#failed && this.#config && progress.trainSamples > 0) this.#restart(this.#playing);
        if (this.#state === 'waiting') void this.#loop();
      });
    } catch (error) {
      this.#report(error, { retry: !(error instanceof ToydlError && error.code === 'unsupported') });
    }
    this.#loading = false;
  }

  /** Threads where the page may have them. More than a few have nothing to do with networks that a page trains. */
  #start(): Promise<void> {
    return startEngine({ threads: Math.min(globalThis.navigator?.hardwareConcurrency ?? 1, 4) });
  }

  async #open(dataUrl: string): Promise<Shards> {
    // The data set lives in the engine's memory.
    await this.#start();
    return Shards.open(new URL(dataUrl.replace(/\/?$/, '/')));
  }

  /** Builds the run anew, from its seed. Before any data is here, only remembers to do so. */
  #restart(play: boolean): void {
    this.#playing = play;
    this.#failed = false;
    this.#run?.dispose();
    this.#run = undefined;
    this.#state = undefined;
    if (this.#shards && this.#shards.train.available > 0 && this.#config) {
      const { train, test } = this.#shards;
      this.#attempt(() => {
        this.#run = new Run(this.#config!, train, test);
        this.#testDue = performance.now() + firstTestAfterMs;
        this.#post({ type: 'report', report: this.#run.report() });
        const first = train.slice(0, Math.min(32, train.available));
        this.#post({ type: 'digits', digits: pickDigits(first) });
        first.x.dispose();
        first.y.dispose();
      });
    }
    this.#setState();
    if (play) void this.#loop();
  }

  #setLearningRate(value: number): void {
    try {
      if (this.#run) this.#run.learningRate = value;
      if (this.#config) this.#config.optimizer.learningRate = value;
    } catch (error) {
      this.#report(error, { retry: false });
    }
  }

  /** Trains while it is to play. There is one loop at a time, and commands are handled between its slices. */
  async #loop(): Promise<void> {
    if (this.#looping) return;
    this.#looping = true;
    while (this.#playing && this.#run && !this.#run.done && !this.#run.waiting) {
      this.#setState();
      this.#attempt(() => this.#step(sliceMs));
      await nextTask();
    }
    this.#looping = false;
    if (this.#run?.done) this.#playing = false;
    this.#setState();
  }

  /** One slice of training, or of measuring if that is under way. */
  #step(budgetMs: number): void {
    const run = this.#run;
    if (!run) return;
    if (run.testing) {
      const report = run.test(budgetMs || Infinity);
      if (report) this.#post({ type: 'test', report });
      if (budgetMs > 0) return;
    }
    if (!run.train(budgetMs)) return this.#setState();
    const now = performance.now();
    this.#post({ type: 'report', report: run.report() });
    if (budgetMs === 0 || now >= this.#digitsDue) {
      const digits = run.digits();
      if (digits) this.#post({ type: 'digits', digits });
      this.#digitsDue = now + digitsEveryMs;
    }
    if (run.epochEnded || now >= this.#testDue) {
      run.startTest();
      this.#testDue = now + testEveryMs;
    }
    this.#setState();
  }

  /** Runs something of the run; an error ends the run, and is reported. */
  #attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#playing = false;
      this.#failed = true;
      this.#report(error, { retry: false });
      this.#setState();
    }
  }

  #report(error: unknown, { retry }: { retry: boolean }): void {
    const code = error instanceof ToydlError ? error.code : 'internal';
    this.#post({ type: 'problem', problem: { code, message: error instanceof Error ? error.message : String(error), retry } });
  }

  /** Posts the state, if it is another one. */
  #setState(): void {
    const state = this.#currentState();
    if (state === this.#state) return;
    this.#state = state;
    this.#post({ type: 'state', state });
  }

  #currentState(): TrainingState {
    if (this.#failed) return 'failed';
    if (!this.#run) return 'loading';
    if (this.#run.done) return 'done';
    if (!this.#playing) return 'paused';
    return this.#run.waiting ? 'waiting' : 'running';
  }
}

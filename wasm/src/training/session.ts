import { ToydlError } from '../errors.js';
import { nextTask } from '../next-task.js';
import { outline } from '../outline.js';
import { mostDigits, pickDigits } from './digits.js';
import type { Command, DataSource, Message, Problem, Question, Questions, RunConfig, TrainingState, Watch } from './protocol.js';
import { Rhythm } from './rhythm.js';
import { Run } from './run.js';
import type { Source } from './source.js';
import type { Sources } from './sources.js';
import type { Turns, TurnTaker } from './turns.js';

/** What is done beside training, and how often, in milliseconds. `inside` is what is watched, with all that happens in the layers. */
const everyMs = { digits: 100, test: 1000, watched: 120, inside: 400, boundary: 200, good: 2000, checkpoint: 5000 };
const firstTestAfterMs = 250;
/** More are not remembered. */
const mostStepsToCome = 100;

interface Saved {
  step: number;
  bytes: Uint8Array<ArrayBuffer>;
}

/** What sessions in one place share. */
export interface SessionSurroundings {
  /** Starts the engine, once. */
  start: () => Promise<void>;
  turns: Turns;
  sources: Sources;
  /** How long to train before others have their turn: a pause acts within this. */
  sliceMs: number;
}

/** The worker's side of training: takes commands, trains in slices, and posts messages. */
export class TrainingSession implements TurnTaker {
  readonly #post: (message: Message) => void;
  readonly #start: () => Promise<void>;
  readonly #turns: Turns;
  readonly #sources: Sources;
  readonly #sliceMs: number;
  #isDisposed = false;
  #description?: DataSource;
  #source?: Source;
  #loading = false;
  #config?: RunConfig;
  #runNumber = 0;
  #checkpoint?: Uint8Array;
  #run?: Run;
  /** The run was made just now. */
  #isNew = false;
  #playing = false;
  #pauseAtEpoch = false;
  /** Steps that were asked for before there was a batch for them. */
  #stepsToCome = 0;
  #failed = false;
  #looping = false;
  #state?: TrainingState;
  #watch?: Watch;
  #boundary = false;
  /** States of this run that were good, the latest last: when a loss runs away, the very last one may have been on its way already. */
  #good: Saved[] = [];
  readonly #rhythm = new Rhythm(everyMs);

  constructor(post: (message: Message) => void, { start, turns, sources, sliceMs }: SessionSurroundings) {
    this.#post = (message) => {
      if (!this.#isDisposed) post(message);
    };
    this.#start = start;
    this.#turns = turns;
    this.#sources = sources;
    this.#sliceMs = sliceMs;
  }

  /** It may train now, or no longer. */
  onTurn(): void {
    void this.#loop();
  }

  /** Gives back what it has, and is silent from now on. */
  dispose(): void {
    this.#isDisposed = true;
    this.#description = undefined;
    this.#closeSource();
    this.#turns.want(this, false);
  }

  handle(command: Command): void {
    switch (command.type) {
      case 'load':
        return void this.#open(command.source);
      case 'retry':
        return void this.#load();
      case 'configure':
        this.#config = structuredClone(command.config);
        return this.#begin(command.run, command.play, command.checkpoint);
      case 'reset':
        return this.#begin(command.run, command.play);
      case 'go-back':
        return this.#goBack(command.run, command.learningRate);
      case 'play':
        return this.#play({ toEpoch: false });
      case 'epoch':
        return this.#play({ toEpoch: true });
      case 'pause':
        return this.#pause();
      case 'step':
        this.#pause();
        this.#stepsToCome = Math.min(this.#stepsToCome + 1, mostStepsToCome);
        this.#takeSteps();
        return void this.#loop();
      case 'learning-rate':
        return this.#setLearningRate(command.value);
      case 'watch':
        this.#watch = command.watch;
        return this.#postWatched();
      case 'boundary':
        this.#boundary = command.on;
        return this.#postBoundary();
      case 'ask':
        return void this.#answer(command.id, command.question, command.ask);
      case 'ping':
        return this.#post({ type: 'pong' });
    }
  }

  /** Other samples from now on. The run with the former ones is over. */
  async #open(description: DataSource): Promise<void> {
    this.#closeSource();
    this.#description = description;
    await this.#load();
  }

  #closeSource(): void {
    this.#run?.dispose();
    // What was configured was for the former samples.
    this.#run = this.#config = this.#checkpoint = undefined;
    this.#good = [];
    this.#failed = false;
    if (this.#source) this.#sources.release(this.#source);
    this.#source = undefined;
    this.#loading = false;
  }

  /** Loads what is missing of the samples; training begins with the first shard. */
  async #load(): Promise<void> {
    const description = this.#description;
    if (this.#loading || !description) return;
    this.#loading = true;
    this.#setState();
    const isCurrent = () => description === this.#description;
    try {
      await this.#start();
      const source = this.#source ?? (await this.#sources.open(description));
      if (!isCurrent()) return this.#sources.release(source);
      this.#source = source;
      this.#post({ type: 'dataset', dataset: { sampleShape: source.train.sampleShape, classNames: [...source.classNames], size: { train: source.train.size, test: source.test.size } } });
      await source.load((progress) => {
        if (!isCurrent()) return;
        this.#post({ type: 'data', progress });
        if (!this.#run && !this.#failed && this.#config && progress.trainSamples > 0) this.#restart(this.#runNumber, this.#playing);
        this.#takeSteps();
        if (this.#state === 'waiting') void this.#loop();
      });
    } catch (error) {
      // Only what is fetched may come another time.
      const code = error instanceof ToydlError ? error.code : '';
      const retry = code === 'load' || ((description.kind === 'shards' || description.kind === 'files') && code !== 'unsupported');
      if (isCurrent()) this.#post({ type: 'problem', problem: { ...toProblem(error), retry } });
    }
    if (isCurrent()) this.#loading = false;
  }

  /** Another run, from a checkpoint if there is one. */
  #begin(number: number, play: boolean, checkpoint?: Uint8Array): void {
    this.#checkpoint = checkpoint;
    this.#pauseAtEpoch = false;
    this.#stepsToCome = 0;
    this.#restart(number, play);
  }

  /** Builds the run anew, from its seed or a checkpoint. Before any data is here, only remembers to do so. */
  #restart(number: number, play: boolean): void {
    this.#runNumber = number;
    this.#playing = play;
    this.#failed = false;
    this.#run?.dispose();
    this.#run = undefined;
    this.#isNew = true;
    this.#good = [];
    this.#state = undefined;
    const source = this.#source;
    if (source && source.train.available > 0 && this.#config) {
      this.#attempt(() => {
        const run = (this.#run = new Run(number, this.#config!, source, this.#checkpoint));
        this.#rhythm.wait('test', firstTestAfterMs);
        // At once: what is stored of the former run is not of this one.
        this.#rhythm.wait('checkpoint', 0);
        this.#post({ type: 'report', report: run.report() });
        this.#postFirstDigits(source);
        if (run.step > 0) run.startTest();
        this.#attend(run, { all: true });
      });
      this.#takeSteps();
    }
    // Only now: whoever is given its turn trains at once.
    if (play) this.#turns.begin(this);
    this.#setState();
    void this.#loop();
  }

  #postFirstDigits({ train }: Source): void {
    const first = train.slice(0, Math.min(mostDigits, train.available));
    using x = first.x;
    using y = first.y;
    const digits = pickDigits({ x, y });
    if (digits) this.#post({ type: 'digits', run: this.#runNumber, digits });
  }

  /** To a state from before the loss ran away, with another learning rate. */
  #goBack(number: number, learningRate: number): void {
    const good = this.#good[0];
    if (!good || !this.#config) return;
    this.#config.optimizer.learningRate = learningRate;
    this.#begin(number, true, good.bytes);
  }

  #play({ toEpoch }: { toEpoch: boolean }): void {
    this.#playing = true;
    this.#pauseAtEpoch = toEpoch;
    this.#turns.begin(this);
    if (this.#run?.ended && !toEpoch) this.#post({ type: 'ended', run: this.#runNumber });
    void this.#loop();
  }

  #pause(): void {
    const wasPlaying = this.#playing;
    this.#playing = false;
    if (wasPlaying) this.#postLast();
    this.#setState();
  }

  /** What was only shown now and then is shown as it is in the end. */
  #postLast(): void {
    this.#postWatched();
    this.#postBoundary();
    if (this.#run) this.#postCheckpoint(this.#run, stateOf(this.#run));
  }

  #setLearningRate(value: number): void {
    try {
      if (this.#run) this.#run.learningRate = value;
      if (this.#config) this.#config.optimizer.learningRate = value;
    } catch (error) {
      this.#report(error, { retry: false });
    }
  }

  /** Trains while it is to play, and measures to the end. There is one loop at a time, and commands are handled between its slices. */
  async #loop(): Promise<void> {
    if (this.#looping) return;
    this.#looping = true;
    this.#setState();
    while (this.#run && !this.#failed && (this.#run.testing || this.#turns.has(this))) {
      // What was said together with a new run is heard before it trains.
      if (this.#isNew) this.#isNew = false;
      else this.#attempt(() => this.#step(this.#sliceMs));
      await nextTask();
      this.#setState();
    }
    this.#looping = false;
    if (this.#playing && this.#run?.done) this.#pause();
    this.#setState();
  }

  /** Takes the steps that were asked for, as far as there are batches. */
  #takeSteps(): void {
    while (this.#stepsToCome > 0 && this.#run && !this.#failed && !this.#run.lacksBatch) {
      this.#stepsToCome--;
      this.#attempt(() => this.#step(0));
    }
  }

  /** One slice of training, or of measuring if that is under way. */
  #step(budgetMs: number): void {
    const run = this.#run;
    if (!run) return;
    const single = budgetMs === 0;
    if (run.testing && !single) {
      const report = run.test(budgetMs);
      if (report) this.#post({ type: 'test', report });
      return;
    }
    try {
      if (!run.train(budgetMs)) return this.#setState();
    } catch (error) {
      // How it came to this is worth a look.
      this.#post({ type: 'report', report: run.report() });
      throw error;
    }
    // The weights have changed, so what was measured of them is of no use.
    run.giveUpTest();
    this.#post({ type: 'report', report: run.report() });
    if (this.#rhythm.isTimeFor('digits') || single) {
      const digits = run.digits();
      if (digits) this.#post({ type: 'digits', run: run.number, digits });
    }
    this.#attend(run, { all: single });
    if (this.#rhythm.isTimeFor('test') || run.epochEnded || single) run.startTest();
    if (this.#pauseAtEpoch && run.epochEnded) this.#pause();
    this.#setState();
  }

  /** What is wanted beside training, as far as it is due. */
  #attend(run: Run, { all }: { all: boolean }): void {
    if (this.#rhythm.isTimeFor(this.#watch?.inside ? 'inside' : 'watched') || all) this.#postWatched();
    if (this.#rhythm.isTimeFor('boundary') || all) this.#postBoundary();
    const isGoodDue = this.#rhythm.isTimeFor('good') || this.#good.length === 0;
    const isCheckpointDue = this.#rhythm.isTimeFor('checkpoint');
    if (!isGoodDue && !isCheckpointDue) return;
    const state = stateOf(run);
    if (isGoodDue) this.#good = [...this.#good.slice(-1), state];
    if (isCheckpointDue) this.#postCheckpoint(run, state);
  }

  /** A sample that cannot be watched is watched no more; training goes on. */
  #postWatched(): void {
    if (!this.#run || !this.#watch) return;
    try {
      this.#post({ type: 'watched', watched: this.#run.watched(this.#watch) });
    } catch (error) {
      this.#watch = undefined;
      this.#report(error, { retry: false });
    }
  }

  #postBoundary(): void {
    if (!this.#run || !this.#boundary) return;
    try {
      this.#post({ type: 'boundary', boundary: this.#run.boundary() });
    } catch (error) {
      this.#boundary = false;
      this.#report(error, { retry: false });
    }
  }

  #postCheckpoint(run: Run, state: Saved): void {
    this.#post({ type: 'checkpoint', run: run.number, ...state });
  }

  async #answer<Name extends Question>(id: number, question: Name, ask: Questions[Question]['ask']): Promise<void> {
    try {
      await this.#start();
      this.#post({ type: 'answer', id, answer: this.#answerTo(question, ask as never) });
    } catch (error) {
      this.#post({ type: 'answer', id, problem: toProblem(error) });
    }
  }

  #answerTo(question: Question, ask: never): Questions[Question]['answer'] {
    if (question === 'outline') {
      const { layers, inputShape } = ask as Questions['outline']['ask'];
      return outline(layers, inputShape);
    }
    if (!this.#run) throw new ToydlError('state', 'There is no model yet.');
    if (question === 'samples') return this.#run.samples(ask);
    return this.#run.save((ask as Questions['checkpoint']['ask']).about);
  }

  /** Runs something of the run; an error ends the run, and is reported. */
  #attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#playing = false;
      this.#failed = true;
      const goodStep = error instanceof ToydlError && error.code === 'diverged' ? this.#good[0]?.step : undefined;
      this.#report(error, { retry: false, ...(goodStep !== undefined && { goodStep }) });
      this.#setState();
    }
  }

  #report(error: unknown, circumstances: Pick<Problem, 'retry' | 'goodStep'>): void {
    this.#post({ type: 'problem', run: this.#runNumber, problem: { ...toProblem(error), ...circumstances } });
  }

  /** Whether it would train now, if it is its turn. */
  get #wantsTurn(): boolean {
    return this.#run !== undefined && !this.#failed && this.#playing && !this.#run.done && !this.#run.waiting;
  }

  /** Says whether it would train, and posts the state, if it is another one. */
  #setState(): void {
    this.#turns.want(this, this.#wantsTurn);
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
    if (this.#run.waiting) return 'waiting';
    return this.#run.testing || this.#turns.has(this) ? 'running' : 'queued';
  }
}

const stateOf = (run: Run): Saved => ({ step: run.step, bytes: run.save('') });

function toProblem(error: unknown): Problem {
  const code = error instanceof ToydlError ? error.code : 'internal';
  return { code, message: error instanceof Error ? error.message : String(error), retry: false };
}

import { ToydlError } from '../errors.js';
import type {
  Boundary, Command, DataProgress, DatasetInfo, DataSource, Digits, Message, Problem, Question, Questions, Report, RunConfig, TestReport,
  TrainingState, Watch, Watched,
} from './protocol.js';
import type { PortMessage } from './host.js';
import { packageThread } from './package-thread.js';
import type { Member, Place, TrainingThread } from './thread.js';

/** What happens during training; all are optional. */
export interface TrainingListeners {
  onData?: (progress: DataProgress) => void;
  onDataset?: (dataset: DatasetInfo) => void;
  onState?: (state: TrainingState) => void;
  onReport?: (report: Report) => void;
  onTest?: (report: TestReport) => void;
  onDigits?: (digits: Digits) => void;
  onWatched?: (watched: Watched) => void;
  onBoundary?: (boundary: Boundary) => void;
  /** All that is needed to go on from here, should the page be left. */
  onCheckpoint?: (checkpoint: { step: number; bytes: Uint8Array<ArrayBuffer> }) => void;
  /** It was told to play when all epochs were over, before the page could know. `reset` trains anew. */
  onEnded?: () => void;
  onProblem?: (problem: Problem) => void;
  /** Where training is done, as soon as that is known: on the page's own thread if no worker may start. */
  onPlace?: (place: Place) => void;
  /** The worker was gone, and another one goes on from the last checkpoint; its first report says at which step. */
  onRevived?: () => void;
}

const pingEveryMs = 1000;
/** Compiling the engine may keep a slow machine busy for long. */
const silentPingsAtFirst = 30;

/**
 * Training in a worker, seen from the page: commands go in, reports come out, nothing blocks.
 * Commands may be sent at any time, also while the data is still loading; they act within one slice of training. Clients of the same
 * thread share a worker, and one of them trains at a time. A worker that dies is replaced by another one, which goes on from the last
 * checkpoint.
 */
export class TrainingClient {
  readonly #listeners: TrainingListeners;
  readonly #questions = new Map<number, { resolve: (answer: never) => void; reject: (error: unknown) => void }>();
  readonly #thread: TrainingThread;
  /** What the thread tells it. */
  readonly #member: Member = {
    onPort: (port, place) => this.#onPort(port, place),
    onGone: () => this.#onGone(),
    onNowhere: (error) => this.#onNowhere(error),
  };
  #port?: MessagePort;
  /** Said before there was anybody to hear it. */
  #unsaid: Command[] = [];
  #isReviving = false;
  /** There is no place to train in, or it was disposed of. */
  #isOver = false;
  #nextQuestion = 0;
  #heartbeat: ReturnType<typeof setInterval> | undefined;
  #silence = 0;
  #heard = false;
  #reported = false;
  /** What another worker would have to be told. */
  #load?: Command & { type: 'load' };
  #configure?: Command & { type: 'configure' };
  #watch?: Command & { type: 'watch' };
  #boundary?: Command & { type: 'boundary' };

  constructor(listeners: TrainingListeners, thread: TrainingThread = packageThread()) {
    this.#listeners = listeners;
    this.#thread = thread;
    thread.join(this.#member);
  }

  /** Takes other samples from now on; what was trained on the former ones is over. `configure` then starts a run. */
  load(source: DataSource): void {
    this.#configure = undefined;
    this.#send((this.#load = { type: 'load', source }));
  }

  /**
   * Throws the present run away and builds a new one, of this number; plays at once if asked to.
   * @param checkpoint where to go on; from the start if left out
   */
  configure(config: RunConfig, { run, play, checkpoint }: { run: number; play: boolean; checkpoint?: Uint8Array }): void {
    this.#send((this.#configure = { type: 'configure', config: structuredClone(config), run, play, ...(checkpoint && { checkpoint }) }));
  }

  play(): void {
    this.#wantPlaying(true);
    this.#send({ type: 'play' });
  }

  pause(): void {
    this.#wantPlaying(false);
    this.#send({ type: 'pause' });
  }

  /** One batch, then a pause. */
  step(): void {
    this.#wantPlaying(false);
    this.#send({ type: 'step' });
  }

  /** To the end of the epoch, then a pause. */
  epoch(): void {
    this.#wantPlaying(false);
    this.#send({ type: 'epoch' });
  }

  /** Back to step 0 with the same seed, so with the same first weights. */
  reset({ run, play }: { run: number; play: boolean }): void {
    if (this.#configure) Object.assign(this.#configure, { run, play, checkpoint: undefined });
    this.#send({ type: 'reset', run, play });
  }

  /** After a divergence: to the last state that was good, with another learning rate, and on from there. */
  goBack({ run, learningRate }: { run: number; learningRate: number }): void {
    if (this.#configure) {
      this.#configure.config.optimizer.learningRate = learningRate;
      Object.assign(this.#configure, { run, play: true });
    }
    this.#send({ type: 'go-back', run, learningRate });
  }

  /** Acts from the next batch on; nothing is thrown away. */
  setLearningRate(value: number): void {
    if (this.#configure) this.#configure.config.optimizer.learningRate = value;
    this.#send({ type: 'learning-rate', value });
  }

  /** Tries a failed download again. */
  retry(): void {
    this.#send({ type: 'retry' });
  }

  /** Follows a sample while training goes on; none if left out. */
  watch(watch?: Watch): void {
    this.#send((this.#watch = { type: 'watch', ...(watch && { watch }) }));
  }

  /** Whether to be told how the plane is divided. */
  watchBoundary(on: boolean): void {
    this.#send((this.#boundary = { type: 'boundary', on }));
  }

  /** @throws {ToydlError} what the worker says of a question that it cannot answer; `worker` if there is none any more */
  async ask<Name extends Question>(question: Name, ask: Questions[Name]['ask']): Promise<Questions[Name]['answer']> {
    if (this.#isOver) throw workerEnded();
    const id = this.#nextQuestion++;
    this.#send({ type: 'ask', id, question, ask });
    return new Promise((resolve, reject) => this.#questions.set(id, { resolve, reject }));
  }

  /** Ends training here. Questions that are not answered yet never will be, and say so. */
  dispose(): void {
    this.#isOver = true;
    this.#leavePort();
    this.#thread.leave(this.#member);
  }

  #onPort(port: MessagePort, place: Place): void {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<Message>) => this.#hear(data);
    // The page's own thread cannot be dead and notice it.
    if (place === 'worker') this.#heartbeat = setInterval(() => this.#beat(), pingEveryMs);
    const remembered = [this.#load, this.#configure, this.#watch, this.#boundary].filter((command) => command !== undefined);
    for (const command of [...(this.#isReviving ? remembered : []), ...this.#unsaid]) this.#send(command);
    this.#unsaid = [];
    this.#listeners.onPlace?.(place);
    if (this.#isReviving) this.#listeners.onRevived?.();
    this.#isReviving = false;
  }

  #onGone(): void {
    this.#leavePort();
    this.#isReviving = true;
    this.#silence = 0;
    this.#heard = this.#reported = false;
  }

  #onNowhere({ code, message }: ToydlError): void {
    this.#isOver = true;
    this.#leavePort();
    // Who comes after all have left is given another try.
    this.#thread.leave(this.#member);
    this.#listeners.onProblem?.({ code, message, retry: false });
  }

  #leavePort(): void {
    clearInterval(this.#heartbeat);
    this.#port?.postMessage({ type: 'close' } satisfies PortMessage);
    if (this.#port) this.#port.onmessage = null;
    this.#port = undefined;
    this.#unsaid = [];
    this.#giveUpQuestions();
  }

  #hear(message: Message): void {
    this.#heard = true;
    this.#silence = 0;
    // What a former run still says is passed over.
    const run = runOf(message);
    if (run !== undefined && run !== this.#configure?.run) return;
    switch (message.type) {
      case 'data': return this.#listeners.onData?.(message.progress);
      case 'dataset': return this.#listeners.onDataset?.(message.dataset);
      case 'state': return this.#listeners.onState?.(message.state);
      case 'report': this.#reported = true; return this.#listeners.onReport?.(message.report);
      case 'test': return this.#listeners.onTest?.(message.report);
      case 'digits': return this.#listeners.onDigits?.(message.digits);
      case 'watched': return this.#listeners.onWatched?.(message.watched);
      case 'boundary': return this.#listeners.onBoundary?.(message.boundary);
      case 'ended': return this.#listeners.onEnded?.();
      case 'problem': return this.#listeners.onProblem?.(message.problem);
      case 'checkpoint': return this.#keepCheckpoint(message);
      case 'answer': return this.#hearAnswer(message);
    }
  }

  #keepCheckpoint({ step, bytes }: Message & { type: 'checkpoint' }): void {
    this.#configure!.checkpoint = bytes;
    this.#listeners.onCheckpoint?.({ step, bytes });
  }

  #hearAnswer({ id, answer, problem }: Message & { type: 'answer' }): void {
    const question = this.#questions.get(id);
    this.#questions.delete(id);
    if (problem) question?.reject(new ToydlError(problem.code, problem.message));
    else question?.resolve(answer as never);
  }

  /** Counts ticks and not time, for a machine that slept was not silent. */
  #beat(): void {
    // It may take as long as it likes to arrive at all.
    if (!this.#heard) return;
    const allowed = this.#reported ? this.#thread.allowedSilence : silentPingsAtFirst;
    if (++this.#silence <= allowed) this.#send({ type: 'ping' });
    else this.#thread.replaceSilent();
  }

  #giveUpQuestions(): void {
    for (const { reject } of this.#questions.values()) reject(workerEnded());
    this.#questions.clear();
  }

  #wantPlaying(play: boolean): void {
    if (this.#configure) this.#configure.play = play;
  }

  #send(command: Command): void {
    if (this.#isOver) return;
    if (this.#port) this.#port.postMessage(command);
    // Another worker is told what is remembered; but nobody remembers questions.
    else if (!this.#isReviving || command.type === 'ask') this.#unsaid.push(command);
  }
}

const workerEnded = (): ToydlError => new ToydlError('worker', 'The training worker has ended.');

/** The run that a message is about; undefined if it is about none. */
function runOf(message: Message): number | undefined {
  switch (message.type) {
    case 'report':
    case 'test':
      return message.report.run;
    case 'watched':
      return message.watched.run;
    case 'boundary':
      return message.boundary.run;
    default:
      return 'run' in message ? message.run : undefined;
  }
}

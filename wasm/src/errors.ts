/**
 * Everything that goes wrong in ToyDL. `message` says what is wrong, where, and what to do about it; `code` says of
 * which kind it is: `shape`, `label`, `option`, `not-finite`, `format`, `state`, `diverged`, `memory`, `disposed`, `load`,
 * `unsupported`, `user` (something that is no Error was thrown by a user's own class) or `internal`.
 */
export class ToydlError extends Error {
  override readonly name = 'ToydlError';

  constructor(readonly code: string, message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

interface Failure {
  toydlError: string;
  message: string;
}

export interface Thrown {
  error: unknown;
}

let thrown: Thrown | undefined;

/** Keeps what user code threw under a call to the engine. */
export function setThrown(what: Thrown): void {
  thrown = what;
}

/** The result of a call to the engine, or the error that the engine hands over in its place. */
export function unwrap<Result>(result: unknown): Result {
  if (typeof result === 'object' && result !== null && 'toydlError' in result) {
    const { toydlError: code, message } = result as Failure;
    if (code === 'user' && thrown) throw placed(thrown.error, message);
    throw new ToydlError(code, code === 'option' || code === 'state' ? inCamelCase(message) : message);
  }
  return result as Result;
}

const ownMessages = new WeakMap<Error, string>();

/** What user code threw, with a message that says where. */
function placed(error: unknown, message: string): unknown {
  thrown = undefined;
  if (!(error instanceof Error)) return new ToydlError('user', message, { cause: error });
  const own = ownMessages.get(error) ?? error.message;
  try {
    // An error that was thrown before, and bears the place of that time, gets the present one instead.
    error.message = message.replace(error.message, () => own);
    ownMessages.set(error, own);
  } catch {
    // A frozen error stays as it is.
  }
  return error;
}

/** C++ speaks of learning_rate, and here it is learningRate. */
export const inCamelCase = (message: string) => message.replace(/\b[a-z]+(_[a-z]+)+\b/g, toCamelCase);

export const toCamelCase = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
export const toSnakeCase = (name: string) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

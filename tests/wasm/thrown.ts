import { ToydlError } from 'toydl';

/** The error that `action` throws. */
export function thrown(action: () => unknown): Error {
  try {
    action();
  } catch (error) {
    return error as Error;
  }
  throw new Error('nothing was thrown');
}

/** Its message. */
export const message = (action: () => unknown): string => thrown(action).message;

/** The ToydlError that `action` throws, as "code: message". */
export function failure(action: () => unknown): string {
  const error = thrown(action);
  if (error instanceof ToydlError) return `${error.code}: ${error.message}`;
  throw error;
}

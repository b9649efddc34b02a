// What a person sees: the name of each step when it starts, its time when it is done.

/** An error that a step has explained already. */
export class StepError extends Error {}

export const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;

/** Work that is not worth a line unless it fails. */
export async function check(name, work) {
  const start = performance.now();
  try {
    return await work();
  } catch (error) {
    if (error instanceof StepError) throw error;
    const time = seconds(performance.now() - start);
    throw new StepError(`✗ ${name}: failed after ${time}.\n${error.message}`, { cause: error });
  }
}

export async function step(name, work) {
  console.log(`• ${name} …`);
  const start = performance.now();
  const time = () => seconds(performance.now() - start);
  try {
    const result = await check(name, work);
    console.log(`✓ ${name} (${time()})`);
    return result;
  } catch (error) {
    // At once, for what runs beside it may take minutes more; the reason is told at the end.
    console.log(`✗ ${name} (${time()})`);
    throw error;
  }
}

/** Runs independent steps side by side and waits for all, so that a failure of one wastes nothing the others did. */
export async function together(...works) {
  const results = await Promise.allSettled(works.map((work) => work()));
  const errors = results.filter((result) => result.status === 'rejected').map((result) => result.reason);
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new StepError(errors.map((error) => error.message).join('\n\n'));
  return results.map((result) => result.value);
}

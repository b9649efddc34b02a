// What the kinds of suites share.

/** Nothing runs longer than this, in milliseconds: a test that hangs is a failure, not a wait. */
export const timeout = 40 * 60 * 1000;

/** A suite that crashed or said nothing counts as one failed test. */
export function failedToRun(why, passed = 0) {
  console.error(`The suite failed as a whole: ${why}.`);
  return { passed, failed: 1 };
}

/** A suite for which this machine lacks something counts as one skipped test. */
export const notRun = { passed: 0, failed: 0, skipped: 1 };

// Counts what a test run finds. A build that fails counts as one failed test, and the rest goes on.
import { seconds } from '../lib/steps.mjs';

export class Session {
  passed = 0;
  failed = 0;
  skipped = 0;
  #lines = [];
  #builds = new Map();

  /** Builds once, however many suites need it. Resolves to whether it is built. */
  build(name, work) {
    if (!this.#builds.has(name)) this.#builds.set(name, this.#build(name, work));
    return this.#builds.get(name);
  }

  async #build(name, work) {
    const start = performance.now();
    try {
      await work();
      return true;
    } catch (error) {
      console.error(`\n${error.message}\n`);
      this.#count(`build, ${name}`, { passed: 0, failed: 1 }, start);
      return false;
    }
  }

  /** Runs a suite that resolves to { passed, failed, skipped }; without `skipped` there are none. */
  async suite(name, run) {
    console.log(`\n=== ${name}`);
    const start = performance.now();
    try {
      this.#count(name, await run(), start);
    } catch (error) {
      console.error(error.message);
      this.#count(name, { passed: 0, failed: 1 }, start);
    }
  }

  #count(name, { passed, failed, skipped = 0 }, start) {
    this.passed += passed;
    this.failed += failed;
    this.skipped += skipped;
    const line = `${name}: ${textOf({ passed, failed, skipped })} (${seconds(performance.now() - start)})`;
    this.#lines.push(line);
    console.log(line);
  }

  /** The line of each suite, then the sum as the last line of all. */
  report() {
    console.log(`\n${this.#lines.join('\n')}\n\n${textOf(this)}`);
  }

  get isGood() {
    return this.failed === 0 && this.passed + this.skipped > 0;
  }
}

const textOf = ({ passed, failed, skipped }) =>
  `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;

/** Calls `work`, which returns how many samples it did, for about so many milliseconds. Returns samples per second. */
export async function rate(ms, work) {
  const start = performance.now();
  let samples = 0;
  let now = start;
  while (now - start < ms) {
    samples += await work();
    now = performance.now();
  }
  return samples / (now - start) * 1000;
}

import { readWhole } from 'toydl/data/read-whole';

/** Lessons are small: more is something else. */
const mostBytes = 200_000;

/** The JSON of a lesson. @throws {Error} that says why it is not there */
export async function fetchLesson(url: string): Promise<string> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new Error(`it is not there, or its host lets this page not read it (${(cause as Error).message}). A lesson can also stand within the element.`, { cause });
  });
  if (!response.ok || !response.body) throw new Error(`the server answered ${response.status}.`);
  return new TextDecoder().decode(await readWhole(response.body, mostBytes));
}

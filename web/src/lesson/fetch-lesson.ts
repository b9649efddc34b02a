/** Lessons are small: more is something else. */
const mostBytes = 200_000;

/** The JSON of a lesson. @throws {Error} that says why it is not there */
export async function fetchLesson(url: string): Promise<string> {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`the server answered ${response.status}`);
  const text = await response.text();
  if (text.length > mostBytes) throw new Error(`it has more than ${mostBytes} characters`);
  return text;
}

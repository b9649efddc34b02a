/** What an address means, or undefined if it is none. (`URL.canParse` is not everywhere yet.) */
export function urlFrom(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

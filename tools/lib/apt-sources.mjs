// Reads where this machine gets Debian from, so that a mirror or an internal copy is used as it is.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const distributionSuites = /^(stable|oldstable|oldoldstable|testing|unstable|sid|bullseye|bookworm|trixie|forky|duke)$/;

/** Every address the machine's own apt has, with its suites: [{ uri, suites }]. Disabled ones are left out. */
export function aptSources(folder = '/etc/apt') {
  const parts = join(folder, 'sources.list.d');
  const names = existsSync(parts) ? readdirSync(parts).sort().map((name) => join(parts, name)) : [];
  const files = [join(folder, 'sources.list'), ...names].filter((file) => existsSync(file));
  return files.flatMap((file) => {
    if (file.endsWith('.sources')) return parseDeb822(readFileSync(file, 'utf8'));
    if (file.endsWith('.list')) return parseOneLine(readFileSync(file, 'utf8'));
    return [];
  });
}

/** The address of Debian's archive itself (not of security updates or of other vendors), or null. */
export function debianAddress(sources = aptSources()) {
  const found = sources.find(({ uri, suites }) =>
    /debian\/?$/.test(uri) && suites.some((suite) => distributionSuites.test(suite)));
  return found?.uri ?? null;
}

/** deb822: paragraphs of `Field: value`, with `#` comments and continued lines. */
export function parseDeb822(text) {
  const paragraphs = text.replace(/^#.*\n?/gm, '').split(/\n\s*\n/);
  return paragraphs.flatMap((paragraph) => {
    const field = (name) => {
      const match = paragraph.match(new RegExp(`^${name}:((?:.*)(?:\\n[ \\t]+.*)*)`, 'im'));
      return match ? match[1].trim().split(/\s+/).filter(Boolean) : [];
    };
    if (field('Enabled')[0]?.toLowerCase() === 'no' || !field('Types').includes('deb')) return [];
    return field('URIs').map((uri) => ({ uri, suites: field('Suites') }));
  });
}

/** One line each: `deb [options] address suite component …`. */
export function parseOneLine(text) {
  return text.split('\n').flatMap((line) => {
    const match = line.match(/^\s*deb\s+(?:\[[^\]]*\]\s+)?(\S+)\s+(\S+)/);
    return match ? [{ uri: match[1], suites: [match[2]] }] : [];
  });
}

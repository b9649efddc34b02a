// Fetches packages of Debian "forky" on a machine of any release, without touching the system's own apt: all of
// apt's state is in a folder of ours, and packages are only downloaded. apt verifies the signatures as always.
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { debianAddress } from '../lib/apt-sources.mjs';
import { isDebianLike } from '../lib/debian.mjs';
import { makeFolder } from '../lib/make-folder.mjs';
import { ensureFolder, inCache } from '../lib/paths.mjs';
import { run } from '../lib/run.mjs';
import { step } from '../lib/steps.mjs';

const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
const folder = () => inCache('forky');

export const forkyIsReachable = () => isDebianLike() && existsSync(keyring) && debianAddress() !== null;

/** The downloaded file of a package, by its name; null if it is not there. */
export function forkyFile(name, ending = '.deb') {
  if (!existsSync(folder())) return null;
  const file = readdirSync(folder()).find((file) => file.startsWith(`${name}_`) && file.endsWith(ending));
  return file ? join(folder(), file) : null;
}

/** Downloads what the builds need, for `forkyFile` to find. */
export const fetchFromForky = (wanted) => step('Download packages from Debian', () =>
  makeFolder(folder(), (target) => downloadFromForky(target, wanted)));

/** Downloads binary packages and source tarballs into a folder, with one update of the package lists. */
export async function downloadFromForky(target, { packages, sources = [] }, { retries = 3, log = 'forky' } = {}) {
  const apt = privateApt(join(target, 'apt'), retries);
  const options = { cwd: target, log };
  await run('apt-get', [...apt, '-q', 'update'], options);
  await run('apt-get', [...apt, '-q', 'download', ...packages], options);
  if (sources.length > 0) await run('apt-get', [...apt, '-q', 'source', '--download-only', ...sources], options);
  rmSync(join(target, 'apt'), { recursive: true });
}

/** The options that give apt-get a state of its own in `state`. */
function privateApt(state, retries) {
  const parts = ensureFolder(join(state, 'parts'));
  ensureFolder(join(state, 'lists/partial'));
  ensureFolder(join(state, 'cache/archives/partial'));
  writeFileSync(join(parts, 'forky.sources'), [
    'Types: deb deb-src', `URIs: ${debianAddress()}`, 'Suites: forky', 'Components: main', `Signed-By: ${keyring}`, '',
  ].join('\n'));
  const settings = {
    'Dir::Etc::sourcelist': '/dev/null',
    'Dir::Etc::sourceparts': parts,
    'Dir::State::lists': join(state, 'lists'),
    'Dir::Cache': join(state, 'cache'),
    'APT::Sandbox::User': 'root',
    'APT::Update::Error-Mode': 'any', // A list that could not be fetched is a failure, not a warning.
    'Acquire::Languages': 'none',
    'Acquire::Retries': retries,
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
}

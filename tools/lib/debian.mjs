// Packages of a Debian-like system.
import { obstacleToRoot, run, runAsRoot } from './run.mjs';
import { which } from './which.mjs';

const environment = { DEBIAN_FRONTEND: 'noninteractive' };
const options = ['-o', 'Acquire::Retries=3', '-o', 'DPkg::Lock::Timeout=600'];
const log = 'apt';

export const isDebianLike = () => Boolean(which('apt-get') && which('dpkg'));

const asRoot = (command, ...args) => runAsRoot(command, args, { env: environment, log });

/** Installs packages of the system's own release, after `apt-get update`. */
export async function installPackages(packages) {
  const install = ['install', '-y', '--no-install-recommends', ...packages];
  const obstacle = obstacleToRoot();
  if (obstacle) {
    throw new Error(`Installing needs root, and ${obstacle}. Run this by hand as root:

  apt-get update && apt-get ${install.join(' ')}
`);
  }
  // A source that cannot be reached matters only if a package comes from it, and then the install says so.
  await asRoot('apt-get', ...options, '-q', 'update').catch(() => {});
  try {
    await asRoot('apt-get', ...options, '-q', ...install);
  } catch (error) {
    // An install that was killed leaves packages half configured, and apt refuses to work until that is mended.
    if (!error.message.includes('dpkg --configure -a')) throw error;
    await asRoot('dpkg', '--configure', '-a');
    await asRoot('apt-get', ...options, '-q', ...install);
  }
}

export const unpackDeb = (file, folder) => run('dpkg', ['-x', file, folder], { log: 'unpack' });

// Publishes both npm packages: `npm run release`, in continuous integration, which signs from which commit they are made (provenance).
// `npm run release -- --dry-run` does all but send them, anywhere, and tells what would be in the way.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { root } from './lib/paths.mjs';
import { program } from './lib/program.mjs';
import { outputOf, runShown } from './lib/run.mjs';
import { StepError } from './lib/steps.mjs';
import { buildEngine, buildPackage } from './build.mjs';
import { pack } from './pack.mjs';
import { hasDataSet, setup } from './setup.mjs';

/** What forbids a release of the clone in `folder`, a sentence each. */
export function obstacles(folder, env = process.env) {
  const read = (file) => readFileSync(join(folder, file), 'utf8');
  const git = (...words) => outputOf('git', ['-C', folder, ...words]);
  const { version, repository } = JSON.parse(read('package.json'));
  const tag = `v${version}`;
  const tagged = git('rev-parse', '--quiet', '--verify', `${tag}^{commit}`);
  const changes = git('status', '--porcelain');
  const hasEntry = read('CHANGELOG.md').split('\n').some((line) => line.startsWith(`## [${version}] - `));
  const signs = (env.GITHUB_ACTIONS && env.ACTIONS_ID_TOKEN_REQUEST_URL) || (env.GITLAB_CI && env.SIGSTORE_ID_TOKEN);
  return [
    changes === null && 'This is no clone of git, so nobody could tell what is published.',
    changes && `Changes are not committed:\n${changes}`,
    tagged !== null && tagged !== git('rev-parse', 'HEAD') && `The tag ${tag} is there already, at another commit: raise the version in package.json.`,
    !hasEntry && `CHANGELOG.md has no entry \`## [${version}] - <date>\`.`,
    !repository && 'package.json names no `repository`. It must be the public address of these sources: npm holds the signature against it.',
    !signs && 'Nothing can sign here: release from GitHub Actions with the permission `id-token: write`, or from GitLab with an id token for sigstore.',
  ].filter(Boolean);
}

/** Whether npm has this tarball already, from a release that was cut off. @throws {StepError} if what it has of this version is another one */
async function isPublished(tarball) {
  const [, name, version] = /([^/\\]+?)-(\d[^/\\]*)\.tgz$/.exec(tarball);
  const asked = promisify(execFile)('npm', ['view', `${name}@${version}`, 'dist.integrity']);
  const there = await asked.then(({ stdout }) => stdout.trim(), () => '');
  if (there === '') return false;
  if (there === `sha512-${createHash('sha512').update(readFileSync(tarball)).digest('base64')}`) return true;
  throw new StepError(`npm has another ${name} ${version} already: raise the version in package.json.`);
}

/** Gives the tarballs to npm, as far as it has them not; with `isDry`, to see what it would do with them, without a registry. */
export async function publish(tarballs, { isDry }) {
  for (const tarball of tarballs) {
    if (!isDry && (await isPublished(tarball))) {
      console.log(`npm has ${tarball} already.`);
      continue;
    }
    // Forced, a dry run does not ask the registry which versions it has.
    const mode = isDry ? ['--dry-run', '--force'] : ['--provenance'];
    const ending = await runShown('npm', ['publish', tarball, '--access', 'public', '--loglevel', 'warn', ...mode]);
    if (ending !== 0) throw new StepError(`\`npm publish\` of ${tarball} ended with ${ending}.`);
  }
}

await program(import.meta.url, async (words) => {
  const { values } = parseArgs({ args: words, options: { 'dry-run': { type: 'boolean', default: false } } });
  const isDry = values['dry-run'];
  await setup();
  const found = obstacles(root);
  if (!hasDataSet('fashion')) found.push('Fashion-MNIST could not be set up here, and toydl-data promises it.');
  const inTheWay = found.map((sentence) => `- ${sentence}`).join('\n');
  if (inTheWay && !isDry) {
    console.error(`\nNothing is published:\n${inTheWay}`);
    process.exit(1);
  }
  await buildEngine();
  await buildPackage();
  const [toydl, data] = await pack();
  // The data first: the other package speaks of them.
  await publish([data, toydl], { isDry });
  if (isDry) console.log(`\nNothing was sent.${inTheWay && ` In the way of a release:\n${inTheWay}`}`);
  else console.log('\nPublished. If this commit has no tag yet, give it one.');
});

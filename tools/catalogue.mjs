// Writes what TypeScript knows of the engine: catalogue.ts, a class with typed options and documentation for everything in its
// registries; descriptors.ts, the same as data; and arithmetic-version.ts.
import { writeFileSync } from 'node:fs';
import { engineFolder } from './build/engine.mjs';

const { default: createModule } = await import(new URL('toydl-strict.js', `file://${engineFolder()}/`));
const engine = await createModule();
const catalogue = JSON.parse(engine.catalogue());

const toCamelCase = (name) => name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase());
const types = {
  integer: 'number',
  number: 'number',
  boolean: 'boolean',
  shape: 'readonly number[]',
  layers: 'readonly Layer[]',
  initializer: 'Initializer | Config | string',
  schedule: 'Schedule | Config | string',
};
const typeOf = ({ kind, choices }) => types[kind] ?? choices.map((choice) => `'${choice}'`).join(' | ');

const bases = [
  { list: catalogue.initializers, base: 'Initializer' },
  { list: catalogue.schedules, base: 'Schedule' },
  { list: catalogue.layers, base: 'Layer' },
  { list: catalogue.losses, base: 'Loss' },
  { list: catalogue.optimizers, base: 'Optimizer' },
  { list: catalogue.metrics, base: 'Metric' },
];

/** Options that must be given come first, as arguments; the others are members of an object. */
function classOf(base, { name, doc, options }) {
  const required = options.filter((option) => option.required);
  const optional = options.filter((option) => !option.required);
  const parameters = base === 'Optimizer' ? ['parameters: Parameter[]'] : [];
  parameters.push(...required.map((option) => `${toCamelCase(option.name)}: ${typeOf(option)}`));
  if (optional.length > 0) parameters.push(`options: ${name}Options = {}`);
  const config = [...(optional.length > 0 ? ['...optionsOf(options)'] : []), `type: '${name}'`, ...required.map((option) => toCamelCase(option.name))];
  const last = base === 'Optimizer' ? ', parameters' : '';
  return [
    optional.length > 0 ? interfaceOf(name, optional) : '',
    `/** ${doc} */`,
    `export class ${name} extends ${base} {`,
    ...(base === 'Initializer' || base === 'Schedule' ? [] : docOf(required, options)),
    `  constructor(${parameters.join(', ')}) {`,
    `    super({ ${config.join(', ')} }${last});`,
    `  }`,
    // A loss of a user's own may return an array.
    ...(base === 'Loss' ? ['', '  override backward(): Tensor {', '    return super.backward() as Tensor;', '  }'] : []),
    `}`,
    '',
  ].filter((line, i) => i > 0 || line).join('\n');
}

function docOf(required, options) {
  if (options.length === 0) return [];
  const parameters = required.map((option) => `   * @param ${toCamelCase(option.name)} ${option.doc}`);
  return ['  /**', ...parameters, '   * @throws {ToydlError} `option` for one that is out of its range', '   */'];
}

function interfaceOf(name, options) {
  const members = options.map((option) => {
    const value = JSON.stringify(option.default);
    return `  /** ${option.doc} Default: ${value}. */\n  ${toCamelCase(option.name)}?: ${typeOf(option)};`;
  });
  return `export interface ${name}Options {\n${members.join('\n')}\n}\n`;
}

const imports = `// Made by tools/catalogue.mjs from the descriptors in core/. Change those, not this.
import { optionsOf } from '../check.js';
import type { Config } from '../config.js';
import { Initializer } from '../initializer.js';
import { Layer } from '../layer.js';
import { Loss } from '../loss.js';
import { Metric } from '../metric.js';
import { Optimizer } from '../optimizer.js';
import type { Parameter } from '../parameter.js';
import { Schedule } from '../schedule.js';
import type { Tensor } from '../tensor.js';
`;
const classes = bases.flatMap(({ list, base }) => list.map((item) => classOf(base, item)));
writeFileSync(`${engineFolder()}/catalogue.ts`, [imports, ...classes].join('\n'));

writeFileSync(`${engineFolder()}/arithmetic-version.ts`, `// Made by tools/catalogue.mjs from core/toydl/arithmetic_version.h. Change that, not this.
/** Which bits a run gives: it changes when the same settings and seed lead to other weights than before. */
export const arithmeticVersion = ${engine.arithmeticVersion};
`);

/** As catalogue.ts names options, at every depth: also the defaults are objects with options. */
const renamed = (value) => {
  if (Array.isArray(value)) return value.map(renamed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [toCamelCase(name), renamed(item)]));
};
const described = Object.fromEntries(Object.entries(catalogue).map(([kind, list]) =>
  [kind, list.map(({ options, ...item }) => ({ ...item, options: options.map((option) => ({ ...renamed(option), name: toCamelCase(option.name) })) }))]));
writeFileSync(`${engineFolder()}/descriptors.ts`, `// Made by tools/catalogue.mjs from the descriptors in core/. Change those, not this.
import type { Descriptors } from '../descriptor.js';

export const descriptors: Descriptors = ${JSON.stringify(described, null, 2)};
`);

import { hydrate } from './page.js';

hydrate(document);

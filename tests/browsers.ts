import { spawn, spawnSync } from 'node:child_process';
import { launch } from './web/browser.js';

// Chromium, Firefox and WebKit alike, for what must be the same in all of them.

/** Minutes may pass until a script in a page has ended. */
const patience = 170_000;

export interface AnyBrowser {
  /** Opens an address, and gives back what a script there comes to: an expression that may be a promise of something of plain JSON. */
  run<Result>(url: string, script: string): Promise<Result>;
  close(): Promise<void>;
}

export async function chromium(): Promise<AnyBrowser> {
  const browser = await launch();
  return {
    async run<Result>(url: string, script: string) {
      const page = await browser.newPage();
      await page.goto(url);
      const result = await page.evaluate<Result>(script);
      await page.close();
      return result;
    },
    close: () => browser.close(),
  };
}

export async function firefox(executablePath: string): Promise<AnyBrowser> {
  const { default: puppeteer } = await import('puppeteer-core');
  const browser = await puppeteer.launch({ browser: 'firefox', executablePath, headless: true, protocolTimeout: patience });
  return {
    async run<Result>(url: string, script: string) {
      const page = await browser.newPage();
      await page.goto(url);
      const result = (await page.evaluate(script)) as Result;
      await page.close();
      return result;
    },
    close: () => browser.close(),
  };
}

/** WebKitGTK's small browser, on a screen of its own. */
export async function webkit(driver: string): Promise<AnyBrowser> {
  const { Builder, Capabilities } = await import('selenium-webdriver');
  const display = `:${77 + (process.pid % 500)}`;
  const port = 20000 + (process.pid % 20000);
  const screen = spawn('Xvfb', [display, '-screen', '0', '1280x900x24'], { stdio: 'ignore' });
  const service = spawn(driver, [`--port=${port}`], {
    stdio: 'ignore',
    env: { ...process.env, DISPLAY: display, WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' },
  });
  const browser = spawnSync('sh', ['-c', 'ls /usr/lib/*/webkit2gtk-4.1/MiniBrowser /usr/libexec/webkit2gtk-4.1/MiniBrowser 2>/dev/null']).stdout.toString().split('\n')[0];
  const capabilities = new Capabilities({ browserName: 'MiniBrowser', 'webkitgtk:browserOptions': { binary: browser, args: ['--automation'] } });
  const connect = () => new Builder().usingServer(`http://127.0.0.1:${port}/`).withCapabilities(capabilities).build();
  // The screen and the driver take a moment to start.
  let session: Awaited<ReturnType<typeof connect>> | undefined;
  for (let attempt = 0; !session; attempt++) {
    await new Promise((resolve) => setTimeout(resolve, 500));
    session = await connect().catch((error: unknown) => {
      if (attempt > 20) throw error;
      return undefined;
    });
  }
  const driven = session;
  await driven.manage().setTimeouts({ script: patience });
  return {
    async run<Result>(url: string, script: string) {
      await driven.get(url);
      const { result, error } = (await driven.executeAsyncScript(`const done = arguments[arguments.length - 1];
        Promise.resolve(${script}).then((result) => done({ result }), (error) => done({ error: String(error) }));`)) as { result: Result; error?: string };
      if (error) throw new Error(error);
      return result;
    },
    async close() {
      await driven.quit().catch(() => undefined);
      service.kill();
      screen.kill();
    },
  };
}

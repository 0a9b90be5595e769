import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = fileURLToPath(new URL('../../', import.meta.url));
const run = promisify(execFile);

/** The server as one starts it, in a process of its own. */
export interface RunningServer {
  address: string;
  /** Milliseconds from the start of the process until it said where it listens. */
  startedIn: number;
  printed(): string;
  /** Ends the process by the signal; gives its exit code, null where the signal killed it. */
  end(signal: 'SIGINT' | 'SIGTERM' | 'SIGKILL'): Promise<number | null>;
}

/** Starts `server/main.ts` on a free port over a data folder. */
export async function startServer(environment: Record<string, string>): Promise<RunningServer> {
  const begun = performance.now();
  const child = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
    cwd: root,
    env: { XANH_SECRET: 'a secret that only the tests know', ...process.env, NODE_ENV: '', PORT: '0', ...environment },
  });
  let printed = '';
  child.stdout.on('data', (text: Buffer) => (printed += String(text)));
  child.stderr.on('data', (text: Buffer) => (printed += String(text)));
  const address = await addressOf(child, () => printed);
  return {
    address,
    startedIn: performance.now() - begun,
    printed: () => printed,
    async end(signal) {
      if (child.exitCode !== null) return child.exitCode;
      child.kill(signal);
      const [code] = (await once(child, 'exit')) as [number | null];
      return code;
    },
  };
}

async function addressOf(child: ChildProcess, printed: () => string): Promise<string> {
  for (;;) {
    const address = /Xanh: (http:\S+)/.exec(printed())?.[1];
    if (address) return address.replace('localhost', '127.0.0.1');
    if (child.exitCode !== null) throw new Error(`the server ended: ${printed()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** Runs one command of the command line; what it printed. */
export async function xanh(args: string[], environment: Record<string, string>): Promise<string> {
  const { stdout } = await run(process.execPath, ['--import', 'tsx', 'server/cli.ts', ...args], {
    cwd: root,
    env: { ...process.env, ...environment },
  });
  return stdout.trim();
}

import { spawn } from 'node:child_process';
import { readFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { say, timed } from './measure.ts';

const port = 3217;

/** The first start with the demonstration register, the second one, and the memory that the process then has. */
export async function benchStart(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'xanh-bench-'));
  say('\n| start | seconds until it can serve | memory, MB |\n| --- | --- | --- |');
  for (const name of ['first, with the demonstration register', 'second']) {
    const server = spawn(process.execPath, ['--import', 'tsx', 'server/main.ts'], {
      env: { ...process.env, XANH_DATA: folder, PORT: String(port), LOG_LEVEL: 'error' },
      stdio: 'ignore',
    });
    const ms = await timed(canServe);
    say(`| ${name} | ${(ms / 1000).toFixed(1)} | ${await memoryOf(server.pid)} |`);
    const ended = new Promise((resolve) => server.once('exit', resolve));
    server.kill('SIGTERM');
    await ended;
  }
  await rm(folder, { recursive: true });
}

async function canServe(): Promise<void> {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/health`).catch(() => null);
    if (answer?.ok) return;
    await delay(50);
  }
}

/** Resident memory as the system counts it; not to be had outside Linux. */
async function memoryOf(pid: number | undefined): Promise<string> {
  const status = await readFile(`/proc/${pid ?? 0}/status`, 'utf8').catch(() => '');
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(status) ?? [];
  return kilobytes === undefined ? 'unknown' : (Number(kilobytes) / 1024).toFixed(0);
}

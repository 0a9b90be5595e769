import { pino, type Logger } from 'pino';

export type { Logger };

/** The process's log: JSON lines on standard error, so that standard output stays free for what a person asked for. */
export function createLog(level: string): Logger {
  return pino(
    { level, redact: ['req.headers.authorization', 'req.headers.cookie', 'res.headers["set-cookie"]'] },
    pino.destination(2),
  );
}

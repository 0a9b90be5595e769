import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express';
import { rateLimit, type Options } from 'express-rate-limit';
import helmet from 'helmet';
import { pinoHttp } from 'pino-http';
import swaggerUiFolder from 'swagger-ui-dist/absolute-path.js';
import type { Logger } from './core/log.ts';
import { openApiDocument } from './core/openapi.ts';
import { Problem, renderProblem } from './core/problem.ts';
import { refuseOtherSites } from './core/same-site.ts';
import { languageOf, mount, type CallerOf, type Route } from './core/route.ts';

const clientFolder = new URL('../client/dist/', import.meta.url).pathname;
const bodyLimit = '1mb';

/** What `createApp` needs: the calls, who is calling, and where to log. */
export interface AppParts {
  routes: Route[];
  callerOf: CallerOf;
  log: Logger;
  /** How often one address may try to sign in within a minute. */
  triesPerMinute?: number;
  /** How many reports of faults one address may send within an hour without a key. */
  reportsPerHour?: number;
}

/** The Express app from its routes: headers, request log, limits, calls, API description, client, problems. It does not listen. */
export function createApp({ routes, callerOf, log, triesPerMinute = 30, reportsPerHour = 10 }: AppParts): Express {
  const app = express();
  app.set('etag', false);
  app.disable('x-powered-by');
  app.use(
    pinoHttp({
      logger: log,
      quietReqLogger: true,
      customLogLevel: (_request, response) => (response.statusCode >= 500 ? 'error' : 'debug'),
    }),
  );
  app.use(helmet({ contentSecurityPolicy: { directives: contentSecurity }, strictTransportSecurity: false }));
  app.use('/api', (_request, response, next) => {
    response.set('Cache-Control', 'no-store');
    next();
  });
  app.post('/api/complaints', limitReports(reportsPerHour), express.json({ limit: '32kb', verify: refuseBrokenText }));
  app.use('/api', express.json({ limit: bodyLimit, strict: false, verify: refuseBrokenText }));
  app.use('/api', refuseOtherSites);
  app.post(guessable, limitByAddress(triesPerMinute), limitByAccount());
  mount(app, routes, callerOf);
  describe(app, routes);
  app.use('/api', () => {
    throw new Problem('NO_SUCH_CALL');
  });
  serveClient(app);
  app.use(answerProblem);
  return app;
}

/** Where a secret may be guessed, or letters be sent to somebody. */
const guessable = [
  '/api/session',
  '/api/auth/*call',
  '/api/invitations/acceptance',
  '/api/sign-ups',
  '/api/sign-ups/confirmation',
];

const limits = {
  legacyHeaders: false,
  // Behind a proxy all share its address: then the proxy is the place to limit, and nothing forwarded is believed here.
  validate: { xForwardedForHeader: false, forwardedHeader: false },
  handler: (_request: Request, _response: Response, next: NextFunction) => next(new Problem('TOO_MANY_REQUESTS')),
} satisfies Partial<Options>;

/** A person signs in a few times a minute at the most. */
function limitByAddress(limit: number): RequestHandler {
  return rateLimit({ ...limits, windowMs: 60_000, limit });
}

/** Anybody may report a fault; who sends a key is known by it, and a wrong key is refused. */
function limitReports(limit: number): RequestHandler {
  return rateLimit({
    ...limits,
    windowMs: 3_600_000,
    limit,
    handler: (_request, _response, next) => next(new Problem('TOO_MANY_REPORTS')),
    skip: (request) => request.get('authorization') !== undefined,
  });
}

/** Ten wrong passwords within a quarter of an hour, from wherever, whether the account exists or not. */
function limitByAccount(): RequestHandler {
  return rateLimit({
    ...limits,
    windowMs: 15 * 60_000,
    limit: 10,
    skipSuccessfulRequests: true,
    skip: (request) => accountOf(request) === undefined,
    keyGenerator: (request) => accountOf(request) ?? '',
  });
}

function accountOf({ body }: Request): string | undefined {
  const email: unknown = (body as { email?: unknown } | undefined)?.email;
  return typeof email === 'string' ? createHash('sha256').update(email.trim().toLowerCase()).digest('hex') : undefined;
}

/** Nothing from another host; styles inline because the component kit sets them on elements. */
const contentSecurity = {
  'default-src': ["'self'"],
  'style-src': ["'self'", "'unsafe-inline'"],
  'img-src': ["'self'", 'data:'],
  'font-src': ["'self'"],
  // A large workbook is packed beside the page, by a worker that the page makes itself.
  'worker-src': ["'self'", 'blob:'],
  'upgrade-insecure-requests': null,
};

function refuseBrokenText(_request: unknown, _response: unknown, body: Buffer): void {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(body);
  } catch {
    throw new Problem('INVALID_UTF8');
  }
}

function describe(app: Express, routes: Route[]): void {
  const document = openApiDocument(routes);
  app.get('/api/openapi.json', (_request, response) => void response.json(document));
  app.get('/api/docs/swagger-initializer.js', (_request, response) => {
    response
      .type('js')
      .send(
        `SwaggerUIBundle({ url: '/api/openapi.json', dom_id: '#swagger-ui', presets: [SwaggerUIBundle.presets.apis] });`,
      );
  });
  app.use('/api/docs', express.static(swaggerUiFolder()));
}

function serveClient(app: Express): void {
  if (!existsSync(clientFolder)) return;
  app.use('/assets', express.static(`${clientFolder}assets`, { immutable: true, maxAge: '1y', fallthrough: false }));
  app.use(express.static(clientFolder, { setHeaders: (response) => void response.set('Cache-Control', 'no-cache') }));
  app.get('/{*page}', (_request, response) =>
    response.set('Cache-Control', 'no-cache').sendFile('index.html', { root: clientFolder }),
  );
}

/** Express knows an error handler by its four parameters. */
// oxlint-disable-next-line max-params
function answerProblem(error: unknown, request: Request, response: Response, next: NextFunction): void {
  const problem = asProblem(error);
  if (problem.code === 'INTERNAL') request.log.error({ err: error }, 'unexpected failure');
  if (response.headersSent) return next(error);
  const body = renderProblem(problem, languageOf(request));
  response.status(body.status).type('application/problem+json').send(JSON.stringify(body));
}

const problemOfParser: Record<string, Problem> = {
  'entity.parse.failed': new Problem('INVALID_JSON'),
  'entity.too.large': new Problem('TOO_LARGE'),
  'encoding.unsupported': new Problem('UNSUPPORTED_MEDIA_TYPE'),
  'charset.unsupported': new Problem('UNSUPPORTED_MEDIA_TYPE'),
};

function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const { type, status } = error as { type?: string; status?: number };
  if (type && problemOfParser[type]) return problemOfParser[type];
  // Express and its parsers mark what the caller got wrong (a broken escape in the path, an aborted body).
  if (status === 404) return new Problem('NOT_FOUND');
  return status && status < 500 ? new Problem('INVALID_PATH') : new Problem('INTERNAL');
}

import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Application, Evidence, EvidenceUse, ProblemDetails, Purchase } from '../../schemas/types.d.ts';
import { createApp } from '../../server/app.ts';
import { createLog } from '../../server/core/log.ts';
import { openFileStore } from '../../server/evidence/file-store.adapter.ts';
import { apiOf } from '../../server/routes.ts';
import { startTestApp, type Caller, type TestApp } from '../support/app.ts';
import { aPurchase } from '../support/builders.ts';
import { aDossierWorld, aPdf, begin, ecolabelFiles, sendEvent, type DossierWorld } from '../support/dossiers.ts';
import { download, get, listed, send, sent } from '../support/evidence.ts';

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const hour = 3600;

/** A ZIP of one stored entry with the content types of a workbook; sizes that a bomb claims are not looked at. */
function aWorkbook(): Buffer {
  const name = Buffer.from('[Content_Types].xml');
  const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';
  const data = Buffer.from(`<Types><Override PartName="/xl/workbook.xml" ContentType="${type}"/></Types>`);
  const header = Buffer.alloc(30);
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt32LE(data.length, 18);
  header.writeUInt32LE(data.length, 22);
  header.writeUInt16LE(name.length, 26);
  return Buffer.concat([header, name, data]);
}

describe('evidence', () => {
  let app: TestApp;
  let world: DossierWorld;
  let purchase: Purchase;
  let use: EvidenceUse;

  beforeAll(async () => {
    app = await startTestApp();
    world = await aDossierWorld(app);
    purchase = (await world.officer.post('/api/purchases').send(aPurchase()).expect(201)).body as Purchase;
    use = { kind: 'purchaseLine', id: purchase.id, lineNo: 1 };
  });
  afterAll(() => app.close());

  const kept = async () =>
    Object.fromEntries(
      await Promise.all(
        ['evidence', 'evidenceFiles.files', 'evidenceFiles.chunks', 'evidenceFiles.unfinished'].map(
          async (name) => [name, await app.connection.collection(name).countDocuments()] as const,
        ),
      ),
    );
  const aDossier = async (caller: Caller, applicant: string) =>
    begin(caller, {
      kind: 'new',
      applicant,
      scheme: 'VN-ECOLABEL',
      products: [(await world.product({ supplier: applicant })).id],
    });

  describe('a file', () => {
    it('is stored once by its hash, and sent again by its organisation is the same record with a further use', async () => {
      const before = await kept();
      const bytes = aPdf('once');
      const first = await sent({ caller: world.officer, bytes, name: 'Hóa đơn.pdf', fields: { kind: 'invoice' } });
      expect(first).toMatchObject({
        hash: createHash('sha256').update(bytes).digest('hex'),
        size: bytes.length,
        type: 'pdf',
        name: 'Hóa đơn.pdf',
        kind: 'invoice',
        org: 'T-UNIT',
        uses: [],
        ended: false,
      });
      const again = await sent({ caller: world.officer, bytes, name: 'b.pdf', fields: { kind: 'invoice', use } });
      expect(again).toMatchObject({ id: first.id, name: 'Hóa đơn.pdf', uses: [use], revision: 2 });
      const other = await sent({ caller: world.otherOfficer, bytes, fields: { kind: 'invoice' } });
      expect(other).toMatchObject({ hash: first.hash, org: 'T-OTHER', revision: 1 });
      expect(other.id).not.toBe(first.id);
      expect(await kept()).toEqual({
        evidence: before['evidence']! + 2,
        'evidenceFiles.files': before['evidenceFiles.files']! + 1,
        'evidenceFiles.chunks': before['evidenceFiles.chunks']! + 1,
        'evidenceFiles.unfinished': 0,
      });
      const differs = await send({ caller: world.officer, bytes, fields: { kind: 'invoice', issuedOn: '2026-01-01' } });
      expect([differs.status, differs.body]).toMatchObject([409, { code: 'EVIDENCE_EXISTS', existing: first.id }]);
    });

    it('sent by many at once is one file and one record', async () => {
      const bytes = Buffer.concat([aPdf('many').subarray(0, -6), Buffer.alloc(600_000, ' '), Buffer.from('%%EOF\n')]);
      const before = await kept();
      const all = await Promise.all(
        [1, 2, 3, 4, 5, 6].map((turn) => sent({ caller: turn % 2 ? world.officer : world.department, bytes })),
      );
      expect(new Set(all.map(({ id }) => id)).size).toBe(2);
      const after = await kept();
      expect(after['evidenceFiles.files']! - before['evidenceFiles.files']!).toBe(1);
      expect(after['evidenceFiles.chunks']! - before['evidenceFiles.chunks']!).toBe(3);
      expect((await download(world.officer, all[0]!).expect(200)).body).toEqual(bytes);
    });

    it('is one under one key, and another under that key is refused', async () => {
      const call = { caller: world.officer, key: 'evidence-1' };
      const [one, other] = [await sent({ ...call, bytes: aPdf('key') }), await sent({ ...call, bytes: aPdf('key') })];
      expect(other.id).toBe(one.id);
      expect((await send({ ...call, bytes: aPdf('another') }).expect(409)).body).toMatchObject({
        code: 'IDEMPOTENCY_KEY_REUSED',
      });
    });

    it('comes back as a download that runs nothing, under a name that says what it is', async () => {
      const bytes = Buffer.from('số;tên\r\n1;Giấy in\r\n');
      const table = await sent({ caller: world.officer, bytes, name: '..\\..\\bảng <1>.html' });
      expect(table).toMatchObject({ type: 'csv', name: 'bảng 1.html' });
      const { headers, text } = await download(world.officer, table).expect(200);
      expect(text).toBe(bytes.toString());
      expect(headers).toMatchObject({
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': expect.stringMatching(/^attachment; .*filename\*=UTF-8''b%E1%BA%A3ng%201\.html\.csv$/),
        'content-security-policy': "sandbox; default-src 'none'",
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-store',
      });
    });

    it.each([
      ['png', png, 'x.txt', 'image/png'],
      ['jpg', Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(64)]), 'x', 'image/jpeg'],
      ['xlsx', aWorkbook(), 'x.zip', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ])('is known by its content: %s', async (type, bytes, name, media) => {
      const file = await sent({ caller: world.officer, bytes, name });
      expect(file.type).toBe(type);
      expect((await download(world.officer, file).expect(200)).headers['content-type']).toBe(media);
    });
  });

  describe('what is no evidence', () => {
    const html = '<!DOCTYPE html><script>alert(1)</script>';
    const bomb = Buffer.concat([aWorkbook().subarray(0, 30), Buffer.from('xl/nothing.xml'), Buffer.alloc(2000)]);
    it.each([
      ['an empty file', Buffer.alloc(0), 'EMPTY_FILE'],
      ['a program named .pdf', Buffer.concat([Buffer.from('MZ'), Buffer.alloc(200)]), 'NOT_EVIDENCE'],
      ['a script named .pdf', Buffer.from('#!/bin/sh\necho a,b\n'), 'NOT_EVIDENCE'],
      ['a page named .pdf', Buffer.from(`${html}\na,b`), 'NOT_EVIDENCE'],
      ['a page before a PDF', Buffer.concat([Buffer.from(html), aPdf('x')]), 'NOT_EVIDENCE'],
      ['a page inside of a PDF', aPdf(html), 'TWO_FACED_FILE'],
      ['a page behind a PDF', Buffer.concat([aPdf('x'), Buffer.from(html)]), 'TWO_FACED_FILE'],
      ['an archive behind a PDF', Buffer.concat([aPdf('x'), aWorkbook()]), 'TWO_FACED_FILE'],
      ['a ZIP that is no workbook', bomb, 'NOT_EVIDENCE'],
      ['an SVG', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="a(1,2)"/>'), 'NOT_EVIDENCE'],
      ['bytes that are no text', Buffer.from([0x61, 0x2c, 0xff, 0xfe, 0x2c]), 'NOT_EVIDENCE'],
      ['a text that is no table', Buffer.from('xin chào\n'), 'NOT_EVIDENCE'],
    ])('is refused, and nothing of it is left: %s', async (_what, bytes, code) => {
      const before = await kept();
      const { body } = await send({ caller: world.officer, bytes, name: 'report.pdf', fields: { use } }).expect(415);
      expect(body).toMatchObject({ code, title: expect.stringMatching(/^[A-Z]/) });
      const inVietnamese = await send({ caller: world.officer, bytes }).set('Accept-Language', 'vi').expect(415);
      expect((inVietnamese.body as ProblemDetails).title).toMatch(/[ạảấầẩậắặếềệộốổợủữựỗđ]/);
      expect(await kept()).toEqual(before);
    });

    it.each([
      ['/issuedOn', { issuedOn: '2026-12-01' }],
      ['/validThrough', { issuedOn: '2026-01-01', validThrough: '2025-12-31' }],
      ['/use/id', { use: { kind: 'purchaseLine', id: '0'.repeat(24), lineNo: 1 } }],
      ['/use/lineNo', { use: { kind: 'purchaseLine', lineNo: 9 } }],
    ])('is refused by the place at fault: %s', async (pointer, fields) => {
      const before = await kept();
      const whole = 'use' in fields ? { use: { ...use, ...fields.use } } : fields;
      const { body } = await send({ caller: world.officer, bytes: aPdf('fault'), fields: whole }).expect(422);
      expect((body as ProblemDetails).errors).toMatchObject([{ pointer }]);
      expect(await kept()).toEqual(before);
    });

    it('is a file of more than 20 MB, a second file, and facts that the register sets itself', async () => {
      const before = await kept();
      const { officer } = world;
      const large = await send({ caller: officer, bytes: Buffer.alloc(20 * 1024 * 1024 + 1, ' ') }).expect(413);
      expect(large.body).toMatchObject({ code: 'TOO_LARGE' });
      const thousand = officer.post('/api/evidence').field('kind', 'other');
      for (let file = 0; file < 1000; file++) void thousand.attach('file', aPdf(`${file}`), 'a.pdf');
      expect((await thousand.expect(400)).body).toMatchObject({ code: 'INVALID_BODY' });
      await send({ caller: officer, bytes: aPdf('x'), fields: { uploadedBy: 'x' } }).expect(400);
      await send({ caller: officer, bytes: aPdf('x'), fields: { org: 'T-OTHER' } }).expect(400);
      expect(await kept()).toEqual(before);
    });

    it('is the 51st file of one use', async () => {
      const id = ((await world.officer.post('/api/purchases').send(aPurchase()).expect(201)).body as Purchase).id;
      const full = { ...use, id };
      const statuses = await Promise.all(
        Array.from({ length: 60 }, async (_, file) => {
          const bytes = aPdf(`bound ${file}`);
          return (await send({ caller: world.officer, bytes, fields: { use: full } })).status;
        }),
      );
      expect(statuses.filter((status) => status === 201)).toHaveLength(50);
      expect(await listed(world.officer, `use=purchaseLine:${id}/1&limit=100`)).toHaveLength(50);
      const { body } = await send({ caller: world.officer, bytes: aPdf('more'), fields: { use: full } }).expect(409);
      expect(body).toMatchObject({ code: 'TOO_MANY_FILES', title: 'At most 50 files are taken' });
    });
  });

  describe('over a socket', () => {
    let server: Server;
    let port: number;
    let key: string;
    beforeAll(async () => {
      key = await app.services.accounts.createKey('officer', 'T-UNIT');
      const api = apiOf(app.services, { clock: app.clock, store: 'embedded', isDemo: false });
      server = createServer(createApp({ ...api, log: createLog('silent') })).listen(0, '127.0.0.1');
      await once(server, 'listening');
      port = (server.address() as { port: number }).port;
    });
    afterAll(() => new Promise((resolve) => server.close(resolve)));

    const head = (length: string) =>
      [
        'POST /api/evidence HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b',
        `Authorization: Bearer ${key}\r\n${length}\r\n\r\n`,
      ].join('\r\n');
    const part = '--b\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7\n';

    it('a file of 1 GB is refused by what it announces, before it is sent', async () => {
      const socket = connect(port, '127.0.0.1');
      socket.write(head(`Content-Length: ${2 ** 30}`) + part);
      const [answer] = (await once(socket, 'data')) as [Buffer];
      expect(answer.toString()).toMatch(/^HTTP\/1\.1 413 [^]*"code":"TOO_LARGE"/);
      await once(socket, 'close');
    });

    it('one that does not announce itself is read no further than its limit', async () => {
      const before = await kept();
      const socket = connect(port, '127.0.0.1').on('error', () => {});
      let answer = '';
      socket.on('data', (bytes: Buffer) => (answer += bytes.toString()));
      socket.write(head('Transfer-Encoding: chunked'));
      const chunk = (text: Buffer) =>
        Buffer.concat([Buffer.from(`${text.length.toString(16)}\r\n`), text, Buffer.from('\r\n')]);
      socket.write(chunk(Buffer.from(part)));
      const closed = new Promise((resolve) => socket.once('close', resolve));
      const million = chunk(Buffer.alloc(1_000_000, ' '));
      let written = 0;
      while (!socket.destroyed && written < 200) {
        written += 1;
        if (!socket.write(million)) await Promise.race([once(socket, 'drain').catch(() => {}), closed]);
      }
      await closed;
      // Closed on a client that still sends: its own stack may drop the answer.
      expect(answer).toMatch(/^(HTTP\/1\.1 413 |$)/);
      expect(written).toBeLessThan(100);
      expect(await kept()).toEqual(before);
    });

    it('one that breaks off leaves nothing', async () => {
      const before = await kept();
      const socket = connect(port, '127.0.0.1');
      socket.write(`${head('Content-Length: 100000')}${part}${' '.repeat(50_000)}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
      socket.destroy();
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(await kept()).toEqual(before);
    });
  });

  describe('who reads it', () => {
    it('is its organisation, and whoever may read what it hangs on', async () => {
      const bytes = aPdf('reading');
      const file = await sent({ caller: world.officer, bytes, fields: { kind: 'acceptance', use } });
      for (const caller of [world.officer, world.department, world.operator, world.auditor])
        await download(caller, file).expect(200);
      for (const caller of [world.otherOfficer, world.supplier, world.certifier]) {
        await download(caller, file).expect(403);
        await caller.get(`/api/evidence/${file.id}`).expect(403);
        await caller.get(`/api/evidence?use=purchaseLine:${purchase.id}/1`).expect(403);
        await send({ caller, bytes, fields: { use } }).expect(403);
      }
      await world.operator.post(`/api/evidence/${file.id}/uses`).send(use).expect(403);
      await world.officer.get(`/api/evidence/${'0'.repeat(24)}/content`).expect(404);
      const unused = await sent({ caller: world.officer, bytes: aPdf('unused') });
      await download(world.operator, unused).expect(403);
      await download(world.department, unused).expect(403);
    });

    it('of a dossier is nobody else before it is received, and its reviewers afterwards', async () => {
      const dossier = await aDossier(world.supplier, 'T-SUPPLIER');
      const hangsOn = { kind: 'application', id: dossier.id };
      const fields = { kind: 'photo', use: hangsOn };
      const photo = await sent({ caller: world.supplier, bytes: png, fields });
      await download(world.reviewer, photo).expect(403);
      const dossierFiles = ecolabelFiles(app.clock.today());
      const input = {
        kind: 'new' as const,
        applicant: 'T-SUPPLIER',
        scheme: 'VN-ECOLABEL',
        products: dossier.products!,
      };
      const other = await begin(world.supplier, { ...input, attachments: dossierFiles });
      await world.supplier
        .patch(`/api/applications/${other.id}`)
        .set('If-Match', '"1"')
        .send({
          attachments: [
            ...other.attachments!.map(({ addedBy: _by, ...rest }) => rest),
            { kind: 'drawing', evidence: photo.id },
          ],
        })
        .expect(200);
      await sendEvent(world.supplier, other, { type: 'submitted' }).expect(201);
      await download(world.reviewer, photo).expect(200);
      await download(world.forester, photo).expect(403);
      expect((await get(world.reviewer, photo)).uses).toEqual([{ kind: 'application', id: other.id }]);
      expect((await get(world.supplier, photo)).uses).toEqual([hangsOn, { kind: 'application', id: other.id }]);
      expect(await listed(world.reviewer, `use=application:${other.id}`)).toHaveLength(dossierFiles.length + 1);
    });

    it('is not whoever attaches the file of another to a dossier of its own', async () => {
      const secret = await sent({ caller: world.supplier, bytes: aPdf('secret'), fields: { kind: 'form' } });
      const draft = { kind: 'new', applicant: 'T-SHOP', scheme: 'VN-ECOLABEL' };
      const attached = { attachments: [{ kind: 'form', evidence: secret.id }] };
      const refused = [
        await world.shop.post('/api/applications').send({ ...draft, ...attached }),
        await world.shop
          .patch(`/api/applications/${(await begin(world.shop, draft as never)).id}`)
          .set('If-Match', '"1"')
          .send(attached),
        await world.preparer.post('/api/applications').send({ ...draft, applicant: 'T-SUPPLIER', ...attached }),
      ];
      for (const { status, body } of refused)
        expect([status, (body as ProblemDetails).errors]).toMatchObject([
          422,
          [{ pointer: '/attachments/0/evidence' }],
        ]);
      await download(world.shop, secret).expect(403);
    });

    it('is told, where it reviews, that another applicant used the same bytes', async () => {
      const bytes = aPdf('one report, two suppliers');
      const facts = { kind: 'testReport', issuedOn: app.clock.today() };
      const dossiers: Application[] = [];
      const files: Evidence[] = [];
      for (const [caller, code] of [
        [world.supplier, 'T-SUPPLIER'],
        [world.shop, 'T-SHOP'],
      ] as const) {
        const product = await world.product({ supplier: code });
        const attachments = ecolabelFiles(app.clock.today());
        const input = {
          kind: 'new' as const,
          applicant: code,
          scheme: 'VN-ECOLABEL',
          products: [product.id],
          attachments,
        };
        const dossier = await begin(caller, input);
        files.push(await sent({ caller, bytes, fields: { ...facts, use: { kind: 'application', id: dossier.id } } }));
        dossiers.push(dossier);
      }
      await sendEvent(world.supplier, dossiers[0]!, { type: 'submitted' }).expect(201);
      // What the other has not handed in is nobody's business yet.
      expect((await get(world.reviewer, files[0]!)).alsoUsedBy).toEqual({ count: 0, organisations: [] });
      await sendEvent(world.shop, dossiers[1]!, { type: 'submitted' }).expect(201);
      for (const caller of [world.reviewer, world.operator]) {
        expect((await get(caller, files[0]!)).alsoUsedBy).toEqual({ count: 1, organisations: ['T-SHOP'] });
        const [, other] = dossiers;
        const shown = await listed(caller, `use=application:${other!.id}&limit=100`);
        const report = shown.find(({ id }) => id === files[1]!.id);
        expect(report?.alsoUsedBy).toEqual({ count: 1, organisations: ['T-SUPPLIER'] });
      }
      expect(await get(world.supplier, files[0]!)).not.toHaveProperty('alsoUsedBy');
    });
  });

  describe('a process that dies while a file is stored', () => {
    it('leaves nothing to see, and nothing for good', async () => {
      const files = await openFileStore(app.connection);
      // What tests before have left goes first.
      app.later(2 * hour);
      await app.services.evidence.sweep();
      const before = await kept();
      const bytes = aPdf('cut off');
      const hash = createHash('sha256').update(bytes).digest('hex');
      // Between the bytes and their record.
      await files.keep(hash, bytes, app.clock.now());
      // Between two chunks.
      const half = 'f'.repeat(24);
      const { ObjectId } = app.connection.base.mongo;
      await app.connection
        .collection('evidenceFiles.unfinished')
        .insertOne({ _id: new ObjectId(half), since: app.clock.now() });
      await app.connection
        .collection('evidenceFiles.chunks')
        .insertOne({ files_id: new ObjectId(half), n: 0, data: bytes });
      expect((await kept())['evidence']).toBe(before['evidence']);
      await app.services.evidence.sweep();
      expect((await kept())['evidenceFiles.files']).toBe(before['evidenceFiles.files']! + 1);
      const record = await sent({ caller: world.officer, bytes });
      app.later(2 * hour);
      await app.services.evidence.sweep();
      expect((await download(world.officer, record).expect(200)).body).toEqual(bytes);
      const lost = aPdf('never named');
      await files.keep(createHash('sha256').update(lost).digest('hex'), lost, app.clock.now());
      app.later(2 * hour);
      await app.services.evidence.sweep();
      expect(await kept()).toEqual({
        ...before,
        evidence: before['evidence']! + 1,
        'evidenceFiles.files': before['evidenceFiles.files']! + 1,
        'evidenceFiles.chunks': before['evidenceFiles.chunks']! + 1,
      });
    });
  });
});

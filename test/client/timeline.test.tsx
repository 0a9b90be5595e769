import './browser-parts.ts';
import { describe, expect, it } from '@jest/globals';
import { screen } from '@testing-library/react';
import type { Run } from '../../client/src/features/catalogue/timeline-scale.ts';
import { timelineScale } from '../../client/src/features/catalogue/timeline-scale.ts';
import { ValidityTimeline } from '../../client/src/features/catalogue/validity-timeline.tsx';
import type { CertificateEvent } from '../../schemas/types.d.ts';
import { findFaults, renderWith } from './render.tsx';

const runs: Run[] = [
  { from: '2024-06-01', through: '2025-09-30', reason: 'VALID' },
  { from: '2025-10-01', through: '2025-12-31', reason: 'SUSPENDED' },
  { from: '2026-01-01', through: '2027-06-01', reason: 'VALID' },
];
const events: CertificateEvent[] = [
  { type: 'suspended', on: '2025-10-01', reason: 'x', recordedAt: '2025-10-02T00:00:00.000Z' },
  { type: 'reinstated', on: '2026-01-01', reason: 'y', recordedAt: '2026-01-02T00:00:00.000Z' },
];

describe('the validity line', () => {
  it('says every run of days, today and the chosen day to those who hear it', async () => {
    renderWith(<ValidityTimeline runs={runs} events={events} today="2026-11-24" on="2025-11-01" />);
    const line = screen.getByRole('img');
    expect(line.getAttribute('aria-label')).toBe(
      'Hiệu lực theo thời gian: Còn hiệu lực từ 01/06/2024 đến hết 30/09/2025; Bị đình chỉ từ 01/10/2025 đến hết 31/12/2025; ' +
        'Còn hiệu lực từ 01/01/2026 đến hết 01/06/2027. Hôm nay: 24/11/2026. Ngày đang xem: 01/11/2025.',
    );
    expect(await findFaults()).toEqual([]);
  });

  it('says an open end as one, and no chosen day where it is today', () => {
    const open: Run[] = [{ from: '2024-06-01', through: null, reason: 'VALID' }];
    renderWith(<ValidityTimeline runs={open} events={[]} today="2026-11-24" on="2026-11-24" />);
    expect(screen.getByRole('img').getAttribute('aria-label')).toBe(
      'Hiệu lực theo thời gian: Còn hiệu lực từ 01/06/2024. Hôm nay: 24/11/2026.',
    );
  });

  it('keeps every day on the line, in order', () => {
    const { at, years } = timelineScale(runs, ['2026-11-24', '2019-01-01']);
    const places = ['2019-01-01', '2024-06-01', '2026-11-24', '2027-06-01'].map(at);
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places.every((place) => place > 0 && place < 100)).toBe(true);
    expect(years.length).toBeLessThanOrEqual(6);
  });
});

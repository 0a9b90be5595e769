import { useInfiniteQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { ShareLine, ShareQuery } from '../../../../schemas/types.d.ts';
import { request } from '../../api/client.ts';
import type { List } from '../../api/client.ts';

/** Lines that the page reads by itself; more only when the reader asks for them. */
const readAtOnce = 2000;

/** Which lines: the question of the share, and a group of it. */
export type LinesQuestion = ShareQuery & { key: string | undefined };

/** All lines behind a figure, read page after page; a part of a figure is only known when all are read. */
export function useShareLines(question: LinesQuestion, isAllowed: boolean) {
  const [most, setMost] = useState(readAtOnce);
  const lines = useInfiniteQuery({
    queryKey: ['share-lines', question],
    queryFn: ({ pageParam, signal }) =>
      request<List<ShareLine>>('/api/share/lines', { query: { ...question, limit: 100, cursor: pageParam }, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next ?? undefined,
    enabled: isAllowed,
  });
  const items = lines.data?.pages.flatMap((page) => page.items) ?? [];
  const { hasNextPage, isFetchingNextPage, isError, fetchNextPage } = lines;
  const isPaused = items.length >= most;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && !isError && !isPaused) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, isError, isPaused, fetchNextPage]);
  return {
    lines,
    items,
    total: lines.data?.pages[0]?.total ?? 0,
    isWhole: lines.data !== undefined && !hasNextPage,
    isPaused: isPaused && hasNextPage,
    readMore: () => setMost(most + readAtOnce),
  };
}

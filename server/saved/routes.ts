import { defineRoute, type Route } from '../core/route.ts';
import type { SavedService } from './service.ts';

const list = { list: 'saved-search' } as const;

/** The calls on what a person keeps; each is for who is signed in as a person, and on its own list alone. */
export function savedRoutes(saved: SavedService): Route[] {
  return [
    defineRoute({
      method: 'get',
      path: '/api/saved',
      summary: 'The searches, lists and filters that the caller keeps, on every machine',
      access: 'people',
      unverified: true,
      query: 'no-query',
      returns: list,
      handle: async ({ person }) => page(await saved.all(person)),
    }),
    defineRoute({
      method: 'post',
      path: '/api/saved',
      summary: 'Keeps searches under names, up to a hundred in all; those that are kept already stay as they are',
      access: 'people',
      unverified: true,
      body: 'saved-searches-input',
      query: 'no-query',
      returns: list,
      status: 201,
      handle: async ({ person, body }) => page(await saved.keep(person, body)),
    }),
    ...changeRoutes(saved),
  ];
}

function changeRoutes(saved: SavedService): Route[] {
  return [
    defineRoute({
      method: 'post',
      path: '/api/saved/seen',
      summary: 'Says up to when searches were looked at; it only moves on',
      access: 'people',
      unverified: true,
      body: 'saved-seen-input',
      query: 'no-query',
      returns: list,
      handle: async ({ person, body }) => page(await saved.see(person, body)),
    }),
    defineRoute({
      method: 'patch',
      path: '/api/saved/:id',
      summary: 'Gives what is kept another name',
      access: 'people',
      unverified: true,
      body: 'saved-search-patch',
      query: 'no-query',
      returns: list,
      handle: async ({ person, params, body }) => page(await saved.rename(person, params['id'] ?? '', body.name)),
    }),
    defineRoute({
      method: 'delete',
      path: '/api/saved/:id',
      summary: 'Keeps it no longer',
      access: 'people',
      unverified: true,
      query: 'no-query',
      returns: 'nothing',
      status: 204,
      handle: async ({ person, params }) => {
        await saved.drop(person, params['id'] ?? '');
        return {};
      },
    }),
  ];
}

function page(items: object[]) {
  return { body: { items, total: items.length, next: null } };
}

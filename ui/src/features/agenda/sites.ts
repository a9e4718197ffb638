// Which columns stand on the grid, and in which order: the user's own, grouped by site where there are several. Pure.
import type { PractitionerId, PractitionerView, SiteId, SiteView } from "$backend/types";

/**
 * Practitioners to ask the host for, in the order to be shown; empty where the host's own order of everybody will do.
 * `mine` is the user's choice in the user's order, empty for everybody.
 */
export function orderedColumns(mine: PractitionerId[], active: PractitionerView[], sites: SiteView[], only: SiteId | null): PractitionerId[] {
  // The practice is not read yet: what the user chose is all that is known.
  if (active.length === 0) return [...mine];
  const byId = new Map(active.map((one) => [one.id, one]));
  const several = sites.length > 1;
  const wanted = mine.filter((id) => byId.has(id));
  if (wanted.length === 0 && !several) return [];
  const all = wanted.length > 0 ? wanted : active.map((one) => one.id);
  const there = several && only !== null ? all.filter((id) => byId.get(id)?.site_id === only) : all;
  // A site where none of one's own columns is shows its own people rather than nobody.
  const shown = there.length > 0 ? there : active.filter((one) => one.site_id === only).map((one) => one.id);
  const rank = (id: PractitionerId): number => sites.findIndex((site) => site.id === byId.get(id)?.site_id);
  return several ? [...shown].sort((a, b) => rank(a) - rank(b)) : shown;
}

/** One place on or back in an order; the ends hold. */
export function shifted<Item>(order: Item[], item: Item, by: 1 | -1): Item[] {
  const from = order.indexOf(item);
  const to = from + by;
  if (from < 0 || to < 0 || to >= order.length) return order;
  const next = order.filter((other) => other !== item);
  next.splice(to, 0, item);
  return next;
}

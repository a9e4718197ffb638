// The practice as the agenda needs it: practitioners, types and their colours. Read once, read again when it changes. Of
// several practices that are open, each has its own; without a name the one in hand is meant.
import { call, onChange } from "$backend/door";
import type { Colour, PractitionerId, PractitionerView, SiteId, SiteView, TypeId, TypeView, VaultId } from "$backend/types";
import { session } from "$kit/state/session.svelte";

interface Book {
  practitioners: PractitionerView[];
  types: TypeView[];
  sites: SiteView[];
  byId: Map<TypeId, TypeView>;
}

const NOTHING: Book = { practitioners: [], types: [], sites: [], byId: new Map() };

class Practice {
  readonly #reading = new Map<string, Promise<void>>();
  #books = $state.raw<Record<string, Book>>({});

  #of(practice: VaultId | null): Book {
    return this.#books[practice ?? ""] ?? NOTHING;
  }

  get practitioners(): PractitionerView[] {
    return this.#of(session.practice).practitioners;
  }

  get types(): TypeView[] {
    return this.#of(session.practice).types;
  }

  get sites(): SiteView[] {
    return this.#of(session.practice).sites;
  }

  /** Types that are still proposed, in the practice's order. */
  get bookable(): TypeView[] {
    return this.types.filter((type) => type.active);
  }

  /** How long a place on that practice's grid is, in minutes: as its first type. */
  lengthOf(practice: VaultId | null): number {
    return this.#of(practice).types.find((type) => type.active)?.minutes ?? 15;
  }

  get active(): PractitionerView[] {
    return this.practitioners.filter((practitioner) => practitioner.active);
  }

  practitioner(id: PractitionerId, of: VaultId | null = session.practice): PractitionerView | undefined {
    return this.#of(of).practitioners.find((one) => one.id === id);
  }

  /** Sites that somebody works at; one is no choice. */
  get workedAt(): SiteView[] {
    return this.workedAtOf(session.practice);
  }

  workedAtOf(practice: VaultId | null): SiteView[] {
    return this.#of(practice).sites.filter((site) => this.activeOf(practice).some((one) => one.site_id === site.id));
  }

  site(id: SiteId, of: VaultId | null = session.practice): SiteView | undefined {
    return this.#of(of).sites.find((one) => one.id === id);
  }

  /** The colour that stands for a site beside its name, where there are several. */
  siteColour(id: SiteId, of: VaultId | null = session.practice): Colour {
    const hues: Colour[] = ["blue", "orange", "teal", "violet", "ochre", "green", "red"];
    return hues[Math.max(0, this.#of(of).sites.findIndex((one) => one.id === id)) % hues.length] ?? "blue";
  }

  colour(type: TypeId, of: VaultId | null = session.practice): Colour {
    return this.#of(of).byId.get(type)?.colour ?? "blue";
  }

  typeName(type: TypeId, of: VaultId | null = session.practice): string {
    return this.#of(of).byId.get(type)?.name ?? "";
  }

  /** The type's short name, where it says more than a letter. */
  shortName(type: TypeId, of: VaultId | null = session.practice): string {
    const short = this.#of(of).byId.get(type)?.short_name ?? "";
    return short.length > 1 ? short : "";
  }

  /** Who has an agenda in that practice. */
  activeOf(practice: VaultId | null): PractitionerView[] {
    return this.#of(practice).practitioners.filter((practitioner) => practitioner.active);
  }

  /** Reads it; who asks while it is being read takes the same answer. */
  load(of: VaultId | null = session.practice): Promise<void> {
    const key = of ?? "";
    const reading = this.#reading.get(key) ?? this.#read(of).finally(() => this.#reading.delete(key));
    this.#reading.set(key, reading);
    return reading;
  }

  async #read(of: VaultId | null): Promise<void> {
    const { practitioners, types, sites } = await call("show_practice", {}, { practice: of });
    const book = { practitioners, types, sites, byId: new Map(types.map((type) => [type.id, type])) };
    this.#books = { ...this.#books, [of ?? ""]: book };
  }

  /** Keeps it true until the returned function is called. */
  follow(everywhere = false): () => void {
    return onChange("practice", (_, of) => void this.#read(of ?? session.practice).catch(() => undefined), everywhere);
  }
}

export const practice = new Practice();

// The practice as the agenda needs it: practitioners, types and their colours. Read once, read again when it changes. Of
// several practices that are open, each has its own; without a name the one in hand is meant.
import { call, onChange } from "$backend/door";
import type { Colour, PractitionerId, PractitionerView, TypeId, TypeView, VaultId } from "$backend/types";
import { session } from "$kit/state/session.svelte";

interface Book {
  practitioners: PractitionerView[];
  types: TypeView[];
  byId: Map<TypeId, TypeView>;
}

const NOTHING: Book = { practitioners: [], types: [], byId: new Map() };

class Practice {
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

  /** Types that are still proposed, in the practice's order. */
  get bookable(): TypeView[] {
    return this.types.filter((type) => type.active);
  }

  get active(): PractitionerView[] {
    return this.practitioners.filter((practitioner) => practitioner.active);
  }

  practitioner(id: PractitionerId, of: VaultId | null = session.practice): PractitionerView | undefined {
    return this.#of(of).practitioners.find((one) => one.id === id);
  }

  colour(type: TypeId, of: VaultId | null = session.practice): Colour {
    return this.#of(of).byId.get(type)?.colour ?? "blue";
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

  async load(of: VaultId | null = session.practice): Promise<void> {
    const { practitioners, types } = await call("show_practice", {}, { practice: of });
    const book = { practitioners, types, byId: new Map(types.map((type) => [type.id, type])) };
    this.#books = { ...this.#books, [of ?? ""]: book };
  }

  /** Keeps it true until the returned function is called. */
  follow(everywhere = false): () => void {
    return onChange("practice", (_, of) => void this.load(of ?? session.practice).catch(() => undefined), everywhere);
  }
}

export const practice = new Practice();

// Keys: who listens to which, what the footer and the help overlay say about them.
//
// A screen registers its keys as a group while it is shown; the latest group hears first. Letters act outside text
// fields only, and can be switched off (WCAG 2.1.4). Nothing is bound to `/`, `?` or digits: they move with the layout.
import { untrack } from "svelte";
import { preferences } from "./preferences.svelte";

export interface Key {
  /** `a`, `Enter`, `Delete`, `F1`, `PageDown`, `ArrowUp`; with modifiers first: `Ctrl+k`, `Shift+ArrowUp`. */
  combo: string | string[];
  /** What it does, in words, now: null while it does nothing. */
  label: () => string | null;
  /** What it does in general, for the help; without it, the label. */
  help?: () => string;
  run: (event: KeyboardEvent) => void;
  /** Shown in the footer, in registration order. */
  footer?: boolean;
  /** Acts in text fields too (only sensible with Ctrl or an F key). */
  everywhere?: boolean;
  /** How footer and help show the key, where it is not the combo itself (`↑ ↓`). */
  shown?: string[];
}

export interface KeyGroup {
  title: () => string;
  keys: Key[];
  /** Where the focus must be for these keys to act; without it, anywhere outside text fields. */
  scope?: (target: EventTarget | null) => boolean;
}

const NON_LATIN_LETTER = /^\p{L}$/u;
const LATIN_LETTER = /^\p{Script=Latin}$/u;

/**
 * Whether this event is that key. Letters are matched by what the layout types (AZERTY's A is A); where the layout
 * types no Latin letter at all (Arabic), by the position.
 */
export function isKey(event: KeyboardEvent, combo: string): boolean {
  const parts = combo.split("+");
  // `Ctrl++`: the plus itself, not what joins.
  const last = parts.pop() ?? "";
  if (last === "") parts.pop();
  const name = last || "+";
  if ((event.ctrlKey || event.metaKey) !== parts.includes("Ctrl")) return false;
  if (event.altKey !== parts.includes("Alt")) return false;
  if (event.shiftKey !== parts.includes("Shift")) return false;
  if (name.length > 1) return event.key === name;
  if (event.key.toLowerCase() === name) return true;
  const foreign = NON_LATIN_LETTER.test(event.key) && !LATIN_LETTER.test(event.key);
  return foreign && event.code === `Key${name.toUpperCase()}`;
}

/** Whether what has the focus takes typed text. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable) return true;
  if (target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return (
    target instanceof HTMLInputElement &&
    !["checkbox", "radio", "button", "submit", "reset", "range", "color", "file"].includes(target.type)
  );
}

function isSingleLetter(combo: string): boolean {
  return combo.length === 1;
}

class Keys {
  groups = $state.raw<KeyGroup[]>([]);

  /** Adds a group until the returned function is called; for `$effect`. */
  register(group: KeyGroup): () => void {
    // Untracked: an effect that registers must not run again because somebody else did.
    untrack(() => (this.groups = [...this.groups, group]));
    return () => untrack(() => (this.groups = this.groups.filter((other) => other !== group)));
  }

  combos(key: Key): string[] {
    return Array.isArray(key.combo) ? key.combo : [key.combo];
  }

  /** Runs what is bound to the event; true where something was. */
  hear(event: KeyboardEvent): boolean {
    if (event.defaultPrevented || event.isComposing) return false;
    if (this.#held && !isTyping(event.target) && this.#bound(event, () => true)) {
      event.preventDefault();
      this.#waiting.push(event);
      return true;
    }
    return this.#run(event);
  }

  /** Keys pressed before this is done wait for it: they are meant for what it brings, not for what still stands there. */
  holdUntil(done: Promise<unknown>): void {
    this.#held = done;
    const over = (): void => {
      if (this.#held !== done) return;
      this.#held = null;
      while (!this.#held) {
        const event = this.#waiting.shift();
        // What opened a text field meanwhile has the focus: a letter is no command there.
        if (!event || isTyping(document.activeElement)) break;
        this.#run(event);
      }
      if (!this.#held) this.#waiting = [];
    };
    done.then(over, over);
  }

  #held: Promise<unknown> | null = null;
  #waiting: KeyboardEvent[] = [];

  #run(event: KeyboardEvent): boolean {
    const key = this.#bound(event, (one) => one.label() !== null);
    if (!key) return false;
    event.preventDefault();
    key.run(event);
    return true;
  }

  #bound(event: KeyboardEvent, acts: (key: Key) => boolean): Key | null {
    const typing = isTyping(event.target);
    for (const group of [...this.groups].reverse()) {
      if (group.scope && !group.scope(event.target)) continue;
      for (const key of group.keys) {
        if (typing && !key.everywhere) continue;
        const hit = this.combos(key).find((combo) => isKey(event, combo));
        if (!hit || !acts(key)) continue;
        if (isSingleLetter(hit) && !preferences.letters) continue;
        return key;
      }
    }
    return null;
  }
}

export const keys = new Keys();

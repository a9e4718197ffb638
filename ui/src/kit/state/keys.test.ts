// Which event is which key, on the layouts of this house.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isKey, isTyping, type Key, keys } from "./keys.svelte";
import { preferences } from "./preferences.svelte";

const press = (key: string, code: string, more: KeyboardEventInit = {}) => new KeyboardEvent("keydown", { key, code, ...more });

describe("a letter", () => {
  it("is_what_an_azerty_keyboard_types_not_where_it_lies", () => {
    expect(isKey(press("a", "KeyQ"), "a")).toBe(true);
    expect(isKey(press("q", "KeyA"), "a")).toBe(false);
  });

  it("is_found_by_its_place_on_an_arabic_keyboard", () => {
    expect(isKey(press("ش", "KeyA"), "a")).toBe(true);
    expect(isKey(press("ئ", "KeyZ", { ctrlKey: true }), "Ctrl+z")).toBe(true);
    expect(isKey(press("ش", "KeyA"), "q")).toBe(false);
  });

  it("is_the_same_under_caps_lock_and_another_with_shift", () => {
    expect(isKey(press("A", "KeyA"), "a")).toBe(true);
    expect(isKey(press("A", "KeyA", { shiftKey: true }), "a")).toBe(false);
  });

  it("with_a_modifier_that_is_not_asked_for_is_none", () => {
    expect(isKey(press("k", "KeyK"), "Ctrl+k")).toBe(false);
    expect(isKey(press("a", "KeyA", { altKey: true }), "a")).toBe(false);
  });
});

it("named_keys_are_matched_with_their_modifiers", () => {
  expect(isKey(press("ArrowDown", "ArrowDown", { shiftKey: true }), "Shift+ArrowDown")).toBe(true);
  expect(isKey(press("ArrowDown", "ArrowDown"), "Shift+ArrowDown")).toBe(false);
});

describe("groups", () => {
  let stops: (() => void)[] = [];
  let heard: string[] = [];
  const key = (combo: string, name: string, more: Partial<Key> = {}): Key => ({ combo, label: () => name, run: () => heard.push(name), ...more });

  beforeEach(() => {
    heard = [];
    preferences.letters = true;
  });
  afterEach(() => {
    stops.forEach((stop) => stop());
    stops = [];
  });

  it("hear_the_latest_first", () => {
    stops.push(keys.register({ title: () => "first", keys: [key("a", "first")] }));
    stops.push(keys.register({ title: () => "second", keys: [key("a", "second")] }));
    keys.hear(press("a", "KeyA"));
    expect(heard).toEqual(["second"]);
  });

  it("keep_letters_out_of_text_fields", () => {
    stops.push(keys.register({ title: () => "one", keys: [key("a", "a"), key("Ctrl+k", "k", { everywhere: true })] }));
    const input = document.body.appendChild(document.createElement("input"));
    const from = (event: KeyboardEvent) => {
      input.dispatchEvent(event);
      return event;
    };
    const heardFrom = (event: KeyboardEvent) => keys.hear(event);
    input.addEventListener("keydown", heardFrom);
    from(press("a", "KeyA", { bubbles: true }));
    from(press("k", "KeyK", { ctrlKey: true, bubbles: true }));
    expect(heard).toEqual(["k"]);
    expect(isTyping(input)).toBe(true);
    input.remove();
  });

  it("keep_silent_about_letters_that_are_switched_off_and_keep_the_rest", () => {
    stops.push(keys.register({ title: () => "one", keys: [key("a", "a"), key("Enter", "enter")] }));
    preferences.letters = false;
    keys.hear(press("a", "KeyA"));
    keys.hear(press("Enter", "Enter"));
    expect(heard).toEqual(["enter"]);
  });

  it("do_nothing_where_a_key_has_nothing_to_do_now", () => {
    stops.push(keys.register({ title: () => "one", keys: [{ ...key("a", "a"), label: () => null }] }));
    expect(keys.hear(press("a", "KeyA"))).toBe(false);
  });

  it("wait_for_the_day_that_is_on_its_way_and_mean_that_day", async () => {
    let shown = "today";
    let arrive: () => void = () => undefined;
    const enter: Key = { ...key("Enter", "enter"), label: () => (shown === "today" ? null : "book"), run: () => heard.push(`book ${shown}`) };
    stops.push(keys.register({ title: () => "one", keys: [enter, key("b", "b")] }));
    keys.holdUntil(new Promise<void>((resolve) => (arrive = resolve)));
    const event = press("Enter", "Enter", { cancelable: true });
    expect(keys.hear(event)).toBe(true);
    expect(event.defaultPrevented).toBe(true);
    expect(keys.hear(press("x", "KeyX"))).toBe(false);
    expect(heard).toEqual([]);
    shown = "tomorrow";
    arrive();
    await Promise.resolve();
    expect(heard).toEqual(["book tomorrow"]);
  });

  it("are_not_kept_where_the_way_leads_nowhere_and_leave_a_text_field_that_opened_its_letters", async () => {
    const input = document.body.appendChild(document.createElement("input"));
    const opener: Key = { ...key("Enter", "enter"), run: () => input.focus() };
    stops.push(keys.register({ title: () => "one", keys: [opener, key("a", "a")] }));
    keys.holdUntil(Promise.reject(new Error("refused")));
    keys.hear(press("Enter", "Enter"));
    keys.hear(press("a", "KeyA"));
    await Promise.resolve();
    expect(document.activeElement).toBe(input);
    expect(heard).toEqual([]);
    input.remove();
    keys.hear(press("a", "KeyA"));
    expect(heard).toEqual(["a"]);
  });
});

// The one door: what comes back is a view or a refusal, never an exception's text.
import { describe, expect, it } from "vitest";
import { ahead, type Announcement, call, type Host, meantPractice, onChange, onSignedOut, practiceOf, useHost } from "./door";
import type { VaultId } from "./types";

function host(answer: () => Promise<unknown>): Host & { say: (announcement: Announcement) => void; heard: number } {
  const hearers = new Set<(announcement: Announcement) => void>();
  return {
    heard: 0,
    invoke: answer,
    listen(hear) {
      hearers.add(hear);
      this.heard = hearers.size;
      return Promise.resolve(() => hearers.delete(hear));
    },
    say: (announcement) => hearers.forEach((hear) => hear(announcement)),
  };
}

describe("a refused command", () => {
  it("rejects_with_code_field_and_parameters", async () => {
    useHost(host(() => Promise.reject({ code: "too_long", field: "note", parameters: { limit: "2000" } })));
    await expect(call("show_waiting_room", {})).rejects.toEqual({ code: "too_long", field: "note", parameters: { limit: "2000" } });
  });

  it("that_only_names_a_code_has_no_field_and_no_parameters", async () => {
    useHost(host(() => Promise.reject({ code: "busy" })));
    await expect(call("show_waiting_room", {})).rejects.toEqual({ code: "busy", field: null, parameters: {} });
  });

  it("never_carries_the_text_of_an_exception", async () => {
    useHost(host(() => Promise.reject(new Error("row of DUPONT Marie"))));
    await expect(call("show_waiting_room", {})).rejects.toEqual({ code: "internal", field: null, parameters: {} });
  });

  it("of_somebody_signed_out_is_told_to_the_window", async () => {
    useHost(host(() => Promise.reject({ code: "signed_out" })));
    let told = 0;
    const stop = onSignedOut(() => (told += 1));
    await call("show_waiting_room", {}).catch(() => undefined);
    stop();
    await call("show_waiting_room", {}).catch(() => undefined);
    expect(told).toBe(1);
  });
});

describe("an announcement", () => {
  it("reaches_those_of_its_topic_until_they_stop", async () => {
    const one = host(() => Promise.resolve({}));
    useHost(one);
    const heard: string[][] = [];
    const stop = onChange("agenda", (ids) => heard.push(ids));
    await new Promise((resolve) => setTimeout(resolve, 0));
    one.say({ topic: "agenda", ids: ["a"] });
    one.say({ topic: "patients", ids: ["b"] });
    stop();
    one.say({ topic: "agenda", ids: ["c"] });
    expect(heard).toEqual([["a"]]);
  });

  it("is_not_heard_by_one_who_stopped_before_the_host_answered", async () => {
    const one = host(() => Promise.resolve({}));
    useHost(one);
    const heard: string[][] = [];
    onChange("agenda", (ids) => heard.push(ids))();
    await new Promise((resolve) => setTimeout(resolve, 0));
    one.say({ topic: "agenda", ids: ["a"] });
    expect(heard).toEqual([]);
  });
});

describe("of several practices", () => {
  const one = "0198a6c0-7b1e-7cc3-98c4-dc0c0c070001" as VaultId;
  const two = "0198a6c0-7b1e-7cc3-98c4-dc0c0c070002" as VaultId;

  it("a_command_goes_to_the_one_in_hand_when_it_was_given_unless_another_is_named", async () => {
    const asked: (VaultId | null)[] = [];
    useHost({ invoke: (_, __, practice = null) => (asked.push(practice), Promise.resolve({})), listen: () => Promise.resolve(() => undefined) });
    let held: VaultId | null = one;
    meantPractice(() => held);
    const first = call("show_waiting_room", {});
    held = two;
    const second = call("show_waiting_room", {});
    const third = call("show_waiting_room", {}, { practice: one });
    const views = await Promise.all([first, second, third]);
    meantPractice(() => null);
    expect(asked).toEqual([one, two, one]);
    expect(views.map(practiceOf)).toEqual([one, two, one]);
  });

  it("only_the_announcements_of_the_one_in_hand_are_heard_but_for_those_who_hear_all", async () => {
    const it = host(() => Promise.resolve({}));
    useHost(it);
    meantPractice(() => one);
    const heard: string[] = [];
    const stops = [onChange("agenda", () => heard.push("own")), onChange("agenda", (_, practice) => heard.push(`all ${practice === two}`), true)];
    await new Promise((resolve) => setTimeout(resolve, 0));
    it.say({ topic: "agenda", ids: [], practice: two });
    it.say({ topic: "agenda", ids: [], practice: one });
    stops.forEach((stop) => stop());
    meantPractice(() => null);
    expect(heard).toEqual(["all true", "own", "all false"]);
  });
});

describe("what is asked ahead", () => {
  const PRACTICE = "one" as VaultId;

  function counting() {
    let asked = 0;
    const one = host(() => Promise.resolve({ answer: ++asked }));
    useHost(one);
    return { one, times: () => asked };
  }

  it("answers_the_first_who_asks_the_same_and_nobody_else", async () => {
    const { times } = counting();
    ahead("show_practice", {}, PRACTICE);
    expect(await call("show_practice", {}, { practice: "two" as VaultId })).toEqual({ answer: 2 });
    expect(await call("show_practice", {}, { practice: PRACTICE })).toEqual({ answer: 1 });
    expect(await call("show_practice", {}, { practice: PRACTICE })).toEqual({ answer: 3 });
    expect(times()).toBe(3);
  });

  it("is_void_once_the_host_announces_anything", async () => {
    const { one } = counting();
    const stop = onChange("agenda", () => undefined);
    ahead("show_practice", {}, PRACTICE);
    await new Promise((resolve) => setTimeout(resolve, 0));
    one.say({ topic: "practice", ids: [] });
    expect(await call("show_practice", {}, { practice: PRACTICE })).toEqual({ answer: 2 });
    stop();
  });
});

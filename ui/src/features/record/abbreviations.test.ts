import { describe, expect, it } from "vitest";
import cases from "../../../../tests/fixtures/abbreviations.json";
import { expand, keyOf } from "./abbreviations";

const KNOWN: Record<string, string> = { hta: "hypertension artérielle", atcd: "antécédent", ضد: "ضغط الدم" };

describe("an abbreviation", () => {
  it("grows_as_the_host_says_it_does", () => {
    expect(cases.length).toBeGreaterThan(10);
    for (const [before = "", after] of cases) {
      const one = expand(before, before.length, (key) => KNOWN[key]);
      expect(one ? before.slice(0, one.from) + one.with + before.slice(one.to) : before, before).toBe(after);
    }
  });

  it("is_looked_up_without_case_and_accents", () => {
    expect(keyOf(" HTA ")).toBe("hta");
    expect(keyOf("œdème")).toBe("oedeme");
    expect(keyOf("deux mots")).toBe("");
  });
});

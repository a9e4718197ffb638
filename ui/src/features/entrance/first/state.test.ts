// The first start's answers.
import { describe, expect, it } from "vitest";
import { FirstStartState, proposeLogin } from "./state.svelte";

describe("a user name", () => {
  it.each([
    ["Dr Claire Lefèvre", "lefevre"],
    ["Samia", "samia"],
    ["El Mehdi Aït-Ouahmane", "ouahmane"],
    ["محمد بن عبد الله", ""],
    ["", ""],
  ])("is_proposed_for_%s", (name, login) => expect(proposeLogin(name)).toBe(login));
});

describe("the answers", () => {
  it("lead_a_refusal_to_the_step_of_its_field", () => {
    const answers = new FirstStartState();
    answers.step = "password";
    answers.refuse("login", "…");
    expect([answers.step, answers.errorOf("login"), answers.errorOf("name")]).toEqual(["user", "…", null]);
  });

  it("send_no_speciality_for_somebody_without_an_agenda", () => {
    const answers = new FirstStartState();
    answers.speciality = "Cardiologie";
    answers.role = "secretary";
    expect(answers.request("fr").speciality).toBe("");
  });
});

// The answers of the first start while they are given. Which of them are right is the host's to say; this only knows
// which step asks for which field, so that a refusal leads back to its step.
import type { Country, CreatedView, CreatePracticeRequest, Role } from "$backend/types";
import { m } from "$messages/index";

export const STEPS = ["practice", "user", "password", "keys", "confirm", "take_over"] as const;
export type Step = (typeof STEPS)[number];

const STEP_OF_FIELD: Record<string, Step> = {
  practice: "practice",
  country: "practice",
  site: "practice",
  zone: "practice",
  login: "user",
  name: "user",
  role: "user",
  speciality: "user",
  password: "password",
};

/** A user name proposed for a person: the last word of the name, plain letters. */
export function proposeLogin(name: string): string {
  const words = name
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2 && !["dr", "pr"].includes(word));
  return (words.at(-1) ?? "").replace(/[^a-z0-9]/g, "");
}

export class FirstStartState {
  step = $state<Step>("practice");
  practice = $state("");
  country = $state<Country>("FR");
  site = $state("");
  zone = $state("");
  name = $state("");
  login = $state("");
  role = $state<Role>("practitioner");
  speciality = $state("");
  password = $state("");
  passwordReady = $state(false);
  made = $state.raw<CreatedView | null>(null);
  error = $state.raw<{ field: string | null; text: string } | null>(null);
  /** Whether the user name was typed by hand: then no proposal replaces it. */
  loginTyped = $state(false);

  get place(): number {
    return STEPS.indexOf(this.step);
  }

  /** What is wrong with this field, if that is what is wrong. */
  errorOf(field: string): string | null {
    return this.error?.field === field ? this.error.text : null;
  }

  /** Words an attacker would try first. */
  get known(): string[] {
    return [this.login, this.name, this.practice, this.site].map((word) => word.trim()).filter((word) => word !== "");
  }

  request(language: CreatePracticeRequest["language"]): CreatePracticeRequest {
    return {
      practice: this.practice.trim(),
      country: this.country,
      site: this.site.trim() || m.entrance_site_default(),
      zone: this.zone,
      login: this.login.trim(),
      name: this.name.trim(),
      role: this.role,
      speciality: this.role === "practitioner" ? this.speciality.trim() : "",
      password: this.password,
      language,
    };
  }

  /** A refusal: beside its field, on its step. */
  refuse(field: string | null, text: string): void {
    this.error = { field, text };
    const step = field ? STEP_OF_FIELD[field] : undefined;
    if (step) this.step = step;
  }

  /** The next step, if this one's fields hold something; the first empty one is said. */
  next(): boolean {
    this.error = null;
    const needed: [string, string][] =
      this.step === "practice"
        ? [["practice", this.practice]]
        : this.step === "user"
          ? [
              ["name", this.name],
              ["login", this.login],
            ]
          : [];
    const empty = needed.find(([, value]) => value.trim() === "");
    if (empty) {
      this.error = { field: empty[0], text: m.error_empty() };
      return false;
    }
    this.step = STEPS[this.place + 1] ?? this.step;
    return true;
  }

  back(): void {
    this.error = null;
    this.step = STEPS[this.place - 1] ?? this.step;
  }
}

// The fake host's entrance and settings as far as the shell needs them: who is signed in, what the practice is.
import type { SessionView } from "../types";
import type { Handlers } from "./handlers";
import { refuse } from "./handlers";
import type { FakePractice } from "./practice";

export const FAKE_PASSWORD = "Semainier-2026!";

export function sessionView(practice: FakePractice): SessionView {
  const user = practice.user ?? refuse("locked");
  return {
    user_id: user.id,
    login: user.login,
    name: user.name,
    administrator: user.administrator,
    role: user.role,
    practitioner_id: user.practitioner_id,
    clinical_pending: false,
    permissions: [],
    practice: practice.name,
    country: "FR",
    today: practice.today,
    preferences: { language: "fr", theme: "system", density: "normal", letters: true, columns: [] },
    lock_after_minutes: 10,
    demonstration: true,
  };
}

export function entranceHandlers(practice: FakePractice): Handlers {
  return {
    read_entrance() {
      return {
        state: practice.user ? "open" : "closed",
        folder: "…/Semainier",
        practice: practice.name,
        users: practice.users.map(({ login, name }) => ({ login, name })),
        keyring: true,
        zones: [
          { country: "FR", zones: ["Europe/Paris", "Indian/Reunion", "America/Guadeloupe"] },
          { country: "MA", zones: ["Africa/Casablanca"] },
        ],
        session: practice.user ? sessionView(practice) : null,
        demonstration: true,
      };
    },
    sign_in({ login, password }) {
      const user = practice.users.find((one) => one.login === login);
      if (!user || password !== FAKE_PASSWORD) return refuse("wrong_password", "password");
      practice.user = user;
      return { session: sessionView(practice), recovery_key: null, clinical_recovery_key: null };
    },
    open_demonstration() {
      practice.user = practice.users[0] ?? null;
      return sessionView(practice);
    },
    lock() {
      practice.user = null;
      return { sequence: null };
    },
    save_preferences() {
      return { sequence: null };
    },
    list_drafts() {
      return { drafts: [] };
    },
    save_draft() {
      return { sequence: null };
    },
    show_practice() {
      return {
        name: practice.name,
        country: "FR",
        sites: practice.sites,
        practitioners: practice.practitioners,
        types: practice.types,
        lock_after_minutes: 10,
      };
    },
  };
}

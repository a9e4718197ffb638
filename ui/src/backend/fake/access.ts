// The fake host's users, preferences, drafts and connection log.
import type { ConnectionView, UserView } from "../types";
import { judged } from "./entrance";
import { type Handlers, refuse } from "./handlers";
import type { FakePractice, FakeUser } from "./practice";
import { FAKE_PASSWORD, FAKE_RECOVERY_KEY } from "./entrance";

function view({ id, login, name, administrator, role, practitioner_id, state }: FakeUser): UserView {
  return { id, login, name, administrator, role, practitioner_id, state };
}

export const FAKE_GRANT_CODE = "4821 0937 5566";

export function accessHandlers(practice: FakePractice): Handlers {
  let drafts: { kind: string; body: string }[] = [];
  let rekeyOffered = false;

  const find = (id: string): FakeUser => practice.users.find((one) => one.id === id) ?? refuse("not_found");
  const saved = (user: FakeUser): UserView => {
    practice.announce("access", user.id);
    return view(user);
  };

  return {
    list_users() {
      const users = practice.users.map(view).sort((a, b) => a.name.localeCompare(b.name));
      return { users, rekey_offered: rekeyOffered };
    },

    add_user(request) {
      if (!request.name.trim()) refuse("name_missing", "name");
      if (practice.users.some((one) => one.login === request.login)) refuse("login_taken", "login");
      if (!judged(request.password, []).accepted) refuse("weak_password", "password");
      const doctor =
        request.role === "practitioner"
          ? (practice.practitioners.find((one) => one.id === request.practitioner_id) ?? practice.addPractitioner(request.name, ""))
          : null;
      const user: FakeUser = {
        id: practice.id("user"),
        login: request.login,
        name: request.name,
        role: request.role,
        administrator: request.administrator || request.role === "administrator",
        practitioner_id: doctor?.id ?? null,
        state: doctor ? "clinical_pending" : "active",
      };
      practice.users.push(user);
      return saved(user);
    },

    update_user({ id, name, administrator }) {
      const user = find(id);
      const last = practice.users.filter((one) => one.administrator && one.state !== "disabled").length === 1;
      if (user.administrator && !administrator && last) refuse("last_administrator", "administrator");
      user.name = name;
      user.administrator = administrator;
      return saved(user);
    },

    disable_user({ id }) {
      const user = find(id);
      if (user === practice.user) refuse("not_yourself");
      user.state = "disabled";
      rekeyOffered = true;
      return saved(user);
    },

    reset_password({ id, new_password }) {
      if (!judged(new_password, []).accepted) refuse("weak_password", "new_password");
      const user = find(id);
      if (user.role === "practitioner") user.state = "clinical_pending";
      return saved(user);
    },

    show_grant_code({ id }) {
      if (find(id).state !== "clinical_pending") refuse("not_pending");
      return { code: practice.swapped ? "9999 0000 1111" : FAKE_GRANT_CODE };
    },

    show_own_grant_code() {
      if (practice.user?.state !== "clinical_pending") refuse("not_pending");
      return { code: FAKE_GRANT_CODE };
    },

    grant_clinical({ id, code }) {
      const user = find(id);
      if (code !== (practice.swapped ? "9999 0000 1111" : FAKE_GRANT_CODE)) refuse("grant_code_differs");
      user.state = "active";
      return saved(user);
    },

    recover_clinical({ password }) {
      if (password !== FAKE_PASSWORD) refuse("wrong_credentials", "password");
      if (practice.user) practice.user.state = "active";
      return { sequence: null };
    },

    change_password({ password, new_password }) {
      if (password !== FAKE_PASSWORD) refuse("wrong_credentials", "password");
      if (!judged(new_password, []).accepted) refuse("weak_password", "new_password");
      return { sequence: null };
    },

    rekey({ password }) {
      if (password !== FAKE_PASSWORD) refuse("wrong_credentials", "password");
      rekeyOffered = false;
      return { recovery_key: FAKE_RECOVERY_KEY };
    },

    list_connections() {
      const events: ConnectionView["event"][] = ["signed_in", "locked", "signed_in", "failed", "signed_in", "signed_out", "recovered"];
      const connections = practice.users.flatMap((user, u) =>
        events.map((event, i) => ({
          at: `2026-11-${String(24 - u).padStart(2, "0")}T${String(8 + i).padStart(2, "0")}:${String(12 + u * 7).padStart(2, "0")}:09Z`,
          user: user.name,
          workstation: u === 0 ? "accueil" : "bureau-1",
          event,
        })),
      );
      return { connections: connections.sort((a, b) => b.at.localeCompare(a.at)) };
    },

    save_preferences(preferences) {
      practice.preferences = preferences;
      return { sequence: null };
    },
    list_drafts: () => ({ drafts }),
    save_draft({ kind, body }) {
      drafts = drafts.filter((one) => one.kind !== kind);
      if (body) drafts = [...drafts, { kind, body }];
      return { sequence: null };
    },
  };
}

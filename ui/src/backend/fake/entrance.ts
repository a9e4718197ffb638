// The fake host's entrance: the first start, signing in with its delay, recovery. Keys and passwords are make-believe;
// their forms are the host's.
import type { CreatedView, PasswordView, Permission, SessionView } from "../types";
import { type Handlers, refuse } from "./handlers";
import type { FakePractice, FakeUser } from "./practice";

export const FAKE_PASSWORD = "Semainier-2026!";
export const FAKE_RECOVERY_KEY = "7KQ2M-X4RTD-0F8HJ-N3WPC-B6YV9-2GZES-5A1KM-T8QXR";
export const FAKE_CLINICAL_KEY = "D4H9P-1WSNB-V7E3G-R0KJ6-ZC5TX-8MYQ2-F1AHD-6NWKP";

const PERMISSIONS: Record<Permission, (user: FakeUser) => boolean> = {
  read_agenda: () => true,
  change_agenda: (user) => user.role !== "administrator",
  read_patients: (user) => user.role !== "administrator",
  change_patients: (user) => user.role !== "administrator",
  merge_patients: (user) => user.role !== "administrator",
  read_clinical: (user) => user.role === "practitioner",
  grant_clinical: (user) => user.role === "practitioner",
  manage_users: (user) => user.administrator,
  manage_settings: (user) => user.administrator,
  manage_backups: (user) => user.administrator,
  read_journal: (user) => user.administrator || user.role === "practitioner",
  import_data: () => true,
  correct_done: (user) => user.role === "practitioner",
  read_my_day: (user) => user.role === "practitioner",
  export_data: (user) => user.role === "practitioner",
  publish_agenda: (user) => user.administrator || user.role === "practitioner",
  read_statistics: (user) => user.administrator || user.role === "practitioner",
  note_calls: (user) => user.role !== "administrator",
  answer_calls: (user) => user.role === "practitioner",
  write_clinical: (user) => user.role === "practitioner",
  read_drugs: () => true,
  import_drugs: (user) => user.administrator || user.role === "practitioner",
  file_documents: (user) => user.role !== "administrator",
  take_requests: () => true,
  keep_privacy: (user) => user.administrator || user.role === "practitioner",
};

export function permissionsOf(user: FakeUser): Permission[] {
  return Object.entries(PERMISSIONS).flatMap(([permission, may]) => (may(user) ? [permission as Permission] : []));
}

export function sessionView(practice: FakePractice): SessionView {
  const user = practice.user ?? refuse("signed_out");
  return {
    vault: practice.vault,
    user_id: user.id,
    login: user.login,
    name: user.name,
    administrator: user.administrator,
    role: user.role,
    practitioner_id: user.practitioner_id,
    clinical_pending: user.state === "clinical_pending",
    old_keys: practice.oldKeys,
    permissions: permissionsOf(user),
    practice: practice.name,
    country: practice.country,
    today: practice.today,
    preferences: practice.preferences,
    lock_after_minutes: practice.lockAfter,
    demonstration: practice.demonstration,
  };
}

/** As the host judges, roughly: one of the three forms, not a run of one sign, not mostly known words. */
export function judged(password: string, known: string[]): PasswordView {
  const kinds = [/\p{Lu}/u, /\p{Ll}/u, /\p{N}/u, /[^\p{L}\p{N}]/u].filter((kind) => kind.test(password)).length;
  const words = new Set(password.trim().split(/\s+/)).size;
  const form =
    words >= 7
      ? "seven_words"
      : password.length >= 12 && kinds === 4
        ? "twelve_of_four"
        : password.length >= 14 && kinds >= 3
          ? "fourteen_of_three"
          : null;
  const weaknesses: string[] = [];
  if (!form) weaknesses.push(password.length < 12 ? "too_short" : "too_few_kinds");
  if (new Set(password).size < 6) weaknesses.push("guessable");
  const rest = known.reduce((left, word) => left.replaceAll(word.toLowerCase(), ""), password.toLowerCase());
  if (rest.length * 2 < password.length) weaknesses.push("personal_word");
  const score = Math.min(4, Math.floor(password.length / 4));
  return { accepted: weaknesses.length === 0, score: weaknesses.includes("guessable") ? 0 : score, form, weaknesses };
}

export function entranceHandlers(practice: FakePractice): Handlers {
  const passwords = new Map<string, string>();
  let failures = 0;

  function opened(keys: Partial<CreatedView> = {}): CreatedView {
    failures = 0;
    return { session: sessionView(practice), recovery_key: null, clinical_recovery_key: null, ...keys };
  }

  return {
    read_entrance() {
      return {
        state: practice.user ? "open" : practice.users.length === 0 ? "none" : "closed",
        folder: practice.folder,
        practice: practice.users.length === 0 ? "" : practice.name,
        users: practice.users.filter((one) => one.state !== "disabled").map(({ login, name }) => ({ login, name })),
        keyring: practice.keyring,
        zones: [
          { country: "FR", zones: ["Europe/Paris", "Indian/Reunion", "America/Guadeloupe", "America/Martinique", "America/Cayenne"] },
          { country: "MA", zones: ["Africa/Casablanca", "Africa/El_Aaiun"] },
        ],
        session: practice.user ? sessionView(practice) : null,
        demonstration: practice.demonstration,
      };
    },

    judge_password: ({ password, known }) => judged(password, known),

    create_practice(request) {
      if (practice.users.length > 0) refuse("vault_exists");
      if (!request.practice.trim()) refuse("name_missing", "practice");
      if (!/^[a-z0-9._-]+$/i.test(request.login)) refuse("bad_login", "login");
      if (!judged(request.password, []).accepted) refuse("weak_password", "password");
      practice.name = request.practice;
      practice.country = request.country;
      practice.sites.push({
        id: practice.id("site"),
        name: request.site,
        zone: request.zone,
        address: "",
        postcode: "",
        city: "",
        phone: "",
        active: true,
      });
      practice.addType("Consultation", "cs", 20, "blue");
      const doctor = request.role === "practitioner" ? practice.addPractitioner(request.name, request.speciality) : null;
      const user: FakeUser = {
        id: practice.id("user"),
        login: request.login,
        name: request.name,
        role: request.role,
        administrator: true,
        practitioner_id: doctor?.id ?? null,
        state: "active",
      };
      practice.users.push(user);
      practice.user = user;
      passwords.set(user.login, request.password);
      return opened({ recovery_key: FAKE_RECOVERY_KEY, clinical_recovery_key: doctor ? FAKE_CLINICAL_KEY : null });
    },

    open_demonstration() {
      practice.user = practice.users[0] ?? null;
      return sessionView(practice);
    },

    sign_in({ login, password }) {
      const user = practice.users.find((one) => one.login === login && one.state !== "disabled");
      if (!user || password !== (passwords.get(login) ?? FAKE_PASSWORD)) {
        failures += 1;
        const seconds = failures < 2 ? 0 : Math.min(60, 2 ** (failures - 2));
        return refuse("wrong_credentials", "password", seconds > 0 ? { seconds: String(seconds) } : {});
      }
      practice.user = user;
      return opened();
    },

    recover_access({ login, recovery_key, new_password }) {
      const plain = (key: string) => key.toUpperCase().replace(/[^0-9A-Z]/g, "");
      const user = practice.users.find((one) => one.login === login) ?? refuse("user_not_found", "login");
      if (plain(recovery_key).length !== 40) {
        refuse("bad_recovery_key", "recovery_key");
      }
      if (plain(recovery_key) !== plain(FAKE_RECOVERY_KEY)) refuse("wrong_recovery_key", "recovery_key");
      passwords.set(login, new_password);
      practice.user = user;
      return opened();
    },

    print_recovery_sheet: ({ which }) => ({ name: `cle-${which}.pdf`, media: "application/pdf", base64: btoa("%PDF-1.7") }),
  };
}

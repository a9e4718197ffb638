// The fake host's reading of the booking box: enough of the host's rule for screens to react to (steps, types, a few
// dates and times, a practitioner after `dr`), on the fake's own patients and slots. What is read is decided in Rust.
import type { BoxView, Commands, UnderstoodView } from "../types";
import type { Handlers } from "./handlers";
import { folded, matchesOf, matchView } from "./patients";
import type { FakePractice } from "./practice";

type Wish = { kind: UnderstoodView["kind"]; value: string; sure: boolean };

const WEEKDAYS: [string, string][] = [
  ["lundi", "lun"],
  ["mardi", "mar"],
  ["mercredi", "mer"],
  ["jeudi", "jeu"],
  ["vendredi", "ven"],
  ["samedi", "sam"],
  ["dimanche", "dim"],
];

const day = (from: string, add: number): string => new Date(Date.parse(`${from}T00:00:00Z`) + add * 86_400_000).toISOString().slice(0, 10);
const two = (n: number): string => String(n).padStart(2, "0");

function wishOf(word: string, practice: FakePractice): Wish | null {
  const { today } = practice;
  if (/^\++$/.test(word) || /^-+$/.test(word)) return { kind: "minutes", value: String(word.startsWith("+") ? word.length : -word.length), sure: true };
  const shift = /^\+(\d+)(j|s)$/.exec(word);
  if (shift) return { kind: "day", value: day(today, Number(shift[1]) * (shift[2] === "s" ? 7 : 1)), sure: true };
  const time = /^(\d{1,2})[h:](\d\d)?$/.exec(word);
  if (time) return { kind: "time", value: `${two(Number(time[1]))}:${time[2] ?? "00"}`, sure: true };
  const date = /^(\d{1,2})\/(\d{1,2})$/.exec(word);
  if (date) {
    const such = `${two(Number(date[2]))}-${two(Number(date[1]))}`;
    const year = Number(today.slice(0, 4)) + (such < today.slice(5) ? 1 : 0);
    return { kind: "day", value: `${year}-${such}`, sure: true };
  }
  if (word === "demain" || word === "غدا") return { kind: "day", value: day(today, 1), sure: false };
  const type = practice.types.find((one) => one.active && folded(one.short_name) === word);
  if (type) return { kind: "type", value: type.id, sure: false };
  const weekday = WEEKDAYS.findIndex((names) => names.includes(word));
  if (weekday >= 0) {
    const now = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
    return { kind: "day", value: day(today, ((weekday - now - 1 + 14) % 7) + 1), sure: false };
  }
  return null;
}

interface Word {
  from: number;
  to: number;
  text: string;
  wish: Wish | null;
}

function wordsOf(text: string, practice: FakePractice): Word[] {
  const words = [...text.matchAll(/\S+/g)].map((found): Word => ({
    from: found.index,
    to: found.index + found[0].length,
    text: found[0],
    wish: wishOf(folded(found[0]).trim(), practice) ?? wishOf(found[0].toLowerCase(), practice),
  }));
  words.forEach((word, at) => {
    // A weekday beside a time is no name.
    if (word.wish?.kind === "day" && [words[at - 1], words[at + 1]].some((other) => other?.wish?.kind === "time")) word.wish.sure = true;
    const next = words[at + 1];
    if (word.text.toLowerCase() !== "dr" || !next) return;
    const who = practice.practitioners.filter((one) => folded(one.name).split(" ").some((part) => part.startsWith(folded(next.text))));
    if (who.length !== 1 || !who[0]) return;
    words.splice(at, 2, { from: word.from, to: next.to, text: `${word.text} ${next.text}`, wish: { kind: "practitioner", value: who[0].id, sure: true } });
  });
  return words;
}

export function boxHandlers(practice: FakePractice, findSlots: NonNullable<Handlers["find_slots"]>): Handlers {
  function settle(text: string) {
    const words = wordsOf(text, practice);
    const doubtful = words.filter((word) => word.wish && !word.wish.sure);
    for (let count = 0; ; count++) {
      const meant = new Set(doubtful.slice(doubtful.length - count));
      const wishes = words.filter((word) => word.wish && (word.wish.sure || meant.has(word)));
      const search = words.filter((word) => !wishes.includes(word)).map((word) => word.text).join(" ");
      const found = search ? matchesOf(practice, search) : [];
      if (!search || found.length > 0) return { wishes, search, found };
      if (count === doubtful.length) {
        const sure = words.filter((word) => word.wish?.sure);
        return { wishes: sure, search: words.filter((word) => !sure.includes(word)).map((word) => word.text).join(" "), found: [] };
      }
    }
  }

  async function readBox({ text, limit, type_id, patient_id, slots }: Commands["read_box"]["request"]): Promise<BoxView> {
    const { wishes, search, found: matching } = settle(text);
    const value = (kind: Wish["kind"]): string | null => wishes.findLast((word) => word.wish?.kind === kind)?.wish?.value ?? null;
    const known = practice.patients.find((one) => one.id === patient_id);
    const found = search === "" && known ? [known] : matching;
    const type = practice.types.find((one) => one.id === (value("type") ?? type_id));
    const steps = wishes.reduce((sum, word) => sum + (word.wish?.kind === "minutes" ? Number(word.wish.value) : 0), 0);
    const minutes = type ? Math.max(5, type.minutes + 5 * steps) : 0;
    const whose = value("practitioner") as BoxView["practitioner_id"];
    const [on, time] = [value("day"), value("time")];
    const view: BoxView = {
      search,
      understood: wishes.map(({ from, to, wish }) => ({
        from,
        to,
        kind: wish?.kind ?? "day",
        value: wish?.kind === "minutes" ? String(minutes) : (wish?.value ?? ""),
      })),
      sought: /^[+\d][\d\s.]{5,}$/.test(search.trim()) ? [{ kind: "phone", value: search.replace(/\D/g, "").replace(/^0/, "") }] : [],
      matches: found.slice(0, limit).map((one) => matchView(practice, one, search)),
      more: found.length > limit,
      type_id: type?.id ?? null,
      practitioner_id: whose,
      minutes,
      wished: on !== null || time !== null,
      known: "",
      slots: null,
    };
    if (!slots || !type) return view;
    const from = on ? (time ? `${on}T${time}` : on) : time ? `${practice.today}T${time}` : slots.from;
    view.known = JSON.stringify([type.id, minutes, whose ?? slots.practitioners, from, slots.part, time]);
    if (view.known !== slots.known) {
      const all = await findSlots({ practitioners: whose ? [whose] : slots.practitioners, type_id: type.id, minutes, from, days: slots.days, part: slots.part, count: slots.count });
      const near = all.slots.filter((slot) => !time || slot.starts.slice(11) >= time);
      view.slots = near.length > 0 ? near : all.slots;
    }
    return view;
  }

  return { read_box: readBox };
}

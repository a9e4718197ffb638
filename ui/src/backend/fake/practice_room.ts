// The fake host's settings of the practice: sites, practitioners, types, opening hours, absences.
import type { AbsenceView, HoursView, PractitionerId, ResourceId, ResourceKindId, SiteId, TypeId } from "../types";
import { type Handlers, refuse } from "./handlers";
import { ACTIVE, type FakePractice } from "./practice";

/** Luhn's check, as RPPS numbers have it. */
function luhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, digit, place) => {
    const twice = place % 2 === 1 ? Number(digit) * 2 : Number(digit);
    return total + (twice > 9 ? twice - 9 : twice);
  }, 0);
  return sum % 10 === 0;
}

function checked(rpps: string, inpe: string): string[] {
  const warnings: string[] = [];
  if (rpps && !/^\d{11}$/.test(rpps)) warnings.push("rpps_format");
  else if (rpps && !luhn(rpps)) warnings.push("rpps_check");
  if (inpe && !/^\d{9}$/.test(inpe)) warnings.push("inpe_format");
  return warnings;
}

interface OwnAbsence extends AbsenceView {
  practitioner_id: PractitionerId;
}

export function practiceHandlers(practice: FakePractice): Handlers {
  const hours = new Map<PractitionerId, HoursView[]>();
  practice.ownAbsences = practice.absences.map((one) => ({
    id: one.id as AbsenceView["id"],
    practitioner_id: one.practitioner_id,
    starts: `${one.day}T${String(Math.floor(one.from / 60)).padStart(2, "0")}:00`,
    ends: `${one.day}T${String(Math.floor(one.to / 60)).padStart(2, "0")}:30`,
    label: one.label,
    hits: 0,
  }));
  const sorted = (all: OwnAbsence[]) => all.sort((a, b) => a.starts.localeCompare(b.starts));

  function hoursOf(practitioner: PractitionerId): HoursView[] {
    let own = hours.get(practitioner);
    if (!own) {
      own = [1, 2, 3, 4, 5].flatMap((weekday) =>
        practice.open.map((span) => ({
          id: practice.id<HoursView["id"]>("hours"),
          weekday,
          ...span,
          valid_from: null,
          valid_until: null,
          weeks: "every" as const,
        })),
      );
      hours.set(practitioner, own);
    }
    return own;
  }

  function hits(one: { practitioner_id: PractitionerId; starts: string; ends: string }): number {
    return practice.appointments.filter((other) => {
      if (other.practitioner_id !== one.practitioner_id || other.minute === null || !ACTIVE.includes(other.status)) return false;
      const starts = `${other.day}T${String(Math.floor(other.minute / 60)).padStart(2, "0")}:${String(other.minute % 60).padStart(2, "0")}`;
      return starts >= one.starts && starts < one.ends;
    }).length;
  }

  const done = (id: string) => {
    practice.announce("practice", id);
    return { id };
  };

  return {
    show_practice: () => ({
      name: practice.name,
      country: practice.country,
      sites: practice.sites,
      practitioners: practice.practitioners,
      types: practice.types,
      resource_kinds: practice.resourceKinds,
      resources: practice.resources,
      lock_after_minutes: practice.lockAfter,
    }),

    update_practice({ name, lock_after_minutes }) {
      if (!name.trim()) refuse("name_missing", "name");
      if (lock_after_minutes < 1 || lock_after_minutes > 60) refuse("out_of_range", "lock_after_minutes", { from: "1", to: "60" });
      practice.name = name;
      practice.lockAfter = lock_after_minutes;
      practice.announce("practice");
      return { sequence: null };
    },

    save_site({ id, ...fields }) {
      if (!fields.name.trim()) refuse("name_missing", "name");
      const known = practice.sites.find((one) => one.id === id);
      if (known) Object.assign(known, fields);
      else practice.sites.push({ id: practice.id<SiteId>("site"), ...fields });
      return done(known?.id ?? practice.sites.at(-1)?.id ?? "");
    },

    save_practitioner({ id, site_id, ...fields }) {
      if (!fields.name.trim()) refuse("name_missing", "name");
      const known = practice.practitioners.find((one) => one.id === id) ?? practice.addPractitioner(fields.name, fields.speciality);
      Object.assign(known, fields, { site_id: site_id ?? known.site_id, warnings: checked(fields.rpps, fields.inpe) });
      return done(known.id);
    },

    save_type({ id, ...fields }) {
      if (!fields.name.trim()) refuse("name_missing", "name");
      if (fields.minutes < 1 || fields.minutes > 1440) refuse("bad_duration", "minutes");
      if (fields.provider_time && !/^[X/]*X[X/]*$/.test(fields.provider_time)) refuse("bad_provider_time", "provider_time");
      const parts = Math.ceil(fields.minutes / 5);
      if (fields.provider_time && fields.provider_time.length !== parts) refuse("provider_time_length", "provider_time", { parts: String(parts) });
      const known = practice.types.find((one) => one.id === id);
      if (known) Object.assign(known, fields);
      else practice.types.push({ id: practice.id<TypeId>("type"), ...fields });
      return done(known?.id ?? practice.types.at(-1)?.id ?? "");
    },

    save_resource_kind({ id, ...fields }) {
      if (!fields.name.trim()) refuse("name_missing", "name");
      const known = practice.resourceKinds.find((one) => one.id === id);
      if (known) Object.assign(known, fields);
      else practice.resourceKinds.push({ id: practice.id<ResourceKindId>("kind"), ...fields });
      return done(known?.id ?? practice.resourceKinds.at(-1)?.id ?? "");
    },

    save_resource({ id, site_id, ...fields }) {
      if (!fields.name.trim()) refuse("name_missing", "name");
      const known = practice.resources.find((one) => one.id === id);
      const site = site_id ?? practice.sites[0]?.id ?? refuse("not_found", "site_id");
      if (known) Object.assign(known, fields, { site_id: site });
      else practice.resources.push({ id: practice.id<ResourceId>("resource"), ...fields, site_id: site });
      return done(known?.id ?? practice.resources.at(-1)?.id ?? "");
    },

    show_opening({ practitioner_id }) {
      return {
        hours: hoursOf(practitioner_id),
        absences: practice.ownAbsences
          .filter((one) => one.practitioner_id === practitioner_id)
          .map(({ practitioner_id: whose, ...one }) => ({ ...one, hits: hits({ practitioner_id: whose, ...one }) })),
      };
    },

    set_hours({ practitioner_id, weekdays, lines }) {
      const overlap = lines.some((a, i) =>
        lines.some((b, j) => i < j && a.weekday === b.weekday && a.weeks === b.weeks && a.from < b.to && b.from < a.to),
      );
      if (overlap) refuse("bad_hours", "lines");
      const kept = hoursOf(practitioner_id).filter((one) => !weekdays.includes(one.weekday));
      const fresh = lines.map((line) => ({ ...line, id: practice.id<HoursView["id"]>("hours") }));
      hours.set(practitioner_id, [...kept, ...fresh].sort((a, b) => a.weekday - b.weekday || a.from - b.from));
      return done(practitioner_id);
    },

    add_absence(request) {
      if (request.ends <= request.starts) refuse("ends_before_start", "ends");
      const one = { ...request, id: practice.id<AbsenceView["id"]>("absence"), hits: hits(request) };
      practice.ownAbsences = sorted([...practice.ownAbsences, one]);
      return done(one.id);
    },

    remove_absence({ id }) {
      const gone = practice.ownAbsences.find((one) => one.id === id) ?? refuse("not_found");
      practice.ownAbsences = practice.ownAbsences.filter((one) => one.id !== id);
      const sequence = practice.record("remove_absence", id, () => {
        practice.ownAbsences = sorted([...practice.ownAbsences, gone]);
        practice.announce("practice", id);
      });
      practice.announce("practice", id);
      return { sequence };
    },
  };
}

// What came from the portal, in words: its icon, its kind, and the sentence that says what it asks of somebody.
import type { PortalNoticeView } from "$backend/types";
import type { IconName } from "$kit/icons";
import { messageByKey } from "$messages/index";

type Kind = PortalNoticeView["kind"];

const ICONS: Record<Kind, IconName> = {
  request: "st_requested",
  booked: "calendar",
  moved: "move",
  cancelled: "st_cancelled",
  confirmed: "st_confirmed",
  clash: "warning",
  waiting: "waiting",
  new_person: "user_add",
  consent: "file",
};

export const noticeIcon = (kind: Kind): IconName => ICONS[kind];
export const noticeWord = (kind: Kind): string => messageByKey(`portal_notice_${kind}`) ?? kind;
export const noticeText = (kind: Kind): string => messageByKey(`portal_says_${kind}`) ?? "";

/** Those that somebody has to decide or to look at; the rest is only told. */
export const isUrgent = (one: PortalNoticeView): boolean => !one.seen && (one.kind === "request" || one.kind === "clash");

// The window's icons: one set, stroke 1.5, only those that are used. They stand once in the page as a sprite, so that an
// icon in the grid is one small <use>. The first picture does not wait for it.
import activity from "lucide-static/icons/activity.svg?raw";
import arrowLeft from "lucide-static/icons/arrow-left.svg?raw";
import arrowRight from "lucide-static/icons/arrow-right.svg?raw";
import arrowUpDown from "lucide-static/icons/arrow-up-down.svg?raw";
import ban from "lucide-static/icons/ban.svg?raw";
import building2 from "lucide-static/icons/building-2.svg?raw";
import calendar from "lucide-static/icons/calendar.svg?raw";
import calendarDays from "lucide-static/icons/calendar-days.svg?raw";
import calendarSync from "lucide-static/icons/calendar-sync.svg?raw";
import calendarX from "lucide-static/icons/calendar-x.svg?raw";
import chartColumn from "lucide-static/icons/chart-column.svg?raw";
import circlePause from "lucide-static/icons/circle-pause.svg?raw";
import cloudOff from "lucide-static/icons/cloud-off.svg?raw";
import globe from "lucide-static/icons/globe.svg?raw";
import penLine from "lucide-static/icons/pen-line.svg?raw";
import check from "lucide-static/icons/check.svg?raw";
import chevronDown from "lucide-static/icons/chevron-down.svg?raw";
import chevronLeft from "lucide-static/icons/chevron-left.svg?raw";
import chevronRight from "lucide-static/icons/chevron-right.svg?raw";
import chevronUp from "lucide-static/icons/chevron-up.svg?raw";
import circle from "lucide-static/icons/circle.svg?raw";
import circleAlert from "lucide-static/icons/circle-alert.svg?raw";
import circleDashed from "lucide-static/icons/circle-dashed.svg?raw";
import circleDot from "lucide-static/icons/circle-dot.svg?raw";
import circleQuestionMark from "lucide-static/icons/circle-question-mark.svg?raw";
import clipboardPaste from "lucide-static/icons/clipboard-paste.svg?raw";
import clock from "lucide-static/icons/clock.svg?raw";
import columns3 from "lucide-static/icons/columns-3.svg?raw";
import copy from "lucide-static/icons/copy.svg?raw";
import diamond from "lucide-static/icons/diamond.svg?raw";
import doorOpen from "lucide-static/icons/door-open.svg?raw";
import download from "lucide-static/icons/download.svg?raw";
import ellipsis from "lucide-static/icons/ellipsis.svg?raw";
import eye from "lucide-static/icons/eye.svg?raw";
import eyeOff from "lucide-static/icons/eye-off.svg?raw";
import fileText from "lucide-static/icons/file-text.svg?raw";
import folderInput from "lucide-static/icons/folder-input.svg?raw";
import folderOpen from "lucide-static/icons/folder-open.svg?raw";
import flaskConical from "lucide-static/icons/flask-conical.svg?raw";
import footprints from "lucide-static/icons/footprints.svg?raw";
import hardDrive from "lucide-static/icons/hard-drive.svg?raw";
import history from "lucide-static/icons/history.svg?raw";
import heartPulse from "lucide-static/icons/heart-pulse.svg?raw";
import hourglass from "lucide-static/icons/hourglass.svg?raw";
import house from "lucide-static/icons/house.svg?raw";
import info from "lucide-static/icons/info.svg?raw";
import keyRound from "lucide-static/icons/key-round.svg?raw";
import keyboard from "lucide-static/icons/keyboard.svg?raw";
import languages from "lucide-static/icons/languages.svg?raw";
import layers from "lucide-static/icons/layers.svg?raw";
import layoutGrid from "lucide-static/icons/layout-grid.svg?raw";
import list from "lucide-static/icons/list.svg?raw";
import listFilter from "lucide-static/icons/list-filter.svg?raw";
import lock from "lucide-static/icons/lock.svg?raw";
import lockOpen from "lucide-static/icons/lock-open.svg?raw";
import logOut from "lucide-static/icons/log-out.svg?raw";
import mail from "lucide-static/icons/mail.svg?raw";
import messageSquare from "lucide-static/icons/message-square.svg?raw";
import merge from "lucide-static/icons/merge.svg?raw";
import minus from "lucide-static/icons/minus.svg?raw";
import moon from "lucide-static/icons/moon.svg?raw";
import move from "lucide-static/icons/move.svg?raw";
import notebookPen from "lucide-static/icons/notebook-pen.svg?raw";
import pencil from "lucide-static/icons/pencil.svg?raw";
import phone from "lucide-static/icons/phone.svg?raw";
import play from "lucide-static/icons/play.svg?raw";
import pill from "lucide-static/icons/pill.svg?raw";
import plus from "lucide-static/icons/plus.svg?raw";
import printer from "lucide-static/icons/printer.svg?raw";
import refreshCw from "lucide-static/icons/refresh-cw.svg?raw";
import rows3 from "lucide-static/icons/rows-3.svg?raw";
import scissors from "lucide-static/icons/scissors.svg?raw";
import reply from "lucide-static/icons/reply.svg?raw";
import scale from "lucide-static/icons/scale.svg?raw";
import search from "lucide-static/icons/search.svg?raw";
import syringe from "lucide-static/icons/syringe.svg?raw";
import ticket from "lucide-static/icons/ticket.svg?raw";
import usersRound from "lucide-static/icons/users-round.svg?raw";
import settings from "lucide-static/icons/settings.svg?raw";
import shieldAlert from "lucide-static/icons/shield-alert.svg?raw";
import shieldCheck from "lucide-static/icons/shield-check.svg?raw";
import slidersHorizontal from "lucide-static/icons/sliders-horizontal.svg?raw";
import stethoscope from "lucide-static/icons/stethoscope.svg?raw";
import stickyNote from "lucide-static/icons/sticky-note.svg?raw";
import sun from "lucide-static/icons/sun.svg?raw";
import sunMoon from "lucide-static/icons/sun-moon.svg?raw";
import trash2 from "lucide-static/icons/trash-2.svg?raw";
import triangleAlert from "lucide-static/icons/triangle-alert.svg?raw";
import undo2 from "lucide-static/icons/undo-2.svg?raw";
import upload from "lucide-static/icons/upload.svg?raw";
import user from "lucide-static/icons/user.svg?raw";
import userCog from "lucide-static/icons/user-cog.svg?raw";
import userPlus from "lucide-static/icons/user-plus.svg?raw";
import users from "lucide-static/icons/users.svg?raw";
import x from "lucide-static/icons/x.svg?raw";

const sources = {
  minus: minus,
  columns: columns3,
  agenda: calendarDays,
  my_day: sun,
  patients: users,
  drugs: pill,
  results: flaskConical,
  practices: layoutGrid,
  takeover: folderInput,
  statistics: chartColumn,
  publishing: calendarSync,
  settings: settings,
  display: slidersHorizontal,
  scale: scale,
  search: search,
  left: chevronLeft,
  right: chevronRight,
  down: chevronDown,
  up: chevronUp,
  close: x,
  check: check,
  undo: undo2,
  lock: lock,
  unlock: lockOpen,
  privacy: eyeOff,
  show: eye,
  plus: plus,
  warning: triangleAlert,
  error: circleAlert,
  info: info,
  clock: clock,
  phone: phone,
  walk_in: footprints,
  keyboard: keyboard,
  light: sun,
  dark: moon,
  system: sunMoon,
  language: languages,
  density: rows3,
  edit: pencil,
  print: printer,
  user_add: userPlus,
  user: user,
  users: userCog,
  missed: calendarX,
  file: fileText,
  download: download,
  upload: upload,
  trash: trash2,
  key: keyRound,
  shield: shieldCheck,
  disk: hardDrive,
  building: building2,
  doctor: stethoscope,
  history: history,
  cut: scissors,
  paste: clipboardPaste,
  move: move,
  more: ellipsis,
  merge: merge,
  folder: folderOpen,
  copy: copy,
  refresh: refreshCw,
  back: arrowLeft,
  forward: arrowRight,
  sign_out: logOut,
  help: circleQuestionMark,
  calendar: calendar,
  mail: mail,
  home: house,
  note: stickyNote,
  overbook: layers,
  room: doorOpen,
  waiting: hourglass,
  sort: arrowUpDown,
  list: list,
  filter: listFilter,
  code: ticket,
  message: messageSquare,
  reply: reply,
  relatives: usersRound,
  record: notebookPen,
  allergy: shieldAlert,
  condition: heartPulse,
  vaccination: syringe,
  measure: activity,
  portal: globe,
  offline: cloudOff,
  pause: circlePause,
  sign: penLine,
  st_requested: circleDashed,
  st_booked: circle,
  st_confirmed: circleDot,
  st_arrived: diamond,
  st_in_consultation: play,
  st_done: check,
  st_cancelled: ban,
  st_no_show: x,
  st_left: logOut,
  st_deleted: trash2,
};

export type IconName = keyof typeof sources;

function inner(source: string): string {
  return source.slice(source.indexOf(">", source.indexOf("<svg")) + 1, source.lastIndexOf("</svg>"));
}

/** Puts the sprite into the page, once. */
export function mountIcons(page: Document): void {
  if (page.getElementById("icons")) return;
  const sprite = page.createElementNS("http://www.w3.org/2000/svg", "svg");
  sprite.id = "icons";
  sprite.setAttribute("aria-hidden", "true");
  sprite.setAttribute("width", "0");
  sprite.setAttribute("height", "0");
  sprite.classList.add("icon-sprite");
  sprite.innerHTML = Object.entries(sources)
    .map(([name, source]) => `<symbol id="i-${name}" viewBox="0 0 24 24">${inner(source)}</symbol>`)
    .join("");
  page.body.prepend(sprite);
}

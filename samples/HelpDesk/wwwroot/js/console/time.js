import { language, t } from './texts.js';

let serverAhead = 0;

/** Learns the server's clock from an answer, because deadlines are the server's. Its header counts whole seconds. */
export function learnClock(dateHeader) {
  const difference = Date.parse(dateHeader) - Date.now();
  if (Math.abs(difference) > 2_000)
    serverAhead = difference;
}

export const now = () => Date.now() + serverAhead;

const dateTimeFormat = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'medium' });

export function dateTime(instant) {
  const date = new Date(instant);
  return Number.isNaN(date.getTime()) ? String(instant) : dateTimeFormat.format(date);
}

/** A length of time in its two greatest units. */
export function duration(milliseconds) {
  const seconds = Math.max(0, Math.floor(milliseconds / 1_000));
  const [days, hours, minutes] = [Math.floor(seconds / 86_400), Math.floor(seconds / 3_600) % 24, Math.floor(seconds / 60) % 60];
  if (days > 0) return t('time.days', days, hours);
  if (hours > 0) return t('time.hours', hours, minutes);
  if (minutes > 0) return t('time.minutes', minutes, seconds % 60);
  return t('time.seconds', seconds);
}

export const since = instant => duration(now() - Date.parse(instant));

export const until = instant => Date.parse(instant) - now();

const ticking = new Set();

/** Calls back every second for as long as the callback answers true. */
export function everySecond(callback) {
  if (callback())
    ticking.add(callback);
}

setInterval(() => {
  for (const callback of ticking)
    if (!callback())
      ticking.delete(callback);
}, 1_000);

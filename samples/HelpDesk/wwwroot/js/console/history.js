import { h } from './dom.js';
import { hasText, named, t } from './texts.js';
import { dateTime } from './time.js';

const who = entry => entry.actorName ?? (entry.actor ? named('actor', entry.actor) : null);

const what = entry => entry.trigger && hasText(`trigger.${entry.trigger}`) ? t(`trigger.${entry.trigger}`) : named('history', entry.kind);

const change = entry => entry.from && entry.to && entry.from !== entry.to
  ? t('history.change', named('status', entry.from), named('status', entry.to))
  : null;

/** What has happened to a session, newest first. */
export const historyList = entries => h('ol', { class: 'history' }, ...[...entries].reverse().map(entry => h('li', {},
  h('span', { class: 'history-what' }, what(entry)),
  ...[change(entry), who(entry), entry.detail && named('detail', entry.detail)].filter(Boolean).map(text => h('span', { class: 'history-more' }, text)),
  h('time', { datetime: entry.at }, dateTime(entry.at)))));

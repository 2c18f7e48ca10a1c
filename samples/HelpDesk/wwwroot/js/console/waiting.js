import { me } from './me.js';
import { selection } from './selection.js';
import { store } from './store.js';
import { t } from './texts.js';
import { duration, until } from './time.js';
import { toast } from './toasts.js';

const title = document.title;

/** Tells the technician that a customer waits, or that a colleague hands one over; the window's title counts those who wait. */
export function announce(event) {
  const { session } = event;
  const show = { label: t('toast.show'), run: () => selection.select(session.id) };
  if (session.status === 'waiting' && event.from && event.from !== 'waiting')
    toast(t('toast.waiting', session.customerName), { kind: 'waiting', action: show });
  else if (event.kind === 'alarm' && event.detail === '3' && (session.owner ?? session.createdBy).id === me.id)
    toast(t('toast.alarm', session.customerName, t(`deadline.${session.deadline.trigger}`), duration(until(session.deadline.at))), { kind: 'waiting', action: show });
  else if (session.status === 'transferring' && event.trigger === 'transfer' && session.owner?.id !== me.id && session.permitted.includes('acceptTransfer'))
    toast(t('toast.incoming', session.customerName), { kind: 'waiting', action: show });
}

export function countWaiting() {
  store.addEventListener('change', () => {
    const waiting = store.all.filter(session => session.status === 'waiting').length;
    document.title = waiting > 0 ? `(${waiting}) ${title}` : title;
  });
}

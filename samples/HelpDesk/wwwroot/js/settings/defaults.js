import { byId, h } from '../console/dom.js';
import { openForm } from './form.js';

export async function openDefaults(languages) {
  byId('languages').append(...languages.map(tag => h('option', { value: tag })));
  byId('time-zones').append(...['UTC', ...Intl.supportedValuesOf?.('timeZone') ?? []].map(zone => h('option', { value: zone })));
  await openForm('defaults-form', '/settings/email');
}

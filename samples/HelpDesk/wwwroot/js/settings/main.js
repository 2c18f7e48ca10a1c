import { byId } from '../console/dom.js';
import { get } from '../console/api.js';
import { describe } from '../console/problems.js';
import { openTemplates } from './template.js';
import { openDefaults } from './defaults.js';
import { openTimes } from './times.js';
import { openRights } from './rights.js';
import { openOrganization } from './organization.js';

const answer = await get('/settings/templates');
if (answer.ok) {
  byId('allowed').hidden = false;
  await Promise.all([openTemplates(answer.data), openDefaults(answer.data.languages), openTimes(), openRights(), openOrganization()]);
  document.body.dataset.ready = '';
} else {
  byId('refused').hidden = false;
  byId('refused').textContent = describe(answer);
}

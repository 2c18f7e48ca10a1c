import { byId } from '../console/dom.js';
import { remove } from '../console/api.js';
import { describe } from '../console/problems.js';
import { t } from '../console/texts.js';
import { toast } from '../console/toasts.js';
import { openForm } from './form.js';

const path = '/settings/organization';

/** How the organisation shows itself. An empty field is the product's, which stands in it as a shadow. */
export async function openOrganization() {
  const file = byId('organization-logo');
  const shown = byId('organization-logo-shown');
  const removal = byId('organization-logo-remove');
  // Left out, the logo stays as it is.
  let logo;

  function showLogo(source, isOwn) {
    shown.hidden = !source;
    removal.hidden = !isOwn;
    if (source)
      shown.src = source;
  }

  const form = await openForm('organization-form', path, (text, field) => field === 'languages' ? text.split(/[\s,;]+/).filter(tag => tag) : text, {
    more: () => logo === undefined ? {} : { logo },
    shown(document) {
      for (const field of byId('organization-form').querySelectorAll('[data-field]'))
        field.placeholder = [document.effective[field.dataset.field] ?? ''].flat().join(', ');
      logo = undefined;
      file.value = '';
      showLogo(document.effective.logo, Boolean(document.logo));
    },
  });

  file.addEventListener('change', () => {
    const [chosen] = file.files;
    if (!chosen)
      return;
    const reader = new FileReader();
    reader.addEventListener('load', () => {
      logo = reader.result;
      showLogo(logo, true);
    });
    reader.readAsDataURL(chosen);
  });
  removal.addEventListener('click', () => {
    logo = null;
    file.value = '';
    showLogo(null, false);
    file.focus();
  });
  byId('restore-organization').addEventListener('click', async () => {
    const answer = await remove(path);
    if (!answer.ok) {
      toast(describe(answer), { kind: 'error' });
      return;
    }
    form.show(answer.data);
    toast(t('organization.restored'));
  });
}

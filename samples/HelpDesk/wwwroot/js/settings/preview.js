import { byId, setText } from '../console/dom.js';
import { t } from '../console/texts.js';

const budget = 1600;
let html = null;

/** Shows a message as a customer would get it. The HTML is framed with a policy of its own, in which it can do nothing. */
export function showPreview(preview) {
  setText(byId('preview-subject'), preview.subject);
  setText(byId('preview-text'), preview.text);
  if (preview.html !== html) {
    html = preview.html;
    const form = byId('preview-form');
    form.elements.html.value = html ?? '';
    form.submit();
  }
  byId('mailto').value = Math.min(preview.mailtoLength, byId('mailto').max);
  const numbers = t('template.mailto.numbers', preview.mailtoLength.toLocaleString(document.documentElement.lang), budget.toLocaleString(document.documentElement.lang));
  setText(byId('mailto-text'), `${numbers} ${t(preview.mailtoLength > budget ? 'template.mailto.shortened' : 'template.mailto.fits')}`);
}

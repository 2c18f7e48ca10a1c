import { t } from './texts.js';
import { toast } from './toasts.js';

/** Copies text; where the browser keeps its clipboard from an insecure origin, through a selection. */
export async function copy(text) {
  const copied = navigator.clipboard ? await navigator.clipboard.writeText(text).then(() => true, () => false) : false;
  toast(copied || copyBySelection(text) ? t('copy.done') : t('copy.failed'));
}

function copyBySelection(text) {
  const area = document.createElement('textarea');
  area.value = text;
  // Inside an open dialog: outside of it nothing can be selected.
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  return copied;
}

export function download(text, fileName, type) {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = Object.assign(document.createElement('a'), { href: url, download: fileName });
  link.click();
  URL.revokeObjectURL(url);
}

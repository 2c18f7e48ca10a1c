import { byId, h } from '../console/dom.js';
import { t } from '../console/texts.js';

export const isError = problem => problem.severity === 'error';

/** Puts the cursor where a problem is. */
function goTo(field, line, column) {
  field.closest('details')?.setAttribute('open', '');
  const before = field.value.split('\n').slice(0, line - 1).reduce((length, text) => length + text.length + 1, 0);
  field.focus();
  field.setSelectionRange(before + column - 1, before + column - 1);
}

/** Lists the problems of a template, each with its place and its remedy, and marks the fields that have one. */
export function showProblems(problems, fields) {
  for (const field of fields) {
    const wrong = problems.some(problem => isError(problem) && problem.part === field.dataset.part);
    field.toggleAttribute('aria-invalid', wrong);
    if (wrong)
      field.setAttribute('aria-invalid', 'true');
  }
  byId('problems').replaceChildren(...problems.length === 0 ? [h('li', { class: 'none' }, t('template.noProblems'))] : problems.map(problem => {
    const field = fields.find(each => each.dataset.part === problem.part);
    return h('li', { class: problem.severity, data: { code: problem.code } },
      h('button', { type: 'button', onclick: () => goTo(field, problem.line, problem.column) },
        t(`template.at.${problem.part}`, problem.line, problem.column)),
      ' ', problem.message, h('span', { class: 'hint' }, problem.hint));
  }));
}

import { named, t } from './texts.js';
import { dateTime } from './time.js';

const nameOf = who => typeof who === 'string' ? who : who?.name ?? who?.id ?? '';

/** Names a missing right in words, with the group and place that decided when the server says so. */
export function missingRight(missing) {
  const right = typeof missing === 'string' ? missing : missing.right ?? missing.name;
  const group = typeof missing === 'string' ? null : missing.group ?? missing.decidedBy;
  return group ? t('problem.rightOfGroup', named('right', right), nameOf(group)) : named('right', right);
}

/** What went wrong, in a sentence for the technician. */
export function describe(answer) {
  const problem = answer.data ?? {};
  switch (answer.status) {
    case 0: return t('problem.unreachable');
    case 401: return t('problem.signedOut');
    case 403: return problem.missingRights?.length
      ? t('problem.missingRights', problem.missingRights.map(missingRight).join(', '))
      : problem.detail ?? t('problem.forbidden');
    case 404: return t('problem.gone');
    case 409: return conflict(problem);
    case 429: return answer.retryAfter ? t('problem.waitSeconds', answer.retryAfter) : t('problem.wait');
    default: return problem.detail ?? problem.title ?? t('problem.other', answer.status);
  }
}

function conflict(problem) {
  if (problem.startedBy)
    return t('problem.startedBy', nameOf(problem.startedBy), problem.startedAt ? dateTime(problem.startedAt) : '');
  if (problem.code === 'unknownTechnician')
    return t('problem.unknownTechnician');
  if (problem.detail)
    return problem.detail;
  return problem.sessionStatus ? t('problem.notNow', named('status', problem.sessionStatus)) : t('problem.conflict');
}

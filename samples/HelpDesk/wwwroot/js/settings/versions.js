import { t } from '../console/texts.js';
import { dateTime } from '../console/time.js';

/** Who saved a version, and when. */
export const savedBy = version => t('settings.savedBy', version.savedBy?.name ?? '', version.savedAt ? dateTime(version.savedAt) : '');

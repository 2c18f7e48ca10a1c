const read = async code => (await fetch(`/lang/${code}.json`)).json();

const language = document.documentElement.lang;
const texts = language === 'en' ? await read('en') : { ...await read('en'), ...await read(language) };

export { language };

/** A language's name in the words of another. What is no language tag, as an earlier version may have stored one, shows as it is. */
export function languageName(tag, inLanguage = language) {
  try {
    return new Intl.DisplayNames([inLanguage], { type: 'language', fallback: 'code' }).of(tag);
  } catch (error) {
    if (error instanceof RangeError)
      return tag;
    throw error;
  }
}

export const hasText = key => key in texts;

/** The text for a key with its {0}, {1} filled in. */
export const t = (key, ...values) => (texts[key] ?? key).replace(/\{(\d)\}/g, (_, index) => values[index] ?? '');

/** The text for a name the server gave, such as a status; a name newer than this page shows as it is. */
export const named = (kind, name) => hasText(`${kind}.${name}`) ? t(`${kind}.${name}`) : name;

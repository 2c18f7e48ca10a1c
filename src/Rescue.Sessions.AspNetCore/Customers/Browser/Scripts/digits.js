// PINs are typed on keyboards of every script.

const isDigit = code => /\p{Nd}/u.test(String.fromCodePoint(code));

// The digits of a script follow each other, and nothing before its zero is one.
function valueOf(code) {
  let value = 0;
  while (isDigit(code - value - 1))
    value++;
  return value % 10;
}

/** A typed PIN in ASCII digits, without what people put between them. */
export const digitsOf = text => [...text.normalize('NFKC')]
  .map(letter => letter.codePointAt(0))
  .filter(isDigit)
  .map(valueOf)
  .join('');

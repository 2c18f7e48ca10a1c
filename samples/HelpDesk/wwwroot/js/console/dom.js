/** Makes an element. Properties that start with "on" listen, "data" fills the dataset, the rest are attributes; text is always text. */
export function h(tag, properties = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false)
      continue;
    if (name.startsWith('on'))
      element.addEventListener(name.slice(2), value);
    else if (name === 'data')
      Object.assign(element.dataset, value);
    else
      element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.filter(child => child !== null && child !== undefined));
  return element;
}

export const byId = id => document.getElementById(id);

/** Sets text only when it differs: a screen reader repeats what is written again. */
export function setText(element, text) {
  if (element.textContent !== text)
    element.textContent = text;
}

/** Shows errors, which the server keys by the field's path, beside their fields. */
export class FieldErrors {
  #form;

  constructor(form) { this.#form = form; }

  /** Replaces what is shown. Answers how many there are, and those that no field stands for. */
  show(errors) {
    for (const field of this.#form.querySelectorAll('[data-field]'))
      field.removeAttribute('aria-invalid');
    for (const place of this.#form.querySelectorAll('.field-error'))
      place.textContent = '';
    const unplaced = Object.entries(errors).flatMap(([path, messages]) => this.#place(path, [messages].flat()) ? [] : messages);
    this.#form.querySelector('[aria-invalid=true]')?.focus();
    return { length: Object.keys(errors).length, unplaced };
  }

  #place(path, messages) {
    const field = this.#form.querySelector(`[data-field="${CSS.escape(path)}" i]`);
    const place = field ? this.#form.querySelector(`#${field.id}-error`) : this.#form.querySelector(`[data-error="${CSS.escape(path)}" i]`);
    if (!place || place.closest('[hidden]'))
      return false;
    field?.setAttribute('aria-invalid', 'true');
    place.textContent = messages.join(' ');
    return true;
  }
}

/** Which session is looked at. */
class Selection extends EventTarget {
  id = null;

  select(id) {
    this.id = id;
    this.dispatchEvent(new Event('change'));
  }
}

export const selection = new Selection();

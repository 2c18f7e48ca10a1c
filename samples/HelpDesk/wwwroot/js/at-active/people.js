// Who is on a line beside oneself, as it tells.

const technician = 'technician';
const customer = 'customer';

/** Anybody but the two may call themselves what they like, and is marked as a guest. */
export const isGuest = id => id !== technician && id !== customer;

export class People extends EventTarget {
  #names = new Map();

  constructor(line) {
    super();
    line.addEventListener('here', ({ detail }) => this.#change(() => this.#names.set(detail.from, detail.name)));
    line.addEventListener('gone', ({ detail }) => this.#change(() => this.#names.delete(detail.from)));
    line.addEventListener('lost', () => this.#change(() => this.#names.clear()));
  }

  get hasTechnician() {
    return this.#names.has(technician);
  }

  get hasCustomer() {
    return this.#names.has(customer);
  }

  /** Ids and names of the guests. */
  get guests() {
    return [...this.#names].filter(([id]) => isGuest(id));
  }

  name(id) {
    return this.#names.get(id);
  }

  #change(act) {
    act();
    this.dispatchEvent(new Event('change'));
  }
}

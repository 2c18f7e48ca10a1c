/** The custom elements of Rescue.Sessions.Components, for hosts that write TypeScript: `/// <reference path="…/rescue-sessions.d.ts" />`. */

export type SessionStatus =
  | 'connecting' | 'waiting' | 'active' | 'onHold' | 'transferring' | 'rebooting' | 'reconnecting' | 'offline' | 'timedOut' | 'closed' | 'unreadable';

export interface Person { readonly id: string; readonly name: string }

/** A session as `GET /rescue/sessions/{id}` gives it; further members may come. */
export interface Session {
  readonly id: string;
  readonly status: SessionStatus;
  readonly customerName: string;
  readonly reference: string | null;
  readonly createdAt: string;
  /** Null where the customer asked for help without an invitation. */
  readonly createdBy: Person | null;
  readonly owner: Person | null;
  readonly startedAt: string | null;
  readonly statusSince: string;
  readonly endReason: string | null;
  readonly permitted: readonly string[];
  readonly version: number;
  /** Only in the answer that made the session, and in its details while the code is live. */
  readonly pin?: string;
  readonly link?: string;
}

/** Where the console is: what a router puts into the page's address. */
export interface Place { session: string | null; filter: SessionStatus | 'open' | 'all'; search: string }

/** What the fields of the create dialog begin with. */
export interface NewSessionValues {
  customerName?: string;
  reference?: string;
  to?: string;
  /** The customer's telephone number, for an SMS where the service sends them; without `to` the dialog begins with that way. */
  phone?: string;
  fields?: Partial<Record<'field0' | 'field1' | 'field2' | 'field3' | 'field4' | 'field5' | 'tracking', string>>;
}

/**
 * What every element has. Attributes: `base`, the path or address of the technician's routes (`/rescue`); `origin`, another origin that it belongs to;
 * `lang`, `en`, `fr` or `nl`; `theme`, `light`, `dark` or `auto` (left out, the page's own); `words`, the address of a JSON file of texts that win;
 * `sign-in`, where who is signed out is led.
 */
export interface RescueElement extends HTMLElement {
  /** Settled once the element shows itself. */
  readonly ready: Promise<void>;
}

/** The whole console. Attributes besides: `routing="none"`, `session`, `filter`, `search` for a host's own router. */
export interface RescueSessionsElement extends RescueElement {
  readonly place: Place;
  newSession(values?: NewSessionValues): Promise<void>;
}

/** One session. Attributes besides: `session-id`, `closable`. */
export interface RescueSessionElement extends RescueElement { sessionId: string | null }

/** A button with the dialog that makes a session. Attributes besides: `customer-name`, `reference`, `to`, `phone`. */
export interface RescueNewSessionElement extends RescueElement { open(values?: NewSessionValues): Promise<void> }

/** All settings. Attribute besides: `sections`, some of `organization template defaults times rights webhooks`. `data-ready` once all are there. */
export type RescueSettingsElement = RescueElement;

/** The words of the email. */
export type RescueTemplatesElement = RescueElement;

/** Those of `rescue-navigate`, `rescue-signed-out` and `rescue-waiting` do something of their own unless they are prevented. */
export interface RescueEventMap {
  'rescue-ready': CustomEvent<undefined>;
  'rescue-navigate': CustomEvent<Place>;
  'rescue-created': CustomEvent<{ session: Session }>;
  'rescue-status': CustomEvent<{ session: Session }>;
  'rescue-handover': CustomEvent<{ session: Session; secret: string }>;
  'rescue-waiting': CustomEvent<{ count: number }>;
  'rescue-close': CustomEvent<{ session: string | null }>;
  'rescue-signed-out': CustomEvent<undefined>;
}

declare global {
  interface HTMLElementTagNameMap {
    'rescue-sessions': RescueSessionsElement;
    'rescue-session': RescueSessionElement;
    'rescue-new-session': RescueNewSessionElement;
    'rescue-settings': RescueSettingsElement;
    'rescue-templates': RescueTemplatesElement;
  }

  interface HTMLElementEventMap extends RescueEventMap {}
}

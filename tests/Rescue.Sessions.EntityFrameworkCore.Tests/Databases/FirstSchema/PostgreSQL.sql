CREATE TABLE rescue_code (
    kind text NOT NULL,
    hash bytea NOT NULL,
    session_id bytea NOT NULL,
    live integer NOT NULL
);

CREATE TABLE rescue_event (
    sequence bigint NOT NULL,
    session_id bytea NOT NULL,
    tenant text NOT NULL,
    document text NOT NULL
);

CREATE TABLE rescue_outbox (
    "position" bigint NOT NULL,
    id bytea,
    session_id bytea NOT NULL,
    kind text NOT NULL,
    payload bytea NOT NULL,
    due_at bigint NOT NULL,
    available_at bigint NOT NULL,
    fence bigint NOT NULL,
    attempts integer NOT NULL,
    begun integer NOT NULL,
    uncertain integer NOT NULL
);

CREATE TABLE rescue_presence (
    tenant text NOT NULL,
    technician text NOT NULL,
    presence text NOT NULL
);

CREATE TABLE rescue_schema (
    "MigrationId" character varying(150) NOT NULL,
    "ProductVersion" character varying(32) NOT NULL
);

CREATE TABLE rescue_session (
    id bytea NOT NULL,
    tenant text NOT NULL,
    status text NOT NULL,
    version bigint NOT NULL,
    created_by text NOT NULL,
    idempotency_key text,
    belongs_to text NOT NULL,
    held_by text,
    customer text NOT NULL,
    recipient text,
    search_text text NOT NULL,
    deadline_at bigint,
    alarm_at bigint,
    last_seen_at bigint,
    silent_at bigint,
    code_live_until bigint,
    ended_at bigint,
    applet_key bytea,
    document text NOT NULL
);

INSERT INTO rescue_code VALUES ('pin', '\x11111111111111111111111111111111', '\x019cadc69a807b108703ac703883337f', 1);
INSERT INTO rescue_code VALUES ('token', '\x22222222222222222222222222222222', '\x019cadc69a807b108703ac703883337f', 1);

INSERT INTO rescue_event VALUES (748544, '\x019cadc69a807b108703ac703883337f', 'acme', '{"sequence":0,"session":"019cadc69a807b108703ac703883337f","tenant":"acme","at":"2026-03-02T09:00:00+00:00","kind":"Created","actor":"Technician","by":{"id":"ada","name":"Ada Lovelace"},"from":"Connecting","to":"Connecting"}');
INSERT INTO rescue_event VALUES (749568, '\x019cadc69a807b108703ac703883337f', 'acme', '{"sequence":0,"session":"019cadc69a807b108703ac703883337f","tenant":"acme","at":"2026-03-02T09:01:00+00:00","kind":"Alarm","actor":"Service","from":"Connecting","to":"Connecting"}');

INSERT INTO rescue_outbox VALUES (748545, '\x019cadc69a8071b2b6f2bcea7b602134', '\x019cadc69a807b108703ac703883337f', 'test', '\x6d61696c', 639080388000000000, 639080388000000000, 0, 0, 0, 0);

INSERT INTO rescue_schema VALUES ('20261123135034_Sessions', '10.0.15');

INSERT INTO rescue_session VALUES ('\x019cadc69a807b108703ac703883337f', 'acme', 'Connecting', 2, 'ada', 'click', 'ada', NULL, 'GRACE HOPPER', 'GRACE@EXAMPLE.ORG', 'GRACE HOPPER
T-1', 639080400000000000, 639080394000000000, NULL, NULL, 639080400000000000, NULL, NULL, '{"session":{"id":"019cadc69a807b108703ac703883337f","tenant":"acme","customerName":"Grace Hopper","reference":"T-1","language":"fr-CH","timeZone":"Europe/Zurich","forMobileDevice":false,"createdBy":{"id":"ada","name":"Ada Lovelace"},"createdAt":"2026-03-02T09:00:00+00:00","expiresAt":"2026-03-02T09:20:00+00:00","status":"Connecting","statusSince":"2026-03-02T09:00:00+00:00","deadline":{"at":"2026-03-02T09:20:00+00:00","trigger":"Expire"},"alarm":{"at":"2026-03-02T09:10:00+00:00","level":1},"alarmLevel":0,"timeouts":{"connecting":"00:30:00","waiting":"00:40:00","activeIdle":"00:50:00","hold":"14.00:00:00","transfer":"00:02:00","silence":"00:00:45","offline":"00:05:00"},"invitation":{"delivery":"OnMyBehalf","state":"Queued","at":"2026-03-02T09:00:00+00:00","to":"grace@example.org","attempts":0},"version":2},"pinHashes":["11111111111111111111111111111111"],"tokenHashes":["22222222222222222222222222222222"],"sealedCode":"AQID","creator":{"id":"ada","name":"Ada Lovelace","groups":[],"tenant":"acme"}}');

ALTER TABLE ONLY rescue_code
    ADD CONSTRAINT "PK_rescue_code" PRIMARY KEY (kind, hash, session_id);

ALTER TABLE ONLY rescue_event
    ADD CONSTRAINT "PK_rescue_event" PRIMARY KEY (sequence);

ALTER TABLE ONLY rescue_outbox
    ADD CONSTRAINT "PK_rescue_outbox" PRIMARY KEY ("position");

ALTER TABLE ONLY rescue_presence
    ADD CONSTRAINT "PK_rescue_presence" PRIMARY KEY (tenant, technician);

ALTER TABLE ONLY rescue_schema
    ADD CONSTRAINT "PK_rescue_schema" PRIMARY KEY ("MigrationId");

ALTER TABLE ONLY rescue_session
    ADD CONSTRAINT "PK_rescue_session" PRIMARY KEY (id);

CREATE UNIQUE INDEX "IX_rescue_code_live" ON rescue_code USING btree (kind, hash) WHERE (live = 1);

CREATE INDEX "IX_rescue_code_session_id" ON rescue_code USING btree (session_id);

CREATE INDEX "IX_rescue_event_session_id_sequence" ON rescue_event USING btree (session_id, sequence);

CREATE INDEX "IX_rescue_event_tenant_sequence" ON rescue_event USING btree (tenant, sequence);

CREATE INDEX "IX_rescue_outbox_available_at" ON rescue_outbox USING btree (available_at);

CREATE UNIQUE INDEX "IX_rescue_outbox_id" ON rescue_outbox USING btree (id);

CREATE INDEX "IX_rescue_outbox_session_id_position" ON rescue_outbox USING btree (session_id, "position");

CREATE INDEX "IX_rescue_session_alarm_at" ON rescue_session USING btree (alarm_at) WHERE (alarm_at IS NOT NULL);

CREATE INDEX "IX_rescue_session_deadline_at" ON rescue_session USING btree (deadline_at) WHERE (deadline_at IS NOT NULL);

CREATE INDEX "IX_rescue_session_ended_at" ON rescue_session USING btree (ended_at) WHERE (ended_at IS NOT NULL);

CREATE INDEX "IX_rescue_session_silent_at" ON rescue_session USING btree (silent_at) WHERE (silent_at IS NOT NULL);

CREATE INDEX "IX_rescue_session_tenant_belongs_to" ON rescue_session USING btree (tenant, belongs_to) WHERE (ended_at IS NULL);

CREATE UNIQUE INDEX "IX_rescue_session_tenant_created_by_idempotency_key" ON rescue_session USING btree (tenant, created_by, idempotency_key) WHERE (idempotency_key IS NOT NULL);

CREATE INDEX "IX_rescue_session_tenant_customer" ON rescue_session USING btree (tenant, customer);

CREATE INDEX "IX_rescue_session_tenant_held_by" ON rescue_session USING btree (tenant, held_by) WHERE (held_by IS NOT NULL);

CREATE INDEX "IX_rescue_session_tenant_id" ON rescue_session USING btree (tenant, id);

ALTER TABLE ONLY rescue_code
    ADD CONSTRAINT "FK_rescue_code_rescue_session_session_id" FOREIGN KEY (session_id) REFERENCES rescue_session(id) ON DELETE CASCADE;

ALTER TABLE ONLY rescue_event
    ADD CONSTRAINT "FK_rescue_event_rescue_session_session_id" FOREIGN KEY (session_id) REFERENCES rescue_session(id) ON DELETE CASCADE;

ALTER TABLE ONLY rescue_outbox
    ADD CONSTRAINT "FK_rescue_outbox_rescue_session_session_id" FOREIGN KEY (session_id) REFERENCES rescue_session(id) ON DELETE CASCADE;

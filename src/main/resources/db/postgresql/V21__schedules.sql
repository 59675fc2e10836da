-- Where the instances keep their schedules. Names and types are those that the JDBC job store of Quartz 2.5.2 asks for.

CREATE TABLE qrtz_job_details (
  sched_name VARCHAR(120), job_group VARCHAR(200), job_name VARCHAR(200),
  description VARCHAR(250), job_class_name VARCHAR(250) NOT NULL, job_data BYTEA,
  is_durable BOOL NOT NULL, is_nonconcurrent BOOL NOT NULL, is_update_data BOOL NOT NULL, requests_recovery BOOL NOT NULL,
  PRIMARY KEY (sched_name, job_group, job_name)
);

CREATE TABLE qrtz_triggers (
  sched_name VARCHAR(120), trigger_group VARCHAR(200), trigger_name VARCHAR(200),
  job_group VARCHAR(200) NOT NULL, job_name VARCHAR(200) NOT NULL,
  description VARCHAR(250), job_data BYTEA, calendar_name VARCHAR(200), priority INTEGER, misfire_instr SMALLINT,
  trigger_state VARCHAR(16) NOT NULL, trigger_type VARCHAR(8) NOT NULL,
  start_time BIGINT NOT NULL, end_time BIGINT, prev_fire_time BIGINT, next_fire_time BIGINT,
  PRIMARY KEY (sched_name, trigger_group, trigger_name),
  FOREIGN KEY (sched_name, job_group, job_name) REFERENCES qrtz_job_details
);
CREATE INDEX qrtz_triggers_by_job ON qrtz_triggers (sched_name, job_group, job_name);
CREATE INDEX qrtz_triggers_by_time ON qrtz_triggers (sched_name, trigger_state, next_fire_time);

CREATE TABLE qrtz_simple_triggers (
  sched_name VARCHAR(120), trigger_group VARCHAR(200), trigger_name VARCHAR(200),
  repeat_count BIGINT NOT NULL, repeat_interval BIGINT NOT NULL, times_triggered BIGINT NOT NULL,
  PRIMARY KEY (sched_name, trigger_group, trigger_name),
  FOREIGN KEY (sched_name, trigger_group, trigger_name) REFERENCES qrtz_triggers
);

CREATE TABLE qrtz_cron_triggers (
  sched_name VARCHAR(120), trigger_group VARCHAR(200), trigger_name VARCHAR(200),
  cron_expression VARCHAR(120) NOT NULL, time_zone_id VARCHAR(80),
  PRIMARY KEY (sched_name, trigger_group, trigger_name),
  FOREIGN KEY (sched_name, trigger_group, trigger_name) REFERENCES qrtz_triggers
);

CREATE TABLE qrtz_simprop_triggers (
  sched_name VARCHAR(120), trigger_group VARCHAR(200), trigger_name VARCHAR(200),
  str_prop_1 VARCHAR(512), str_prop_2 VARCHAR(512), str_prop_3 VARCHAR(512), int_prop_1 INTEGER, int_prop_2 INTEGER,
  long_prop_1 BIGINT, long_prop_2 BIGINT, dec_prop_1 NUMERIC(13, 4), dec_prop_2 NUMERIC(13, 4), bool_prop_1 BOOL, bool_prop_2 BOOL,
  PRIMARY KEY (sched_name, trigger_group, trigger_name),
  FOREIGN KEY (sched_name, trigger_group, trigger_name) REFERENCES qrtz_triggers
);

CREATE TABLE qrtz_blob_triggers (
  sched_name VARCHAR(120), trigger_group VARCHAR(200), trigger_name VARCHAR(200), blob_data BYTEA,
  PRIMARY KEY (sched_name, trigger_group, trigger_name),
  FOREIGN KEY (sched_name, trigger_group, trigger_name) REFERENCES qrtz_triggers
);

CREATE TABLE qrtz_calendars (
  sched_name VARCHAR(120), calendar_name VARCHAR(200), calendar BYTEA NOT NULL,
  PRIMARY KEY (sched_name, calendar_name)
);

CREATE TABLE qrtz_paused_trigger_grps (
  sched_name VARCHAR(120), trigger_group VARCHAR(200),
  PRIMARY KEY (sched_name, trigger_group)
);

CREATE TABLE qrtz_fired_triggers (
  sched_name VARCHAR(120), entry_id VARCHAR(200),
  trigger_group VARCHAR(200) NOT NULL, trigger_name VARCHAR(200) NOT NULL, instance_name VARCHAR(200) NOT NULL,
  fired_time BIGINT NOT NULL, sched_time BIGINT NOT NULL, priority INTEGER NOT NULL, state VARCHAR(16) NOT NULL,
  job_group VARCHAR(200), job_name VARCHAR(200), is_nonconcurrent BOOL, requests_recovery BOOL,
  PRIMARY KEY (sched_name, entry_id)
);
CREATE INDEX qrtz_fired_triggers_by_instance ON qrtz_fired_triggers (sched_name, instance_name);

CREATE TABLE qrtz_scheduler_state (
  sched_name VARCHAR(120), instance_name VARCHAR(200), last_checkin_time BIGINT NOT NULL, checkin_interval BIGINT NOT NULL,
  PRIMARY KEY (sched_name, instance_name)
);

CREATE TABLE qrtz_locks (
  sched_name VARCHAR(120), lock_name VARCHAR(40),
  PRIMARY KEY (sched_name, lock_name)
);

-- What a replica tells the others, so that they read git and Slack sooner than their schedules would.
CREATE TABLE BASTION_NEWS
(
  TOPIC   VARCHAR(200) NOT NULL,
  CONTENT VARCHAR(200) NOT NULL,
  TOLD_AT TIMESTAMPTZ  NOT NULL,
  PRIMARY KEY (TOPIC)
);

-- The chain meets the councils and their meetings.
alter table app.body add foreign key (municipality_id, council_id) references app.council deferrable initially deferred;
alter table app.voice add foreign key (municipality_id, meeting_id) references app.meeting deferrable initially deferred;
alter table app.issue_evidence add foreign key (municipality_id, meeting_id) references app.meeting deferrable initially deferred;
alter table app.handover
  add foreign key (municipality_id, decided_meeting_id) references app.meeting deferrable initially deferred,
  add foreign key (municipality_id, returned_meeting_id) references app.meeting deferrable initially deferred;

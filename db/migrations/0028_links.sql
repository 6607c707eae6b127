-- Records of one part point to those of another, whose tables came later.
alter table app.activity_record add foreign key (municipality_id, meeting_id) references app.meeting deferrable initially deferred;
alter table app.outreach add foreign key (municipality_id, meeting_id) references app.meeting deferrable initially deferred;
alter table app.voice add foreign key (municipality_id, activity_record_id) references app.activity_record deferrable initially deferred;
alter table app.issue_evidence add foreign key (municipality_id, activity_record_id) references app.activity_record deferrable initially deferred;

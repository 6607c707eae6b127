-- A resident tells of a trouble, or offers a hand.
alter table app.voice add kind text not null default 'trouble' check (kind in ('trouble', 'offer'));

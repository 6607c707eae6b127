using Sasaeai.Data;
using Sasaeai.Features.Accounts;

namespace Sasaeai.Features.Meetings.TaskEndings;

public class NewModel(AppDb db, CurrentPerson person, TimeProvider time) : EndingModel<MeetingTask>(db, person, time);

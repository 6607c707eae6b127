using Sasaeai.Data;
using Sasaeai.Features.Accounts;

namespace Sasaeai.Features.Meetings.DecisionEndings;

public class NewModel(AppDb db, CurrentPerson person, TimeProvider time) : EndingModel<Decision>(db, person, time);

using Sasaeai.Data;
using Sasaeai.Features.Accounts;

namespace Sasaeai.Features.Meetings.Tasks;

public enum TaskList { Open, Due, All }

public static class TaskQueries
{
    /// <summary>The 宿題 of some meetings, as far as the person reads their minutes.</summary>
    public static IQueryable<MeetingTask> TasksOf(this AppDb db, IQueryable<Meeting> meetings, CurrentPerson person)
    {
        var read = meetings.SeenBy(person).Where(meeting => person.IsStaff || meeting.Minutes != MinutesState.Draft).Select(meeting => meeting.Id);
        return db.MeetingTasks.Where(task => read.Contains(task.MeetingId));
    }

    /// <summary>Open, with a day that has come or comes until then.</summary>
    public static IQueryable<MeetingTask> DueBy(this IQueryable<MeetingTask> tasks, DateOnly day) => tasks.Where(task => task.State == OutcomeState.Open && task.DueOn <= day);
}

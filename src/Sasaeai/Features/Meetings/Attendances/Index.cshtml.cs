using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Councils;
using Sasaeai.Features.Forms;

namespace Sasaeai.Features.Meetings.Attendances;

/// <summary>Who came: members and coordinators by ticking, others by name and body.</summary>
public class IndexModel(AppDb db, MeetingDesk desk, AuditTrail trail, TimeProvider time) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    [BindProperty]
    public GuestInput Guest { get; set; } = new();

    private List<Attendance> known = [];
    private List<CouncilMember> members = [];
    private List<Account> coordinators = [];

    public Meeting Meeting { get; private set; } = null!;
    public IReadOnlyList<Row> Members => [.. members.Select(member => RowOf(member.Id, member.Name, member.Affiliation, Attendance.KeyOf(member)))];
    public IReadOnlyList<Row> Coordinators => [.. coordinators.Select(one => RowOf(one.Id, one.Name, one.Affiliation, Attendance.KeyOf(one.Id)))];
    public IReadOnlyList<Attendance> Others => [.. known.Where(one => one.MemberId is null && one.AccountId is null)];
    public int Named => known.Count(one => one.Present);
    public IEnumerable<SelectListItem> GuestKinds => new[] { AttendeeKind.Participant, AttendeeKind.Office, AttendeeKind.Observer }.Select(kind => new SelectListItem(kind.InWords(), $"{kind}"));

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Form.HeadCount = Meeting.HeadCount;
        trail.Looked("attendance", id);
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        Rule.Require(ModelState.GetFieldValidationState("Form.HeadCount") != Microsoft.AspNetCore.Mvc.ModelBinding.ModelValidationState.Invalid, "人数は数字で入力してください。");
        ModelState.Clear();     // the form of another handler
        Meeting.CountHeads(Form.HeadCount);
        var now = time.GetUtcNow();
        members.ForEach(member => Set(Attendance.KeyOf(member), Form.Members.Contains(member.Id), present => Attendance.Of(id, member, present, AttendanceWay.Typed, now)));
        coordinators.ForEach(one => Set(Attendance.KeyOf(one.Id), Form.Coordinators.Contains(one.Id), present => Attendance.Of(id, one, present, AttendanceWay.Typed, now)));
        return await SaveAsync(id, "出欠を保存しました。");
    }

    public async Task<IActionResult> OnPostAddAsync(Guid id)
    {
        await LoadAsync(id);
        ModelState.Clear();
        Meeting.RequireOpen();
        Rule.Require((Guest.Name?.Length ?? 0) <= 80 && (Guest.Affiliation?.Length ?? 0) <= 120, "名前は80文字、所属は120文字までで入力してください。");
        var added = Attendance.Of(id, Guest.Kind, PlainText.Of(Guest.Name), PlainText.Of(Guest.Affiliation), AttendanceWay.Typed, time.GetUtcNow());
        Rule.Require(known.All(one => one.PersonKey != added.PersonKey), $"{added.Name} さんは、もう入っています。");
        db.Attendances.Add(added);
        return await SaveAsync(id, $"{added.Name} さんを加えました。");
    }

    public async Task<IActionResult> OnPostRemoveAsync(Guid id, Guid attendance)
    {
        await LoadAsync(id);
        ModelState.Clear();
        Meeting.RequireOpen();
        db.Remove(Others.SingleOrDefault(one => one.Id == attendance) ?? throw new NotFoundException());
        return await SaveAsync(id, "消しました。");
    }

    /// <summary>Who did not come is recorded too, once attendance was taken.</summary>
    private void Set(string key, bool present, Func<bool, Attendance> make)
    {
        if (known.SingleOrDefault(one => one.PersonKey == key) is { } found)
        {
            found.Present = present;
            return;
        }

        var made = make(present);
        if (present || made.Kind == AttendeeKind.Member)
        {
            db.Attendances.Add(made);
        }
    }

    private async Task<IActionResult> SaveAsync(Guid id, string notice)
    {
        await db.SaveChangesAsync();
        TempData["Notice"] = notice;
        return RedirectToPage("Index", new { id });
    }

    private Row RowOf(Guid id, string name, string affiliation, string key)
    {
        var found = known.SingleOrDefault(one => one.PersonKey == key);
        return new(id, name, affiliation, found?.Present == true, found?.How);
    }

    private async Task LoadAsync(Guid id)
    {
        Meeting = await desk.OpenAsync(id);
        var day = Meeting.HeldOn;
        known = await db.Attendances.Where(one => one.MeetingId == id).OrderBy(one => one.CreatedAt).ThenBy(one => one.Id).Take(1000).ToListAsync();
        members = await db.CouncilMembers.AsNoTracking().Where(member => member.CouncilId == Meeting.CouncilId && member.StartsOn <= day && (member.EndsOn == null || member.EndsOn >= day)).OrderBy(member => member.Affiliation).ThenBy(member => member.Name).Take(300).ToListAsync();
        var came = known.Where(one => one.AccountId is not null).Select(one => one.AccountId!.Value).ToList();
        coordinators = await db.Accounts.AsNoTracking().Where(account => came.Contains(account.Id) || db.Memberships.Any(role => role.AccountId == account.Id && role.Role == Role.Coordinator && role.StartsOn <= day && (role.EndsOn == null || role.EndsOn >= day))).OrderBy(account => account.Name).Take(100).ToListAsync();
    }

    public class Input
    {
        public Guid[] Members { get; set; } = [];
        public Guid[] Coordinators { get; set; } = [];

        [Display(Name = "全部で何人来たか")]
        public int? HeadCount { get; set; }
    }

    public class GuestInput
    {
        [Display(Name = "名前")]
        public string Name { get; set; } = "";

        [Display(Name = "所属")]
        public string? Affiliation { get; set; }

        [Display(Name = "立場"), EnumDataType(typeof(AttendeeKind))]
        public AttendeeKind Kind { get; set; } = AttendeeKind.Participant;
    }

    public sealed record Row(Guid Id, string Name, string Affiliation, bool Present, AttendanceWay? How)
    {
        public string InWords => Affiliation == "" ? Name : $"{Name}（{Affiliation}）";
    }
}

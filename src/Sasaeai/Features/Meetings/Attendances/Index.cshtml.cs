using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Councils;
using Sasaeai.Features.Forms;
using Sasaeai.Web;

namespace Sasaeai.Features.Meetings.Attendances;

/// <summary>Who came: members and coordinators by ticking, others by name and body.</summary>
public class IndexModel(AppDb db, MeetingDesk desk, AuditTrail trail, TimeProvider time) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    [BindProperty]
    public GuestInput Guest { get; set; } = new();

    private bool isTyped;
    private List<Attendance> known = [];
    private List<CouncilMember> members = [];
    private List<Account> coordinators = [];

    public Meeting Meeting { get; private set; } = null!;
    public IReadOnlyList<Row> Members => [.. members.Select(member => RowOf(member.Id, member.Name, member.Affiliation, Attendance.KeyOf(member), Form.Members))];
    public IReadOnlyList<Row> Coordinators => [.. coordinators.Select(one => RowOf(one.Id, one.Name, one.Affiliation, Attendance.KeyOf(one.Id), Form.Coordinators))];
    public IReadOnlyList<Attendance> Others => [.. known.Where(one => one.MemberId is null && one.AccountId is null)];
    public int Named => known.Count(one => one.Present);
    public IEnumerable<SelectListItem> GuestKinds => new[] { AttendeeKind.Participant, AttendeeKind.Office, AttendeeKind.Observer }.Select(kind => new SelectListItem(kind.InWords(), $"{kind}"));

    public async Task OnGetAsync(Guid id)
    {
        await LoadAsync(id);
        Form.HeadCount = Meeting.HeadCount;
        trail.Looked("attendance", id);
    }

    public async Task<IActionResult> OnGetTableAsync(Guid id, TableFormat format)
    {
        await LoadAsync(id);
        trail.Looked("attendance", id, "出欠を書き出し");
        return this.Table($"{Meeting.Title} 出欠", format, ["氏名", "所属", "立場", "出欠", "受付"], known.OrderBy(one => one.Kind).ThenBy(one => one.CreatedAt)
            .Select(one => new object?[] { one.Name, one.Affiliation, one.Kind.InWords(), one.Present ? "出席" : "欠席", one.How == AttendanceWay.Qr ? "QR" : "入力" }));
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        isTyped = true;
        await LoadAsync(id);
        Rule.Require(ModelState.GetFieldValidationState("Form.HeadCount") != Microsoft.AspNetCore.Mvc.ModelBinding.ModelValidationState.Invalid, "人数は数字で入力してください。");
        ModelState.Clear();     // the form of another handler
        Meeting.CountHeads(Form.HeadCount);
        var now = time.GetUtcNow();
        members.ForEach(member => Set(member.Id, Attendance.KeyOf(member), Form.Members, present => Attendance.Of(id, member, present, AttendanceWay.Typed, now)));
        coordinators.ForEach(one => Set(one.Id, Attendance.KeyOf(one.Id), Form.Coordinators, present => Attendance.Of(id, one, present, AttendanceWay.Typed, now)));
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

    /// <summary>
    /// Who did not come is recorded too, once attendance was taken. Whoever checked in after this page was opened (by QR, or at
    /// another table) was not shown as present and is not taken for absent.
    /// </summary>
    private void Set(Guid id, string key, Guid[] ticked, Func<bool, Attendance> make)
    {
        var present = ticked.Contains(id);
        if (known.SingleOrDefault(one => one.PersonKey == key) is { } found)
        {
            found.Present = present || found.Present && !Form.Shown.Contains(id);
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

    private Row RowOf(Guid id, string name, string affiliation, string key, Guid[] ticked)
    {
        var found = known.SingleOrDefault(one => one.PersonKey == key);
        var present = found?.Present == true;
        return isTyped ? new(id, name, affiliation, ticked.Contains(id), Form.Shown.Contains(id), found?.How) : new(id, name, affiliation, present, present, found?.How);
    }

    private async Task LoadAsync(Guid id)
    {
        Meeting = await desk.OpenAsync(id);
        var day = Meeting.HeldOn;
        known = await db.Attendances.Where(one => one.MeetingId == id).OrderBy(one => one.CreatedAt).ThenBy(one => one.Id).Take(1000).ToListAsync();
        members = await db.CouncilMembers.AsNoTracking().Where(member => member.CouncilId == Meeting.CouncilId && member.StartsOn <= day && (member.EndsOn == null || member.EndsOn >= day)).OrderBy(member => member.Affiliation).ThenBy(member => member.Name).Take(300).ToListAsync();
        var came = known.Where(one => one.AccountId is not null).Select(one => one.AccountId!.Value).ToList();
        coordinators = await db.CoordinatorsOn(day).ToListAsync();
        var left = came.Except(coordinators.Select(one => one.Id)).ToList();
        coordinators.AddRange(left.Count == 0 ? [] : await db.Accounts.AsNoTracking().Where(account => left.Contains(account.Id)).OrderBy(account => account.Name).ToListAsync());
    }

    public class Input
    {
        public Guid[] Members { get; set; } = [];
        public Guid[] Coordinators { get; set; } = [];

        /// <summary>Members and coordinators whom the page showed as present.</summary>
        public Guid[] Shown { get; set; } = [];

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

    public sealed record Row(Guid Id, string Name, string Affiliation, bool Present, bool Shown, AttendanceWay? How)
    {
        public string InWords => Affiliation == "" ? Name : $"{Name}（{Affiliation}）";
    }
}

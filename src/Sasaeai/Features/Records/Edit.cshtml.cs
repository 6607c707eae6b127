using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Records;

/// <summary>A change of a record: from its approved content, or from a proposal that is made anew.</summary>
public class EditModel(AppDb db, ResourceDesk desk, CurrentPerson person, AuditTrail trail) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The 「情報が違います」 that this change answers.</summary>
    [BindProperty(Name = "report", SupportsGet = true)]
    public Guid? ReportId { get; set; }

    /// <summary>The proposal that this one replaces.</summary>
    [BindProperty(Name = "revision", SupportsGet = true)]
    public Guid? RevisionId { get; set; }

    [BindProperty]
    public int BaseVersion { get; set; }

    [BindProperty]
    public ResourceForm Form { get; set; } = new();

    [BindProperty]
    public ProposalInput Proposal { get; set; } = new();

    public Resource Resource { get; private set; } = null!;
    public MistakeReport? Report { get; private set; }
    public ResourceFormView View { get; private set; } = null!;
    public Comparison? Conflict { get; private set; }
    public bool CanVerify => person.CanVerify(Resource);
    public bool CanApprove => person.CanApprove(Resource, View.Lists.Rule);
    private Revision? Replaced { get; set; }

    public async Task OnGetAsync()
    {
        var lists = await LoadAsync();
        BaseVersion = Resource.Version;
        var content = Replaced is null ? Resource.Content
            : ResourceFields.Merge(await desk.ContentAtAsync(Resource, Replaced.BaseVersion) ?? Resource.Content, Resource.Content, Replaced.Content);
        Proposal.Note = Replaced?.Note;
        Show(content, lists);
    }

    public async Task OnPostReadingAsync()
    {
        await LoadAsync();
        ModelState.Clear();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var lists = await LoadAsync();
        var content = Form.Read(Resource.Content, lists, ModelState, View.By);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        if (BaseVersion != Resource.Version)
        {
            return await ShowBothAsync(content, lists);
        }

        Rule.Require(content != Resource.Content, "変わったところがありません。内容が合っていることを確かめたときは、「確認しました」を記録してください。");
        var approved = await desk.ProposeAsync(Resource, RevisionKind.Change, content, BaseVersion, lists, Proposal.Note ?? "", Proposal.VerifiedHow, Report, Replaced);
        TempData["Notice"] = approved ? $"「{Resource.Name}」の変更を保存しました。" : $"「{Resource.Name}」の修正案を出しました。職員が承認すると公開されます。";
        return RedirectToPage("Show", new { Id });
    }

    /// <summary>Somebody else was first: what was typed is put on top of theirs, and both are shown.</summary>
    private async Task<IActionResult> ShowBothAsync(ResourceContent typed, TownLists lists)
    {
        var then = BaseVersion > 0 && BaseVersion < Resource.Version ? await desk.ContentAtAsync(Resource, BaseVersion) : null;
        var merged = then is null ? typed : ResourceFields.Merge(then, Resource.Content, typed);
        Conflict = new(lists, View.By, [.. then is null ? [] : new[] { ("開いたときの記録", then) }, ("今の記録", Resource.Content), ("入力した内容", typed)]);
        BaseVersion = Resource.Version;
        ModelState.Clear();
        ModelState.AddModelError("", "入力している間に、ほかの人がこの記録を変更しました。まだ保存していません。入力した内容は残っています。下の表で両方を見くらべて、もう一度送ってください。");
        Show(merged, lists);
        return this.Invalid();
    }

    private async Task<TownLists> LoadAsync()
    {
        Resource = await desk.FindAsync(Id);
        person.Require(person.CanPropose(Resource));
        trail.Looked("resource", Id);
        person.Require(ReportId is null || person.IsStaff);
        Report = await FindAsync<MistakeReport>(ReportId, report => report.ResourceId);
        Replaced = await FindAsync<Revision>(RevisionId, revision => revision.ResourceId);
        var lists = await desk.ListsAsync();
        person.Require(Replaced is null || person.CanApprove(Resource, lists.Rule) || Replaced.AccountId is { } author && author == person.Account?.Id);
        View = new(Form.WithEmptyClosures(), lists, person.Editor(), person.OrganizationIds);
        return lists;
    }

    private async Task<T?> FindAsync<T>(Guid? id, Func<T, Guid> resourceId) where T : TownRecord =>
        id is not { } known ? null : await db.GetAsync<T>(known) is var found && resourceId(found) == Id ? found : throw new NotFoundException();

    private void Show(ResourceContent content, TownLists lists) => View = new(Form = ResourceForm.Of(content), lists, person.Editor(), person.OrganizationIds);
}

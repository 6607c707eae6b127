using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Records;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Revisions;

/// <summary>One proposal beside the record as it is, and the decision on it.</summary>
public class ShowModel(AppDb db, ResourceDesk desk, CurrentPerson person, AuditTrail trail, TimeProvider time) : PageModel
{
    [BindProperty, Display(Name = "ひとこと・理由"), DataType(DataType.MultilineText), StringLength(500)]
    public string? Note { get; set; }

    public Revision Revision { get; private set; } = null!;
    public Resource Resource { get; private set; } = null!;
    public IReadOnlyList<MistakeReport> Reports { get; private set; } = [];
    public Comparison? Comparison { get; private set; }
    public bool IsPending => Revision.State == RevisionState.Pending;
    public bool IsOutdated => IsPending && Revision.IsOutdated(Resource);
    public bool IsNew => Resource.State == ResourceState.Draft && Revision.Kind == RevisionKind.Change;
    public bool CanDecide { get; private set; }
    public bool CanRemake => IsPending && Revision.Kind == RevisionKind.Change && (CanDecide || Revision.AccountId is { } author && author == person.Account?.Id && person.CanPropose(Resource));

    public async Task OnGetAsync(Guid id) => await LoadAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        var lists = await LoadAsync(id);
        person.Require(CanDecide);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        await desk.ApproveAsync(Revision, Resource, lists, Note ?? "");
        TempData["Notice"] = $"「{Resource.Name}」の{Revision.Kind.InWords()}を採用しました。";
        return RedirectToPage("Index");
    }

    public async Task<IActionResult> OnPostDeclineAsync(Guid id)
    {
        await LoadAsync(id);
        person.Require(CanDecide);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Revision.Decline(trail.Actor, time.GetUtcNow(), Note ?? "");
        await db.SaveChangesAsync();
        TempData["Notice"] = $"「{Resource.Name}」の{Revision.Kind.InWords()}を採用しませんでした。記録は変わっていません。";
        return RedirectToPage("Index");
    }

    private async Task<TownLists> LoadAsync(Guid id)
    {
        Revision = await db.GetAsync<Revision>(id);
        Resource = await desk.FindAsync(Revision.ResourceId);
        trail.Looked("revision", id);
        var lists = await desk.ListsAsync();
        CanDecide = person.CanApprove(Resource, lists.Rule);
        Reports = person.IsStaff ? await desk.ReportsAsync(Revision) : [];
        if (Revision.Kind == RevisionKind.Change)
        {
            var then = Resource.Version == Revision.BaseVersion ? null : await desk.ContentAtAsync(Resource, Revision.BaseVersion);
            Comparison = new(lists, person.Editor(), IsPending
                ? [.. then is null ? [] : new[] { ("作ったときの記録", then) }, ("今の記録", IsNew ? new ResourceContent() : Resource.Content), ("修正案", Revision.Content)]
                : [("前の記録", then ?? Resource.Content), ("修正案", Revision.Content)]);
        }

        return lists;
    }
}

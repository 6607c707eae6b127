using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using Sasaeai.Data;
using Sasaeai.Features.Records;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Confirmations;

/// <summary>An operator corrects its own record; staff decide.</summary>
[AllowAnonymous, PrivateLink, EnableRateLimiting(RateLimits.PublicForm)]
public class EditModel(AppDb db, ResourceDesk desk, AuditTrail trail, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    [BindProperty]
    public int BaseVersion { get; set; }

    [BindProperty]
    public ResourceForm Form { get; set; } = new();

    [BindProperty, Display(Name = "担当者に伝えること"), DataType(DataType.MultilineText), StringLength(500)]
    public string? Note { get; set; }

    public ConfirmationLink Link { get; private set; } = null!;
    public ResourceFormView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        var lists = await LoadAsync();
        if (Link.Closed is not null)
        {
            return RedirectToPage("Show", new { Token });
        }

        BaseVersion = Link.Resource!.Version;
        View = new(Form = ResourceForm.Of(Link.Resource.Content), lists, Editor.Operator);
        return Page();
    }

    public async Task<IActionResult> OnPostReadingAsync()
    {
        await LoadAsync();
        ModelState.Clear();
        return Link.Closed is null ? Page() : RedirectToPage("Show", new { Token });
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var lists = await LoadAsync();
        if (Link.Closed is not null)
        {
            return RedirectToPage("Show", new { Token });
        }

        var resource = Link.Resource!;
        var then = BaseVersion == resource.Version ? resource.Content : await desk.ContentAtAsync(resource, BaseVersion) ?? resource.Content;
        var content = Form.Read(then, lists, ModelState, Editor.Operator);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(content != then, "変わったところがありません。今の内容で合っているときは、前のページの「このとおりで合っています」を押してください。");
        var now = time.GetUtcNow();
        Link.Request!.Record(ConfirmationAnswer.Corrected, now);
        db.Revisions.Add(Link.Propose(RevisionKind.Change, content, Math.Clamp(BaseVersion, 1, resource.Version), Note?.Trim() ?? "", now));
        await db.SaveChangesAsync();
        TempData["Notice"] = "直した内容を受け取りました。担当者が確かめてから公開します。ありがとうございました。";
        return RedirectToPage("Show", new { Token });
    }

    private async Task<TownLists> LoadAsync()
    {
        Link = await ConfirmationLink.OpenAsync(db, trail, Token, time.GetUtcNow());
        var lists = await desk.ListsAsync();
        View = new(Form.WithEmptyClosures(), lists, Editor.Operator);
        return lists;
    }
}

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

/// <summary>An operator looks at its own record and says whether it is right.</summary>
[AllowAnonymous, PrivateLink, EnableRateLimiting(RateLimits.PublicForm)]
public class ShowModel(AppDb db, ResourceDesk desk, AuditTrail trail, TimeProvider time) : PageModel
{
    [BindProperty(SupportsGet = true)]
    public string Token { get; set; } = "";

    [BindProperty, Display(Name = "やめた時期や理由"), DataType(DataType.MultilineText), StringLength(500)]
    public string? Note { get; set; }

    public ConfirmationLink Link { get; private set; } = null!;
    public TownLists Lists { get; private set; } = null!;
    public IEnumerable<(string Label, string Words)> Facts => ResourceFields.For(Editor.Operator)
        .Select(known => (known.Label, Words: known.InWords(Link.Resource!.Content, Lists))).Where(fact => fact.Words != "");

    public async Task<IActionResult> OnGetAsync()
    {
        await LoadAsync();
        return Link.IsUnknown ? new PageResult { StatusCode = StatusCodes.Status404NotFound } : Page();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        return await AnswerAsync(ConfirmationAnswer.Confirmed, "確認の回答を受け取りました。ありがとうございました。", now =>
            db.Verifications.Add(Link.Resource!.Verify(time.Today(), VerificationWay.Operator, Actor.Operator, Lists.Setting, now)));
    }

    public async Task<IActionResult> OnPostEndAsync()
    {
        await LoadAsync();
        return await AnswerAsync(ConfirmationAnswer.Ended, "活動をやめたというお知らせを受け取りました。担当者が確かめて、掲載を終えます。", now =>
            db.Revisions.Add(Link.Propose(RevisionKind.Ending, Link.Resource!.Content, Link.Resource.Version, Note?.Trim() ?? "", now)));
    }

    private async Task<IActionResult> AnswerAsync(ConfirmationAnswer answer, string thanks, Action<DateTimeOffset> record)
    {
        if (!ModelState.IsValid || Link.Closed is not null)
        {
            return this.Invalid();
        }

        var now = time.GetUtcNow();
        Link.Request!.Record(answer, now);
        record(now);
        await db.SaveChangesAsync();
        TempData["Notice"] = thanks;
        return RedirectToPage();
    }

    private async Task LoadAsync()
    {
        Link = await ConfirmationLink.OpenAsync(db, trail, Token, time.GetUtcNow());
        Lists = await desk.ListsAsync();
    }
}

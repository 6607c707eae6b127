using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Groups;
using Sasaeai.Features.Tariffs;
using Sasaeai.Features.Visits;
using Sasaeai.Web;

namespace Sasaeai.Features.HelpRequests;

/// <summary>One screen while on the telephone: who calls, what, when.</summary>
public class NewModel(AppDb db, CurrentPerson person, AuditTrail trail, Intake intake, TimeProvider time) : PageModel
{
    /// <summary>The caller's number, or a part of the name. The page's own search posts it, so that it stands in no address; a telephone on the computer may link with it.</summary>
    [BindProperty(SupportsGet = true), StringLength(100)]
    public string? Q { get; set; }

    [BindProperty]
    public IntakeForm Form { get; set; } = new();

    public HelpGroup Group { get; private set; } = null!;
    public IReadOnlyList<HelpKind> Kinds { get; private set; } = [];
    public IReadOnlyList<Callers.Caller> Found { get; private set; } = [];
    public Callers.Caller? Chosen { get; private set; }
    public IReadOnlyList<SelectListItem> Rubbish { get; private set; } = [];
    public IEnumerable<SelectListItem> Categories => Kinds.Where(kind => kind.IsOffered).Select(kind => new SelectListItem(kind.Words, kind.Code));
    public bool MayRun => person.CanRun(Group);
    /// <summary>What the group says it does not do.</summary>
    public string DoesNot { get; private set; } = "";

    public async Task OnGetAsync(Guid id, Guid? user, Guid? again)
    {
        await LoadAsync(id);
        Found = user is null && !string.IsNullOrWhiteSpace(Q) ? await Callers.FindAsync(db, id, Q) : [];
        Choose(user is { } chosen ? await Callers.OneAsync(db, id, chosen) : Found.Count == 1 ? Found[0] : null);
        foreach (var caller in Chosen is null ? Found : [])
        {
            trail.Looked("member", caller.Member.Id, "電話の相手をさがした");
        }

        if ((again ?? Chosen?.Asked.FirstOrDefault(asked => asked.Kind == RequestKind.Help)?.Id) is { } same && Chosen is not null)
        {
            var request = await db.OfGroupAsync<HelpRequest>(id, same);
            Rule.Require(request.UserId == Chosen.Member.Id, "ほかの人の依頼です。選び直してください。");
            Form = IntakeForm.Again(request, await db.Visits.AsNoTracking().Where(visit => visit.RequestId == same).OrderByDescending(visit => visit.DueDay).FirstOrDefaultAsync(), time.Today());
        }
        else if (await Tariff.OnAsync(db, id, time.Today()) is { Rules.Helpers: > 1 })
        {
            Form.Helpers = 2;       // the rules always send two
        }

        Form.UserId = Chosen?.Member.Id;
        Form.Phone ??= Chosen is null && Q is { } said && Members.Member.PhoneDigits(said).Length >= 6 ? said : null;
    }

    public async Task<IActionResult> OnPostFindAsync(Guid id)
    {
        ModelState.Clear();
        await OnGetAsync(id, null, null);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync(Guid id)
    {
        await LoadAsync(id);
        Choose(Form.UserId is { } chosen ? await Callers.OneAsync(db, id, chosen) : null);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require(Group.IsOpen, "この会は解散しています。新しい依頼は受けられません。");
        var taken = await intake.TakeAsync(id, Form, Kinds);
        TempData["Notice"] = taken.First is null ? "相談を記録しました。" : "依頼を受け付けました。続けて、担い手をさがせます。";
        return taken.First is null ? RedirectToPage("Index", new { id }) : RedirectToPage("/Visits/Show", new { id, visitId = taken.First.Id });
    }

    private void Choose(Callers.Caller? caller)
    {
        Chosen = caller;
        if (caller is not null)
        {
            trail.Looked("member", caller.Member.Id, "依頼の受付");
        }
    }

    private async Task LoadAsync(Guid id)
    {
        Group = await db.ArrangeAsync(person, id);
        Kinds = await HelpKind.OfGroupAsync(db, id);
        var doesNot = Group.Content.DoesNot.ToArray();
        DoesNot = doesNot.Length == 0 ? "" : string.Join('、', await db.Categories.AsNoTracking().Where(category => doesNot.Contains(category.Code)).OrderBy(category => category.Sort).Select(category => category.Name).ToListAsync());
        Rubbish = await db.RubbishDays.AsNoTracking().Where(days => days.GroupId == id).OrderBy(days => days.Name).Select(days => new SelectListItem(days.Name, days.Id.ToString())).ToListAsync();
    }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Web;

namespace Sasaeai.Features.Records;

/// <summary>A new record: a draft and the proposal to publish it.</summary>
public class NewModel(AppDb db, ResourceDesk desk, CurrentPerson person, TimeProvider time) : PageModel
{
    [BindProperty, Display(Name = "管理番号"), StringLength(40)]
    public string? Number { get; set; }

    [BindProperty]
    public ResourceForm Form { get; set; } = new();

    [BindProperty]
    public ProposalInput Proposal { get; set; } = new();

    public ResourceFormView View { get; private set; } = null!;
    public bool CanVerify => person.IsStaff;

    public async Task OnGetAsync() => await LoadAsync();

    public async Task OnPostReadingAsync()
    {
        await LoadAsync();
        ModelState.Clear();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var lists = await LoadAsync();
        var content = Form.Read(new ResourceContent(), lists, ModelState, View.By);
        var number = string.IsNullOrWhiteSpace(Number) ? await desk.NextNumberAsync() : Number.Trim();
        if (await db.Resources.AnyAsync(other => other.Number == number))
        {
            ModelState.AddModelError(nameof(Number), $"管理番号「{number}」は、もう使われています。別の番号にするか、空けてください。");
        }

        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var resource = new Resource(number, content, lists.Setting, time.GetUtcNow());
        Rule.Require(person.CanPropose(resource), "担当する圏域か団体のものだけを登録できます。実施団体と場所（町丁目）を確かめてください。");
        db.Resources.Add(resource);
        var approved = await desk.ProposeAsync(resource, RevisionKind.Change, content, resource.Version, lists, Proposal.Note ?? "", Proposal.VerifiedHow);
        TempData["Notice"] = approved ? $"「{resource.Name}」を登録しました。" : $"「{resource.Name}」の登録を受け付けました。職員が承認すると掲載されます。";
        return RedirectToPage("Show", new { id = resource.Id });
    }

    private async Task<TownLists> LoadAsync()
    {
        person.Require(person.IsStaff || person.OrganizationIds.Count > 0);
        var lists = await desk.ListsAsync();
        View = new(Form.WithEmptyClosures(), lists, person.Editor(), person.OrganizationIds);
        return lists;
    }
}

/// <summary>What the partial of <see cref="ProposalInput"/> shows.</summary>
public sealed record ProposalView(ProposalInput Proposal, bool CanVerify);

/// <summary>What a proposer says about a change.</summary>
public class ProposalInput
{
    [Display(Name = "確認した方法"), EnumDataType(typeof(VerificationWay), ErrorMessage = "確認した方法を選び直してください。")]
    public VerificationWay? VerifiedHow { get; set; }

    [Display(Name = "変更の説明"), DataType(DataType.MultilineText), StringLength(500)]
    public string? Note { get; set; }
}

using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.Rendering;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Groups;
using Sasaeai.Features.HelpRequests;
using Sasaeai.Features.Ledger;
using Sasaeai.Features.Members;
using Sasaeai.Features.Visits;
using Sasaeai.Web;

namespace Sasaeai.Features.UnmetNeeds;

/// <summary>The group cannot help: why, and where the person is sent.</summary>
public class NewModel(AppDb db, CurrentPerson person, RequestEnding ending, AuditTrail trail, TimeProvider time) : PageModel
{
    [BindProperty]
    public Input Form { get; set; } = new();

    public HelpGroup Group { get; private set; } = null!;
    public HelpRequest Asked { get; private set; } = null!;
    public Member Asker { get; private set; } = null!;
    public string Words { get; private set; } = "";
    public IReadOnlyList<SelectListItem> Groups { get; private set; } = [];

    public Task OnGetAsync(Guid id, Guid requestId) => LoadAsync(id, requestId);

    public async Task<IActionResult> OnPostAsync(Guid id, Guid requestId)
    {
        await LoadAsync(id, requestId);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        var need = new UnmetNeed(Asked, Asker.AreaId ?? Group.AreaId, Form.Reason!.Value, person.Name, time.Today());
        if (Form.WentTo == UnmetRoute.Group)
        {
            Rule.Require(Groups.Any(group => group.Value == $"{Form.ToGroupId}"), "つなぐ団体を選んでください。");
            need.SendTo(Form.ToGroupId!.Value, new ReferredPerson(Asker.Name, Asker.Kana, Asker.Phone, Asker.Address, Words, Asked.Detail, Asked.Minutes, Asked.Helpers), Form.Consents);
        }
        else if (Form.WentTo == UnmetRoute.Service)
        {
            need.SendTo(PlainText.Of(Form.Service));
        }

        db.UnmetNeeds.Add(need);
        await ending.EndAsync(Asked, RequestState.Unmet, Form.Reason!.Value.Japanese());
        TempData["Notice"] = Form.WentTo == UnmetRoute.Group ? "ほかの団体につなぎました。返事は「順番待ち」に出ます。" : "応えられなかった依頼として記録しました。";
        return LocalRedirect($"~/groups/{id}/waiting");
    }

    private async Task LoadAsync(Guid id, Guid requestId)
    {
        Group = await db.ArrangeAsync(person, id);
        Asked = await db.OfGroupAsync<HelpRequest>(id, requestId);
        Rule.Require(Asked.Kind == RequestKind.Help, "相談だけの記録です。");
        Asker = await db.GetAsync<Member>(Asked.UserId!.Value);
        trail.Looked("help_request", requestId, "応えられない依頼");
        Words = (await HelpKind.OfGroupAsync(db, id)).FirstOrDefault(kind => kind.Code == Asked.CategoryCode)?.Words ?? Asked.CategoryCode;
        Groups = await db.HelpGroups.AsNoTracking().Where(group => group.Id != id && (group.Stage == GroupStage.Active || group.Stage == GroupStage.Trial)).OrderBy(group => group.AreaId != Group.AreaId).ThenBy(group => group.Kana).ThenBy(group => group.Name).Take(200)
            .Select(group => new SelectListItem(group.Name, group.Id.ToString())).ToListAsync();
    }

    public class Input
    {
        [Display(Name = "応えられない理由"), Required(ErrorMessage = "理由を選んでください。"), EnumDataType(typeof(UnmetReason))]
        public UnmetReason? Reason { get; set; }

        [Display(Name = "どこにつなぎますか"), EnumDataType(typeof(UnmetRoute))]
        public UnmetRoute WentTo { get; set; }

        [Display(Name = "つなぐ団体")]
        public Guid? ToGroupId { get; set; }

        [Display(Name = "本人は、氏名・連絡先・頼みたいことをその団体に伝えることに同意しています")]
        public bool Consents { get; set; }

        [Display(Name = "つないだサービス"), StringLength(200)]
        public string? Service { get; set; }
    }
}

using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Councils;
using Sasaeai.Web;

namespace Sasaeai.Features.Meetings.Invitations;

/// <summary>開催のお知らせ as a letter, and as a mail to each member of its own. Mail is read by others on its way: it says when, where and the address of the page, where the agenda is.</summary>
public class NewModel(AppDb db, MeetingDesk desk, CurrentPerson person, CurrentTown town, IMail mail, Settings settings, TimeProvider time) : PageModel
{
    private List<CouncilMember> members = [];

    public Meeting Meeting { get; private set; } = null!;
    public string Secretariat { get; private set; } = "";
    public IReadOnlyList<string> Agenda { get; private set; } = [];
    public TownRule Rule { get; private set; } = new();
    public bool MailIsOffered => mail.IsOffered;
    public int Addresses => members.Count;
    public DateOnly Today => time.Today();

    public async Task OnGetAsync(Guid id) => await LoadAsync(id);

    public async Task<IActionResult> OnPostAsync(Guid id, string? how)
    {
        await LoadAsync(id);
        Meeting.Invite(person.Actor, time.GetUtcNow());
        var notice = "手紙で知らせたことを記録しました。";
        if (how == "mail")
        {
            Features.Rule.Require(mail.IsOffered, "メールの設定がありません。手紙で知らせてください。");
            var sent = 0;
            foreach (var member in members)
            {
                sent += await mail.SendAsync(member.Email, $"{town.Municipality.Name} 会議のお知らせ", Body(), HttpContext.RequestAborted) ? 1 : 0;
            }

            Features.Rule.Require(sent > 0, "どの委員にもメールを送れませんでした。メールアドレスを確かめるか、手紙で知らせてください。");
            notice = $"{sent}人にメールを送りました。" + (sent == members.Count ? "" : $"{members.Count - sent}人には送れませんでした。手紙か電話で知らせてください。");
        }

        await db.SaveChangesAsync();
        TempData["Notice"] = notice;
        return RedirectToPage("New", new { id });
    }

    private string Body() => $"""
        委員の皆さま

        {town.Municipality.Name}から、会議のお知らせです。

        日時：{Meeting.When}
        会場：{Meeting.Place}

        会議の名前と議題は、次のページで見られます（サインインが必要です）。
        {settings.PublicUrl ?? $"{Request.Scheme}://{Request.Host}"}{Request.PathBase}/meetings/{Meeting.Id}

        サインインできないかたと、ご都合の悪いかたは、お知らせください。{Rule.ContactName} {Rule.ContactPhone}
        """;

    private async Task LoadAsync(Guid id)
    {
        Meeting = await desk.OpenAsync(id);
        Rule = await db.RuleAsync();
        Secretariat = Meeting.CouncilId is { } council ? (await db.GetAsync<Council>(council)).Secretariat : "";
        Agenda = await db.AgendaItems.Where(item => item.MeetingId == id).OrderBy(item => item.Position).ThenBy(item => item.Id).Select(item => item.Title).ToListAsync();
        members = await db.CouncilMembers.AsNoTracking().Where(member => member.CouncilId == Meeting.CouncilId && member.Email != "" && member.StartsOn <= Meeting.HeldOn && (member.EndsOn == null || member.EndsOn >= Meeting.HeldOn)).Take(200).ToListAsync();
    }
}

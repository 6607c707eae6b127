using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.Resources;
using Sasaeai.Features.Shared;
using Sasaeai.Features.Verifications;
using Sasaeai.Web;

namespace Sasaeai.Features.ConfirmationRequests;

/// <summary>Which operators were asked to look at their records, and what came of it.</summary>
public class IndexModel(AppDb db, CurrentPerson person, TimeProvider time, IMail mail) : PageModel
{
    public const int PageSize = 50;

    public enum Filter
    {
        [Display(Name = "まだ答えがない")] Unanswered,
        [Display(Name = "開いたが答えがない")] Opened,
        [Display(Name = "期限切れ")] Expired,
        [Display(Name = "答えがあった")] Answered,
        [Display(Name = "すべて")] All,
    }

    [BindProperty(SupportsGet = true)]
    public Filter State { get; set; }

    [BindProperty(SupportsGet = true, Name = PagerTagHelper.Parameter)]
    public int Number { get; set; } = 1;

    /// <summary>The form of new letters was sent twice.</summary>
    [BindProperty(SupportsGet = true)]
    public bool Again { get; set; }

    public IReadOnlyList<Row> Rows { get; private set; } = [];
    public int Total { get; private set; }
    public bool MailIsOffered => mail.IsOffered;

    public async Task OnGetAsync()
    {
        person.Require(person.IsStaff);
        var requests = Found();
        Total = await requests.CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + PageSize - 1) / PageSize));
        Rows = await requests.Skip((Number - 1) * PageSize).Take(PageSize).ToListAsync();
    }

    public async Task<IActionResult> OnGetTableAsync(TableFormat format)
    {
        person.Require(person.IsStaff);
        return this.Table("確認依頼", format, ["資源", "送った日", "送り方", "送った人", "答えの期限", "状態", "開いた日", "答えた日"], (await Found().ToListAsync()).Select(row => new object?[]
        {
            row.Name, row.SentAt.Day(), row.SentHow == SentHow.Letter ? "手紙" : "メール", row.SentBy, row.ExpiresAt.Day(), row.StateOn(time.GetUtcNow()), row.OpenedAt?.Day(), row.AnsweredAt?.Day(),
        }));
    }

    private IQueryable<Row> Found()
    {
        var now = time.GetUtcNow();
        var requests =
            from request in db.ConfirmationRequests.AsNoTracking()
            join resource in db.Resources.AsNoTracking().WorkedBy(person) on request.ResourceId equals resource.Id
            select new { request, resource.Name };
        requests = State switch
        {
            // A record that was asked about again, or has answered since, waits only once.
            Filter.Unanswered => requests.Where(row => row.request.AnsweredAt == null && row.request.ExpiresAt > now
                && !db.ConfirmationRequests.Any(later => later.ResourceId == row.request.ResourceId && (later.SentAt > row.request.SentAt || later.AnsweredAt > row.request.SentAt))),
            Filter.Opened => requests.Where(row => row.request.AnsweredAt == null && row.request.ExpiresAt > now && row.request.OpenedAt != null),
            Filter.Expired => requests.Where(row => row.request.AnsweredAt == null && row.request.ExpiresAt <= now),
            Filter.Answered => requests.Where(row => row.request.AnsweredAt != null),
            _ => requests,
        };
        return requests.OrderByDescending(row => row.request.SentAt).ThenBy(row => row.request.Id)
            .Select(row => new Row(row.request.ResourceId, row.Name, row.request.SentHow, row.request.SentAt, row.request.SentBy, row.request.ExpiresAt, row.request.OpenedAt, row.request.AnsweredAt, row.request.Answer));
    }

    public sealed record Row(Guid ResourceId, string Name, SentHow SentHow, DateTimeOffset SentAt, string SentBy, DateTimeOffset ExpiresAt, DateTimeOffset? OpenedAt, DateTimeOffset? AnsweredAt, ConfirmationAnswer? Answer)
    {
        public string StateOn(DateTimeOffset now) => Answer switch
        {
            ConfirmationAnswer.Confirmed => "そのままでよいと回答",
            ConfirmationAnswer.Corrected => "修正の申し出",
            ConfirmationAnswer.Ended => "終了の申し出",
            _ when now >= ExpiresAt => "期限切れ",
            _ => OpenedAt is null ? "まだ開いていない" : "開いたが答えがない",
        };
    }
}

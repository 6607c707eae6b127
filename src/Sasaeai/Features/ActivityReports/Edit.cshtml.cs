using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;
using Sasaeai.Data;
using Sasaeai.Features.Accounts;
using Sasaeai.Features.ActivityRecords;
using Sasaeai.Features.Forms;
using Sasaeai.Features.Resources;
using Sasaeai.Japanese;
using Sasaeai.Web;

namespace Sasaeai.Features.ActivityReports;

/// <summary>主なできごと and 今後の課題と提案, picked from what the records say.</summary>
public class EditModel(AppDb db, CurrentPerson person, TimeProvider time) : PageModel
{
    private const int MostOffered = 300;

    [BindProperty]
    public Input Form { get; set; } = new();

    public ReportSubject Subject { get; private set; } = null!;
    public IReadOnlyList<ActivityRecord> Records { get; private set; } = [];
    private ActivityReport? report;

    public async Task OnGetAsync(string code, [FromQuery(Name = "person")] Guid? whose)
    {
        await LoadAsync(code, whose);
        Form = new Input { Events = report?.Events, Proposals = report?.Proposals, Version = report?.Version ?? 0 };
    }

    /// <summary>Shows the form again with the chosen words in it; nothing is saved yet.</summary>
    public async Task OnPostPickAsync(string code, [FromQuery(Name = "person")] Guid? whose)
    {
        await LoadAsync(code, whose);
        string With(string? text, Guid[]? ids, Func<ActivityRecord, string> words) =>
            string.Join('\n', new[] { text?.TrimEnd() }.Concat(Records.Where(record => ids?.Contains(record.Id) ?? false).Select(record => $"・{words(record)}（{Wareki.Short(record.OnDay)}）")).Where(line => !string.IsNullOrEmpty(line)));
        Form = new Input { Events = With(Form.Events, Form.EventIds, record => record.What), Proposals = With(Form.Proposals, Form.ProposalIds, record => record.Noticed), Version = Form.Version };
        ModelState.Clear();
    }

    public async Task<IActionResult> OnPostAsync(string code, [FromQuery(Name = "person")] Guid? whose)
    {
        await LoadAsync(code, whose);
        if (!ModelState.IsValid)
        {
            return this.Invalid();
        }

        Rule.Require((report?.Version ?? 0) == Form.Version, "ほかの人が先に書きました。入力した内容は残してあります。別の画面でこのページを開いて、新しい内容を確かめてください。");
        if (report is null)
        {
            report = new ActivityReport { Span = Subject.Span, StartsOn = Subject.From, AccountId = whose };
            db.ActivityReports.Add(report);
        }

        report.Write(PlainText.Of(Form.Events), PlainText.Of(Form.Proposals), person.Name, time.GetUtcNow());
        await db.SaveChangesAsync();
        TempData["Notice"] = "保存しました。";
        return LocalRedirect("~" + Subject.Path);
    }

    private async Task LoadAsync(string code, Guid? whose)
    {
        Subject = ReportSubject.Read(code, whose) ?? throw new NotFoundException();
        if (whose is { } account)
        {
            await db.GetAsync<Account>(account);
        }

        person.Require(person.CanWrite(Subject));
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({Subject.Path}, {db.TownId}))");
        report = await db.ActivityReports.SingleOrDefaultAsync(one => one.Span == Subject.Span && one.StartsOn == Subject.From && one.AccountId == whose);
        var records = await Subject.Query.Of(db).OrderByDescending(record => record.Noticed != "").ThenBy(record => record.OnDay).ThenBy(record => record.Id).Take(MostOffered).ToListAsync();
        Records = [.. records.Where(person.CanRead).OrderBy(record => record.OnDay).ThenBy(record => record.Id)];
    }

    public class Input
    {
        [Display(Name = "主なできごと"), DataType(DataType.MultilineText), StringLength(20_000)]
        public string? Events { get; set; }

        [Display(Name = "今後の課題と提案"), DataType(DataType.MultilineText), StringLength(20_000)]
        public string? Proposals { get; set; }

        public Guid[]? EventIds { get; set; }

        public Guid[]? ProposalIds { get; set; }

        /// <summary>Of the report that the writer saw; 0 when there was none.</summary>
        public int Version { get; set; }
    }
}
